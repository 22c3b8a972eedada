import { operationOf, type Operation, type Query, type QueryCondition, subQuery } from '../../../shared/model/query.ts';
import { compileQuery, compileValueTest, dependencyNameTest } from '../query/evaluate.ts';
import { wordsOf } from '../query/free-text.ts';
import type { Catalogue, Kind } from './catalogue.ts';
import { isIndexedField } from './extract.ts';
import { FieldValues } from './field-values.ts';
import { startOf } from './pattern-literal.ts';
import type { FieldOperation, QueryTests } from './query-tests.ts';
import { allOf, anyOf, type DocumentSet, nothing, notOf, type Sql, sql } from './sets.ts';
import { lastCharacter } from './texts.ts';
import { wordSet } from './word-set.ts';

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
    return { is: 'docs', sql: sql(text, id), distinct: names.length === 1, isLookedUp: true };
  }

  /** Documents with every word of a free text: see `free-text.ts`. */
  freeText(text: string): DocumentSet {
    return allOf(
      wordsOf(text).map((word) => wordSet(word, this.#catalogue)),
      this.#catalogue.everyKind,
    );
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
    return field === undefined
      ? nothing
      : new FieldValues(field, this.#catalogue, this.#tests).documents(operation, one);
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
    const isLookedUp = operation === 'exact_string';
    return { is: 'docs', sql: sql(text, ...where.values), distinct: true, isLookedUp };
  }

  #columnTest(operation: FieldOperation, one: QueryCondition, column: string): Sql | null {
    const { param1 } = one;
    if (operation === 'exact_string') return typeof param1 === 'string' ? sql(`${column} = ?`, param1) : null;
    const starts = operation === 'regexp' ? startOf(param1 as string) : '';
    const test = sql(`text_holds(?, ${column})`, this.#tests.onText(compileValueTest(operation, one)));
    if (starts === '') return test;
    return sql(`${column} >= ? AND ${column} < ? AND ${test.text}`, starts, starts + lastCharacter, ...test.values);
  }
}
