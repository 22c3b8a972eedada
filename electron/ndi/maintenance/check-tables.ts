import { serialDate } from '../../../shared/model/ids.ts';
import { branch, createTables } from '../database/schema.ts';
import { integrityFaults, isIndexFault } from './copy-folder.ts';
import { type CheckContext, hasTable } from './findings.ts';

/** The tables themselves: SQLite's own check, the branch, rows that point nowhere, indexes. */
export function checkTables(context: CheckContext): void {
  checkFile(context);
  checkBranch(context);
  checkPointers(context);
}

function checkFile({ database, add }: CheckContext): void {
  for (const fault of integrityFaults(database)) {
    const onlyIndex = isIndexFault(fault);
    add({
      code: onlyIndex ? 'database.indexFault' : 'database.corrupt',
      grade: 'blocks',
      message: `SQLite finds: ${fault}.`,
      id: '',
      fix: onlyIndex ? 'The indexes are built anew.' : null,
      ...(onlyIndex ? { inDatabase: (writable) => writable.exec('REINDEX') } : {}),
    });
  }
  for (const statement of createTables.trim().split('\n')) {
    const [, kind = '', name = ''] = /^CREATE (TABLE|INDEX) "(\w+)"/.exec(statement) ?? [];
    const present = database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
    if (present) continue;
    add({
      code: kind === 'TABLE' ? 'database.tableMissing' : 'database.indexMissing',
      grade: kind === 'TABLE' ? 'shouldFix' : 'note',
      message: kind === 'TABLE' ? `The table ${name} is missing.` : `The index ${name} is missing: searches are slow.`,
      id: name,
      fix: 'It is made.',
      inDatabase: (writable) => writable.exec(statement),
    });
  }
}

function checkBranch({ database, add }: CheckContext): void {
  if (database.prepare('SELECT 1 FROM branches WHERE branch_id = ?').get(branch) !== undefined) return;
  add({
    code: 'branch.missing',
    grade: 'blocks',
    message: `The branch "${branch}", in which NDI keeps all documents, is not entered.`,
    id: branch,
    fix: 'It is entered.',
    inDatabase: (writable) =>
      void writable
        .prepare('INSERT INTO branches (branch_id, parent_id, timestamp) VALUES (?, NULL, ?)')
        .run(branch, serialDate()),
  });
}

/** Rows of other tables whose document is not there. */
function checkPointers({ database, add }: CheckContext): void {
  for (const table of ['branch_docs', 'doc_data', 'files']) {
    if (!hasTable(database, table)) continue;
    const orphans = `doc_idx NOT IN (SELECT doc_idx FROM docs)`;
    const count = Number(database.prepare(`SELECT count(*) n FROM ${table} WHERE ${orphans}`).get()?.['n']);
    if (count === 0) continue;
    add({
      code: 'rows.orphan',
      grade: 'shouldFix',
      message: `${count} rows of the table ${table} belong to no document.`,
      id: table,
      fix: 'They are removed.',
      inDatabase: (writable) => writable.exec(`DELETE FROM ${table} WHERE ${orphans}`),
    });
  }
}

/**
 * NDI-matlab leaves the rows of removed documents behind; they can be seen by nobody, and keep ids in use. One that
 * others still depend on may be wanted back: a person decides.
 * @param wanted ids on which documents depend
 */
export function checkLeftDocuments({ database, rows: repairs, add }: CheckContext, wanted: ReadonlySet<string>): void {
  const rows = database
    .prepare('SELECT doc_idx, doc_id, json_code FROM docs WHERE doc_idx NOT IN (SELECT doc_idx FROM branch_docs)')
    .all();
  for (const row of rows) {
    const [docIdx, id, json] = [Number(row['doc_idx']), String(row['doc_id']), String(row['json_code'] ?? '')];
    if (wanted.has(id)) {
      const message = `Document ${id} was removed, but others depend on it; its rows are still there.`;
      add({ code: 'document.noBranch', grade: 'shouldFix', message, id, fix: null });
      continue;
    }
    add({
      code: 'document.noBranch',
      grade: 'note',
      message: `Document ${id} was removed, but its rows still take room.`,
      id,
      fix: 'Its rows are removed.',
      inDatabase: repairs.erase({ docIdx, id, json }),
    });
  }
}
