import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { addIngestedSession, createDataset } from '../dataset-members.ts';
import { openSession } from '../session.ts';
import { cleanUp, copyOf, fingerprint, temporaryFolder } from '../testing/folders.ts';
import { sessionOfRelated } from '../testing/made-sessions.ts';
import { askPython, hasPython } from '../testing/python.ts';
import { listBackups, restoreBackup } from './backup.ts';
import { check, repair } from './check.ts';

afterAll(cleanUp);

const databaseAt = (path: string) => join(path, '.ndi', 'did-sqlite.sqlite');

function change(path: string, sql: string): void {
  const database = new DatabaseSync(databaseAt(path), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}

const codes = async (path: string) => (await check(path)).map((one) => one.code).sort();

function age(path: string): void {
  utimesSync(path, 1_000_000, 1_000_000);
}

describe('checking a session', () => {
  it('finds nothing where all is well, and changes no byte', async () => {
    const { path } = sessionOfRelated();
    const before = fingerprint(path);
    expect(await check(path)).toEqual([]);
    expect(fingerprint(path)).toEqual(before);
    expect((await repair(path)).backup).toBeNull();
  });

  it('names what it finds by document, and repairs what needs no decision', async () => {
    const { path, ids } = sessionOfRelated();
    const [first, epoch, other] = ids;
    change(path, `DELETE FROM branch_docs WHERE doc_idx = (SELECT doc_idx FROM docs WHERE doc_id = '${other}')`);
    change(path, `UPDATE doc_data SET value = 99 WHERE value = 1.0`);
    change(path, `INSERT INTO doc_data VALUES (777, 1, 'nobody')`);
    change(path, `DELETE FROM files; DROP INDEX doc_data_value;`);
    writeFileSync(join(path, '.ndi', 'files', 'left'), 'over');
    writeFileSync(join(path, '.ndi', 'files', 'young'), 'still being written');
    age(join(path, '.ndi', 'files', 'left'));
    writeFileSync(join(path, '.ndi', 'reference.txt'), 'wrong');
    const found = await check(path);
    // It may be entered yet: it is told, and left alone.
    const young = { code: 'file.leftover', id: 'young', grade: 'note', fix: null };
    expect(found.filter(({ id }) => id === 'young')).toMatchObject([young]);
    expect(found.filter(({ id }) => id !== 'young').map(({ code, id }) => [code, id])).toEqual([
      ['database.indexMissing', 'doc_data_value'],
      ['rows.orphan', 'doc_data'],
      ['fields.stale', first],
      ['document.noBranch', other],
      ['file.leftover', 'left'],
      ['fileTable.missing', first],
      ['session.marks', expect.any(String)],
    ]);
    const result = await repair(path);
    expect(result.repaired).toHaveLength(7);
    expect(result.left).toMatchObject([young]);
    expect(await codes(path)).toEqual(['file.leftover']);
    const session = openSession(path);
    expect(session.documents().map((one) => one.id)).toEqual(expect.arrayContaining([first, epoch]));
    expect(readFileSync(session.binaryFile(first, 'filename1.ext'), 'utf8')).toBe('raw bytes');
    session.close();
    expect(readdirSync(join(path, '.ndi', 'files')).includes('young')).toBe(true);
  });

  it('leaves to a person what only a person can decide', async () => {
    const { path, ids } = sessionOfRelated();
    const [first, epoch] = ids;
    change(path, `DELETE FROM branch_docs WHERE doc_idx = (SELECT doc_idx FROM docs WHERE doc_id = '${first}')`);
    change(path, `UPDATE docs SET json_code = '{ broken' WHERE doc_id = '${ids[2]}'`);
    const { left } = await repair(path);
    expect(left.map(({ code, id, fix }) => [code, id, fix])).toEqual([
      ['document.unreadable', ids[2], null],
      ['dependency.missing', epoch, null],
      ['document.noBranch', first, null],
    ]);
    expect(readdirSync(join(path, '.ndi', 'files'))).toHaveLength(1);
  });

  it('says which files are gone or not what they should be', async () => {
    const { path, ids } = sessionOfRelated();
    const stored = join(path, '.ndi', 'files');
    const [name = ''] = readdirSync(stored);
    writeFileSync(join(stored, name), '');
    expect(await check(path)).toMatchObject([{ code: 'file.broken', id: ids[0], fix: null }]);
    rmSync(join(stored, name));
    rmSync(join(path, 'raw'));
    expect(await check(path)).toMatchObject([{ code: 'file.missing', id: ids[0], fix: null }]);
  });

  it('tells of a database that is damaged instead of failing', async () => {
    const { path } = sessionOfRelated();
    writeFileSync(databaseAt(path), 'SQLite format 3\0 and then nonsense');
    expect(await check(path)).toMatchObject([{ code: 'database.corrupt', grade: 'blocks', fix: null }]);
    writeFileSync(databaseAt(path), '');
    expect(await codes(path)).toEqual(['database.corrupt']);
  });

  it('puts a database left in write-ahead mode back', async () => {
    const { path } = sessionOfRelated();
    change(path, 'PRAGMA journal_mode = WAL');
    expect(await codes(path)).toEqual(['database.journalMode']);
    expect((await repair(path)).repaired.map((one) => one.code)).toEqual(['database.journalMode']);
    expect(await codes(path)).toEqual([]);
  });

  it('stops when it is cancelled', async () => {
    await expect(check(sessionOfRelated().path, { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  it('finds its own damage by what SQLite says of the pages', async () => {
    const { path } = sessionOfRelated();
    const bytes = readFileSync(databaseAt(path));
    bytes.fill(0x5a, 4096 * 2, 4096 * 3);
    writeFileSync(databaseAt(path), bytes);
    const found = await check(path);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatchObject({ grade: 'blocks' });
  });
});

describe('undoing a repair', () => {
  it('brings back rows and files exactly', async () => {
    const { path, ids } = sessionOfRelated();
    const two = `'${ids[0]}', '${ids[1]}'`;
    change(path, `DELETE FROM branch_docs WHERE doc_idx IN (SELECT doc_idx FROM docs WHERE doc_id IN (${two}))`);
    const [name = ''] = readdirSync(join(path, '.ndi', 'files'));
    age(join(path, '.ndi', 'files', name));
    const before = await check(path);
    expect(before.map((one) => one.code)).toEqual(['document.noBranch', 'document.noBranch', 'file.leftover']);
    const { backup } = await repair(path);
    expect(readdirSync(join(path, '.ndi', 'files'))).toEqual([]);
    const previous = await restoreBackup(path, backup?.path ?? '');
    expect((await check(path)).map((one) => one.code)).toEqual(before.map((one) => one.code));
    expect(readFileSync(join(path, '.ndi', 'files', name), 'utf8')).toBe('raw bytes');
    expect(listBackups(path)).toHaveLength(2);
    await restoreBackup(path, previous?.path ?? '');
    expect(await check(path)).toEqual([]);
  });
});

describe('checking a dataset', () => {
  it('lists a session that it holds without a record', async () => {
    const dataset = createDataset({ path: temporaryFolder(), reference: 'ds' });
    const { path } = sessionOfRelated();
    const session = openSession(path);
    addIngestedSession(dataset, session);
    addIngestedSession(
      dataset,
      (() => {
        const second = openSession(sessionOfRelated().path);
        return second;
      })(),
    );
    const [record] = dataset.records();
    dataset.discardDocuments([record?.documentId ?? '']);
    session.close();
    dataset.close();
    expect(await check(dataset.path)).toMatchObject([{ code: 'dataset.unrecorded', id: session.id }]);
    expect((await repair(dataset.path)).left).toEqual([]);
  });

  it.skipIf(!hasFixtures)('offers to rewrite the old list of the real one, and finds nothing else', async () => {
    const path = copyOf(fixturePath('ndi-dataset', 'oldDataset'));
    expect(await codes(path)).toEqual(['dataset.legacyList']);
    const { left, backup } = await repair(path);
    expect(left).toEqual([]);
    await restoreBackup(path, backup?.path ?? '');
    expect(await codes(path)).toEqual(['dataset.legacyList']);
  });
});

const countRows = `
import sqlite3, json, sys
db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
one = lambda sql: db.execute(sql).fetchone()[0]
print(json.dumps({
  'integrity': one('PRAGMA integrity_check'),
  'docs': one('SELECT count(*) FROM docs'), 'members': one('SELECT count(*) FROM branch_docs'),
  'orphans': one('SELECT count(*) FROM doc_data WHERE doc_idx NOT IN (SELECT doc_idx FROM docs)'),
  'files': one('SELECT count(*) FROM files'),
  'value': one("SELECT v.value FROM doc_data v JOIN fields f USING (field_idx) WHERE f.field_name='demoNDI.value'"),
  'indexes': one("SELECT count(*) FROM sqlite_schema WHERE type='index' AND name='doc_data_value'"),
}))`;

describe.skipIf(!hasPython)('an independent reader', () => {
  it('finds the rows right after a repair', async () => {
    const { path, ids } = sessionOfRelated();
    change(path, `DELETE FROM branch_docs WHERE doc_idx = (SELECT doc_idx FROM docs WHERE doc_id = '${ids[2]}')`);
    change(path, `UPDATE doc_data SET value = 'text' WHERE value = 1.0; DELETE FROM files; DROP INDEX doc_data_value;`);
    change(path, `INSERT INTO doc_data VALUES (777, 1, 'nobody')`);
    await repair(path);
    expect(askPython(countRows, databaseAt(path))).toEqual({
      integrity: 'ok',
      docs: 3,
      members: 3,
      orphans: 0,
      files: 1,
      value: 1,
      indexes: 1,
    });
  });
});
