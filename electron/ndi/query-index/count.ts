import type { DatabaseSync } from 'node:sqlite';
import type { Catalogue } from './catalogue.ts';
import { type DocumentSet, expressionOf, selectOf, type Sql } from './sets.ts';

/** How many documents a set has. */
export function countOf(database: DatabaseSync, set: DocumentSet, catalogue: Catalogue): number {
  const number = ({ text, values }: Sql) => Number(database.prepare(text).get(...values)?.['found']);
  const counted = (what: string, { text, values }: Sql) =>
    number({ text: `SELECT count(${what}) AS found FROM (${text})`, values });
  if (set.is === 'kinds') {
    return catalogue.kinds.reduce((sum, kind) => sum + (set.kinds.has(kind.index) ? kind.documents : 0), 0);
  }
  // Complements are counted by what they leave out; where there are odd documents these are part of neither.
  if (set.is === 'not' && catalogue.oddDocuments === 0) {
    return catalogue.documents - countOf(database, set.of, catalogue);
  }
  if (set.is === 'docs') return counted(set.distinct ? '*' : 'DISTINCT doc_idx', set.sql);
  const select = selectOf(set);
  if (set.is === 'any' && select !== null) return counted('*', select);
  const { text, values } = expressionOf(set);
  return number({ text: `SELECT count(*) AS found FROM doc d WHERE ${text}`, values });
}
