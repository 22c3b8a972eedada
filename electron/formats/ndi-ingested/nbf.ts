import { gunzipSync, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { formatFault } from '../file-faults.ts';

/**
 * NDI's container of ingested samples: gzip of a tar of a header (`.nbh`) and a payload (`.nbf`), all little-endian.
 * Matrices are rows (samples) by columns (channels), channel after channel. What is known of the encodings:
 * `1` predicted samples, `21` digital lines, `61` times; those of events and metadata are published nowhere.
 */
const MARK = 'NDIBINARYHEADER';
const VARIABLE_PART = 100;
const TAR_BLOCK = 512;
/** A segment is inflated whole. */
const MAX_INFLATED_BYTES = 1 << 30;
const FLOAT = 2;
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

interface Container {
  readonly method: number;
  readonly isFloat: boolean;
  readonly isUnsigned: boolean;
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
  readonly header: DataView;
  readonly payload: DataView;
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

function openContainer(stored: Uint8Array, path: string): Container {
  let tar: Uint8Array;
  try {
    tar = gunzipSync(stored, { maxOutputLength: MAX_INFLATED_BYTES });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw formatFault('format.invalid', path, `the compressed segment is damaged (${why}).`, { offset: 0 });
  }
  const members = tarMembers(tar);
  const header = members.find(({ name }) => name.endsWith('.nbh'))?.data;
  const payload = members.find(({ name }) => name.endsWith('.nbf'))?.data;
  if (header === undefined || payload === undefined || header.byteLength < VARIABLE_PART) {
    throw formatFault('format.invalid', path, 'the segment lacks its header or its samples.', { offset: 0 });
  }
  const mark = String.fromCharCode(...Array.from({ length: MARK.length }, (_, at) => header.getUint8(at)));
  if (mark !== MARK) throw formatFault('format.invalid', path, `its header begins with "${mark}".`, { offset: 0 });
  const word = (index: number) => header.getUint32(MARK.length + 4 * index, true);
  return {
    method: word(1),
    isFloat: word(2) === FLOAT,
    isUnsigned: word(3) !== 0,
    bits: word(4),
    rows: word(5),
    columns: word(6),
    header,
    payload,
  };
}

/** Regular members of a tar by base name; what the Mac adds (`._x`) is passed over, paths are never followed. */
function tarMembers(tar: Uint8Array): { name: string; data: DataView }[] {
  const found: { name: string; data: DataView }[] = [];
  const text = (at: number, length: number) =>
    new TextDecoder('latin1').decode(tar.subarray(at, at + length)).replace(/\0.*$/s, '');
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const name = text(at, 100).split('/').at(-1) ?? '';
    const size = tarSize(tar, at + 124);
    if (text(at, 100) === '') break;
    const start = at + TAR_BLOCK;
    const length = Math.min(size, tar.length - start);
    const kind = text(at + 156, 1);
    if ((kind === '' || kind === '0') && !name.startsWith('._')) {
      found.push({ name, data: new DataView(tar.buffer, tar.byteOffset + start, length) });
    }
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return found;
}

/** Octal digits, or a big number marked by its top bit. */
function tarSize(tar: Uint8Array, at: number): number {
  const field = tar.subarray(at, at + 12);
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(4).reduce((value, byte) => value * 256 + byte, 0);
  const size = parseInt(new TextDecoder('latin1').decode(field).replace(/[\0 ]/g, ''), 8);
  return Number.isNaN(size) ? 0 : size;
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

const compress = promisify(gzip);

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
  return container(id, shape, variable, columns.map(bytesOf));
}

/** A segment of digital lines. */
export function encodeDigital(columns: readonly Float64Array[], id: string): Promise<Buffer> {
  const rows = columns[0]?.length ?? 0;
  const variable = new DataView(new ArrayBuffer(4));
  variable.setUint32(0, columns.length, true);
  const shape = { method: DIGITAL, isFloat: false, bits: 8, rows, columns: columns.length };
  return container(
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
  return container(id, { method: TIME, isFloat: true, bits: 64, rows, columns: count }, variable, payload);
}

function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

interface Shape {
  readonly method: number;
  readonly isFloat: boolean;
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
}

function container(id: string, shape: Shape, variable: DataView, payload: readonly Uint8Array[]): Promise<Buffer> {
  const header = Buffer.alloc(VARIABLE_PART + variable.byteLength);
  header.write(MARK, 'latin1');
  const { method, isFloat, bits, rows, columns } = shape;
  const format = isFloat ? FLOAT : 1;
  const unsigned = isFloat ? 0 : 1;
  [1, method, format, unsigned, bits, rows, columns, format, unsigned, bits].forEach((word, index) =>
    header.writeUInt32LE(word, MARK.length + 4 * index),
  );
  header.set(new Uint8Array(variable.buffer), VARIABLE_PART);
  const tar = [...tarMember(`${id}.nbh`, [header]), ...tarMember(`${id}.nbf`, payload), Buffer.alloc(2 * TAR_BLOCK)];
  // Speed before size: level 1 takes a quarter of the time of the usual one and is little larger.
  return compress(Buffer.concat(tar), { level: 1 });
}

function tarMember(name: string, data: readonly Uint8Array[]): Uint8Array[] {
  const size = data.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(TAR_BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  head.write(name, 0, 100, 'latin1');
  head.write(
    `${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(0, 11)}\0`,
    100,
    'latin1',
  );
  head.write('        0', 148, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return [head, ...data, Buffer.alloc((TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK)];
}
