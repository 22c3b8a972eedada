import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

const FIELD = 'an index of chunks';

export interface StoredChunk {
  readonly address: number;
  readonly bytes: number;
  /** Filters that were not used for it, a bit each. */
  readonly mask: number;
}

/** How the chunks of a dataset are found. */
export type ChunkIndex =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'tree1' | 'tree2' | 'fixed' | 'extensible' | 'implicit';
      readonly address: number;
      /** log2 of the entries of a page of a fixed array. */
      readonly bits: number;
    }
  | { readonly kind: 'single'; readonly chunk: StoredChunk };

/** Chunks by number, of the indexes that are arrays: implicit, fixed and extensible. */
export function arrayIndexChunks(
  source: Hdf5Source,
  file: Superblock,
  index: ChunkIndex & { readonly address: number },
  chunks: number,
  chunkBytes: number,
  isFiltered: boolean,
): Map<number, StoredChunk> {
  const found = new Map<number, StoredChunk>();
  if (index.kind === 'implicit') {
    for (let place = 0; place < chunks; place++) {
      found.set(place, { address: index.address + place * chunkBytes, bytes: chunkBytes, mask: 0 });
    }
    return found;
  }
  const put = (place: number, body: Hdf5Cursor, entryBytes: number): void => {
    const address = body.address();
    const sizeBytes = entryBytes - file.offsetSize - 4;
    const stored = isFiltered ? { bytes: body.number(sizeBytes), mask: body.u32() } : { bytes: chunkBytes, mask: 0 };
    if (address !== null) found.set(place, { address, ...stored });
  };
  const array = { source, file, address: index.address, isFiltered, put };
  if (index.kind === 'fixed') readFixed(array);
  else readExtensible(array, chunks);
  return found;
}

interface ArrayIndex {
  readonly source: Hdf5Source;
  readonly file: Superblock;
  readonly address: number;
  readonly isFiltered: boolean;
  readonly put: (place: number, body: Hdf5Cursor, entryBytes: number) => void;
}

/** Fixed array: all entries in one data block, in pages with a checksum each where there are many. */
function readFixed({ source, file, address, put }: ArrayIndex): void {
  const header = structureAt(source, file, address, 8 + file.lengthSize + file.offsetSize, FIELD).expect('FAHD');
  const entryBytes = header.skip(2).u8();
  const pageBits = header.u8();
  const entries = header.size();
  const block = header.address();
  if (block === null) return;
  const perPage = 2 ** pageBits;
  const pages = entries > perPage ? Math.ceil(entries / perPage) : 0;
  const maskBytes = Math.ceil(pages / 8);
  const headBytes = 6 + file.offsetSize + maskBytes;
  const head = structureAt(source, file, block, headBytes, FIELD).expect('FADB');
  const written = head.skip(2 + file.offsetSize).bytes(maskBytes);
  if (pages === 0) {
    readEntries(structureAt(source, file, block + headBytes, entries * entryBytes, FIELD), 0, entries, entryBytes, put);
    return;
  }
  // The head has a checksum before the pages.
  for (let page = 0; page < pages; page++) {
    if (((written.getUint8(page >> 3) >> (7 - (page & 7))) & 1) === 0) continue;
    const first = page * perPage;
    const count = Math.min(perPage, entries - first);
    const at = block + headBytes + 4 + page * (perPage * entryBytes + 4);
    readEntries(structureAt(source, file, at, count * entryBytes, FIELD), first, count, entryBytes, put);
  }
}

/** Extensible array: some entries in the index block, then data blocks of growing size, larger ones in super blocks. */
function readExtensible({ source, file, address, put }: ArrayIndex, chunks: number): void {
  const header = structureAt(source, file, address, 12 + 6 * file.lengthSize + file.offsetSize, FIELD).expect('EAHD');
  const entryBytes = header.skip(2).u8();
  const maxBits = header.u8();
  const indexEntries = header.u8();
  const minEntries = header.u8();
  const minPointers = header.u8();
  const pageBits = header.u8();
  const block = header.skip(6 * file.lengthSize).address();
  if (block === null) return;
  if (minEntries === 0 || minPointers === 0 || maxBits > 64) throw header.invalid('has impossible sizes');
  const offsetBytes = Math.ceil(maxBits / 8);
  const superBlocks = 1 + maxBits - Math.log2(minEntries);
  // Super blocks whose data blocks the index block lists itself.
  const listed = 2 * Math.log2(minPointers);
  const sizes = Array.from({ length: superBlocks }, (_, at) => ({
    blocks: 2 ** Math.floor(at / 2),
    entries: minEntries * 2 ** Math.ceil(at / 2),
  }));
  const direct = sizes.slice(0, listed).reduce((sum, { blocks }) => sum + blocks, 0);
  const indirect = Math.max(0, superBlocks - listed);
  const bytes = 6 + file.offsetSize + indexEntries * entryBytes + (direct + indirect) * file.offsetSize;
  const body = structureAt(source, file, block, bytes, FIELD)
    .expect('EAIB')
    .skip(2 + file.offsetSize);
  let place = 0;
  for (; place < indexEntries; place++) put(place, body.part(entryBytes, FIELD), entryBytes);

  const dataBlock = (at: number | null, entries: number, isWritten?: (page: number) => boolean): void => {
    const first = place;
    place += entries;
    if (at === null || first >= chunks) return;
    const start = at + 6 + file.offsetSize + offsetBytes;
    const perPage = 2 ** pageBits;
    if (entries <= perPage) {
      const count = Math.min(entries, chunks - first);
      readEntries(structureAt(source, file, start, count * entryBytes, FIELD), first, count, entryBytes, put);
      return;
    }
    for (let done = 0; done < entries && first + done < chunks; done += perPage) {
      const page = done / perPage;
      if (isWritten?.(page) === false) continue;
      const pageAt = start + 4 + page * (perPage * entryBytes + 4);
      const count = Math.min(perPage, chunks - first - done);
      readEntries(structureAt(source, file, pageAt, count * entryBytes, FIELD), first + done, count, entryBytes, put);
    }
  };
  for (const { blocks, entries } of sizes.slice(0, listed)) {
    for (let index = 0; index < blocks; index++) dataBlock(body.address(), entries);
  }
  for (const { blocks, entries } of sizes.slice(listed)) {
    const at = body.address();
    if (at === null || place >= chunks) {
      place += blocks * entries;
      continue;
    }
    const pages = entries > 2 ** pageBits ? entries / 2 ** pageBits : 0;
    const maskBytes = Math.ceil(pages / 8);
    const headBytes = 6 + file.offsetSize + offsetBytes + blocks * maskBytes;
    const list = structureAt(source, file, at, headBytes + blocks * file.offsetSize, FIELD).expect('EASB');
    const masks = list.skip(2 + file.offsetSize + offsetBytes).bytes(blocks * maskBytes);
    for (let index = 0; index < blocks; index++) {
      const written = new DataView(masks.buffer, masks.byteOffset + index * maskBytes, maskBytes);
      dataBlock(list.address(), entries, (page) => ((written.getUint8(page >> 3) >> (7 - (page & 7))) & 1) === 1);
    }
  }
}

function readEntries(body: Hdf5Cursor, first: number, count: number, entryBytes: number, put: ArrayIndex['put']): void {
  for (let index = 0; index < count; index++) put(first + index, body.part(entryBytes, FIELD), entryBytes);
}
