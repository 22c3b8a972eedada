import { keyLength } from './layout.ts';
import { type Sql, sql } from './sets.ts';

/** The expression that the index `value_key` holds. */
export const valueKey = `substr(coalesce(folded, text), 1, ${keyLength})`;

/** Comes after every text that begins with what stands before it. */
export const lastCharacter = '\u{10FFFF}';

/** Documents that have one of some values in one of some fields. */
export function postings(fields: readonly number[], values: Sql): Sql {
  return sql(
    `SELECT doc_idx FROM posting WHERE value_idx IN (${values.text}) AND field IN (${fields.join(', ')})`,
    ...values.values,
  );
}

/** Texts of any field in `found_text` that hold a folded text; `match` are its trigrams. */
export function textsFound(match: string, folded: string): Sql {
  return sql(
    `SELECT value_idx FROM value WHERE value_idx IN (SELECT rowid FROM found_text WHERE found_text MATCH ?)
     AND instr(coalesce(folded, text), ?) > 0`,
    match,
    folded,
  );
}

/** More narrow a search no further. */
const MOST_TRIGRAMS = 40;

/** The trigrams that a text must have, in FTS5's language; null for a text too short to have any. */
export function trigramsOf(folded: string): string | null {
  const characters = Array.from(folded);
  if (characters.length < 3) return null;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= characters.length && found.size < MOST_TRIGRAMS; at += 1) {
    found.add(characters.slice(at, at + 3).join(''));
  }
  return [...found].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
