import type { FileBytes } from '../file-bytes.ts';
import type { Son64Channel } from './header.ts';
import { BLOCK_BYTES, BLOCK_HEAD_BYTES, LOOKUP_BYTES } from './numbers.ts';

const ENTRY_BYTES = 16;
const MAX_ENTRIES = (LOOKUP_BYTES - BLOCK_HEAD_BYTES) / ENTRY_BYTES;

export interface FoundBlocks {
  /** Bytes at which data blocks begin, in order of time. */
  readonly positions: readonly number[];
  /** Why not all could be found, as the end of a sentence; the first of all faults. */
  readonly fault: string | null;
}

/**
 * The data blocks of a channel, by its tree of lookup blocks: those of level 1 lead to data, others to lookup blocks of
 * the level below. What cannot be followed is left out and told.
 */
export function findBlocks(file: FileBytes, channel: Son64Channel): FoundBlocks {
  const search = new Search(file, channel);
  search.run();
  return { positions: search.positions, fault: search.fault };
}

interface Lookup {
  readonly position: number;
  /** 0: whatever it says itself. */
  readonly level: number;
}

class Search {
  readonly positions: number[] = [];
  fault: string | null = null;
  readonly #file: FileBytes;
  readonly #channel: Son64Channel;
  readonly #seen = new Set<number>();

  constructor(file: FileBytes, channel: Son64Channel) {
    this.#file = file;
    this.#channel = channel;
  }

  run(): void {
    const { lookup } = this.#channel;
    if (lookup === 0) return;
    const open: Lookup[] = [{ position: this.#climb(lookup), level: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) open.push(...this.#follow(next));
  }

  /** A file that was not closed may name a lookup block that has got others above it since. */
  #climb(from: number): number {
    let top = from;
    for (let level = this.#read(top)?.level ?? 0; ;) {
      const above = this.#read(top)?.above ?? 0;
      const parent = above === 0 ? null : this.#read(above);
      // Levels grow, so that this ends.
      if (parent === null || parent.level !== level + 1) return top;
      top = above;
      level = parent.level;
    }
  }

  /** Gives the lookup blocks below, the first one last; collects data blocks. */
  #follow({ position, level }: Lookup): Lookup[] {
    const block = this.#read(position);
    if (block === null || (level !== 0 && block.level !== level) || this.#seen.has(position)) {
      this.fault ??= `its index is damaged at byte ${position}`;
      return [];
    }
    this.#seen.add(position);
    if (block.level > 1) {
      return block.entries.map((entry) => ({ position: entry, level: block.level - 1 })).reverse();
    }
    for (const entry of block.entries) this.#addBlock(entry);
    return [];
  }

  #addBlock(position: number): void {
    if (position % BLOCK_BYTES === 0 && position > 0 && !this.#seen.has(position)) {
      this.#seen.add(position);
      this.positions.push(position);
    } else this.fault ??= `its index names byte ${position}, which is no place of a block`;
  }

  /** Null where there is no lookup block of this channel. */
  #read(position: number): { level: number; above: number; entries: number[] } | null {
    if (position <= 0 || position % LOOKUP_BYTES !== 0 || position + LOOKUP_BYTES > this.#file.size) return null;
    const view = this.#file.peek(position, LOOKUP_BYTES, 'a lookup block');
    // Bits 0-7 are the entry in the block above, 8-10 the own level, the rest is the position of the block above.
    const parent = view.getBigInt64(0, true);
    const level = Number((parent >> 8n) & 7n);
    const count = view.getUint32(12, true);
    const isOwn = view.getUint16(8, true) === this.#channel.slot && view.getUint16(10, true) === this.#channel.id;
    if (!isOwn || level === 0 || count > MAX_ENTRIES) return null;
    const entries = Array.from({ length: count }, (_, index) =>
      Number(view.getBigInt64(BLOCK_HEAD_BYTES + ENTRY_BYTES * index + 8, true)),
    );
    return { level, above: Number(parent & ~0xfffn), entries };
  }
}
