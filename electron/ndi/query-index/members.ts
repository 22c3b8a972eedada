import type { DatabaseSync } from 'node:sqlite';
import { noDocuments } from './document-numbers.ts';
import { listAtOnce } from './numbers.ts';
import { type DocumentSet, expressionOf, selectOf } from './sets.ts';

/** Tells of a document, by its number, whether it is one of a set. */
export type Members = (docIdx: number) => boolean;

export function membersOf(database: DatabaseSync, set: DocumentSet): Members {
  const members = noDocuments(database);
  for (const docIdx of numbersOfSet(database, set)) members.add(docIdx);
  return (docIdx) => members.has(docIdx);
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
