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

/** So many trigrams of a text are looked at. */
const MOST_TRIGRAMS = 12;
/** So many of them are looked for, and none that is more times as common as the rarest: to read where it stands costs more than to test a few texts more. */
const USED_TRIGRAMS = 3;
const MOST_AS_COMMON = 8;

/**
 * Trigrams that a text must have, in FTS5's language; null for a text too short to have any. Texts that have them are
 * still to be tested.
 * @param commonness see `Catalogue`
 */
export function trigramsOf(folded: string, commonness: (trigram: string) => number): string | null {
  const characters = Array.from(folded);
  const last = characters.length - 3;
  if (last < 0) return null;
  const step = Math.ceil((last + 1) / MOST_TRIGRAMS);
  const found = new Map<string, number>();
  for (let at = 0; at <= last; at += step) {
    const trigram = characters.slice(at, at + 3).join('');
    found.set(trigram, commonness(trigram));
  }
  const [rarest, ...others] = [...found].sort((a, b) => a[1] - b[1]);
  const near = others.filter(([, common]) => common <= MOST_AS_COMMON * (rarest?.[1] ?? 0));
  const used = [...(rarest === undefined ? [] : [rarest]), ...near].slice(0, USED_TRIGRAMS);
  return used.map(([trigram]) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}
