import type { FormField } from '../../../../shared/contract/forms.ts';

/** A value of a document as a person writes it into a field, and back. */
export type Read = { readonly value: unknown } | { readonly fault: FieldFault };

/** Why what was written is no value of its field; the form puts it into words. */
export type FieldFault = 'number' | 'whole' | 'matrix' | 'json';

type Kind = Pick<FormField, 'type' | 'default'>;

export function toText(value: unknown, field: Kind): string {
  if (isEmpty(value)) return '';
  if (typeof value === 'number') return numberText(value);
  if (field.type === 'matrix') return matrixText(value);
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, field.type === 'structure' ? 2 : undefined);
}

export function fromText(text: string, field: Kind): Read {
  const given = text.trim();
  switch (field.type) {
    case 'integer':
    case 'double':
      return readNumber(given, field);
    case 'matrix':
      return readMatrix(given);
    case 'structure':
    case 'cell':
      return given === '' ? { value: emptyOf(field) } : readJson(given);
    default:
      return { value: text };
  }
}

/** What an emptied field holds: the default where that is empty, else the empty value of its type. */
function emptyOf({ type, default: given }: Kind): unknown {
  if (isEmpty(given)) return given ?? '';
  return type === 'structure' ? {} : [];
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function readNumber(text: string, field: Kind): Read {
  if (text === '') return { value: [] };
  const value = parseNumber(text);
  if (value === null) return { fault: 'number' };
  return field.type === 'integer' && !Number.isInteger(value) ? { fault: 'whole' } : { value };
}

const words: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '+inf': Infinity, '-inf': -Infinity };

function parseNumber(text: string): number | null {
  const word = words[text.toLowerCase().replace('infinity', 'inf')];
  if (word !== undefined) return word;
  // A decimal comma is what many locales write; with a second one it could be anything.
  const value = Number(/^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
  return text !== '' && Number.isFinite(value) ? value : null;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Inf' : '-Inf';
}

/** `1 2; 3 4`, as MATLAB writes matrices; brackets and commas may stand in it. */
function readMatrix(text: string): Read {
  if (text === '') return { value: [] };
  const rows = text
    .replace(/^\[([^[\]]*)\]$/, '$1')
    .split(/[;\n]/)
    .map((row) => row.trim().split(/[\s,]+/));
  const numbers = rows.map((row) => row.map(parseNumber));
  const width = numbers[0]?.length ?? 0;
  if (numbers.some((row) => row.length !== width || row.includes(null))) return { fault: 'matrix' };
  if (numbers.length > 1) return { value: width === 1 ? numbers.flat() : numbers };
  return { value: width === 1 ? numbers[0]?.[0] : numbers[0] };
}

function matrixText(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const rows = value.map((row: unknown): unknown[] => (Array.isArray(row) ? row : [row]));
  const written = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? numberText(cell) : String(cell))));
  return value.some(Array.isArray) ? written.map((row) => row.join(' ')).join('; ') : written.flat().join(' ');
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { fault: 'json' };
  }
}
