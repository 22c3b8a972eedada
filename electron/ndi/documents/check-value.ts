import type { JsonValue } from '../../../shared/model/document-json.ts';
import { isId } from '../../../shared/model/ids.ts';

/**
 * The rule of a schema type that a value breaks, in words, or null. The rules are NDI's: a number given as text fails,
 * NaN is never an integer, a list of texts is no text.
 */
export function checkValue(value: JsonValue, type: string, parameters: readonly JsonValue[]): string | null {
  switch (type) {
    case 'integer':
      return checkInteger(value, parameters);
    case 'double':
      return checkDouble(value, parameters);
    case 'matrix':
      return checkMatrix(value, parameters);
    case 'char':
    case 'string':
      return checkText(value, parameters);
    case 'timestamp':
      return isTimestamp(value) ? null : 'it must be a date and time such as 2025-12-31T23:59:59.000Z';
    case 'did_uid':
      return isEmpty(value) || (typeof value === 'string' && isId(value)) ? null : 'it must be an id or empty';
    case 'structure':
      return isEmpty(value) || isStructure(value) ? null : 'it must be an object, a list of objects, or empty';
    case 'cell':
      return isEmpty(value) || isCell(value) ? null : 'it must be a list of texts or of mixed values, or empty';
    default:
      return `its schema names an unknown type "${type}"`;
  }
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** `[min, max, nanAllowed, emptyAllowed]`; infinities are written as text. */
function numberOf(parameter: JsonValue | undefined): number {
  if (parameter === 'Inf') return Number.POSITIVE_INFINITY;
  if (parameter === '-Inf') return Number.NEGATIVE_INFINITY;
  return typeof parameter === 'number' ? parameter : Number.NaN;
}

function checkInteger(value: JsonValue, parameters: readonly JsonValue[]): string | null {
  const number = typeof value === 'boolean' ? Number(value) : value;
  const [min, max] = [numberOf(parameters[0]), numberOf(parameters[1])];
  const fits = typeof number === 'number' && number >= min && number <= max;
  return fits && Math.abs(number - Math.trunc(number)) < 1e-12 ? null : `it must be an integer from ${min} to ${max}`;
}

function checkDouble(value: JsonValue, parameters: readonly JsonValue[]): string | null {
  const [min, max] = [numberOf(parameters[0]), numberOf(parameters[1])];
  const rule = `it must be a number from ${min} to ${max}`;
  // MATLAB reads a lone null as the empty array.
  if (value === null || (Array.isArray(value) && value.length === 0)) return parameters[3] === 1 ? null : rule;
  if (typeof value !== 'number') return rule;
  if (Number.isNaN(value)) return parameters[2] === 1 ? null : rule;
  return value >= min && value <= max ? null : rule;
}

function checkMatrix(value: JsonValue, parameters: readonly JsonValue[]): string | null {
  const wanted = parameters.map(numberOf);
  if (wanted.length < 2) return 'its schema does not tell the size';
  const rule = `it must hold numbers of size ${wanted.map((one) => (Number.isNaN(one) ? 'any' : one)).join(' x ')}`;
  const size = isEmpty(value) ? [0, 0] : sizeOf(value);
  if (size === null) return rule;
  if (wanted.every((one) => Number.isNaN(one))) return null;
  // With a size of 1, NDI accepts a row and a column alike (and no empty value).
  if (wanted.includes(1)) return size.includes(1) ? null : rule;
  const fits = (found: readonly number[]) => wanted.every((one, at) => Number.isNaN(one) || one === (found[at] ?? 1));
  // JSON does not tell a flat row from a flat column.
  return fits(size) || (size[0] === 1 && fits([...size].reverse())) ? null : rule;
}

/** Rows and columns (and more) of numbers, or null when it is no regular array of numbers. */
function sizeOf(value: JsonValue): number[] | null {
  if (typeof value === 'number' || typeof value === 'boolean') return [1, 1];
  const inner = nestedSize(value);
  return inner === null ? null : inner.length === 1 ? [1, ...inner] : inner;
}

function nestedSize(value: JsonValue): number[] | null {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return [];
  if (!Array.isArray(value)) return null;
  const sizes = value.map(nestedSize);
  const [first] = sizes;
  if (first === undefined) return [0];
  return first !== null && sizes.every((one) => one !== null && one.join() === first.join())
    ? [value.length, ...first]
    : null;
}

function checkText(value: JsonValue, parameters: readonly JsonValue[]): string | null {
  if (isEmpty(value)) return null;
  if (typeof value !== 'string') return 'it must be a text';
  const longest = numberOf(parameters.at(-1));
  return Number.isNaN(longest) || value.length <= longest ? null : `it must have at most ${longest} characters`;
}

function isTimestamp(value: JsonValue): boolean {
  if (typeof value !== 'string') return false;
  const local = value.replace(/Z$/, '');
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(local) && !Number.isNaN(Date.parse(`${local}Z`));
}

function isStructure(value: JsonValue): boolean {
  const items = Array.isArray(value) ? value : [value];
  return items.every((item) => item !== null && typeof item === 'object' && !Array.isArray(item));
}

function isCell(value: JsonValue): boolean {
  if (!Array.isArray(value)) return false;
  const numeric = value.every(isNumbers);
  const objects = value.every((item) => item !== null && typeof item === 'object' && !Array.isArray(item));
  return !numeric && !objects;
}

function isNumbers(value: JsonValue): boolean {
  return Array.isArray(value) ? value.every(isNumbers) : typeof value === 'number';
}
