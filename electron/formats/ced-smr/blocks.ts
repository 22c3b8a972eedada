import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';
import type { SonChannel, SonHeader } from './header.ts';

const HEAD_BYTES = 20;
const ALIGNMENT = 512;
const NONE = -1;

/** A data block: its items follow its head. */
export interface SonBlock {
  /** Byte of the first item. */
  readonly itemsAt: number;
  readonly firstTick: number;
  readonly lastTick: number;
  /** Whole items that the file has. */
  readonly items: number;
  /** Items that the block claims beyond the end of the file. */
  readonly missing: number;
}

interface Link extends SonBlock {
  readonly previous: number;
  readonly next: number;
}

/** Why a list cannot be followed further. */
interface Broken {
  readonly code: 'format.truncated' | 'format.invalid';
  readonly broken: string;
}

/**
 * The blocks of a channel in order of time, by its linked list; the counts in the channel table are not trusted. A list
 * that breaks off is followed from its end backwards, and what is missing is said.
 *
 * @throws NdiError format.invalid for a list that runs in a circle and for a block of more items than blocks have
 */
export function findBlocks(
  file: FileBytes,
  header: SonHeader,
  channel: SonChannel,
  itemBytes: number,
  problems: Problem[],
): SonBlock[] {
  const walk = new Walk(file, header, channel, itemBytes);
  const { blocks, stop } = walk.forwards();
  if (stop === null) return blocks;
  const rest = walk.backwards(blocks.at(-1)?.lastTick ?? -Infinity);
  const found = rest.length > 0 ? ` From its end backwards, ${rest.length} blocks more were found.` : '';
  problems.push(shouldFix(stop.code, `Channel ${channel.number} is not complete: ${stop.broken}.${found}`, file.path));
  return [...blocks, ...rest];
}

class Walk {
  readonly #file: FileBytes;
  readonly #header: SonHeader;
  readonly #channel: SonChannel;
  readonly #itemBytes: number;
  readonly #seen = new Set<number>();

  constructor(file: FileBytes, header: SonHeader, channel: SonChannel, itemBytes: number) {
    this.#file = file;
    this.#header = header;
    this.#channel = channel;
    this.#itemBytes = itemBytes;
  }

  forwards(): { blocks: SonBlock[]; stop: Broken | null } {
    const blocks: SonBlock[] = [];
    let latest = -Infinity;
    for (let at = this.#channel.firstBlock; at !== NONE;) {
      if (this.#seen.has(at)) throw this.#circle(at);
      const link = this.#read(at);
      if ('broken' in link) return { blocks, stop: link };
      if (link.firstTick < latest) return { blocks, stop: this.#invalid(at, 'begins before the block before it ends') };
      this.#seen.add(at);
      if (link.items > 0) blocks.push(link);
      if (link.missing > 0) return { blocks, stop: this.#cut(at, link.missing) };
      latest = link.lastTick;
      at = link.next;
    }
    return { blocks, stop: null };
  }

  /** Blocks after a tick, read from the last one on; as many as hang together. */
  backwards(after: number): SonBlock[] {
    const blocks: SonBlock[] = [];
    let earliest = Infinity;
    for (let at = this.#channel.lastBlock; at !== NONE && !this.#seen.has(at);) {
      const link = this.#read(at);
      if ('broken' in link || link.lastTick > earliest || link.firstTick <= after) break;
      this.#seen.add(at);
      if (link.items > 0) blocks.push(link);
      earliest = link.firstTick;
      at = link.previous;
    }
    return blocks.reverse();
  }

  #read(at: number): Link | Broken {
    const byte = at * this.#header.unit;
    if (byte < this.#header.dataAt || byte % ALIGNMENT !== 0) return this.#invalid(at, 'is no place of a block');
    if (byte + HEAD_BYTES > this.#file.size) {
      return { code: 'format.truncated', broken: `its next block lies at byte ${byte}, beyond the end of the file` };
    }
    const head = this.#file.peek(byte, HEAD_BYTES, 'a block');
    const word = head.getUint16(16, true);
    // The ninth bit of the number lies in bit 9; bit 8 is the level of an event channel.
    const number = (word & 0xff) | ((word & 0x200) >> 1);
    if (number !== this.#channel.number) return this.#invalid(at, `belongs to channel ${number}`);
    const claimed = head.getUint16(18, true);
    if (claimed > this.#channel.maxItems) throw this.#tooMany(byte, claimed);
    const [firstTick, lastTick] = [head.getInt32(8, true), head.getInt32(12, true)];
    if (lastTick < firstTick) return this.#invalid(at, 'ends before it begins');
    const itemsAt = byte + HEAD_BYTES;
    const items = Math.min(claimed, Math.floor((this.#file.size - itemsAt) / this.#itemBytes));
    const [previous, next] = [head.getInt32(0, true), head.getInt32(4, true)];
    return { itemsAt, firstTick, lastTick, items, previous, next, missing: claimed - items };
  }

  #invalid(at: number, what: string): Broken {
    return { code: 'format.invalid', broken: `its block at byte ${at * this.#header.unit} ${what}` };
  }

  #cut(at: number, missing: number): Broken {
    const byte = at * this.#header.unit;
    return {
      code: 'format.truncated',
      broken: `the file ends inside its block at byte ${byte}, ${missing} items before the block's end`,
    };
  }

  #circle(at: number) {
    const byte = at * this.#header.unit;
    const { number } = this.#channel;
    const sentence = `the blocks of channel ${number} lead in a circle, back to byte ${byte}.`;
    return formatFault('format.invalid', this.#file.path, sentence, { field: 'next block', value: at, offset: byte });
  }

  #tooMany(byte: number, items: number) {
    const { number, maxItems } = this.#channel;
    const sentence = `a block of channel ${number} claims ${items} items, more than the ${maxItems} a block may have.`;
    const details = { field: 'items of a block', value: items, offset: byte + 18 };
    return formatFault('format.invalid', this.#file.path, sentence, details);
  }
}
