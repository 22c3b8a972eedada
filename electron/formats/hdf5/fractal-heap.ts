import { btree2Records, bytesFor } from './btree2.ts';
import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

const FIELD = 'a heap of names and attributes';

/** The heap in which large groups and objects keep their links and attributes. Objects are found by their heap id. */
export class FractalHeap {
  readonly #source: Hdf5Source;
  readonly #file: Superblock;
  readonly idBytes: number;
  readonly #offsetBytes: number;
  readonly #lengthBytes: number;
  readonly #width: number;
  readonly #start: number;
  readonly #maxDirect: number;
  readonly #root: number | null;
  readonly #rootRows: number;
  readonly #hugeTree: number | null;

  constructor(source: Hdf5Source, file: Superblock, address: number) {
    this.#source = source;
    this.#file = file;
    const { offsetSize: o, lengthSize: l } = file;
    const header = structureAt(source, file, address, 22 + 3 * o + 12 * l, FIELD).expect('FRHP');
    header.skip(1);
    this.idBytes = header.u16();
    const filterBytes = header.u16();
    header.skip(1);
    const maxObject = header.u32();
    header.skip(l);
    this.#hugeTree = header.address();
    header.skip(l + o + 8 * l);
    this.#width = header.u16();
    this.#start = header.size();
    this.#maxDirect = header.size();
    const heapBits = header.u16();
    header.skip(2);
    this.#root = header.address();
    this.#rootRows = header.u16();
    if (filterBytes > 0) throw header.unsupported('is compressed');
    if (this.#width === 0 || this.#start === 0 || this.#maxDirect < this.#start || heapBits > 64) {
      throw header.invalid('has impossible sizes');
    }
    this.#offsetBytes = Math.ceil(heapBits / 8);
    this.#lengthBytes = Math.min(bytesFor(this.#maxDirect), bytesFor(maxObject));
  }

  /** The object of a heap id. */
  object(id: Hdf5Cursor): Hdf5Cursor {
    const kind = (id.u8() >> 4) & 3;
    if (kind === 2) return id.part(Math.min(id.left, tinyLength(id)), FIELD);
    if (kind === 1) return this.#huge(id);
    const offset = id.number(this.#offsetBytes);
    const length = id.number(this.#lengthBytes);
    if (this.#root === null) throw id.invalid('is empty');
    if (this.#rootRows === 0) return this.#read(this.#root + offset, length);
    return this.#find(this.#root, this.#rootRows, 0, offset, length, 0);
  }

  #find(block: number, rows: number, blockOffset: number, offset: number, length: number, depth: number): Hdf5Cursor {
    const { offsetSize } = this.#file;
    const directRows = Math.log2(this.#maxDirect) - Math.log2(this.#start) + 2;
    const entries = rows * this.#width;
    const headBytes = 5 + offsetSize + this.#offsetBytes;
    const body = structureAt(this.#source, this.#file, block, headBytes + entries * offsetSize, FIELD).expect('FHIB');
    body.skip(headBytes - 4);
    let at = blockOffset;
    for (let row = 0; row < rows; row++) {
      const size = this.#start * 2 ** Math.max(0, row - 1);
      for (let column = 0; column < this.#width; column++, at += size) {
        const child = body.address();
        if (offset < at || offset >= at + size) continue;
        if (child === null || depth > 16) throw body.invalid('lacks a block');
        if (row < directRows) return this.#read(child + offset - at, length);
        const childRows = Math.log2(size) - Math.log2(this.#start * this.#width) + 1;
        return this.#find(child, childRows, at, offset, length, depth + 1);
      }
    }
    throw body.invalid(`has no byte ${offset}`);
  }

  #huge(id: Hdf5Cursor): Hdf5Cursor {
    if (this.#hugeTree === null) throw id.invalid('lacks its large objects');
    const key = id.number(Math.min(id.left, this.#file.lengthSize));
    for (const record of btree2Records(this.#source, this.#file, this.#hugeTree)) {
      const address = record.address();
      const length = record.size();
      if (address !== null && record.size() === key) return this.#read(address, length);
    }
    throw id.invalid('lacks one of its large objects');
  }

  #read(address: number, length: number): Hdf5Cursor {
    return structureAt(this.#source, this.#file, address, length, FIELD);
  }
}

/** Tiny objects lie in the id itself, behind their length less one. */
function tinyLength(id: Hdf5Cursor): number {
  id.at -= 1;
  return (id.u8() & 15) + 1;
}
