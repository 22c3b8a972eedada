import { inflateSync } from 'node:zlib';
import { formatFault } from '../file-faults.ts';
import { matFault, type MatNumbers, type MatSource, numberBytes, type StoredKind, storedKinds } from './mat-numbers.ts';

export type MatValue =
  | MatNumbers
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'struct';
      readonly dims: readonly number[];
      readonly fields: ReadonlyMap<string, readonly MatValue[]>;
      /** Set for an object of a class of the old kind (`@name` folders), whose properties are stored as fields. */
      readonly className?: string;
    }
  | { readonly kind: 'cell'; readonly dims: readonly number[]; readonly items: readonly MatValue[] }
  | { readonly kind: 'other'; readonly what: string };

export interface MatVariable {
  readonly name: string;
  readonly value: MatValue;
  /** Set where the variable is stored compressed: reading it inflates it all. */
  readonly isCompressed: boolean;
}

const HEADER_BYTES = 128;
const COMPRESSED = 15;
const MATRIX = 14;
/** Class of the objects of `classdef` classes. */
const OPAQUE = 17;
/** What a compressed variable may grow to: it is held in memory while its recording is open. */
const MAX_INFLATED_BYTES = 256 << 20;
const MAX_ELEMENTS = 1_000_000;
const MAX_DEPTH = 16;

interface Element {
  readonly type: number;
  /** Of its data. */
  readonly offset: number;
  readonly bytes: number;
  /** Where the next element begins. */
  readonly next: number;
}

/** Whether the first bytes are those of a MAT file of level 5. */
export function isMat5(head: Uint8Array): boolean {
  return (
    head.length >= HEADER_BYTES && new TextDecoder('latin1').decode(head.subarray(0, 19)) === 'MATLAB 5.0 MAT-file'
  );
}

/**
 * Reads the variables of a MAT file of level 5 (as MATLAB's -v6 and -v7 write it). Numbers are described, not loaded;
 * compressed variables are inflated one at a time.
 *
 * @param wanted names that are of use; others are passed over without being inflated to their end
 * @throws NdiError format.*
 */
export function readMat5(source: MatSource, wanted: (name: string) => boolean = () => true): MatVariable[] {
  const head = source.view(0, HEADER_BYTES, 'the MAT header');
  const mark = String.fromCharCode(head.getUint8(126), head.getUint8(127));
  if (mark !== 'IM' && mark !== 'MI') throw matFault(source, `its byte order mark is "${mark}"`, 126);
  const littleEndian = mark === 'IM';
  const version = head.getUint16(124, littleEndian);
  if (version !== 0x0100) throw matFault(source, `its version is ${version}`, 124);
  const found: MatVariable[] = [];
  let elements = 0;
  for (let at = HEADER_BYTES; at + 8 <= source.size;) {
    const element = readElement(source, at, littleEndian, 'a variable');
    // Zeros at the end of a file are of whoever made room for it.
    if (element.type === 0 && element.bytes === 0) break;
    elements += 1;
    if (elements > MAX_ELEMENTS) throw matFault(source, `it has more than ${MAX_ELEMENTS} elements`, at);
    at = element.next;
    if (element.type === COMPRESSED) {
      const name = nameOf(inflated(source, element, 4096, true), littleEndian);
      if (name === null || !wanted(name)) continue;
      const inside = inflated(source, element, MAX_INFLATED_BYTES, false);
      const matrix = readElement(inside, 0, littleEndian, `the variable ${name}`);
      found.push({ ...readMatrix(inside, matrix, littleEndian, 0), isCompressed: true });
    } else if (element.type === MATRIX) {
      const variable = readMatrix(source, element, littleEndian, 0);
      if (wanted(variable.name)) found.push({ ...variable, isCompressed: false });
    }
  }
  return found;
}

/** A tag of 8 bytes and padding to 8; small elements keep type, size and data in 8 bytes. */
function readElement(source: MatSource, at: number, littleEndian: boolean, field: string): Element {
  const tag = source.view(at, 8, field);
  const first = tag.getUint32(0, littleEndian);
  const small = first >>> 16;
  if (small !== 0) {
    if (small > 4) throw matFault(source, `${field} has a small element of ${small} bytes`, at);
    return { type: first & 0xffff, offset: at + 4, bytes: small, next: at + 8 };
  }
  const bytes = tag.getUint32(4, littleEndian);
  const offset = at + 8;
  if (offset + bytes > source.size) {
    const sentence = `the file ends inside ${field} (byte ${source.size}).`;
    throw formatFault('format.truncated', source.path, sentence, { field, offset: at, needed: offset + bytes });
  }
  // Compressed variables are not padded.
  return { type: first, offset, bytes, next: offset + (first === COMPRESSED ? bytes : Math.ceil(bytes / 8) * 8) };
}

/** The bytes of a compressed element, or their beginning. */
function inflated(source: MatSource, element: Element, most: number, beginning: boolean): MatSource {
  const packedBytes = beginning ? Math.min(element.bytes, most) : element.bytes;
  const view = source.view(element.offset, packedBytes, 'a compressed variable');
  const packed = new Uint8Array(view.buffer, view.byteOffset, packedBytes);
  let data: Uint8Array;
  try {
    // Z_SYNC_FLUSH: whatever comes out of a beginning is enough for the name.
    data = beginning
      ? inflateSync(packed, { finishFlush: 2, maxOutputLength: 1 << 24 })
      : inflateSync(packed, { maxOutputLength: most });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw matFault(source, `a compressed variable is damaged (${why})`, element.offset);
  }
  return bytesSource(source.path, data);
}

function bytesSource(path: string, data: Uint8Array): MatSource {
  return {
    path,
    size: data.length,
    view(offset, length, field) {
      if (offset + length > data.length)
        throw formatFault('format.truncated', path, `it ends inside ${field}.`, { field });
      return new DataView(data.buffer, data.byteOffset + offset, length);
    },
  };
}

/** Name of the variable of which the first bytes are there, or null where it is no array. */
function nameOf(source: MatSource, littleEndian: boolean): string | null {
  const tag = source.view(0, 8, 'a variable');
  if (tag.getUint32(0, littleEndian) !== MATRIX) return null;
  const open = { ...source, size: Infinity };
  const flags = readElement(open, 8, littleEndian, 'flags');
  const mxClass = open.view(flags.offset, 4, 'flags').getUint32(0, littleEndian) & 0xff;
  if (mxClass === OPAQUE) return elementText(open, readElement(open, flags.next, littleEndian, 'a name'));
  const dims = readElement(open, flags.next, littleEndian, 'dimensions');
  return elementText(open, readElement(open, dims.next, littleEndian, 'a name'));
}

function readMatrix(
  source: MatSource,
  matrix: Element,
  littleEndian: boolean,
  depth: number,
): { name: string; value: MatValue } {
  const field = 'an array';
  if (matrix.bytes === 0) return { name: '', value: emptyNumbers(source, matrix.offset, littleEndian) };
  if (matrix.type !== MATRIX || depth > MAX_DEPTH) throw matFault(source, `${field} is nested wrongly`, matrix.offset);
  const end = matrix.offset + matrix.bytes;
  const flags = readElement(source, matrix.offset, littleEndian, field);
  if (flags.bytes < 8) throw matFault(source, `${field} has no flags`, flags.offset);
  const arrayFlags = source.view(flags.offset, 4, field).getUint32(0, littleEndian);
  // Objects of `classdef` classes have no dimensions; their properties lie elsewhere, in a form that nobody documents.
  if ((arrayFlags & 0xff) === OPAQUE) {
    const name = elementText(source, readElement(source, flags.next, littleEndian, field));
    return { name, value: { kind: 'other', what: 'object' } };
  }
  const dimsAt = readElement(source, flags.next, littleEndian, field);
  if (dimsAt.bytes > 128) throw matFault(source, `${field} has ${dimsAt.bytes / 4} dimensions`, dimsAt.offset);
  const dimsView = source.view(dimsAt.offset, dimsAt.bytes, field);
  const dims = Array.from({ length: Math.floor(dimsAt.bytes / 4) }, (_, at) => dimsView.getInt32(4 * at, littleEndian));
  if (dims.some((size) => size < 0)) throw matFault(source, `${field} has a negative size`, dimsAt.offset);
  const nameAt = readElement(source, dimsAt.next, littleEndian, field);
  const name = elementText(source, nameAt);
  const reader = new MatrixReader(source, littleEndian, end, depth);
  return { name, value: reader.read(arrayFlags & 0xff, (arrayFlags & 0x800) !== 0, dims, nameAt.next, name) };
}

class MatrixReader {
  readonly #source: MatSource;
  readonly #littleEndian: boolean;
  readonly #end: number;
  readonly #depth: number;

  constructor(source: MatSource, littleEndian: boolean, end: number, depth: number) {
    this.#source = source;
    this.#littleEndian = littleEndian;
    this.#end = end;
    this.#depth = depth;
  }

  read(mxClass: number, isComplex: boolean, dims: readonly number[], at: number, name: string): MatValue {
    const count = dims.reduce((product, size) => product * size, 1);
    if (mxClass === 1) return { kind: 'cell', dims, items: this.#matrices(count, at).values };
    if (mxClass === 2) return this.#struct(dims, count, at);
    if (mxClass === 3) return this.#object(dims, count, at);
    if (mxClass === 4) return { kind: 'text', text: this.#text(count, at) };
    if (mxClass < 6 || mxClass > 15) return { kind: 'other', what: mxClass === 5 ? 'sparse array' : 'object' };
    if (isComplex) return { kind: 'other', what: 'complex array' };
    const data = readElement(this.#source, at, this.#littleEndian, name || 'an array');
    const word = storedKinds[data.type as keyof typeof storedKinds] as StoredKind | undefined;
    if (word === undefined) throw matFault(this.#source, `${name} holds numbers of the unknown kind ${data.type}`, at);
    if (count * numberBytes[word] > data.bytes) {
      throw matFault(this.#source, `${name} has ${count} elements and only ${data.bytes} bytes`, at);
    }
    return { kind: 'numbers', dims, source: this.#source, offset: data.offset, word, littleEndian: this.#littleEndian };
  }

  #text(count: number, at: number): string {
    const data = readElement(this.#source, at, this.#littleEndian, 'a text');
    const wide = data.type === 4 || data.type === 17;
    const view = this.#source.view(data.offset, data.bytes, 'a text');
    const bytes = new Uint8Array(view.buffer, view.byteOffset, data.bytes);
    if (!wide) return new TextDecoder().decode(bytes);
    return new TextDecoder(this.#littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes).slice(0, count);
  }

  #object(dims: readonly number[], count: number, at: number): MatValue {
    const classAt = readElement(this.#source, at, this.#littleEndian, 'the class of an object');
    return { ...this.#struct(dims, count, classAt.next), className: elementText(this.#source, classAt) };
  }

  #struct(dims: readonly number[], count: number, at: number): MatValue & { kind: 'struct' } {
    const lengthAt = readElement(this.#source, at, this.#littleEndian, 'the names of a struct');
    const nameBytes = this.#source.view(lengthAt.offset, 4, 'the names of a struct').getInt32(0, this.#littleEndian);
    const namesAt = readElement(this.#source, lengthAt.next, this.#littleEndian, 'the names of a struct');
    if (nameBytes <= 0 || nameBytes > 4096)
      throw matFault(this.#source, `a struct has names of ${nameBytes} bytes`, at);
    const names = Array.from({ length: Math.floor(namesAt.bytes / nameBytes) }, (_, index) => {
      const view = this.#source.view(namesAt.offset + index * nameBytes, nameBytes, 'the names of a struct');
      return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset, nameBytes)).replace(/\0.*$/s, '');
    });
    // Element after element, the fields of each.
    // A struct without fields takes no room, whatever number of elements it claims.
    if (!(count <= MAX_ELEMENTS)) throw matFault(this.#source, `a struct claims ${count} elements`, at);
    const { values } = this.#matrices(count * names.length, namesAt.next);
    const fields = names.map((name, field) => {
      const own = Array.from({ length: count }, (_, index) => values[index * names.length + field]);
      return [name, own.filter((value) => value !== undefined)] as const;
    });
    return { kind: 'struct', dims, fields: new Map(fields) };
  }

  #matrices(count: number, at: number): { values: MatValue[] } {
    if (!(count <= MAX_ELEMENTS)) throw matFault(this.#source, `an array claims ${count} elements`, at);
    const values: MatValue[] = [];
    for (let next = at; values.length < count;) {
      if (next >= this.#end) throw matFault(this.#source, `an array has fewer elements than it states`, at);
      const element = readElement(this.#source, next, this.#littleEndian, 'an array');
      values.push(readMatrix(this.#source, element, this.#littleEndian, this.#depth + 1).value);
      next = element.next;
    }
    return { values };
  }
}

function emptyNumbers(source: MatSource, offset: number, littleEndian: boolean): MatNumbers {
  return { kind: 'numbers', dims: [0, 0], source, offset, word: 'f64', littleEndian };
}

function elementText(source: MatSource, element: Element): string {
  const view = source.view(element.offset, element.bytes, 'a name');
  return new TextDecoder('latin1')
    .decode(new Uint8Array(view.buffer, view.byteOffset, element.bytes))
    .replace(/\0.*$/s, '');
}
