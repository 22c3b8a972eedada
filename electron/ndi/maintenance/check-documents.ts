import type { DatabaseSync } from 'node:sqlite';
import { type FileEntry, fileEntries } from '../../../shared/model/document-files.ts';
import {
  dependencies,
  type Dependency,
  documentClass,
  documentId,
  documentSessionId,
  type NdiDocument,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readDocument } from '../database/document-index.ts';
import { type FlatField, flattenDocument } from '../database/flatten.ts';
import { branch } from '../database/schema.ts';
import { DocumentGraph } from '../document-graph.ts';
import { ingestedEpochOf } from './check-ingested.ts';
import type { CheckContext } from './findings.ts';

/** What the later parts of a check need of a document. */
export interface CheckedDocument {
  readonly docIdx: number;
  readonly id: string;
  readonly class: string;
  readonly sessionId: string;
  readonly dependencies: readonly Dependency[];
  readonly files: readonly FileEntry[];
  /** The epoch that an ingested document holds; empty for others. */
  readonly epochId: string;
}

/** Documents between two looks at the clock. */
const AT_A_TIME = 500;

/**
 * Every document: whether it can be read, whether its id is its own, whether the rows that MATLAB searches say what the
 * document says, and whether what it depends on is there.
 */
export async function checkDocuments(context: CheckContext): Promise<CheckedDocument[]> {
  const { database, add, pause } = context;
  const total = Number(database.prepare('SELECT count(*) n FROM branch_docs WHERE branch_id = ?').get(branch)?.['n']);
  const stored = searchRows(database);
  const found: CheckedDocument[] = [];
  const rows = database
    .prepare(
      `SELECT d.doc_idx, d.doc_id, d.json_code FROM docs d JOIN branch_docs b ON b.doc_idx = d.doc_idx
       WHERE b.branch_id = ? ORDER BY d.doc_idx`,
    )
    .iterate(branch);
  let seen = 0;
  for (const row of rows) {
    if (seen % AT_A_TIME === 0) await pause(seen / Math.max(1, total));
    seen += 1;
    const docIdx = Number(row['doc_idx']);
    const id = String(row['doc_id']);
    const document = readable(context, id, row['json_code']);
    const flat = stored.of(docIdx);
    if (document === null) continue;
    checkId(context, id, document);
    checkSearchRows(context, { docIdx, json: String(row['json_code']) }, document, flat);
    found.push({
      docIdx,
      id: documentId(document),
      class: documentClass(document),
      sessionId: documentSessionId(document),
      dependencies: dependencies(document),
      files: fileEntries(document),
      epochId: ingestedEpochOf(document),
    });
  }
  checkDoubles(context, found);
  for (const { id, name, missing } of new DocumentGraph(found).broken()) {
    add({
      code: 'dependency.missing',
      grade: 'shouldFix',
      message: `Document ${id} depends by ${name} on ${missing}, which is not there.`,
      id,
      fix: null,
    });
  }
  return found;
}

function readable({ add }: CheckContext, id: string, json: unknown): NdiDocument | null {
  try {
    return readDocument(json);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    const message = `Document ${id} cannot be read: ${error.message}`;
    add({ code: 'document.unreadable', grade: 'blocks', message, id, fix: null });
    return null;
  }
}

function checkId({ add }: CheckContext, id: string, document: NdiDocument): void {
  const own = documentId(document);
  if (own === id) return;
  const message = `Document ${id} says of itself that it is ${own === '' ? 'without an id' : own}.`;
  add({ code: 'document.idMismatch', grade: 'shouldFix', message, id, fix: null });
}

function checkDoubles({ add }: CheckContext, documents: readonly CheckedDocument[]): void {
  const seen = new Set<string>();
  for (const { id } of documents) {
    if (seen.has(id)) {
      const message = `Two documents have the id ${id}; only the last of them is found by it.`;
      add({ code: 'document.duplicateId', grade: 'shouldFix', message, id, fix: null });
    }
    seen.add(id);
  }
}

type SearchRow = Pick<FlatField, 'name'> & { value: FlatField['value'] | Uint8Array };

/** The rows of `doc_data`, document by document in ascending order: one pass, since the table has no index by document. */
function searchRows(database: DatabaseSync): { of(docIdx: number): SearchRow[] } {
  const statement = database.prepare(
    `SELECT v.doc_idx, f.field_name, v.value FROM doc_data v LEFT JOIN fields f ON f.field_idx = v.field_idx
     ORDER BY v.doc_idx, v.rowid`,
  );
  statement.setReadBigInts(true);
  const rows = statement.iterate();
  let next = rows.next();
  return {
    of(docIdx) {
      const found: SearchRow[] = [];
      for (; next.done !== true && Number(next.value['doc_idx']) <= docIdx; next = rows.next()) {
        const { doc_idx: owner, field_name: name, value } = next.value;
        if (Number(owner) === docIdx) found.push({ name: String(name), value: value as SearchRow['value'] });
      }
      return found;
    },
  };
}

function checkSearchRows(
  { add, rows }: CheckContext,
  { docIdx, json }: { docIdx: number; json: string },
  document: NdiDocument,
  stored: readonly SearchRow[],
): void {
  const id = documentId(document);
  let wanted: FlatField[];
  try {
    wanted = flattenDocument(document);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    add({ code: 'document.invalid', grade: 'shouldFix', message: error.message, id, fix: null });
    return;
  }
  const stale = stored.length !== wanted.length || stored.some((row, at) => !agrees(row, wanted[at]));
  if (!stale) return;
  add({
    code: 'fields.stale',
    grade: 'shouldFix',
    message: `The rows by which MATLAB searches document ${id} do not say what the document says.`,
    id,
    fix: 'They are written anew from the document.',
    inDatabase: rows.rewrite({ docIdx, id, json }),
  });
}

/** Older writers put lists of texts and matrices down in forms of their own: `{ 'a', 'b' }`, `[2x3] cell`, typed bytes. */
const OTHER_FORM = /^[[{]/;

function agrees(row: SearchRow, wanted: FlatField | undefined): boolean {
  if (row.name !== wanted?.name) return false;
  if (row.value === wanted.value || row.value instanceof Uint8Array) return true;
  return typeof row.value === 'string' && OTHER_FORM.test(row.value);
}
