import { formatFault } from '../file-faults.ts';
import type { StoredChunk } from './chunk-arrays.ts';
import { btree2Records } from './btree2.ts';
import { readDataspace, readDatatype, type Datatype } from './datatype.ts';
import { readFilters, requireKnownFilters, unfilter, type Filter } from './filters.ts';
import { FractalHeap } from './fractal-heap.ts';
import { findChunks, readLayout, type Layout } from './layout.ts';
import { readLinks, type Link } from './links.ts';
import { messageType, readObjectHeader, sharedAddress, type Message } from './object-header.ts';
import type { Hdf5Cursor, Hdf5Source } from './reader.ts';
import { readSuperblock, type Superblock } from './superblock.ts';
import { ValueReader, type Value } from './values.ts';

/** Values that are read whole: tables and names, never samples. */
const MAX_VALUE_BYTES = 64 << 20;
const MAX_LINK_STEPS = 32;
const MAX_INFLATION = 1100;

/** An array of a file, described; its samples are read by range elsewhere. */
export interface Hdf5Array {
  readonly path: string;
  readonly type: Datatype;
  readonly shape: readonly number[];
  readonly layout: Layout;
  readonly filters: readonly Filter[];
}

/** An object of a file: a group, a dataset, or a committed type. */
export interface Hdf5Object {
  /** By which it was reached. */
  readonly path: string;
  readonly address: number;
  readonly messages: readonly Message[];
}

/**
 * An HDF5 file, read by random access: what is asked for is read, nothing else. Superblocks of versions 0 to 3, both
 * kinds of object headers, all kinds of groups, attributes and chunk indexes; gzip, shuffle and fletcher32.
 *
 * Source: HDF5 File Format Specification, version 3.0.
 */
export class Hdf5File {
  readonly source: Hdf5Source;
  readonly superblock: Superblock;
  readonly root: Hdf5Object;
  readonly #values: ValueReader;

  /** @throws NdiError format.* */
  constructor(source: Hdf5Source) {
    this.source = source;
    this.superblock = readSuperblock(source);
    this.#values = new ValueReader(source, this.superblock);
    this.root = this.at(this.superblock.root, '');
  }

  /** The object whose header stands at an address. */
  at(address: number, path: string): Hdf5Object {
    return { path, address, messages: readObjectHeader(this.source, this.superblock, address) };
  }

  /** Names in a group, sorted; none for what is no group. */
  names(group: Hdf5Object): string[] {
    return [...this.#links(group).keys()].sort();
  }

  /** The object along a path from another (`acquisition/x`), or from the root (`/acquisition/x`); undefined if none. */
  find(path: string, from: Hdf5Object = this.root, steps = 0): Hdf5Object | undefined {
    if (steps > MAX_LINK_STEPS)
      throw formatFault('format.invalid', this.source.path, `its links go round in a circle.`);
    let here = path.startsWith('/') ? this.root : from;
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      const link: Link | undefined = this.#links(here).get(name);
      if (link === undefined || link.kind === 'external') return undefined;
      const next = link.kind === 'hard' ? this.at(link.address, `${here.path}/${name}`) : undefined;
      const found = next ?? (link.kind === 'soft' ? this.find(link.path, here, steps + 1) : undefined);
      if (found === undefined) return undefined;
      here = { ...found, path: `${here.path}/${name}` };
    }
    return here;
  }

  isGroup(object: Hdf5Object): boolean {
    return this.#message(object, messageType.layout) === undefined;
  }

  /** All attributes by name; those that cannot be read are left out. */
  attributes(object: Hdf5Object): Map<string, Value> {
    const found = new Map<string, Value>();
    for (const { type, body } of object.messages) {
      body.at = 0;
      if (type === messageType.attribute) this.#attribute(body, found);
      else if (type === messageType.attributeInfo) this.#denseAttributes(body, found);
    }
    return found;
  }

  /**
   * Describes a dataset.
   * @throws NdiError format.unsupported where its filters cannot be undone, format.invalid
   */
  array(object: Hdf5Object): Hdf5Array {
    const type = this.#message(object, messageType.datatype);
    const space = this.#message(object, messageType.dataspace);
    const layout = this.#message(object, messageType.layout);
    const filters = this.#message(object, messageType.filters);
    if (type === undefined || space === undefined || layout === undefined) {
      throw formatFault('format.invalid', this.source.path, `${object.path} is no dataset.`, { field: object.path });
    }
    const pipeline = filters === undefined ? [] : readFilters(filters);
    requireKnownFilters(pipeline, this.source.path, object.path);
    const { shape, isNull } = readDataspace(space);
    return {
      path: object.path,
      type: readDatatype(type),
      shape: isNull ? [0] : shape,
      layout: readLayout(layout),
      filters: pipeline,
    };
  }

  /**
   * All elements of a small dataset, row after row.
   * @throws NdiError format.invalid where it is larger than a table may be
   */
  values(object: Hdf5Object): Value[] {
    const array = this.array(object);
    const count = array.shape.reduce((product, size) => product * size, 1);
    const bytes = this.bytes(array, count * array.type.size);
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: count }, (_, index) => this.#values.read(array.type, data, index * array.type.size));
  }

  /** The one element of a scalar, or the first of a list; undefined where the dataset is empty or not there. */
  value(path: string, from: Hdf5Object = this.root): Value | undefined {
    const object = this.find(path, from);
    return object === undefined || this.isGroup(object) ? undefined : this.values(object)[0];
  }

  /**
   * All bytes of a dataset in row-major order; zeros where nothing was written.
   * @throws NdiError format.invalid where they are more than `most`
   */
  bytes(array: Hdf5Array, length: number, most = MAX_VALUE_BYTES): Uint8Array<ArrayBuffer> {
    const { layout, path } = array;
    // Nothing that is stored grows more than that by inflating it.
    if (!(length <= most) || length > this.source.size * MAX_INFLATION) {
      throw formatFault('format.invalid', this.source.path, `${path} claims ${length} bytes.`, { field: path });
    }
    if (layout.kind === 'compact') return padded(layout.data, length);
    if (layout.kind === 'contiguous') {
      if (layout.address === null) return new Uint8Array(length);
      return this.#copy(layout.address, length, path);
    }
    return this.#gather(array, layout, length);
  }

  /** Stored chunks of a dataset, by place in the grid. */
  chunks(array: Hdf5Array): Map<number, StoredChunk> {
    const { layout } = array;
    if (layout.kind !== 'chunked') return new Map();
    return findChunks(this.source, this.superblock, layout, array.shape, array.filters.length > 0);
  }

  #gather(array: Hdf5Array, layout: Layout & { kind: 'chunked' }, length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(length);
    const { chunk, elementBytes } = layout;
    const { shape } = array;
    const grid = shape.map((size, dimension) => Math.ceil(size / (chunk[dimension] ?? 1)));
    const chunkBytes = chunk.reduce((product, size) => product * size, elementBytes);
    for (const [place, stored] of this.chunks(array)) {
      const raw = this.#copy(stored.address, stored.bytes, array.path);
      const data = unfilter(raw, array.filters, stored.mask, chunkBytes, this.source.path);
      const corner = cornerOf(place, grid, chunk);
      copyChunk(data, corner, chunk, shape, elementBytes, out);
    }
    return out;
  }

  #copy(address: number, length: number, field: string): Uint8Array<ArrayBuffer> {
    const view = this.source.view(address, length, field);
    return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + length) as ArrayBuffer);
  }

  #links(group: Hdf5Object): Map<string, Link> {
    return readLinks(this.source, this.superblock, group.messages);
  }

  #message(object: Hdf5Object, type: number): Hdf5Cursor | undefined {
    const body = object.messages.find((message) => message.type === type)?.body;
    if (body !== undefined) body.at = 0;
    return body;
  }

  #denseAttributes(body: Hdf5Cursor, found: Map<string, Value>): void {
    const flags = body.skip(1).u8();
    if ((flags & 1) !== 0) body.skip(2);
    const heapAddress = body.address();
    const tree = body.address();
    if (heapAddress === null || tree === null) return;
    const heap = new FractalHeap(this.source, this.superblock, heapAddress);
    for (const record of btree2Records(this.source, this.superblock, tree)) {
      this.#attribute(heap.object(record.part(heap.idBytes, 'an attribute')), found);
    }
  }

  #attribute(body: Hdf5Cursor, found: Map<string, Value>): void {
    const version = body.u8();
    const flags = body.u8();
    const [nameBytes, typeBytes, spaceBytes] = [body.u16(), body.u16(), body.u16()];
    if (version === 3) body.skip(1);
    const padded = (bytes: number) => (version === 1 ? Math.ceil(bytes / 8) * 8 : bytes);
    const name = body.part(padded(nameBytes), 'an attribute').text(nameBytes);
    const typePart = body.part(padded(typeBytes), `the attribute ${name}`);
    const type = (flags & 1) !== 0 ? this.#committedType(typePart) : readDatatype(typePart);
    const { shape, isNull } = readDataspace(body.part(padded(spaceBytes), `the attribute ${name}`));
    const count = isNull ? 0 : shape.reduce((product, size) => product * size, 1);
    if (!(count * type.size <= body.left)) return;
    const data = body.bytes(count * type.size);
    const values = Array.from({ length: count }, (_, index) => this.#values.read(type, data, index * type.size));
    found.set(name, shape.length === 0 ? (values[0] ?? null) : values);
  }

  #committedType(body: Hdf5Cursor): Datatype {
    const object = this.at(sharedAddress(body), 'a committed type');
    const message = this.#message(object, messageType.datatype);
    if (message === undefined) throw body.invalid('refers to a type that is not there');
    return readDatatype(message);
  }
}

/** A source for the structures that lie behind positioned reads of a worker. */
export function structureSource(
  path: string,
  size: number,
  read: (file: string, bytes: Uint8Array, position: number) => void,
): Hdf5Source {
  return {
    path,
    size,
    view(offset, length) {
      const bytes = new Uint8Array(length);
      read(path, bytes, offset);
      return new DataView(bytes.buffer);
    },
  };
}

function padded(data: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (data.length >= length) return data;
  const out = new Uint8Array(length);
  out.set(data);
  return out;
}

function cornerOf(place: number, grid: readonly number[], chunk: readonly number[]): number[] {
  const corner = grid.map(() => 0);
  let left = place;
  for (let dimension = grid.length - 1; dimension >= 0; dimension--) {
    const size = grid[dimension] ?? 1;
    corner[dimension] = (left % size) * (chunk[dimension] ?? 1);
    left = Math.floor(left / size);
  }
  return corner;
}

/** Copies what of a chunk lies inside the dataset, a run of the last dimension at a time. */
function copyChunk(
  data: Uint8Array,
  corner: readonly number[],
  chunk: readonly number[],
  shape: readonly number[],
  elementBytes: number,
  out: Uint8Array,
): void {
  const last = shape.length - 1;
  const visit = (dimension: number, from: number, to: number): void => {
    const start = corner[dimension] ?? 0;
    const inside = Math.min(chunk[dimension] ?? 1, (shape[dimension] ?? 1) - start);
    const [fromHere, toHere] = [from * (chunk[dimension] ?? 1), to * (shape[dimension] ?? 1) + start];
    if (dimension === last) {
      out.set(data.subarray(fromHere * elementBytes, (fromHere + inside) * elementBytes), toHere * elementBytes);
      return;
    }
    for (let index = 0; index < inside; index++) visit(dimension + 1, fromHere + index, toHere + index);
  };
  if (shape.length === 0) out.set(data.subarray(0, elementBytes));
  else visit(0, 0, 0);
}
