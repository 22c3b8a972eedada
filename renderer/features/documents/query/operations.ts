import type { JsonValue } from '../../../../shared/model/document-json.ts';
import {
  condition,
  dependsOn,
  isa,
  not,
  operationOf,
  type Operation,
  type Query,
} from '../../../../shared/model/query.ts';
import { isQueryLink, parseQueryLink } from '../../../../shared/model/query-link.ts';
import { parseQuery } from '../../../../shared/model/query-text.ts';

/** A condition as the form holds it: everything is text until it is used. */
export interface ConditionDraft {
  readonly field: string;
  readonly operation: Operation;
  readonly value: string;
  /** The id of `depends_on`. */
  readonly second: string;
  readonly negated: boolean;
}

export const emptyDraft: ConditionDraft = {
  field: 'base.name',
  operation: 'contains_string',
  value: '',
  second: '',
  negated: false,
};

export const needsField = (operation: Operation): boolean => operation !== 'isa' && operation !== 'depends_on';
export const needsValue = (operation: Operation): boolean => operation !== 'hasfield';

const NUMERIC: readonly Operation[] = ['exact_number', 'lessthan', 'lessthaneq', 'greaterthan', 'greaterthaneq'];
export const isNumeric = (operation: Operation): boolean => NUMERIC.includes(operation);

/** The query of a draft; null while something is missing or no number is a number. */
export function queryOfDraft(draft: ConditionDraft): Query | null {
  const plain = plainQuery(draft);
  return plain === null || !draft.negated ? plain : not(plain);
}

function plainQuery({ field, operation, value, second }: ConditionDraft): Query | null {
  const [path, text] = [field.trim(), value.trim()];
  if (operation === 'isa') return text === '' ? null : isa(text);
  if (operation === 'depends_on')
    return second.trim() === '' ? null : dependsOn(text === '' ? '*' : text, second.trim());
  if (path === '' || operation === 'or') return null;
  if (operation === 'hasfield') return condition(path, 'hasfield');
  // Nothing typed yet; an empty text is asked for in the readable form.
  if (value === '') return null;
  const param = isNumeric(operation) ? numbersOf(text) : otherValue(operation, value);
  if (param === null) return null;
  try {
    const query = condition(path, operation, param);
    operationOf(query[0] ?? { field: '', operation: '', param1: '', param2: '' });
    if (operation === 'regexp') new RegExp(value);
    return query;
  } catch {
    return null;
  }
}

function otherValue(operation: Operation, value: string): JsonValue {
  return operation === 'hasmember' && numbersOf(value) !== null ? Number(value) : value;
}

function numbersOf(text: string): JsonValue | null {
  const parts = text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const numbers = parts.map(Number);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return null;
  return numbers.length === 1 ? (numbers[0] ?? null) : numbers;
}

/** A condition in the form's terms; null for what only the readable form can say. */
export function draftOf(query: Query): ConditionDraft | null {
  const [one, ...more] = query;
  if (one === undefined || more.length > 0) return null;
  const { operation, negated } = operationOf(one);
  const { field, param1, param2 } = one;
  if (operation === 'or' || !OPERATIONS.some((known) => known.operation === operation)) return null;
  const text = Array.isArray(param1)
    ? param1.map((item) => JSON.stringify(item)).join(' ')
    : typeof param1 === 'object'
      ? null
      : String(param1);
  return text === null
    ? null
    : { field, operation, negated, value: text, second: typeof param2 === 'string' ? param2 : '' };
}

/** What a text, or a link that was shared, asks for, or why it cannot be understood. */
export function readQueryText(text: string): { query: Query } | { error: string } {
  if (text.trim() === '') return { query: [] };
  try {
    return { query: isQueryLink(text) ? parseQueryLink(text).query : parseQuery(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Operations in the words of the form, the commonest first. */
export const OPERATIONS: readonly { readonly operation: Operation; readonly words: string }[] = [
  { operation: 'contains_string', words: 'contains' },
  { operation: 'exact_string', words: 'is' },
  { operation: 'exact_string_anycase', words: 'is, whatever its case' },
  { operation: 'regexp', words: 'matches the pattern' },
  { operation: 'exact_number', words: '=' },
  { operation: 'lessthan', words: '<' },
  { operation: 'lessthaneq', words: '≤' },
  { operation: 'greaterthan', words: '>' },
  { operation: 'greaterthaneq', words: '≥' },
  { operation: 'hasmember', words: 'has the item' },
  { operation: 'hasfield', words: 'exists' },
  { operation: 'isa', words: 'is a (class)' },
  { operation: 'depends_on', words: 'depends on' },
];
