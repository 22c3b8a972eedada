import type { JsonValue } from '../../../shared/model/document-json.ts';
import { compilePattern, type QueryCondition } from '../../../shared/model/query.ts';
import { compileQuery, compileValueTest } from '../query/evaluate.ts';
import { fold } from '../query/free-text.ts';
import type { Catalogue, Field } from './catalogue.ts';
import { flatten } from './extract.ts';
import { keyLength, valueType } from './layout.ts';
import { literalOf } from './pattern-literal.ts';
import type { FieldOperation, QueryTests } from './query-tests.ts';
import { type DocumentSet, joinSql, nothing, type Sql, sql } from './sets.ts';
import { postings, textsFound, trigramsOf, valueKey } from './texts.ts';

/** Conditions on the values of one field, among its texts, its numbers, and its lists and other values. */
export class FieldValues {
  readonly #field: Field;
  readonly #catalogue: Catalogue;
  readonly #tests: QueryTests;

  constructor(field: Field, catalogue: Catalogue, tests: QueryTests) {
    this.#field = field;
    this.#catalogue = catalogue;
    this.#tests = tests;
  }

  /** Documents in which some value of the field passes a condition. */
  documents(operation: FieldOperation, one: QueryCondition): DocumentSet {
    const parts = [
      this.#amongTexts(operation, one),
      this.#amongNumbers(operation, one),
      this.#amongOthers(operation, one),
    ].filter((part) => part !== null);
    if (parts.length === 0) return nothing;
    const [only, ...more] = parts;
    const single = more.length === 0 && only !== undefined;
    const distinct = single && !this.#field.multiple;
    const isLookedUp = operation in SIGNS || operation in EQUAL || operation === 'exact_number';
    return { is: 'docs', sql: joinSql(parts, ' UNION ALL '), distinct, isLookedUp };
  }

  #amongTexts(operation: FieldOperation, one: QueryCondition): Sql | null {
    const { own, joined } = this.#field;
    const withJoined = [own, joined].filter((index) => index >= 0);
    const { param1 } = one;
    if (operation === 'contains_string')
      return postings(withJoined, this.#textsHolding(withJoined, fold(param1 as string)));
    if (operation === 'regexp') {
      const pattern = compilePattern(param1 as string);
      const literal = literalOf(param1 as string);
      return postings(
        withJoined,
        this.#textsPassing(withJoined, literal, (text) => pattern.test(text)),
      );
    }
    if (typeof param1 !== 'string') return null;
    if (operation === 'hasmember') {
      return own < 0 ? null : postings([own], this.#textsPassing([own], param1, compileValueTest(operation, one)));
    }
    const equal = EQUAL[operation];
    if (equal === undefined) return null;
    const wanted = operation === 'exact_string' ? param1 : fold(param1);
    const where = `text IS NOT NULL AND ${valueKey} = substr(?, 1, ${keyLength}) AND ${equal} AND type <= ${valueType.mark}`;
    return postings(withJoined, sql(`SELECT value_idx FROM value WHERE ${where}`, fold(param1), wanted));
  }

  /** Texts of fields that hold a text, whatever its case. */
  #textsHolding(fields: readonly number[], folded: string): Sql {
    const marks = canBeInMark(folded)
      ? sql(
          ` UNION ALL SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx
            WHERE f.field IN (${fields.join(', ')}) AND f.type = ${valueType.mark} AND instr(coalesce(v.folded, v.text), ?) > 0`,
          folded,
        )
      : sql('');
    const match = trigramsOf(folded, this.#catalogue.commonness);
    const texts =
      match === null
        ? sql(
            `SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx
             WHERE f.field IN (${fields.join(', ')}) AND f.type = ${valueType.text} AND (? = '' OR instr(coalesce(v.folded, v.text), ?) > 0)`,
            folded,
            folded,
          )
        : textsFound(match, folded);
    return joinSql([texts, marks], '');
  }

  /** Texts of fields that pass a test; all of them hold a literal. */
  #textsPassing(fields: readonly number[], literal: string, test: (text: string) => boolean): Sql {
    const number = this.#tests.onText(test);
    // The lower case of a sigma depends on what follows, so that one cannot be looked for out of its text.
    if (Array.from(literal).length < 3 || literal.includes('Σ')) {
      return sql(
        `SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx
         WHERE f.field IN (${fields.join(', ')}) AND f.type <= ${valueType.mark} AND text_holds(?, v.text)`,
        number,
      );
    }
    const found = this.#textsHolding(fields, fold(literal));
    return sql(
      `SELECT value_idx FROM value WHERE value_idx IN (${found.text}) AND text_holds(?, text)`,
      ...found.values,
      number,
    );
  }

  #amongNumbers(operation: FieldOperation, one: QueryCondition): Sql | null {
    const { own } = this.#field;
    if (own < 0) return null;
    const { param1 } = one;
    const select = (where: string, value: number) =>
      sql(`SELECT doc_idx FROM number WHERE field = ${own} AND ${where}`, value);
    const sign = SIGNS[operation];
    if (sign !== undefined) return select(`value ${sign} ?`, param1 as number);
    if (operation === 'exact_number' || operation === 'hasmember') {
      const [only, ...more] = operation === 'hasmember' ? [param1] : flatten(param1 as JsonValue);
      const number = typeof only === 'boolean' && operation === 'exact_number' ? Number(only) : only;
      return typeof number === 'number' && more.length === 0 ? select('value = ?', number) : null;
    }
    const printed = operation === 'contains_string' && CAN_BE_PRINTED.test(fold(param1 as string));
    if (!printed && operation !== 'regexp') return null;
    return sql(
      `SELECT doc_idx FROM number WHERE field = ${own} AND number_holds(?, value)`,
      this.#tests.onValue(compileValueTest(operation, one)),
    );
  }

  /** Lists, truth values, null, NaN. */
  #amongOthers(operation: FieldOperation, one: QueryCondition): Sql | null {
    const { own, others } = this.#field;
    if (!others || operation in EQUAL) return null;
    const values = `SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx WHERE f.field = ${own}`;
    const sign = SIGNS[operation];
    if (sign !== undefined) {
      // Every number of a list compares so when its greatest, or its least, does.
      const bound = sign.startsWith('<') ? 'high' : 'low';
      return postings(
        [own],
        sql(`${values} AND f.type >= ${valueType.other} AND v.${bound} ${sign} ?`, one.param1 as number),
      );
    }
    const test = this.#tests.onValue(compileValueTest(operation, one));
    if (operation === 'contains_string' || operation === 'regexp') {
      // Of these only NaN has a printed form; lists of texts are among the texts, joined.
      const isNaN = `f.type = ${valueType.other} AND v.text = 'NaN' AND value_holds(?, v.text)`;
      return postings([own], sql(`${values} AND ${isNaN}`, test));
    }
    const range = operation === 'exact_number' ? rangeTest(one.param1 as JsonValue) : sql('1');
    const kept = `${values} AND f.type = ${valueType.other} AND ${range.text} AND value_holds(?, v.text)`;
    const large = `${values} AND f.type = ${valueType.large} AND ${range.text}`;
    const inDocument = sql(' AND document_holds(?, doc_idx)', this.#tests.onDocument(compileQuery([one])));
    return joinSql(
      [
        postings([own], sql(kept, ...range.values, test)),
        sql(' UNION ALL '),
        postings([own], sql(large, ...range.values)),
        inDocument,
      ],
      '',
    );
  }
}

const SIGNS: Readonly<Partial<Record<FieldOperation, string>>> = {
  lessthan: '<',
  lessthaneq: '<=',
  greaterthan: '>',
  greaterthaneq: '>=',
};
const EQUAL: Readonly<Partial<Record<FieldOperation, string>>> = {
  exact_string: 'text = ?',
  exact_string_anycase: 'coalesce(folded, text) = ?',
};
/** Characters of printed numbers, infinity among them. */
const CAN_BE_PRINTED = /^[\d.e+\-infity]*$/;

/** A list of numbers can only equal one with the same least and greatest. */
function rangeTest(wanted: JsonValue): Sql {
  const numbers = flatten(wanted).map((item) => Number(item));
  if (numbers.length === 0 || numbers.some((item) => Number.isNaN(item))) return sql('0');
  return sql('v.low = ? AND v.high = ?', Math.min(...numbers), Math.max(...numbers));
}

/** Whether an id or a time stamp can hold a text. */
function canBeInMark(folded: string): boolean {
  return /^[0-9a-f_:.tz+-]*$/.test(folded);
}
