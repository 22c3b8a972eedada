import { gunzipSync, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { formatFault } from '../file-faults.ts';

/**
 * NDI's container of what was ingested: gzip of a tar of a header (`.nbh`) and a payload (`.nbf`), all little-endian
 * (ndi-core reference, 10.4).
 */
const MARK = 'NDIBINARYHEADER';
/** Where the part of the header begins that differs from encoding to encoding. */
export const VARIABLE_PART = 100;
const TAR_BLOCK = 512;
/** A segment is inflated whole. */
const MAX_INFLATED_BYTES = 1 << 30;
const INTEGER = 1;
const FLOAT = 2;

export interface Container {
  readonly method: number;
  readonly isFloat: boolean;
  readonly isUnsigned: boolean;
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
  readonly header: DataView;
  readonly payload: DataView;
}

interface Shape {
  readonly method: number;
  readonly isFloat: boolean;
  readonly bits: number;
  readonly rows: number;
  readonly columns: number;
}

/** @throws NdiError format.invalid where it is none */
export function openContainer(stored: Uint8Array, path: string): Container {
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

const compress = promisify(gzip);

/** The bytes of a container. */
export function writeContainer(
  id: string,
  shape: Shape,
  variable: DataView,
  payload: readonly Uint8Array[],
): Promise<Buffer> {
  const header = Buffer.alloc(VARIABLE_PART + variable.byteLength);
  header.write(MARK, 'latin1');
  const { method, isFloat, bits, rows, columns } = shape;
  const format = isFloat ? FLOAT : INTEGER;
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
