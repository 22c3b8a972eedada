import type { DatabaseSync } from 'node:sqlite';

/** Numbers from here on are too large to give each document a bit. */
const MOST_BITS = 2 ** 30;

/** A set of documents by their numbers. */
interface DocumentNumbers {
  /** False where it was there before. */
  add(docIdx: number): boolean;
  has(docIdx: number): boolean;
  readonly size: number;
}

/** An empty set, for the documents of an index. */
export function noDocuments(database: DatabaseSync): DocumentNumbers {
  // Asked one by one, both ends are looked up; together SQLite would walk over all.
  const ends = 'SELECT (SELECT min(doc_idx) FROM doc) AS first, (SELECT max(doc_idx) FROM doc) AS last';
  const { first, last } = database.prepare(ends).get() ?? {};
  const hasBits = Number(first ?? 0) >= 0 && Number(last ?? 0) < MOST_BITS;
  return hasBits ? new Bits(Number(last ?? 0)) : new Listed();
}

/** A bit a document: a set of numbers would take forty times the room, and a table of SQLite's five times as long. */
class Bits implements DocumentNumbers {
  readonly #bytes: Uint8Array;
  size = 0;

  constructor(last: number) {
    this.#bytes = new Uint8Array((last >> 3) + 1);
  }

  add(docIdx: number): boolean {
    const byte = this.#bytes[docIdx >> 3] ?? 0;
    const bit = 1 << (docIdx & 7);
    if ((byte & bit) !== 0) return false;
    this.#bytes[docIdx >> 3] = byte | bit;
    this.size += 1;
    return true;
  }

  has(docIdx: number): boolean {
    return ((this.#bytes[docIdx >> 3] ?? 0) & (1 << (docIdx & 7))) !== 0;
  }
}

class Listed implements DocumentNumbers {
  readonly #all = new Set<number>();

  get size(): number {
    return this.#all.size;
  }

  add(docIdx: number): boolean {
    return this.#all.size < this.#all.add(docIdx).size;
  }

  has(docIdx: number): boolean {
    return this.#all.has(docIdx);
  }
}
