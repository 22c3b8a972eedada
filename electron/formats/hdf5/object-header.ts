import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

/** Kinds of header messages that are used here. */
export const messageType = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fillValue: 0x05,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  readonly body: Hdf5Cursor;
}

/** A file with a circle of continuations, or with more messages than that, lies. */
const MAX_BLOCKS = 10_000;
const MAX_MESSAGES = 200_000;
const SHARED = 2;

/**
 * Messages of the object header at an address, of version 1 and 2, shared ones resolved.
 * @throws NdiError format.*
 */
export function readObjectHeader(source: Hdf5Source, file: Superblock, address: number, depth = 0): Message[] {
  const first = structureAt(source, file, address, 4, 'an object header').text(4);
  const blocks = first === 'OHDR' ? new BlocksV2(source, file, address) : new BlocksV1(source, file, address);
  const messages: Message[] = [];
  for (let block = blocks.next(); block !== null; block = blocks.next()) {
    while (block.left >= blocks.headBytes) {
      const { type, size, flags } = blocks.head(block);
      if (size > block.left) break;
      const body = block.part(size, `a header message of type ${type}`);
      if (type === messageType.continuation) blocks.follow(body);
      else messages.push(...resolve(source, file, type, flags, body, depth));
      if (messages.length > MAX_MESSAGES) throw block.invalid('has too many messages');
    }
  }
  return messages;
}

/** A shared message stands in the header of another object: a committed datatype. */
function resolve(
  source: Hdf5Source,
  file: Superblock,
  type: number,
  flags: number,
  body: Hdf5Cursor,
  depth: number,
): Message[] {
  if ((flags & SHARED) === 0) return [{ type, body }];
  const address = sharedAddress(body);
  if (depth > 4) throw body.invalid('is shared in a circle');
  return readObjectHeader(source, file, address, depth + 1).filter((message) => message.type === type);
}

/** Where a shared message really stands. */
export function sharedAddress(body: Hdf5Cursor): number {
  const version = body.u8();
  const kind = body.u8();
  if (version === 1) body.skip(6);
  if (version === 3 && kind !== 2) throw body.unsupported('is kept in a table of shared messages');
  const address = body.address();
  if (address === null) throw body.invalid('is shared with nothing');
  return address;
}

interface Head {
  readonly type: number;
  readonly size: number;
  readonly flags: number;
}

abstract class Blocks {
  protected readonly source: Hdf5Source;
  protected readonly file: Superblock;
  readonly #waiting: { address: number; length: number }[] = [];
  readonly #seen = new Set<number>();
  abstract readonly headBytes: number;

  constructor(source: Hdf5Source, file: Superblock) {
    this.source = source;
    this.file = file;
  }

  protected add(address: number, length: number): void {
    if (this.#seen.size < MAX_BLOCKS && !this.#seen.has(address)) this.#waiting.push({ address, length });
    this.#seen.add(address);
  }

  follow(body: Hdf5Cursor): void {
    const address = body.address();
    const length = body.size();
    if (address !== null) this.add(address, length);
  }

  next(): Hdf5Cursor | null {
    const block = this.#waiting.shift();
    if (block === undefined) return null;
    return this.open(structureAt(this.source, this.file, block.address, block.length, 'an object header'));
  }

  abstract head(block: Hdf5Cursor): Head;
  protected abstract open(block: Hdf5Cursor): Hdf5Cursor;
}

class BlocksV1 extends Blocks {
  readonly headBytes = 8;

  constructor(source: Hdf5Source, file: Superblock, address: number) {
    super(source, file);
    const prefix = structureAt(source, file, address, 16, 'an object header');
    const version = prefix.u8();
    if (version !== 1) throw prefix.invalid(`has version ${version}`);
    const length = prefix.skip(7).u32();
    this.add(address + 16, length);
  }

  head(block: Hdf5Cursor): Head {
    const [type, size, flags] = [block.u16(), block.u16(), block.u8()];
    block.skip(3);
    return { type, size, flags };
  }
  protected open(block: Hdf5Cursor): Hdf5Cursor {
    return block;
  }
}

class BlocksV2 extends Blocks {
  readonly headBytes: number;
  readonly #tracksOrder: boolean;
  #isFirst = true;

  constructor(source: Hdf5Source, file: Superblock, address: number) {
    super(source, file);
    const start = structureAt(source, file, address, 6, 'an object header').expect('OHDR');
    const version = start.u8();
    if (version !== 2) throw start.invalid(`has version ${version}`);
    const flags = start.u8();
    this.#tracksOrder = (flags & 4) !== 0;
    this.headBytes = this.#tracksOrder ? 6 : 4;
    const skipped = 6 + ((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0);
    const width = 1 << (flags & 3);
    const length = structureAt(source, file, address + skipped, width, 'an object header').number(width);
    this.add(address + skipped + width, length);
  }

  head(block: Hdf5Cursor): Head {
    const [type, size, flags] = [block.u8(), block.u16(), block.u8()];
    if (this.#tracksOrder) block.skip(2);
    return { type, size, flags };
  }

  /** All but the first block have a mark before and a checksum behind their messages. */
  protected open(block: Hdf5Cursor): Hdf5Cursor {
    if (this.#isFirst) {
      this.#isFirst = false;
      return block;
    }
    block.expect('OCHK');
    return block.part(Math.max(0, block.left - 4), 'an object header');
  }
}
