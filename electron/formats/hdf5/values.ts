import { formatFault } from '../file-faults.ts';
import type { Datatype } from './datatype.ts';
import { structureAt, textOf, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

/**
 * One element of a dataset or attribute: numbers, texts, named values of an enumeration, the address of a referenced
 * object, records and lists of these; null for what has no use here.
 */
export type Value =
  number | string | boolean | null | ObjectReference | readonly Value[] | { readonly [name: string]: Value };

/** A reference to another object of the file. */
export class ObjectReference {
  readonly address: number;

  constructor(address: number) {
    this.address = address;
  }
}

const MAX_LIST = 1 << 20;

/** Reads elements; lists and texts of varying length are fetched from the file's global heaps, which are kept. */
export class ValueReader {
  readonly #source: Hdf5Source;
  readonly #file: Superblock;
  readonly #heaps = new Map<number, Map<number, DataView>>();

  constructor(source: Hdf5Source, file: Superblock) {
    this.#source = source;
    this.#file = file;
  }

  /** @throws NdiError format.invalid where a type claims more bytes than an element has */
  read(type: Datatype, data: DataView, at: number): Value {
    try {
      return this.#read(type, data, at);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw formatFault('format.invalid', this.#source.path, 'a value is longer than the place where it stands.');
    }
  }

  #read(type: Datatype, data: DataView, at: number): Value {
    switch (type.kind) {
      case 'integer':
      case 'float':
        return numberAt(type, data, at);
      case 'string':
        return textOf(part(data, at, type.size)).trimEnd();
      case 'enum':
        return this.#named(type, data, at);
      case 'reference':
        return type.region ? null : this.#reference(data, at);
      case 'compound': {
        const members = type.members.map(({ name, offset, type: member }) => [
          name,
          this.#read(member, data, at + offset),
        ]);
        return Object.fromEntries(members) as { [name: string]: Value };
      }
      case 'array':
        return this.#list(type.base, type.count, data, at);
      case 'list':
        return this.#varying(type, data, at);
      case 'opaque':
        return null;
    }
  }

  #list(base: Datatype, count: number, data: DataView, at: number): Value[] {
    if (count * base.size > data.byteLength - at) return [];
    return Array.from({ length: count }, (_, index) => this.#read(base, data, at + index * base.size));
  }

  /** Enumerations of FALSE and TRUE are how HDF5 files keep booleans. */
  #named(type: Datatype & { kind: 'enum' }, data: DataView, at: number): Value {
    const value = numberAt(type.base, data, at);
    const name = type.names.get(value);
    if (name === 'TRUE' || name === 'FALSE') return name === 'TRUE';
    return name ?? value;
  }

  #reference(data: DataView, at: number): Value {
    let address = 0;
    for (let index = this.#file.offsetSize - 1; index >= 0; index--)
      address = address * 256 + data.getUint8(at + index);
    return address === 0 ? null : new ObjectReference(this.#file.base + address);
  }

  /** Length, address of a heap, number in the heap. */
  #varying(type: Datatype & { kind: 'list' }, data: DataView, at: number): Value {
    const { offsetSize, base } = this.#file;
    const count = data.getUint32(at, true);
    let address = 0;
    for (let index = offsetSize - 1; index >= 0; index--) address = address * 256 + data.getUint8(at + 4 + index);
    const number = data.getUint32(at + 4 + offsetSize, true);
    if (count === 0 || address === 0) return type.text ? '' : [];
    const object = this.#heap(base + address).get(number);
    if (object === undefined) return type.text ? '' : [];
    if (type.text) return textOf(part(object, 0, Math.min(count, object.byteLength)));
    return this.#list(type.base, Math.min(count, MAX_LIST), object, 0);
  }

  #heap(address: number): Map<number, DataView> {
    const known = this.#heaps.get(address);
    if (known !== undefined) return known;
    const field = 'a heap of texts';
    const { lengthSize } = this.#file;
    const size = structureAt(this.#source, this.#file, address, 8 + lengthSize, field)
      .expect('GCOL')
      .skip(4)
      .size();
    const body = structureAt(this.#source, this.#file, address, size, field).skip(8 + lengthSize);
    const objects = new Map<number, DataView>();
    while (body.left >= 8 + lengthSize) {
      const number = body.u16();
      const length = body.skip(6).size();
      if (number === 0 || length > body.left) break;
      objects.set(number, body.bytes(length));
      body.align(8);
    }
    this.#heaps.set(address, objects);
    return objects;
  }
}

function part(data: DataView, at: number, length: number): DataView {
  return new DataView(data.buffer, data.byteOffset + at, length);
}

/** Numbers of 1 to 8 bytes; 64-bit integers to the exactness of a double, halves of floats too. */
function numberAt(type: Datatype, data: DataView, at: number): number {
  if (type.kind === 'float') {
    if (type.size === 8) return data.getFloat64(at, !type.bigEndian);
    if (type.size === 4) return data.getFloat32(at, !type.bigEndian);
    return type.size === 2 ? data.getFloat16(at, !type.bigEndian) : NaN;
  }
  if (type.kind !== 'integer') return NaN;
  const little = !type.bigEndian;
  if (type.size === 1) return type.signed ? data.getInt8(at) : data.getUint8(at);
  if (type.size === 2) return type.signed ? data.getInt16(at, little) : data.getUint16(at, little);
  if (type.size === 4) return type.signed ? data.getInt32(at, little) : data.getUint32(at, little);
  if (type.size === 8) return Number(type.signed ? data.getBigInt64(at, little) : data.getBigUint64(at, little));
  return NaN;
}
