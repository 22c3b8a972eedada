import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { matNumbers } from './mat-numbers.ts';
import { isMat5, type MatValue, readMat5 } from './mat5.ts';

/**
 * A MATLAB value as JSON: a number or a list of numbers (a matrix: a list of its rows), a text, an object (several: a
 * list of them). Undefined for what JSON cannot hold: objects of new classes, functions, sparse and complex arrays.
 */
export function matToJson(value: MatValue): JsonValue | undefined {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'numbers':
      return shaped(matNumbers(value), value.dims);
    case 'cell':
      return value.items.map((item) => matToJson(item) ?? null);
    case 'struct': {
      const records = structRecords(value).map(recordToJson);
      return records.length === 1 ? (records[0] ?? {}) : records;
    }
    case 'other':
      return undefined;
  }
}

/** The elements of a struct array. */
export function structRecords(value: MatValue & { kind: 'struct' }): ReadonlyMap<string, MatValue>[] {
  const count = value.dims.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, index) => {
    const fields = [...value.fields].flatMap(([name, values]) => {
      const own = values[index];
      return own === undefined ? [] : [[name, own] as const];
    });
    return new Map(fields);
  });
}

/** Fields that JSON cannot hold are left out. */
export function recordToJson(record: ReadonlyMap<string, MatValue>): JsonObject {
  const fields = [...record].flatMap(([name, value]) => {
    const json = matToJson(value);
    return json === undefined ? [] : [[name, json] as const];
  });
  return Object.fromEntries(fields);
}

/** Numbers lie column after column; a row or a column is a plain list. */
function shaped(numbers: Float64Array, dims: readonly number[]): JsonValue {
  const long = dims.filter((size) => size !== 1);
  if (numbers.length === 1) return numbers[0] ?? NaN;
  if (numbers.length === 0 || long.length <= 1) return [...numbers];
  const strides = long.map((_, at) => long.slice(0, at).reduce((product, size) => product * size, 1));
  const part = (axis: number, offset: number): JsonValue =>
    axis === long.length
      ? (numbers[offset] ?? NaN)
      : Array.from({ length: long[axis] ?? 0 }, (_, at) => part(axis + 1, offset + at * (strides[axis] ?? 0)));
  return part(0, 0);
}

/**
 * Named variables of a MAT file of level 5.
 * @throws NdiError format.* where it is none or a variable is missing, path.*
 */
export function readMatVariables(path: string, names: readonly string[]): ReadonlyMap<string, MatValue> {
  return withFile(path, (file) => {
    const head = file.view(0, Math.min(128, file.size), 'the MAT header');
    if (!isMat5(new Uint8Array(head.buffer, head.byteOffset, head.byteLength))) {
      const sentence = 'this is no MAT file of level 5 (save it with “-v7” in MATLAB, not with “-v7.3”).';
      throw formatFault('format.unsupported', path, sentence);
    }
    const found = new Map(
      readMat5(file, (name) => names.includes(name)).map(({ name, value }) => [name, detached(value)]),
    );
    const missing = names.filter((name) => !found.has(name));
    if (missing.length === 0) return found;
    throw formatFault('format.invalid', path, `it has no variable ${missing.join(', ')}.`, {
      field: missing.join(', '),
    });
  });
}

/** The value with its numbers in memory, so that it outlives the opened file. */
function detached(value: MatValue): MatValue {
  switch (value.kind) {
    case 'numbers': {
      const numbers = matNumbers(value);
      const view = new DataView(numbers.buffer);
      // Doubles of this machine, which is little-endian.
      const source = { path: value.source.path, size: view.byteLength, view: () => view };
      return { kind: 'numbers', dims: value.dims, source, offset: 0, word: 'f64', littleEndian: true };
    }
    case 'struct':
      return { ...value, fields: new Map([...value.fields].map(([name, values]) => [name, values.map(detached)])) };
    case 'cell':
      return { ...value, items: value.items.map(detached) };
    case 'text':
    case 'other':
      return value;
  }
}
