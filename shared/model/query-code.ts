import type { JsonValue } from './document-json.ts';
import { operationOf, type Query, type QueryCondition, subQuery } from './query.ts';

/**
 * A query as code for NDI-matlab and NDI-python. Both are made from NDI's own four parts of a condition, so that what
 * is copied asks for the same; where the other side's database is known to answer otherwise, a comment says so
 * (docs/queries.md has the differences).
 */
export function queryAsMatlab(query: Query): string {
  const notes = notesOn(query, matlabNote).map((note) => `% ${note}\n`);
  return `${notes.join('')}q = ${matlabOf(query)};\n`;
}

/** @see queryAsMatlab */
export function queryAsPython(query: Query): string {
  const notes = notesOn(query, pythonNote).map((note) => `# ${note}\n`);
  return `from ndi.query import ndi_query\n\n${notes.join('')}q = ${pythonOf(query)}\n`;
}

/** Operations that the constructor of `ndi.query` refuses by name; its form that takes a structure accepts them. */
const ONLY_BY_STRUCTURE = new Set(['hasanysubfield_exact_string', 'hassize', 'partial_struct']);
const UNKNOWN_TO_MATLAB = new Set([...ONLY_BY_STRUCTURE, 'hasanysubfield_contains_string']);

function matlabOf(query: Query): string {
  if (query.length === 0) return 'ndi.query.all()';
  return query.map(matlabCondition).join(' & ...\n    ');
}

function matlabCondition(one: QueryCondition): string {
  const { operation, negated } = operationOf(one);
  if (operation === 'or') return `(${matlabOf(subQuery(one.param1))} | ${matlabOf(subQuery(one.param2))})`;
  const [field, name] = [one.field, one.operation].map(matlabText);
  const [param1, param2] = [one.param1, one.param2].map((value) => matlabValue(value as JsonValue));
  const byStructure = ONLY_BY_STRUCTURE.has(operation) || (negated && operation === 'exact_string_anycase');
  if (!byStructure) return `ndi.query(${field}, ${name}, ${param1}, ${param2})`;
  // A cell inside `struct` makes a list of structures unless it is wrapped once more.
  const wrap = (value: string | undefined) => (value?.startsWith('{') === true ? `{${value}}` : value);
  return `ndi.query(struct('field', ${field}, 'operation', ${name}, 'param1', ${wrap(param1)}, 'param2', ${wrap(param2)}))`;
}

function matlabText(text: string): string {
  // A character array in quotes holds no line breaks.
  const lines = text.split(/([\n\r\t])/).filter((part) => part !== '');
  const parts = lines.map((part) =>
    /^[\n\r\t]$/.test(part) ? `char(${part.charCodeAt(0)})` : `'${part.replaceAll("'", "''")}'`,
  );
  return parts.length === 1 && text.trim() !== ''
    ? (parts[0] ?? "''")
    : parts.length === 0
      ? "''"
      : `[${parts.join(' ')}]`;
}

function matlabValue(value: JsonValue): string {
  if (typeof value === 'string') return matlabText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return matlabNumber(value);
  if (value === null) return '[]';
  if (Array.isArray(value)) return matlabList(value);
  const fields = Object.entries(value).map(([key, item]) => {
    const text = matlabValue(item);
    return `${matlabText(key)}, ${text.startsWith('{') ? `{${text}}` : text}`;
  });
  return `struct(${fields.join(', ')})`;
}

function matlabNumber(value: number | boolean): string {
  if (typeof value === 'boolean' || Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Inf' : '-Inf';
}

function matlabList(list: readonly JsonValue[]): string {
  const isNumber = (item: JsonValue) => typeof item === 'number' || typeof item === 'boolean';
  if (list.every(isNumber)) return `[${list.map((item) => matlabNumber(item as number)).join(' ')}]`;
  const isRow = (item: JsonValue) => Array.isArray(item) && item.every(isNumber);
  if (list.every(isRow)) {
    return `[${list.map((row) => (row as number[]).map(matlabNumber).join(' ')).join('; ')}]`;
  }
  return `{${list.map(matlabValue).join(', ')}}`;
}

function pythonOf(query: Query): string {
  if (query.length === 0) return 'ndi_query.all()';
  const parts = query.map(pythonCondition);
  return parts.length === 1 ? (parts[0] ?? '') : `(\n    ${parts.join('\n    & ')}\n)`;
}

function pythonCondition(one: QueryCondition): string {
  if (operationOf(one).operation === 'or') {
    return `(${pythonOf(subQuery(one.param1))} | ${pythonOf(subQuery(one.param2))})`;
  }
  const values = [one.field, one.operation, one.param1 as JsonValue, one.param2 as JsonValue].map(pythonValue);
  return `ndi_query(${values.join(', ')})`;
}

function pythonValue(value: JsonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? String(value)
      : `float("${Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'}")`;
  }
  // JSON's escapes of a text are Python's too.
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonValue(item)}`)
    .join(', ')}}`;
}

function matlabNote(operation: string, negated: boolean): string | null {
  if (UNKNOWN_TO_MATLAB.has(operation)) return `NDI-matlab's database does not know ${operation}.`;
  if (negated && operation !== 'isa') {
    return 'NDI-matlab finds no document that lacks a negated field; NDI Desktop finds it.';
  }
  return null;
}

function pythonNote(operation: string): string | null {
  return operation === 'contains_string' ? 'NDI-python reads % and _ in a contained text as wildcards.' : null;
}

function notesOn(query: Query, noteOf: (operation: string, negated: boolean) => string | null): string[] {
  const notes = query.flatMap((one) => {
    const { operation, negated } = operationOf(one);
    if (operation === 'or') return [one.param1, one.param2].flatMap((side) => notesOn(subQuery(side), noteOf));
    const note = noteOf(operation, negated);
    return note === null ? [] : [note];
  });
  return [...new Set(notes)];
}
