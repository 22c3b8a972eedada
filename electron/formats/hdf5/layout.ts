import { btree2Records } from './btree2.ts';
import { arrayIndexChunks, type ChunkIndex, type StoredChunk } from './chunk-arrays.ts';
import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

/** Where the bytes of a dataset lie. */
export type Layout =
  | { readonly kind: 'compact'; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'contiguous'; readonly address: number | null; readonly bytes: number }
  | {
      readonly kind: 'chunked';
      readonly chunk: readonly number[];
      readonly elementBytes: number;
      readonly index: ChunkIndex;
    };

const MAX_CHUNKS = 4_000_000;

/** Parses a data layout message. */
export function readLayout(body: Hdf5Cursor): Layout {
  const version = body.u8();
  if (version < 3) return readOldLayout(body);
  if (version > 5) throw body.unsupported(`has version ${version}`);
  const kind = body.u8();
  if (kind === 0) return { kind: 'compact', data: copied(body.bytes(body.u16())) };
  if (kind === 1) return { kind: 'contiguous', address: body.address(), bytes: body.size() };
  if (kind !== 2) throw body.unsupported('is spread over other files (virtual)');
  return version === 3 ? readChunked3(body) : readChunked4(body);
}

function readOldLayout(body: Hdf5Cursor): Layout {
  const rank = body.u8();
  const kind = body.u8();
  const address = kind === 0 ? null : body.skip(5).address();
  if (kind === 0) body.skip(5);
  const sizes = Array.from({ length: rank }, () => body.u32());
  if (kind === 0) return { kind: 'compact', data: copied(body.bytes(body.u32())) };
  if (kind === 1) return { kind: 'contiguous', address, bytes: sizes.reduce((product, size) => product * size, 1) };
  return chunked(body, sizes.slice(0, -1), body.u32(), address === null ? none : { kind: 'tree1', address, bits: 0 });
}

const none: ChunkIndex = { kind: 'none' };

function readChunked3(body: Hdf5Cursor): Layout {
  const rank = body.u8();
  const address = body.address();
  const sizes = Array.from({ length: rank }, () => body.u32());
  const index: ChunkIndex = address === null ? none : { kind: 'tree1', address, bits: 0 };
  return chunked(body, sizes.slice(0, -1), sizes.at(-1) ?? 0, index);
}

function readChunked4(body: Hdf5Cursor): Layout {
  const flags = body.u8();
  const rank = body.u8();
  const width = body.u8();
  const sizes = Array.from({ length: rank }, () => body.number(width));
  const chunk = sizes.slice(0, -1);
  const elementBytes = sizes.at(-1) ?? 0;
  const wholeBytes = sizes.reduce((product, size) => product * size, 1);
  const kind = body.u8();
  if (kind === 1) {
    const filtered = (flags & 2) !== 0;
    const bytes = filtered ? body.size() : wholeBytes;
    const mask = filtered ? body.u32() : 0;
    const address = body.address();
    const index: ChunkIndex = address === null ? none : { kind: 'single', chunk: { address, bytes, mask } };
    return chunked(body, chunk, elementBytes, index);
  }
  const name = ([null, null, 'implicit', 'fixed', 'extensible', 'tree2'] as const)[kind] ?? undefined;
  if (name === undefined) throw body.unsupported(`has a chunk index of kind ${kind}`);
  const bits = name === 'fixed' ? body.u8() : 0;
  if (name === 'extensible') body.skip(5);
  if (name === 'tree2') body.skip(6);
  const address = body.address();
  return chunked(body, chunk, elementBytes, address === null ? none : { kind: name, address, bits });
}

function chunked(body: Hdf5Cursor, chunk: readonly number[], elementBytes: number, index: ChunkIndex): Layout {
  const bytes = chunk.reduce((product, size) => product * size, elementBytes);
  if (!(bytes > 0) || bytes > 2 ** 31) throw body.invalid('has chunks of an impossible size');
  return { kind: 'chunked', chunk, elementBytes, index };
}

function copied(view: DataView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) as ArrayBuffer);
}

/**
 * The stored chunks of a dataset by their place in the grid of chunks (row-major); what is not among them was never
 * written.
 * @throws NdiError format.*
 */
export function findChunks(
  source: Hdf5Source,
  file: Superblock,
  layout: Layout & { readonly kind: 'chunked' },
  shape: readonly number[],
  isFiltered: boolean,
): Map<number, StoredChunk> {
  const { chunk, elementBytes, index } = layout;
  const grid = shape.map((size, dimension) => Math.ceil(size / (chunk[dimension] ?? 1)));
  const bytes = chunk.reduce((product, size) => product * size, elementBytes);
  const found = new Map<number, StoredChunk>();
  const put = (scaled: readonly number[], stored: StoredChunk) => {
    if (scaled.some((at, dimension) => at >= (grid[dimension] ?? 0))) return;
    found.set(
      scaled.reduce((place, at, dimension) => place * (grid[dimension] ?? 1) + at, 0),
      stored,
    );
  };
  if (index.kind === 'single')
    put(
      chunk.map(() => 0),
      index.chunk,
    );
  else if (index.kind === 'tree1') {
    walkTree1(source, file, index.address, chunk.length, (offsets, stored) =>
      put(
        offsets.map((offset, dimension) => Math.floor(offset / (chunk[dimension] ?? 1))),
        stored,
      ),
    );
  } else if (index.kind === 'tree2') {
    for (const record of btree2Records(source, file, index.address)) {
      const address = record.address();
      const sizeBytes = record.left - 4 - 8 * chunk.length;
      const stored = isFiltered ? { bytes: record.number(sizeBytes), mask: record.u32() } : { bytes, mask: 0 };
      const scaled = chunk.map(() => record.number(8));
      if (address !== null) put(scaled, { address, ...stored });
    }
  } else if (index.kind !== 'none') {
    const chunks = grid.reduce((product, size) => product * size, 1);
    arrayIndexChunks(source, file, index, chunks, bytes, isFiltered).forEach((stored, place) => {
      if (place < chunks) found.set(place, stored);
    });
  }
  return found;
}

/** Leaves of a version 1 B-tree of chunks: key (bytes, mask, offset in each dimension), address. */
function walkTree1(
  source: Hdf5Source,
  file: Superblock,
  root: number,
  rank: number,
  leaf: (offsets: readonly number[], stored: StoredChunk) => void,
): void {
  const keyBytes = 8 + 8 * (rank + 1);
  const seen = new Set<number>();
  let count = 0;
  const visit = (address: number): void => {
    const head = structureAt(source, file, address, 8, 'an index of chunks');
    if (seen.has(address)) throw head.invalid('leads back to itself');
    seen.add(address);
    head.expect('TREE');
    if (head.u8() !== 1) throw head.invalid('is none of chunks');
    const level = head.u8();
    const entries = head.u16();
    const start = address + 8 + 2 * file.offsetSize;
    const node = structureAt(source, file, start, entries * (keyBytes + file.offsetSize), 'an index of chunks');
    for (let index = 0; index < entries; index++) {
      const bytes = node.u32();
      const mask = node.u32();
      const offsets = Array.from({ length: rank }, () => node.number(8));
      const child = node.skip(8).address();
      if (child === null) continue;
      if (level > 0) visit(child);
      else leaf(offsets, { address: child, bytes, mask });
      if (++count > MAX_CHUNKS) throw node.invalid('has too many chunks');
    }
  };
  visit(root);
}
