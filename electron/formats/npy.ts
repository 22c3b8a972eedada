import type { FileBytes } from './file-bytes.ts';
import { formatFault } from './file-faults.ts';

/** What the header of a NumPy array says, and where its values lie. */
export interface NpyArray {
  readonly path: string;
  /** `i8` of `<i8`: kind and bytes; text is `S` (bytes) or `U` (UTF-32). */
  readonly kind: 'i' | 'u' | 'f' | 'b' | 'S' | 'U';
  readonly itemBytes: number;
  readonly littleEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly offset: number;
  /** Values that lie in the file in all: more than the shape says where a program was stopped before it wrote it. */
  readonly stored: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_HEADER_BYTES = 1 << 20;
const MAX_ITEM_BYTES = 1 << 20;

/** @throws NdiError format.invalid, format.truncated, format.unsupported, naming the field */
export function readNpyHeader(file: FileBytes): NpyArray {
  const { path } = file;
  const start = file.view(0, 10, 'the NumPy header');
  if (MAGIC.some((byte, index) => start.getUint8(index) !== byte)) {
    throw formatFault('format.invalid', path, 'it does not begin as a NumPy array.', { field: 'magic', offset: 0 });
  }
  const wide = start.getUint8(6) >= 2;
  const textAt = wide ? 12 : 10;
  const length = wide ? file.view(8, 4, 'the header length').getUint32(0, true) : start.getUint16(8, true);
  if (length > MAX_HEADER_BYTES) throw invalid(path, 'the header length', String(length));
  const text = new TextDecoder('latin1').decode(file.view(textAt, length, 'the NumPy header'));
  const offset = textAt + length;
  const { littleEndian, kind, itemBytes } = readType(path, text);
  const shape = readShape(path, text);
  const wanted = shape.reduce((product, size) => product * size, 1);
  const stored = Math.floor((file.size - offset) / itemBytes);
  if (!(wanted <= stored)) {
    throw formatFault('format.invalid', path, `its shape (${shape.join(', ')}) reaches beyond the end of the file.`, {
      field: 'shape',
      value: shape.join(','),
      offset,
    });
  }
  const fortranOrder = /'fortran_order'\s*:\s*True/.test(text);
  return { path, kind, itemBytes, littleEndian, fortranOrder, shape, offset, stored };
}

function readType(path: string, text: string): Pick<NpyArray, 'kind' | 'itemBytes' | 'littleEndian'> {
  const [, descr] = /'descr'\s*:\s*'([^']*)'/.exec(text) ?? [];
  if (descr === undefined) throw invalid(path, 'descr', text.slice(0, 60));
  const [, order = '', kind = '', digits = ''] = /^([<>|=]?)([iufbSU])(\d+)$/.exec(descr) ?? [];
  const count = Number(digits);
  const sizes = { i: [1, 2, 4, 8], u: [1, 2, 4, 8], f: [4, 8], b: [1] }[kind];
  if (kind === '' || (sizes !== undefined && !sizes.includes(count)) || count < 1 || count > MAX_ITEM_BYTES / 4) {
    throw formatFault('format.unsupported', path, `its values are of the type ${descr}, which cannot be read.`, {
      field: 'descr',
      value: descr,
    });
  }
  return {
    kind: kind as NpyArray['kind'],
    itemBytes: kind === 'U' ? 4 * count : count,
    littleEndian: order !== '>',
  };
}

function readShape(path: string, text: string): number[] {
  const [, list] = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text) ?? [];
  if (list === undefined) throw invalid(path, 'shape', text.slice(0, 120));
  const sizes = list
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter((part) => part !== '')
    .map(Number);
  if (sizes.every(Number.isSafeInteger)) return sizes;
  throw invalid(path, 'shape', list);
}

function invalid(path: string, field: string, value: string) {
  return formatFault('format.invalid', path, `${field} of its NumPy header cannot be read (${value}).`, {
    field,
    value,
  });
}

/**
 * Numbers [from, to) of an array, counted as they lie in the file. 64-bit integers that no double holds exactly come
 * rounded.
 */
export function readNpyNumbers(file: FileBytes, array: NpyArray, from: number, to: number): Float64Array<ArrayBuffer> {
  const view = file.view(array.offset + from * array.itemBytes, (to - from) * array.itemBytes, 'the values');
  const get = getter(array);
  return Float64Array.from({ length: to - from }, (_, index) => get(view, index * array.itemBytes));
}

const NUMBERS_AT_ONCE = 1 << 20;

/** All numbers of an array, or the first `most`, read piece by piece. */
export function allNpyNumbers(file: FileBytes, array: NpyArray, most = Infinity): Float64Array<ArrayBuffer> {
  const length = array.shape.reduce((product, size) => product * size, 1);
  const values = new Float64Array(Math.min(length, most));
  for (let from = 0; from < values.length; from += NUMBERS_AT_ONCE) {
    values.set(readNpyNumbers(file, array, from, Math.min(values.length, from + NUMBERS_AT_ONCE)), from);
  }
  return values;
}

/** Texts [from, to) of an array, without the NULs at their ends; `S` is UTF-8. */
export function readNpyTexts(file: FileBytes, array: NpyArray, from: number, to: number): string[] {
  const view = file.view(array.offset + from * array.itemBytes, (to - from) * array.itemBytes, 'the texts');
  const utf8 = new TextDecoder();
  return Array.from({ length: to - from }, (_, index) => {
    const at = index * array.itemBytes;
    const text =
      array.kind === 'U'
        ? utf32(new DataView(view.buffer, view.byteOffset + at, array.itemBytes), array.littleEndian)
        : utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at, array.itemBytes));
    return text.replace(/\0+$/, '');
  });
}

function utf32(view: DataView, littleEndian: boolean): string {
  let text = '';
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian);
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}

function getter({ kind, itemBytes, littleEndian, path }: NpyArray): (view: DataView, at: number) => number {
  switch (`${kind}${itemBytes}`) {
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'u1':
    case 'b1':
      return (view, at) => view.getUint8(at);
    case 'i2':
      return (view, at) => view.getInt16(at, littleEndian);
    case 'u2':
      return (view, at) => view.getUint16(at, littleEndian);
    case 'i4':
      return (view, at) => view.getInt32(at, littleEndian);
    case 'u4':
      return (view, at) => view.getUint32(at, littleEndian);
    case 'i8':
      return (view, at) => Number(view.getBigInt64(at, littleEndian));
    case 'u8':
      return (view, at) => Number(view.getBigUint64(at, littleEndian));
    case 'f4':
      return (view, at) => view.getFloat32(at, littleEndian);
    case 'f8':
      return (view, at) => view.getFloat64(at, littleEndian);
  }
  throw formatFault('format.unsupported', path, 'it holds texts where numbers are expected.', { field: 'descr' });
}
