import type { JsonValue } from './document-json.ts';
import { NdiError } from './errors.ts';

/**
 * NDI's query: a list of conditions that must all hold. `field` is a dotted path below the document's root and is empty
 * for `isa`, `depends_on` and `or`; a leading `~` negates an operation.
 *
 * | operation | holds when |
 * |---|---|
 * | exact_string, exact_string_anycase | the text equals param1 (the second: ignoring case) |
 * | contains_string | the text holds param1, ignoring case as NDI's database does |
 * | regexp | the pattern param1 is found anywhere in the text, case-sensitive |
 * | exact_number | the number (or list of numbers) equals param1 |
 * | lessthan, lessthaneq, greaterthan, greaterthaneq | every number compares so with param1 |
 * | hasfield | the field exists |
 * | hasmember | param1 is an item of the list, or of the comma-separated text |
 * | hasanysubfield_contains_string, hasanysubfield_exact_string | in some object of the list, each field named in param1 holds (equals) its text of param2 |
 * | hassize | the size equals param1 (`[rows, columns]`; a list counts as row or column) |
 * | partial_struct | the object agrees with all fields of param1 |
 * | isa | the class is param1 or descends from it |
 * | depends_on | a dependency named param1 (`*` stands for any text) has the value param2 |
 * | or | all conditions of param1 hold, or all of param2 |
 *
 * A field that a document does not have: the plain operation is false, the negated one true. NDI-matlab's database
 * (SQL) answers false to both, and never finds an empty text; `electron/ndi/query` can evaluate in that way too.
 */
export type Query = readonly QueryCondition[];

export interface QueryCondition {
  readonly field: string;
  readonly operation: string;
  readonly param1: QueryParameter;
  readonly param2: QueryParameter;
}

export type QueryParameter = JsonValue | Query;

const negatable = [
  'exact_string',
  'exact_string_anycase',
  'contains_string',
  'regexp',
  'exact_number',
  'lessthan',
  'lessthaneq',
  'greaterthan',
  'greaterthaneq',
  'hasfield',
  'hasmember',
  'hasanysubfield_contains_string',
  'hasanysubfield_exact_string',
  'hassize',
  'partial_struct',
  'isa',
  'depends_on',
] as const;

/** An operation without its `~`. `or` cannot be negated. */
export type Operation = (typeof negatable)[number] | 'or';
const operations: readonly Operation[] = [...negatable, 'or'];

export function condition(
  field: string,
  operation: Operation | `~${Exclude<Operation, 'or'>}`,
  param1: JsonValue = '',
  param2: JsonValue = '',
): Query {
  return [{ field, operation, param1, param2 }];
}

export const isa = (className: string): Query => condition('', 'isa', className);
export const dependsOn = (name: string, id: string): Query => condition('', 'depends_on', name, id);
export const all = (...queries: readonly Query[]): Query => queries.flat();
export const either = (a: Query, b: Query): Query => [{ field: '', operation: 'or', param1: a, param2: b }];

/** So many stand one after the other; more are halved, for a hundred in a row would be nested a hundred deep. */
const IN_A_ROW = 16;

/** What at least one of several queries holds for. Empty where there are none. */
export function anyOf(queries: readonly Query[]): Query {
  const [first = [], ...rest] = queries;
  if (queries.length <= IN_A_ROW) return rest.reduce(either, first);
  const half = Math.ceil(queries.length / 2);
  return either(anyOf(queries.slice(0, half)), anyOf(queries.slice(half)));
}

/** The negation of a query: every condition negated, any of which is enough. */
export function not(query: Query): Query {
  if (query.length === 0) throw invalidQuery('an empty query cannot be negated');
  const negated = query.map((one): Query => {
    if (one.operation === 'or') return all(not(subQuery(one.param1)), not(subQuery(one.param2)));
    const operation = one.operation.startsWith('~') ? one.operation.slice(1) : `~${one.operation}`;
    return [{ ...one, operation }];
  });
  return anyOf(negated);
}

/** The conditions in a parameter of `or`. */
export function subQuery(parameter: QueryParameter): Query {
  return parameter as Query;
}

/** Operation and negation of a condition. */
export function operationOf(one: QueryCondition): { operation: Operation; negated: boolean } {
  const negated = one.operation.startsWith('~');
  const name = negated ? one.operation.slice(1) : one.operation;
  const operation = operations.find((known) => known === name);
  if (operation === undefined || (negated && operation === 'or')) {
    throw invalidQuery(`"${one.operation}" is no operation`);
  }
  return { operation, negated };
}

const TEXT_OPERATIONS = new Set<Operation>(['exact_string_anycase', 'contains_string', 'regexp', 'isa', 'depends_on']);
const NUMBER_OPERATIONS = new Set<Operation>(['lessthan', 'lessthaneq', 'greaterthan', 'greaterthaneq']);
const WITHOUT_FIELD = new Set<Operation>(['isa', 'depends_on', 'or']);
const DEEPEST = 64;

/**
 * Checks a query that came from outside.
 * @throws NdiError query.invalid
 */
export function checkQuery(value: unknown, depth = 0): Query {
  if (!Array.isArray(value)) throw invalidQuery('it is no list of conditions');
  if (depth > DEEPEST) throw invalidQuery('it is nested too deeply');
  return value.map((one: unknown) => checkCondition(one, depth));
}

function checkCondition(value: unknown, depth: number): QueryCondition {
  if (value === null || typeof value !== 'object') throw invalidQuery('a condition is no object');
  const { field = '', operation = '', param1 = '', param2 = '' } = value as Record<string, unknown>;
  if (typeof field !== 'string' || typeof operation !== 'string')
    throw invalidQuery('field and operation must be text');
  const one = { field, operation, param1: param1 as QueryParameter, param2: param2 as QueryParameter };
  const known = operationOf(one).operation;
  if (known === 'or') return { ...one, param1: checkQuery(param1, depth + 1), param2: checkQuery(param2, depth + 1) };
  if (!WITHOUT_FIELD.has(known) && field === '') throw invalidQuery(`"${operation}" needs a field`);
  if (TEXT_OPERATIONS.has(known) && typeof param1 !== 'string') throw invalidQuery(`"${operation}" needs a text`);
  if (NUMBER_OPERATIONS.has(known) && typeof param1 !== 'number') throw invalidQuery(`"${operation}" needs a number`);
  if (known === 'depends_on' && typeof param2 !== 'string')
    throw invalidQuery('"depends_on" needs the id of a document');
  if (known === 'regexp') compilePattern(param1 as string);
  return one;
}

/**
 * A regular expression as MATLAB's users write it: `\<` and `\>` are start and end of a word.
 * @throws NdiError query.invalid
 */
export function compilePattern(pattern: string): RegExp {
  const translated = pattern.replace(/\\(.)/gs, (pair, escaped: string) => {
    if (escaped === '<') return String.raw`(?<!\w)(?=\w)`;
    return escaped === '>' ? String.raw`(?<=\w)(?!\w)` : pair;
  });
  try {
    return new RegExp(translated);
  } catch (error) {
    throw invalidQuery(`"${pattern}" is no regular expression`, error);
  }
}

/** A text as a regular expression that finds just this text. */
export function escapePattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

export function invalidQuery(why: string, cause?: unknown): NdiError {
  return new NdiError({
    code: 'query.invalid',
    message: `The query cannot be understood: ${why}.`,
    recovery: 'Correct the query; for example: base.name contains "trial" and isa(element).',
    cause,
  });
}
