import { beginningsOf, fold, numberOf } from '../query/free-text.ts';
import type { Catalogue } from './catalogue.ts';
import { valueType } from './layout.ts';
import { anyOf, type DocumentSet, joinSql, type Sql, sql } from './sets.ts';
import { lastCharacter, textsFound, trigramsOf, valueKey } from './texts.ts';

/** Documents with one word of a free text: see `../query/free-text.ts`. */
export function wordSet(word: string, catalogue: Catalogue): DocumentSet {
  const folded = fold(word);
  const match = trigramsOf(folded, catalogue.commonness);
  const found =
    match === null
      ? sql(
          `SELECT value_idx FROM value WHERE type = ${valueType.text} AND instr(coalesce(folded, text), ?) > 0`,
          folded,
        )
      : textsFound(match, folded);
  const begins = (column: string) => {
    const ranges = beginningsOf(word).map((start) =>
      sql(`${column} >= ? AND ${column} < ?`, start, `${start}${lastCharacter}`),
    );
    return joinSql(ranges, ' OR ');
  };
  const [mark, id, datestamp, dependency] = ['text', 'id', 'datestamp', 'value'].map(begins) as [Sql, Sql, Sql, Sql];
  const selects = [
    sql(`SELECT doc_idx FROM posting WHERE value_idx IN (${found.text})`, ...found.values),
    sql(
      `SELECT doc_idx FROM posting WHERE value_idx IN (SELECT value_idx FROM value WHERE text IS NOT NULL
         AND ${valueKey} >= ? AND ${valueKey} < ? AND +type = ${valueType.mark} AND (${mark.text}))`,
      folded,
      `${folded}${lastCharacter}`,
      ...mark.values,
    ),
    sql(`SELECT doc_idx FROM doc WHERE +kind > 0 AND (${id.text})`, ...id.values),
    sql(`SELECT doc_idx FROM doc WHERE +kind > 0 AND (${datestamp.text})`, ...datestamp.values),
    sql(`SELECT doc_idx FROM dependency WHERE ${dependency.text}`, ...dependency.values),
  ];
  const number = numberOf(word);
  if (number !== null) {
    const fields = [...catalogue.fields.values()].map((field) => field.own).filter((own) => own >= 0);
    selects.push(sql(`SELECT doc_idx FROM number WHERE field IN (${fields.join(', ')}) AND value = ?`, number));
  }
  const beginnings = beginningsOf(word);
  const kinds = catalogue.kinds.filter(
    (kind) => fold(kind.class).includes(folded) || beginnings.some((beginning) => kind.sessionId.startsWith(beginning)),
  );
  return anyOf([
    { is: 'kinds', kinds: new Set(kinds.map((kind) => kind.index)) },
    { is: 'docs', sql: joinSql(selects, ' UNION ALL '), distinct: false, isLookedUp: match !== null },
  ]);
}
