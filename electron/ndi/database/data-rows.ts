import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { flattenDocument } from './flatten.ts';
import { prepared } from './prepared.ts';
import { readDocument } from './document-index.ts';

/** A stretch of rows of `doc_data`, both ends included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

export interface LocatedDocument {
  readonly docIdx: number;
  readonly id: string;
  readonly json: string;
}

/**
 * Where the flattened rows of documents lie. NDI's table has no index by document, so looking for one document's rows
 * reads them all. But every writer stores a document's rows in one go: the index by value leads to the row that holds
 * its id, and the others are around it. Where they do not add up, one reading of the table finds the rows of all the
 * remaining documents together.
 */
export function locateData(database: DatabaseSync, documents: readonly LocatedDocument[]): Map<number, RowRange[]> {
  const located = new Map<number, RowRange[]>();
  if (documents.length === 0) return located;
  const anchor = prepared(database, 'SELECT rowid FROM doc_data WHERE value = ? AND +doc_idx = ?');
  const around = prepared(
    database,
    'SELECT min(rowid) AS first, max(rowid) AS last, count(*) AS found FROM doc_data WHERE rowid BETWEEN ? AND ? AND doc_idx = ?',
  );
  const missing: number[] = [];
  for (const { docIdx, id, json } of documents) {
    const expected = flatCount(json);
    const at = expected === null ? undefined : anchor.get(id, docIdx)?.['rowid'];
    const range =
      at === undefined ? undefined : around.get(Number(at) - (expected ?? 0), Number(at) + (expected ?? 0), docIdx);
    const [first, last, found] = [Number(range?.['first']), Number(range?.['last']), Number(range?.['found'])];
    if (range !== undefined && found === expected && last - first + 1 === found) located.set(docIdx, [{ first, last }]);
    else missing.push(docIdx);
  }
  if (missing.length > 0) searchAll(database, missing, located);
  return located;
}

/** About how many flattened rows a document has. */
const ROWS_A_DOCUMENT = 20;
/** Fewer documents are quicker entered one by one. */
const FEW_DOCUMENTS = 200;
/** Entering a row into the index takes about this many times as long as sorting it into a new one. */
const ENTERING_BESIDE_SORTING = 6;

/**
 * Adds many documents' rows: the index by value is taken away meanwhile and made again after, which for many rows
 * beside those that are there is several times as fast as entering each. Part of the caller's transaction.
 */
export function withIndexAfter(database: DatabaseSync, documents: number, action: () => void): void {
  if (documents < FEW_DOCUMENTS) {
    action();
    return;
  }
  const indexes = database.prepare(VALUE_INDEXES).all();
  const rows = Number(database.prepare('SELECT max(rowid) AS rows FROM doc_data').get()?.['rows'] ?? 0);
  if (indexes.length === 0 || rows > documents * ROWS_A_DOCUMENT * ENTERING_BESIDE_SORTING) {
    action();
    return;
  }
  for (const { name } of indexes) database.exec(`DROP INDEX ${quoted(name)}`);
  action();
  for (const { sql } of indexes) database.exec(String(sql));
}

const VALUE_INDEXES = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'doc_data' AND sql IS NOT NULL`;

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`;
}

/** How many rows the document has if its writer followed NDI's rules; null where that cannot be told. */
function flatCount(json: string): number | null {
  try {
    return flattenDocument(readDocument(json)).length;
  } catch {
    return null;
  }
}

function searchAll(database: DatabaseSync, docIdxs: readonly number[], located: Map<number, RowRange[]>): void {
  for (const docIdx of docIdxs) located.set(docIdx, []);
  const rows = database
    .prepare('SELECT rowid, doc_idx FROM doc_data WHERE doc_idx IN (SELECT value FROM json_each(?)) ORDER BY rowid')
    .iterate(JSON.stringify(docIdxs));
  for (const row of rows) {
    const ranges = located.get(Number(row['doc_idx']));
    const at = Number(row['rowid']);
    const newest = ranges?.at(-1);
    if (newest?.last === at - 1) ranges?.splice(-1, 1, { first: newest.first, last: at });
    else ranges?.push({ first: at, last: at });
  }
}

/** Field index and value in turn; integers as bigint, so that their type survives. */
export function readData(database: DatabaseSync, ranges: readonly RowRange[]): SQLInputValue[] {
  const statement = database.prepare(
    'SELECT field_idx, value FROM doc_data WHERE rowid BETWEEN ? AND ? ORDER BY rowid',
  );
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return ranges.flatMap(({ first, last }) => (statement.all(first, last) as unknown as SQLInputValue[][]).flat());
}

export function eraseData(database: DatabaseSync, ranges: readonly RowRange[]): void {
  const statement = database.prepare('DELETE FROM doc_data WHERE rowid BETWEEN ? AND ?');
  for (const { first, last } of ranges) statement.run(first, last);
}
