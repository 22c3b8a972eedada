import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

const MAX_NODES = 1_000_000;

/** Bytes that hold numbers up to `most`. */
export function bytesFor(most: number): number {
  return most < 1 ? 1 : Math.floor(Math.log2(most) / 8) + 1;
}

/**
 * Records of a version 2 B-tree, in order, each handed out as its own cursor.
 * @throws NdiError format.invalid
 */
export function* btree2Records(source: Hdf5Source, file: Superblock, address: number): Generator<Hdf5Cursor> {
  const field = 'an index (B-tree of version 2)';
  const header = structureAt(source, file, address, 22 + file.offsetSize + file.lengthSize, field).expect('BTHD');
  header.skip(2);
  const nodeSize = header.u32();
  const recordSize = header.u16();
  const depth = header.u16();
  header.skip(2);
  const root = header.address();
  const rootRecords = header.u16();
  if (root === null || rootRecords === 0) return;
  if (recordSize === 0 || nodeSize < 16 || depth > 32) throw header.invalid('has impossible sizes');
  // How wide the counts beside child addresses are follows from what a node of each level can hold at most.
  const leafMost = Math.floor((nodeSize - 10) / recordSize);
  const countBytes = bytesFor(leafMost);
  const totalBytes = [0];
  let most = leafMost;
  for (let level = 1; level <= depth; level++) {
    const pointer = file.offsetSize + countBytes + (totalBytes[level - 1] ?? 0);
    const own = Math.floor((nodeSize - 10 - pointer) / (recordSize + pointer));
    most = (own + 1) * most + own;
    totalBytes.push(bytesFor(most));
  }
  let nodes = 0;

  function* node(at: number, count: number, level: number): Generator<Hdf5Cursor> {
    if (++nodes > MAX_NODES) throw header.invalid('has too many nodes');
    const body = structureAt(source, file, at, nodeSize, field).expect(level === 0 ? 'BTLF' : 'BTIN');
    body.skip(2);
    const records = Array.from({ length: count }, () => body.part(recordSize, field));
    if (level === 0) return yield* records;
    for (let index = 0; index <= count; index++) {
      const child = body.address();
      const inChild = body.number(countBytes);
      if (level > 1) body.skip(totalBytes[level - 1] ?? 0);
      if (child !== null) yield* node(child, inChild, level - 1);
      const record = records[index];
      if (record !== undefined) yield record;
    }
  }

  yield* node(root, rootRecords, depth);
}
