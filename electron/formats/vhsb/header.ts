import { latin1, type FileBytes, HeaderCursor } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { readWord, type WideWord } from '../word-decoder.ts';

/** First line of every VHSB file (VH-Lab series binary); source of the layout: NDI reference, section 10.6. */
export const VHSB_MARK = 'This is a VHSB file, http://github.com/VH-Lab';
export const HEADER_BYTES = 1836;
const AFTER_MARK = 200;
const MOST_COLUMNS = 20_000;

/** stored = value / scale + offset, so value = (stored - offset) x scale. */
export interface VhsbScale {
  readonly scale: number;
  readonly offset: number;
}

/** What a VHSB file holds: a value of X (a time) and the same number of values of Y for every sample. */
export interface VhsbHeader {
  readonly samples: number;
  /** Bytes after the last whole sample. */
  readonly trailingBytes: number;
  /** Samples that the header itself tells. */
  readonly statedSamples: number;
  readonly sampleBytes: number;
  readonly x: { readonly word: WideWord; readonly bytes: number; readonly units: string; readonly scale: VhsbScale };
  /** X lies in the file, at the start of each sample. */
  readonly xStored: boolean;
  /** X grows by `increment` from sample to sample, as the writer saw it. */
  readonly constantInterval: boolean;
  readonly start: number;
  readonly increment: number;
  readonly y: { readonly word: WideWord; readonly bytes: number; readonly units: string; readonly scale: VhsbScale };
  /** Values of Y in a sample. */
  readonly columns: number;
}

const noScale: VhsbScale = { scale: 1, offset: 0 };

/** @throws NdiError format.invalid, format.unsupported, format.truncated */
export function readHeader(file: FileBytes): VhsbHeader {
  const cursor = new HeaderCursor(file, AFTER_MARK);
  const version = cursor.u32('the version');
  if (version !== 1) throw cursor.invalid('the version', version, AFTER_MARK, 'is not 1');
  const machine = firstLine(cursor.text(256, 'the byte order'));
  if (machine !== 'little-endian') throw cursor.invalid('the byte order', machine, AFTER_MARK + 4, 'is not known');
  const xBits = cursor.u32('the size of X');
  const xType = cursor.u16('the type of X');
  const dimensions = readDimensions(cursor);
  const yBits = cursor.u32('the size of Y');
  const yType = cursor.u16('the type of Y');
  const x = wordOf(file, 'X', xType, xBits);
  const y = wordOf(file, 'Y', yType, yBits);
  const xStored = cursor.u8('whether X is stored') === 1;
  const constantInterval = cursor.u8('whether X is even') === 1;
  const [start, increment] = [numberOf(cursor, x), numberOf(cursor, x)];
  const [xUnits, yUnits] = [firstLine(cursor.text(256, 'units of X')), firstLine(cursor.text(256, 'units of Y'))];
  const [xScaled, yScaled] = [cursor.u8('scale of X') === 1, cursor.u8('scale of Y') === 1];
  const [xScale, yScale] = [readScale(cursor, xScaled), readScale(cursor, yScaled)];
  const columns = dimensions.slice(1).reduce((product, size) => product * size, 1);
  if (columns > MOST_COLUMNS) throw cursor.invalid('the number of values a sample', columns, 466, 'is too large');
  const sampleBytes = (xStored ? x.bytes : 0) + columns * y.bytes;
  const samples = Math.floor((file.size - HEADER_BYTES) / sampleBytes);
  return {
    samples,
    trailingBytes: file.size - HEADER_BYTES - samples * sampleBytes,
    statedSamples: dimensions[0] ?? 0,
    sampleBytes,
    x: { ...x, units: xUnits, scale: xScale },
    xStored,
    constantInterval,
    start,
    increment,
    y: { ...y, units: yUnits, scale: yScale },
    columns,
  };
}

/** Samples, then the sizes of Y at one sample; what is not used is 0. */
function readDimensions(cursor: HeaderCursor): number[] {
  const at = cursor.at;
  const view = cursor.bytes(800, 'the sizes of Y');
  const sizes = Array.from({ length: 100 }, (_, index) => view.getBigUint64(8 * index, true));
  const [samples = 0n, ...others] = sizes;
  const used = others.filter((size) => size > 0n);
  const large = [samples, ...used].find((size) => size > BigInt(Number.MAX_SAFE_INTEGER));
  if (large !== undefined) throw cursor.invalid('a size of Y', String(large), at, 'is too large');
  return [Number(samples), ...used.map(Number)];
}

const letters = new Map([
  [1, 'u'],
  [2, 'u'],
  [3, 'i'],
  [4, 'f'],
]);

function wordOf(file: FileBytes, name: string, type: number, bits: number): { word: WideWord; bytes: number } {
  const sizes = type === 1 ? [8] : type === 4 ? [32, 64] : [8, 16, 32, 64];
  const letter = letters.get(type);
  if (letter !== undefined && sizes.includes(bits)) return { word: `${letter}${bits}` as WideWord, bytes: bits / 8 };
  const details = { field: `the type of ${name}`, value: type };
  throw formatFault('format.invalid', file.path, `${name} is of an unknown type (${type}, ${bits} bits).`, details);
}

/** A number of the type of X: what comes after it lies elsewhere in files of smaller ones. */
function numberOf(cursor: HeaderCursor, { word, bytes }: Pick<VhsbHeader['x'], 'word' | 'bytes'>): number {
  return readWord(word, cursor.bytes(bytes, 'start and increment of X'), 0);
}

function readScale(cursor: HeaderCursor, used: boolean): VhsbScale {
  const at = cursor.at;
  const view = cursor.bytes(16, 'scale and offset');
  const found = { scale: view.getFloat64(0, true), offset: view.getFloat64(8, true) };
  if (!used) return noScale;
  const sound = Number.isFinite(found.scale) && found.scale !== 0 && Number.isFinite(found.offset);
  if (!sound) throw cursor.invalid('scale and offset', `${found.scale}, ${found.offset}`, at, 'cannot be used');
  return found;
}

/** Texts end with a line feed, then zeros. */
const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** Whether a file's first bytes are those of a VHSB file. */
export function beginsAsVhsb(head: Uint8Array): boolean {
  return head.length >= AFTER_MARK && latin1(new DataView(head.buffer, head.byteOffset, AFTER_MARK)) === VHSB_MARK;
}
