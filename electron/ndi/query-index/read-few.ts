import type { DatabaseSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { documentTest } from '../database/document-test.ts';
import type { DocumentFilter } from '../database/select.ts';
import { type DocumentSet, type Sql, sql } from './sets.ts';

/** So few documents are read in about ten milliseconds. */
export const FEW_DOCUMENTS = 700;
const FEW_BYTES = 2 << 20;

/**
 * Where one of several conditions leaves few documents, these are read and tested whole: quicker than fetching the many
 * that another condition finds, and sorting out what both have in common.
 * @param few how many documents are few
 */
export function readFew(
  database: DatabaseSync,
  set: DocumentSet,
  filter: DocumentFilter,
  few: number,
  read: (docIdx: number) => NdiDocument,
): DocumentSet {
  if (set.is !== 'all' || set.of.filter((one) => one.is !== 'kinds').length < 2) return set;
  for (const one of set.of) {
    if (one.is !== 'docs' || !one.isLookedUp) continue;
    const candidates = atMost(database, one.sql, few);
    if (candidates === null) continue;
    const test = documentTest(filter);
    const found = candidates.filter((docIdx) => test(read(docIdx)));
    return listed(found);
  }
  return set;
}

/** The set of some documents, by their numbers. */
export function listed(documents: readonly number[]): DocumentSet {
  const select = sql('SELECT value AS doc_idx FROM json_each(?)', JSON.stringify(documents));
  return { is: 'docs', sql: select, distinct: true, isLookedUp: true };
}

/** The documents that a SELECT names, each once; null where they are too many to be read. */
function atMost(database: DatabaseSync, { text, values }: Sql, few: number): number[] | null {
  const rows = database
    .prepare(
      `SELECT f.doc_idx, d.size FROM (SELECT DISTINCT doc_idx FROM (${text}) LIMIT ${few + 1}) f
       JOIN doc d ON d.doc_idx = f.doc_idx`,
    )
    .all(...values);
  return areFew(rows, few) ? rows.map((row) => Number(row['doc_idx'])) : null;
}

/** Whether documents, told with their sizes, are so few and short that reading them whole takes no time. */
export function areFew(rows: readonly Record<string, unknown>[], few: number): boolean {
  return rows.length <= few && rows.reduce((sum, row) => sum + Number(row['size']), 0) <= FEW_BYTES;
}
