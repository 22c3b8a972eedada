import { formatFault } from '../file-faults.ts';
import { type Container, openContainer, VARIABLE_PART, writeContainer } from './container.ts';

/**
 * Encodings of ingested samples. Matrices are rows (samples) by columns (channels), channel after channel. What is
 * known: `1` predicted samples, `21` digital lines, `61` times; that of events is published nowhere.
 */
const PREDICTED = 1;
const DIGITAL = 21;
const TIME = 61;
const CODE_COLUMNS = 5;
/** The largest group of channels that NDI keeps in one file (reference, section 9.2). */
const MOST_COLUMNS = 100_000;

/** Decoded samples, a column a channel. */
export interface NbfMatrix {
  readonly rows: number;
  readonly columns: readonly Float64Array<ArrayBuffer>[];
}

/**
 * Decodes a segment.
 * @throws NdiError format.unsupported for the encodings that are not public, format.invalid, format.truncated
 */
export function decodeNbf(stored: Uint8Array, path: string): NbfMatrix {
  const container = openContainer(stored, path);
  if (container.method === PREDICTED) return decodePredicted(container, path);
  if (container.method === DIGITAL) return decodeDigital(container, path);
  if (container.method === TIME) return decodeTimes(container, path);
  const what = { 2: 'metadata', 41: 'events' }[container.method] ?? `kind ${container.method}`;
  const sentence = `its ${what} are encoded in a way that only NDI’s own program knows.`;
  throw formatFault('format.unsupported', path, sentence, { field: 'encode_method', value: container.method });
}

/** Each sample is what the last four predict, rounded, plus the stored difference; floats are stored as they are. */
function decodePredicted(container: Container, path: string): NbfMatrix {
  const { rows, columns, isFloat, bits, header, payload } = container;
  requirePayload(container, columns, bits / 8, path);
  if (isFloat) {
    if (bits !== 64 && bits !== 32) throw unknownBits(container, path);
    const get =
      bits === 64 ? (at: number) => payload.getFloat64(8 * at, true) : (at: number) => payload.getFloat32(4 * at, true);
    return { rows, columns: columnsOf(rows, columns, (column, row) => get(column * rows + row)) };
  }
  if (bits !== 16) throw unknownBits(container, path);
  const codeRows = header.getUint32(VARIABLE_PART, true);
  const codeColumns = header.getUint32(VARIABLE_PART + 4, true);
  const first = VARIABLE_PART + 8 + 8 * codeRows * codeColumns;
  if (codeRows !== columns || codeColumns !== CODE_COLUMNS || first + 32 * columns > header.byteLength) {
    throw formatFault('format.invalid', path, 'the predictor of the segment has the wrong size.', {
      offset: VARIABLE_PART,
    });
  }
  const code = (column: number, at: number) => header.getFloat64(VARIABLE_PART + 8 + 8 * (at * columns + column), true);
  const decoded = Array.from({ length: columns }, (_, column) => {
    const [a1, a2, a3, a4] = [code(column, 1), code(column, 2), code(column, 3), code(column, 4)];
    const out = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      if (row < 4) {
        out[row] = header.getFloat64(first + 8 * (4 * column + row), true);
        continue;
      }
      const [x1, x2, x3, x4] = [out[row - 1] ?? 0, out[row - 2] ?? 0, out[row - 3] ?? 0, out[row - 4] ?? 0];
      const predicted = Math.round(-(a1 * x1 + a2 * x2 + a3 * x3 + a4 * x4));
      out[row] = predicted + payload.getInt16(2 * (column * rows + row), true);
    }
    return out;
  });
  return { rows, columns: decoded };
}

function decodeDigital(container: Container, path: string): NbfMatrix {
  const { rows, header, payload } = container;
  const channels = header.byteLength >= VARIABLE_PART + 4 ? header.getUint32(VARIABLE_PART, true) : 0;
  requirePayload(container, channels, 1, path);
  return { rows, columns: columnsOf(rows, channels, (column, row) => payload.getUint8(column * rows + row)) };
}

/** Times differ little from a start and equal steps: only the differences are stored, from the second sample on. */
function decodeTimes(container: Container, path: string): NbfMatrix {
  const { rows, columns, header, payload } = container;
  requirePayload(container, columns, 8, path);
  if (header.byteLength < VARIABLE_PART + 16 * columns) {
    throw formatFault('format.truncated', path, 'the header of the times ends too early.', { offset: VARIABLE_PART });
  }
  const decoded = Array.from({ length: columns }, (_, column) => {
    const t0 = header.getFloat64(VARIABLE_PART + 8 * column, true);
    const step = header.getFloat64(VARIABLE_PART + 8 * (columns + column), true);
    const out = new Float64Array(rows + 1);
    out[0] = t0;
    for (let row = 1, sum = t0; row <= rows; row++) {
      sum += step;
      out[row] = sum - payload.getFloat64(8 * (column * rows + row - 1), true);
    }
    return out;
  });
  return { rows: rows + 1, columns: decoded };
}

function columnsOf(rows: number, columns: number, value: (column: number, row: number) => number) {
  return Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (__, row) => value(column, row)),
  );
}

function requirePayload({ rows, payload }: Container, columns: number, bytes: number, path: string): void {
  if (columns > MOST_COLUMNS) {
    throw formatFault('format.invalid', path, `the segment claims ${columns} channels.`, { field: 'columns', columns });
  }
  const needed = rows * columns * bytes;
  if (needed <= payload.byteLength) return;
  const sentence = `the segment holds ${payload.byteLength} bytes of the ${needed} that its header states.`;
  throw formatFault('format.truncated', path, sentence, { needed, size: payload.byteLength });
}

function unknownBits({ bits, isFloat }: Container, path: string) {
  const sentence = `its samples are ${isFloat ? 'floats' : 'integers'} of ${bits} bits, an encoding that is not public.`;
  return formatFault('format.unsupported', path, sentence, { field: 'payload_bits_per_sample', value: bits });
}

/** A segment of samples as 64-bit floats, which NDI reads back without rounding. */
export function encodeSamples(columns: readonly Float64Array[], id: string): Promise<Buffer> {
  const rows = columns[0]?.length ?? 0;
  const count = columns.length;
  const variable = new DataView(new ArrayBuffer(8 + 8 * count * CODE_COLUMNS + 32 * count + 16));
  variable.setUint32(0, count, true);
  variable.setUint32(4, CODE_COLUMNS, true);
  // A predictor that predicts nothing: 1, 0, 0, 0, 0.
  columns.forEach((_, column) => variable.setFloat64(8 + 8 * column, 1, true));
  const initial = 8 + 8 * count * CODE_COLUMNS;
  columns.forEach((values, column) => {
    for (let row = 0; row < 4; row++) variable.setFloat64(initial + 8 * (4 * column + row), values[row] ?? 0, true);
  });
  variable.setFloat64(initial + 32 * count, 1, true);
  const shape = { method: PREDICTED, isFloat: true, bits: 64, rows, columns: count };
  return writeContainer(id, shape, variable, columns.map(bytesOf));
}

/** A segment of digital lines. */
export function encodeDigital(columns: readonly Float64Array[], id: string): Promise<Buffer> {
  const rows = columns[0]?.length ?? 0;
  const variable = new DataView(new ArrayBuffer(4));
  variable.setUint32(0, columns.length, true);
  const shape = { method: DIGITAL, isFloat: false, bits: 8, rows, columns: columns.length };
  return writeContainer(
    id,
    shape,
    variable,
    columns.map((values) => Uint8Array.from(values, (value) => (value === 0 ? 0 : 1))),
  );
}

/** A segment of times: the same formula as it is decoded by, so that they come back to the last bit. */
export function encodeTimes(columns: readonly Float64Array[], id: string): Promise<Buffer> {
  const count = columns.length;
  const rows = Math.max(0, (columns[0]?.length ?? 0) - 1);
  const variable = new DataView(new ArrayBuffer(16 * count));
  const payload = columns.map((times, column) => {
    const t0 = times[0] ?? 0;
    const step = times.length < 2 ? 0 : ((times.at(-1) ?? 0) - t0) / (times.length - 1);
    variable.setFloat64(8 * column, t0, true);
    variable.setFloat64(8 * (count + column), step, true);
    const differences = new Float64Array(rows);
    for (let row = 1, sum = t0; row <= rows; row++) {
      sum += step;
      differences[row - 1] = sum - (times[row] ?? NaN);
    }
    return bytesOf(differences);
  });
  return writeContainer(id, { method: TIME, isFloat: true, bits: 64, rows, columns: count }, variable, payload);
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
