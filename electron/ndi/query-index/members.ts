import type { DatabaseSync } from 'node:sqlite';
import { listAtOnce } from './numbers.ts';
import { type DocumentSet, expressionOf, selectOf } from './sets.ts';

/** Tells of a document, by its number, whether it is one of a set. */
export type Members = (docIdx: number) => boolean;

/** Numbers from here on are too large to give each document a bit. */
const MOST_BITS = 2 ** 30;

/** A bit a document: a set of numbers would take forty times the room, and a table of SQLite's five times as long. */
export function membersOf(database: DatabaseSync, set: DocumentSet): Members {
  const last = Number(database.prepare('SELECT max(doc_idx) AS last FROM doc').get()?.['last'] ?? 0);
  const members = numbersOfSet(database, set);
  if (last >= MOST_BITS) {
    const all = new Set(members);
    return (docIdx) => all.has(docIdx);
  }
  const bits = new Uint8Array((last >> 3) + 1);
  for (const docIdx of members) bits[docIdx >> 3] = (bits[docIdx >> 3] ?? 0) | (1 << (docIdx & 7));
  return (docIdx) => ((bits[docIdx >> 3] ?? 0) & (1 << (docIdx & 7))) !== 0;
}

/** Some more than once. */
function numbersOfSet(database: DatabaseSync, set: DocumentSet): Iterable<number> {
  const list = listAtOnce(database);
  if (set.is === 'docs') return list(`SELECT doc_idx FROM (${set.sql.text})`)(...set.sql.values);
  if (set.is === 'any') {
    const selects = set.of.map(selectOf);
    if (selects.every((select) => select !== null)) return set.of.flatMap((one) => [...numbersOfSet(database, one)]);
  }
  const { text, values } = expressionOf(set);
  return list(`SELECT d.doc_idx FROM doc d WHERE ${text}`)(...values);
}
