import type { JsonValue } from '../../../shared/model/document-json.ts';
import { dependencies, documentClass, type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import {
  compilePattern,
  escapePattern,
  invalidQuery,
  type Operation,
  operationOf,
  type Query,
  type QueryCondition,
  subQuery,
} from '../../../shared/model/query.ts';
import { superclassesOf } from '../documents/types.ts';

/**
 * What a condition on a missing field answers. `intended`: plain false, negated true. `database`: false to both, as the
 * SQL of NDI-matlab does, for which an empty text is missing too.
 */
export type MissingFields = 'intended' | 'database';

export type DocumentTest = (document: NdiDocument) => boolean;

/**
 * Turns a query into a test of documents (patterns compiled once).
 * @throws NdiError query.invalid
 */
export function compileQuery(query: Query, missing: MissingFields = 'intended'): DocumentTest {
  const tests = query.map((one) => compileCondition(one, missing));
  return (document) => tests.every((test) => test(document));
}

function compileCondition(one: QueryCondition, missing: MissingFields): DocumentTest {
  const { operation, negated } = operationOf(one);
  if (operation === 'or') {
    const [left, right] = [one.param1, one.param2].map((side) => compileQuery(subQuery(side), missing));
    return (document) => left?.(document) === true || right?.(document) === true;
  }
  if (operation === 'isa') return (document) => isOfClass(document, text(one.param1)) !== negated;
  if (operation === 'depends_on') {
    const test = dependencyTest(text(one.param1), text(one.param2));
    return (document) => test(document) !== negated;
  }
  const path = one.field.split('.');
  const matches = compileValueTest(operation, one);
  return (document) => {
    let values = valuesAlong(document, path);
    if (missing === 'database') values = values.filter((value) => !isEmpty(value));
    if (values.length === 0) return negated && missing === 'intended';
    return values.some(matches) !== negated;
  };
}

function isOfClass(document: NdiDocument, name: string): boolean {
  return documentClass(document) === name || superclassesOf(document).includes(name);
}

function dependencyTest(name: string, id: string): DocumentTest {
  const isMeant = dependencyNameTest(name);
  return (document) => dependencies(document).some((one) => one.value === id && isMeant(one.name));
}

/** Names compare ignoring case; `*` stands for any text. */
export function dependencyNameTest(name: string): (name: string) => boolean {
  const parts = name.toLowerCase().split('*');
  const pattern = new RegExp(`^${parts.map((part) => escapePattern(part)).join('.*')}$`, 's');
  return (found) => pattern.test(found.toLowerCase());
}

/** All values at a path; a list of objects on the way is looked into. */
export function valuesAlong(document: NdiDocument, path: readonly string[]): JsonValue[] {
  let values: JsonValue[] = [document];
  for (const part of path) {
    values = values
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .flatMap((value) => {
        const holder = objectOf(value);
        return holder !== null && Object.hasOwn(holder, part) ? [holder[part] ?? null] : [];
      });
  }
  return values;
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

type Match = (value: JsonValue) => boolean;

/** The test that a condition makes of one value of its field. */
export function compileValueTest(
  operation: Exclude<Operation, 'or' | 'isa' | 'depends_on'>,
  one: QueryCondition,
): Match {
  const param = one.param1 as JsonValue;
  switch (operation) {
    case 'exact_string':
      return (value) => textForm(value) === param;
    case 'exact_string_anycase':
      return (value) => textForm(value)?.toLowerCase() === text(param).toLowerCase();
    case 'contains_string':
      return (value) => printedForm(value)?.toLowerCase().includes(text(param).toLowerCase()) === true;
    case 'regexp': {
      const pattern = compilePattern(text(param));
      return (value) => pattern.test(printedForm(value) ?? '') && printedForm(value) !== null;
    }
    case 'exact_number':
      return (value) => sameNumbers(value, param);
    case 'lessthan':
      return (value) => numbers(value, (number) => number < (param as number));
    case 'lessthaneq':
      return (value) => numbers(value, (number) => number <= (param as number));
    case 'greaterthan':
      return (value) => numbers(value, (number) => number > (param as number));
    case 'greaterthaneq':
      return (value) => numbers(value, (number) => number >= (param as number));
    case 'hasfield':
      return () => true;
    case 'hasmember':
      return (value) => hasMember(value, param);
    case 'hasanysubfield_contains_string':
      return subfieldMatch(one, (value, wanted) => value.toLowerCase().includes(wanted.toLowerCase()));
    case 'hasanysubfield_exact_string':
      return subfieldMatch(one, (value, wanted) => value === wanted);
    case 'hassize':
      return (value) => hasSize(value, param);
    case 'partial_struct':
      return (value) => agrees(value, param);
  }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw invalidQuery('a text is expected');
  return value;
}

/** Text, or a list of texts as the database joins it. */
function textForm(value: JsonValue): string | null {
  if (typeof value === 'string') return value;
  const texts = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
  return texts ? value.join(',') : null;
}

function printedForm(value: JsonValue): string | null {
  return typeof value === 'number' ? String(value) : textForm(value);
}

function flat(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

function sameNumbers(value: JsonValue, wanted: JsonValue): boolean {
  const [found, expected] = [flat(value), flat(wanted)];
  if (found.length === 0 || found.length !== expected.length) return false;
  return found.every((number, at) => asNumber(number) !== null && asNumber(number) === asNumber(expected[at] ?? null));
}

/** MATLAB's logical values count as 0 and 1. */
function asNumber(value: JsonValue): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : null;
}

function numbers(value: JsonValue, test: (number: number) => boolean): boolean {
  const items = flat(value).map(asNumber);
  return items.length > 0 && items.every((item) => item !== null && test(item));
}

function hasMember(value: JsonValue, member: JsonValue): boolean {
  if (typeof value === 'string') return value === member || value.split(',').some((item) => item.trim() === member);
  return flat(value).some((item) => item === member);
}

function subfieldMatch(one: QueryCondition, test: (value: string, wanted: string) => boolean): Match {
  const names = flat(one.param1 as JsonValue).map(text);
  const wanted = flat(one.param2 as JsonValue).map(text);
  if (names.length !== wanted.length) throw invalidQuery('as many texts as names of fields are expected');
  return (value) =>
    (Array.isArray(value) ? value : [value]).some((item) =>
      names.every((name, at) => {
        const field = objectOf(item)?.[name];
        return typeof field === 'string' && test(field, wanted[at] ?? '');
      }),
    );
}

function hasSize(value: JsonValue, size: JsonValue): boolean {
  const [rows, columns] = sizeOf(value);
  if (sameNumbers([rows, columns], size)) return true;
  // A flat list may have been a row or a column.
  return Array.isArray(value) && rows === 1 && sameNumbers([columns, rows], size);
}

function sizeOf(value: JsonValue): [number, number] {
  if (typeof value === 'string') return [value === '' ? 0 : 1, value.length];
  if (value === null) return [0, 0];
  if (!Array.isArray(value)) return [1, 1];
  const [first] = value;
  if (first === undefined) return [0, 0];
  return Array.isArray(first) ? [value.length, first.length] : [1, value.length];
}

function agrees(value: JsonValue, wanted: JsonValue): boolean {
  const fields = objectOf(wanted);
  if (fields !== null) {
    const holder = objectOf(value);
    if (holder === null) return false;
    return Object.entries(fields).every(
      ([key, item]) => Object.hasOwn(holder, key) && agrees(holder[key] ?? null, item),
    );
  }
  if (!Array.isArray(wanted)) return value === wanted;
  return (
    Array.isArray(value) &&
    value.length === wanted.length &&
    wanted.every((item, at) => agrees(value[at] ?? null, item))
  );
}
