import type { JsonValue } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import {
  compilePattern,
  type Operation,
  operationOf,
  type Query,
  type QueryCondition,
  subQuery,
} from '../../../shared/model/query.ts';
import { compileQuery, compileValueTest, dependencyNameTest } from '../query/evaluate.ts';
import { beginningsOf, fold, numberOf, wordsOf } from '../query/free-text.ts';
import type { Catalogue, Field, Kind } from './catalogue.ts';
import { flatten, isIndexedField } from './extract.ts';
import { keyLength, valueType } from './layout.ts';
import { literalOf, startOf } from './pattern-literal.ts';
import { allOf, anyOf, type DocumentSet, joinSql, nothing, notOf, type Sql, sql } from './sets.ts';

/** Tests in JavaScript that the SQL of a query calls by their number. */
export interface QueryTests {
  onValue(test: (value: JsonValue) => boolean): number;
  onText(test: (text: string) => boolean): number;
  onDocument(test: (document: NdiDocument) => boolean): number;
}

type FieldOperation = Exclude<Operation, 'or' | 'isa' | 'depends_on'>;

/**
 * Compiles NDI's queries to sets over the tables of an index, with the meaning of `evaluate.ts`. Whatever the tables
 * cannot answer alone becomes a test of values or, last of all, of whole documents.
 */
export class QueryCompiler {
  readonly #catalogue: Catalogue;
  readonly #tests: QueryTests;

  constructor(catalogue: Catalogue, tests: QueryTests) {
    this.#catalogue = catalogue;
    this.#tests = tests;
  }

  /** @throws NdiError query.invalid */
  query(query: Query): DocumentSet {
    return allOf(
      query.map((one) => this.#condition(one)),
      this.#catalogue.everyKind,
    );
  }

  kindsWhere(test: (kind: Kind) => boolean): DocumentSet {
    return { is: 'kinds', kinds: new Set(this.#catalogue.kinds.filter(test).map((kind) => kind.index)) };
  }

  isa(name: string): DocumentSet {
    return this.kindsWhere((kind) => kind.class === name || kind.superclasses.includes(name));
  }

  dependsOn(name: string, id: string): DocumentSet {
    const isMeant = dependencyNameTest(name);
    const names = this.#catalogue.dependencyNames.filter((one) => isMeant(one.name)).map((one) => one.index);
    if (names.length === 0) return nothing;
    const text = `SELECT doc_idx FROM dependency WHERE value = ? AND name_idx IN (${names.join(', ')})`;
    return { is: 'docs', sql: sql(text, id), distinct: names.length === 1 };
  }

  /** Documents with every word of a free text: see `free-text.ts`. */
  freeText(text: string): DocumentSet {
    return allOf(
      wordsOf(text).map((word) => this.#word(word)),
      this.#catalogue.everyKind,
    );
  }

  #word(word: string): DocumentSet {
    const folded = fold(word);
    const match = trigramsOf(folded);
    const found =
      match === null
        ? sql(
            `SELECT value_idx FROM value WHERE type = ${valueType.text} AND instr(coalesce(folded, text), ?) > 0`,
            folded,
          )
        : textsFound(match, folded);
    const begins = (column: string) => {
      const ranges = beginningsOf(word).map((start) =>
        sql(`${column} >= ? AND ${column} < ?`, start, `${start}\u{10FFFF}`),
      );
      return joinSql(ranges, ' OR ');
    };
    const [mark, id, datestamp, dependency] = ['text', 'id', 'datestamp', 'value'].map(begins) as [Sql, Sql, Sql, Sql];
    const selects = [
      sql(`SELECT doc_idx FROM posting WHERE value_idx IN (${found.text})`, ...found.values),
      sql(
        `SELECT doc_idx FROM posting WHERE value_idx IN (SELECT value_idx FROM value WHERE text IS NOT NULL
         AND ${VALUE_KEY} >= ? AND ${VALUE_KEY} < ? AND +type = ${valueType.mark} AND (${mark.text}))`,
        folded,
        `${folded}\u{10FFFF}`,
        ...mark.values,
      ),
      sql(`SELECT doc_idx FROM doc WHERE +kind > 0 AND (${id.text})`, ...id.values),
      sql(`SELECT doc_idx FROM doc WHERE +kind > 0 AND (${datestamp.text})`, ...datestamp.values),
      sql(`SELECT doc_idx FROM dependency WHERE ${dependency.text}`, ...dependency.values),
    ];
    const number = numberOf(word);
    if (number !== null) {
      const fields = [...this.#catalogue.fields.values()].map((field) => field.own).filter((own) => own >= 0);
      selects.push(sql(`SELECT doc_idx FROM number WHERE field IN (${fields.join(', ')}) AND value = ?`, number));
    }
    const beginnings = beginningsOf(word);
    const kinds = this.kindsWhere(
      (kind) =>
        fold(kind.class).includes(folded) || beginnings.some((beginning) => kind.sessionId.startsWith(beginning)),
    );
    return anyOf([kinds, { is: 'docs', sql: joinSql(selects, ' UNION ALL '), distinct: false }]);
  }

  #condition(one: QueryCondition): DocumentSet {
    const { operation, negated } = operationOf(one);
    if (operation === 'or') return anyOf([one.param1, one.param2].map((side) => this.query(subQuery(side))));
    const plain = this.#plain(operation, { ...one, operation });
    return negated ? notOf(plain, this.#catalogue.everyKind) : plain;
  }

  #plain(operation: Exclude<Operation, 'or'>, one: QueryCondition): DocumentSet {
    if (operation === 'isa') return this.isa(one.param1 as string);
    if (operation === 'depends_on') return this.dependsOn(one.param1 as string, one.param2 as string);
    const [group] = one.field.split('.');
    if (group === 'document_class') {
      const test = compileQuery([one]);
      return this.kindsWhere((kind) => test(kind.head));
    }
    if (!isIndexedField(one.field)) return this.#byDocument(one);
    const having = this.kindsWhere((kind) => kind.paths.has(one.field));
    if (operation === 'hasfield' || (having.is === 'kinds' && having.kinds.size === 0)) return having;
    if (one.field === 'base.session_id') {
      const test = compileQuery([one]);
      return this.kindsWhere((kind) => test({ base: { session_id: kind.sessionId } }));
    }
    if (operation === 'hassize' || operation === 'partial_struct' || operation.startsWith('hasanysubfield')) {
      return allOf([having, this.#byDocument(one)], this.#catalogue.everyKind);
    }
    if (one.field === 'base.id' || one.field === 'base.datestamp') return this.#byColumn(operation, one);
    const field = this.#catalogue.fields.get(one.field);
    return field === undefined ? nothing : this.#byValues(operation, one, field);
  }

  #byDocument(one: QueryCondition): DocumentSet {
    const test = this.#tests.onDocument(compileQuery([one]));
    return { is: 'test', sql: sql('document_holds(?, d.doc_idx)', test) };
  }

  /** Ids and time stamps: texts of their own, in columns of the index. */
  #byColumn(operation: FieldOperation, one: QueryCondition): DocumentSet {
    const column = one.field === 'base.id' ? 'id' : 'datestamp';
    const where = this.#columnTest(operation, one, column);
    if (where === null) return nothing;
    // Kind 0 is that of documents which the index does not show.
    const text = `SELECT doc_idx FROM doc WHERE +kind > 0 AND ${where.text}`;
    return { is: 'docs', sql: sql(text, ...where.values), distinct: true };
  }

  #columnTest(operation: FieldOperation, one: QueryCondition, column: string): Sql | null {
    const { param1 } = one;
    if (operation === 'exact_string') return typeof param1 === 'string' ? sql(`${column} = ?`, param1) : null;
    const starts = operation === 'regexp' ? startOf(param1 as string) : '';
    const test = sql(`text_holds(?, ${column})`, this.#tests.onText(compileValueTest(operation, one)));
    if (starts === '') return test;
    return sql(`${column} >= ? AND ${column} < ? AND ${test.text}`, starts, `${starts}\u{10FFFF}`, ...test.values);
  }

  #byValues(operation: FieldOperation, one: QueryCondition, field: Field): DocumentSet {
    const parts = [
      this.#amongTexts(operation, one, field),
      this.#amongNumbers(operation, one, field),
      this.#amongOthers(operation, one, field),
    ].filter((part) => part !== null);
    if (parts.length === 0) return nothing;
    const [only, ...more] = parts;
    const single = more.length === 0 && only !== undefined;
    return { is: 'docs', sql: joinSql(parts, ' UNION ALL '), distinct: single && !field.multiple };
  }

  #amongTexts(operation: FieldOperation, one: QueryCondition, field: Field): Sql | null {
    const own = [field.own];
    const withJoined = [field.own, field.joined].filter((index) => index >= 0);
    const { param1 } = one;
    switch (operation) {
      case 'exact_string':
      case 'exact_string_anycase': {
        if (typeof param1 !== 'string') return null;
        const rest = operation === 'exact_string' ? ' AND text = ?' : ' AND coalesce(folded, text) = ?';
        const key = `text IS NOT NULL AND ${VALUE_KEY} = substr(?, 1, ${keyLength})`;
        const wanted = operation === 'exact_string' ? param1 : fold(param1);
        return postings(
          withJoined,
          sql(`SELECT value_idx FROM value WHERE type <= ${valueType.mark} AND ${key}${rest}`, fold(param1), wanted),
        );
      }
      case 'contains_string':
        return postings(withJoined, this.#textsHolding(withJoined, fold(param1 as string)));
      case 'regexp': {
        const pattern = compilePattern(param1 as string);
        return postings(
          withJoined,
          this.#textsPassing(withJoined, literalOf(param1 as string), (text) => pattern.test(text)),
        );
      }
      case 'hasmember': {
        if (typeof param1 !== 'string') return null;
        return postings(own, this.#textsPassing(own, param1, compileValueTest(operation, one)));
      }
      default:
        return null;
    }
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
    const match = trigramsOf(folded);
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
    if (trigramsOf(literal) === null || literal.includes('Σ')) {
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

  #amongNumbers(operation: FieldOperation, one: QueryCondition, field: Field): Sql | null {
    const { param1 } = one;
    const select = (where: string, ...values: number[]) =>
      field.own < 0 ? null : sql(`SELECT doc_idx FROM number WHERE field = ${field.own} AND ${where}`, ...values);
    switch (operation) {
      case 'lessthan':
      case 'lessthaneq':
      case 'greaterthan':
      case 'greaterthaneq':
        return select(`value ${SIGNS[operation]} ?`, param1 as number);
      case 'exact_number':
      case 'hasmember': {
        const [only, ...more] = operation === 'hasmember' ? [param1] : flatten(param1 as JsonValue);
        const number = typeof only === 'boolean' && operation === 'exact_number' ? Number(only) : only;
        return typeof number === 'number' && more.length === 0 ? select('value = ?', number) : null;
      }
      case 'contains_string':
      case 'regexp': {
        if (operation === 'contains_string' && !CAN_BE_PRINTED.test(fold(param1 as string))) return null;
        return select('number_holds(?, value)', this.#tests.onValue(compileValueTest(operation, one)));
      }
      default:
        return null;
    }
  }

  /** Lists, truth values, null, NaN. */
  #amongOthers(operation: FieldOperation, one: QueryCondition, field: Field): Sql | null {
    if (field.own < 0 || operation === 'exact_string' || operation === 'exact_string_anycase') return null;
    const among = (where: string, ...values: (string | number)[]) =>
      postings(
        [field.own],
        sql(
          `SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx
           WHERE f.field = ${field.own} AND f.type >= ${valueType.other} AND ${where}`,
          ...values,
        ),
      );
    const { param1 } = one;
    switch (operation) {
      case 'lessthan':
      case 'lessthaneq':
        return among(`v.high ${SIGNS[operation]} ?`, param1 as number);
      case 'greaterthan':
      case 'greaterthaneq':
        return among(`v.low ${SIGNS[operation]} ?`, param1 as number);
      case 'contains_string':
      case 'regexp':
        // Of these only NaN has a printed form; lists of texts are among the texts, joined.
        return among(
          `v.text = 'NaN' AND value_holds(?, v.text)`,
          this.#tests.onValue(compileValueTest(operation, one)),
        );
      default:
        return this.#othersTested(one, field, operation);
    }
  }

  #othersTested(one: QueryCondition, { own }: Field, operation: FieldOperation): Sql {
    const test = this.#tests.onValue(compileValueTest(operation, one));
    const document = this.#tests.onDocument(compileQuery([one]));
    const range = operation === 'exact_number' ? rangeTest(one.param1 as JsonValue) : sql('1');
    const values = `SELECT v.value_idx FROM field_value f JOIN value v ON v.value_idx = f.value_idx WHERE f.field = ${own} AND f.type =`;
    const kept = postings(
      [own],
      sql(`${values} ${valueType.other} AND ${range.text} AND value_holds(?, v.text)`, ...range.values, test),
    );
    const large = postings([own], sql(`${values} ${valueType.large} AND ${range.text}`, ...range.values));
    return sql(
      `${kept.text} UNION ALL ${large.text} AND document_holds(?, doc_idx)`,
      ...kept.values,
      ...large.values,
      document,
    );
  }
}

/** The expression that the index `value_key` holds. */
const VALUE_KEY = `substr(coalesce(folded, text), 1, ${keyLength})`;
const SIGNS = { lessthan: '<', lessthaneq: '<=', greaterthan: '>', greaterthaneq: '>=' } as const;
const CAN_BE_PRINTED = /^[\d.e+\-infity]*$/;

function postings(fields: readonly number[], values: Sql): Sql {
  const list = fields.filter((index) => index >= 0).join(', ');
  return sql(
    `SELECT doc_idx FROM posting WHERE value_idx IN (${values.text}) AND field IN (${list})`,
    ...values.values,
  );
}

/** A list of numbers can only equal one with the same least and greatest. */
function rangeTest(wanted: JsonValue): Sql {
  const numbers = flatten(wanted).map((item) => Number(item));
  if (numbers.length === 0 || numbers.some((item) => Number.isNaN(item))) return sql('0');
  return sql('v.low = ? AND v.high = ?', Math.min(...numbers), Math.max(...numbers));
}

/** Texts of any field in `found_text` that hold a folded text. */
export function textsFound(match: string, folded: string): Sql {
  return sql(
    `SELECT value_idx FROM value WHERE value_idx IN (SELECT rowid FROM found_text WHERE found_text MATCH ?)
     AND instr(coalesce(folded, text), ?) > 0`,
    match,
    folded,
  );
}

/** The trigrams that a text must have, in FTS5's language; null for a text too short to have any. */
export function trigramsOf(folded: string): string | null {
  const characters = [...folded];
  if (characters.length < 3) return null;
  const found = new Set<string>();
  for (let at = 0; at + 3 <= characters.length && found.size < 40; at += 1)
    found.add(characters.slice(at, at + 3).join(''));
  return [...found].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}

export function canBeInMark(folded: string): boolean {
  return /^[0-9a-f_:.tz+-]*$/.test(folded);
}
