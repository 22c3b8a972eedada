import { kinds } from '../ced/contents.ts';

/** A channel of a file made for tests. */
export interface MadeChannel64 {
  /** As Spike2 shows it, from 1. */
  readonly number: number;
  readonly kind: number;
  readonly title?: string;
  readonly units?: string;
  readonly scale?: number;
  readonly offset?: number;
  readonly ticksPerSample?: number;
  readonly rows?: number;
  /** One list a data block: stretches of a wave, or events. */
  readonly blocks: readonly (readonly MadeStretch[] | readonly MadeEvent64[])[];
}

export interface MadeStretch {
  readonly tick: number;
  readonly samples: readonly number[];
}

export interface MadeEvent64 {
  readonly tick: number;
  readonly codes?: readonly [number, number, number, number];
  readonly text?: string;
}

export interface MadeSon64 {
  readonly bytes: Buffer;
  /** Byte of every data block, by channel number. */
  readonly blocks: ReadonlyMap<number, readonly number[]>;
  /** Byte of the top lookup block, by channel number. */
  readonly lookups: ReadonlyMap<number, number>;
  /** Byte of a channel's head. */
  head(number: number): number;
}

const BLOCK = 65_536;
const BODY = BLOCK - 16;
const LOOKUP = 4096;

interface Options {
  readonly slots?: number;
  /** Entries of a lookup block: few of them make deep trees. */
  readonly fanOut?: number;
}

/** A 64-bit SON file with a clock of 10 microseconds. Where the header needs more than a block it is extended. */
export function makeSon64(channels: readonly MadeChannel64[], { slots = 32, fanOut = 255 }: Options = {}): MadeSon64 {
  const texts = [...new Set(channels.flatMap(({ title, units }) => [title ?? '', units ?? '']))].filter(Boolean);
  const stringsAt = 2048 + 272 * slots;
  const header = Buffer.concat([Buffer.alloc(stringsAt), storeOf(texts)]);
  const extensions = Math.max(0, Math.ceil((header.length - BLOCK) / BODY));
  const layout = new Layout(channels, extensions, fanOut);
  const bytes = Buffer.alloc(layout.size);
  writeFileHead(header, layout, slots, stringsAt, channels);
  channels.forEach((channel) => writeChannelHead(header, channel, layout, texts));
  header.copy(bytes, 0, 0, BLOCK);
  for (let index = 0; index < extensions; index++) {
    writeBlockHead(bytes, BLOCK * (1 + index), 0, 0xffff, 0);
    header.copy(bytes, BLOCK * (1 + index) + 16, BLOCK + BODY * index, BLOCK + BODY * (index + 1));
  }
  for (const channel of channels) writeData(bytes, channel, layout);
  const lookups = new Map(channels.map(({ number }) => [number, layout.topOf(number)]));
  const headAt = (number: number) => 2048 + 272 * (number - 1);
  return { bytes, blocks: layout.blocks, lookups, head: headAt };
}

interface Lookup {
  readonly at: number;
  readonly level: number;
  readonly entries: readonly { readonly tick: number; readonly position: number }[];
}

/** Where everything lies: header blocks, then the data blocks in turn, then the lookup blocks. */
class Layout {
  readonly blocks = new Map<number, number[]>();
  readonly lookups = new Map<number, Lookup[]>();
  readonly size: number;
  readonly extensions: number;

  constructor(channels: readonly MadeChannel64[], extensions: number, fanOut: number) {
    this.extensions = extensions;
    let at = BLOCK * (1 + extensions);
    for (const { number } of channels) this.blocks.set(number, []);
    for (let turn = 0; turn < Math.max(0, ...channels.map(({ blocks }) => blocks.length)); turn++) {
      for (const { number, blocks } of channels) {
        if (turn >= blocks.length) continue;
        this.blocks.get(number)?.push(at);
        at += BLOCK;
      }
    }
    for (const { number, blocks } of channels) {
      const own: Lookup[] = [];
      let below = blocks.map((block, turn) => ({
        tick: block[0]?.tick ?? 0,
        position: this.blocks.get(number)?.[turn] ?? 0,
      }));
      for (let level = 1; below.length > 0 && (level === 1 || below.length > 1); level++) {
        const above: typeof below = [];
        for (let first = 0; first < below.length; first += fanOut) {
          own.push({ at, level, entries: below.slice(first, first + fanOut) });
          above.push({ tick: below[first]?.tick ?? 0, position: at });
          at += LOOKUP;
        }
        below = above;
      }
      this.lookups.set(number, own);
    }
    this.size = Math.ceil(at / BLOCK) * BLOCK;
  }

  topOf(number: number): number {
    return this.lookups.get(number)?.at(-1)?.at ?? 0;
  }

  parentOf(number: number, position: number): bigint {
    for (const { at, entries } of this.lookups.get(number) ?? []) {
      const index = entries.findIndex((entry) => entry.position === position);
      if (index >= 0) return BigInt(at + index);
    }
    return 0n;
  }
}

/** Texts by number from 1 on, padded to four bytes; the size counts itself. */
function storeOf(texts: readonly string[]): Buffer {
  const parts = texts.map((text) => {
    const bytes = Buffer.from(text, 'utf8');
    const part = Buffer.alloc(4 + Math.ceil((bytes.length + 1) / 4) * 4);
    part.writeUInt32LE(1, 0);
    bytes.copy(part, 4);
    return part;
  });
  const head = Buffer.alloc(8);
  head.writeUInt32LE((8 + parts.reduce((sum, part) => sum + part.length, 0)) / 4, 0);
  head.writeUInt32LE(texts.length, 4);
  return Buffer.concat([head, ...parts]);
}

function writeFileHead(
  header: Buffer,
  layout: Layout,
  slots: number,
  stringsAt: number,
  channels: readonly MadeChannel64[],
): void {
  header.write('S64pl\0\x01\x01', 0, 'latin1');
  header.writeUInt16LE(0xffff, 8);
  // 58 hundredths, 53 s, 26 min, 9 h, 14 March 2024.
  Buffer.from([58, 53, 26, 9, 14, 3]).copy(header, 24);
  header.writeUInt16LE(2024, 30);
  header.writeDoubleLE(1e-5, 32);
  header.writeUInt32LE(2048, 48);
  header.writeUInt32LE(stringsAt, 52);
  header.writeUInt32LE(slots, 56);
  header.writeUInt32LE(272, 60);
  header.writeUInt32LE(layout.extensions, 996);
  header.writeBigInt64LE(BigInt(layout.size), 1000);
  header.writeBigInt64LE(BigInt(Math.max(-1, ...channels.map(lastTickOf))), 1016);
  for (let index = 0; index < layout.extensions; index++) {
    header.writeBigInt64LE(BigInt(BLOCK * (1 + index)), 1024 + 8 * index);
  }
}

function lastTickOf({ blocks, ticksPerSample = 1 }: MadeChannel64): number {
  const ends = blocks.flat().map((part) => {
    return 'samples' in part ? part.tick + (part.samples.length - 1) * ticksPerSample : part.tick;
  });
  return Math.max(-1, ...ends);
}

function itemBytesOf({ kind, rows = 0 }: MadeChannel64): number {
  if (kind === kinds.adc) return 2;
  if (kind === kinds.realWave) return 4;
  if (kind === kinds.eventFall || kind === kinds.eventRise) return 8;
  const width = kind === kinds.adcMark ? 2 : kind === kinds.realMark ? 4 : 1;
  return Math.ceil((16 + rows * width) / 8) * 8;
}

function writeChannelHead(header: Buffer, channel: MadeChannel64, layout: Layout, texts: readonly string[]): void {
  const { number, kind, title = '', units = '', scale = 1, offset = 0, ticksPerSample = 0, rows = 0 } = channel;
  const at = 2048 + 272 * (number - 1);
  header.writeBigInt64LE(BigInt(layout.topOf(number)), at);
  header.writeBigInt64LE(BigInt(channel.blocks.length), at + 16);
  header.writeBigInt64LE(BigInt(channel.blocks.length), at + 24);
  header.writeUInt32LE(itemBytesOf(channel), at + 32);
  header.writeUInt16LE(rows, at + 36);
  header.writeUInt16LE(rows > 0 ? 1 : 0, at + 38);
  header.writeUInt8(kind, at + 46);
  header.writeUInt32LE(texts.indexOf(title) + 1, at + 52);
  header.writeUInt32LE(texts.indexOf(units) + 1, at + 56);
  header.writeBigInt64LE(BigInt(ticksPerSample), at + 64);
  header.writeDoubleLE(scale, at + 80);
  header.writeDoubleLE(offset, at + 88);
}

function writeBlockHead(bytes: Buffer, at: number, parent: bigint | number, slot: number, items: number): void {
  bytes.writeBigInt64LE(BigInt(parent), at);
  bytes.writeUInt16LE(slot, at + 8);
  bytes.writeUInt32LE(items, at + 12);
}

function writeData(bytes: Buffer, channel: MadeChannel64, layout: Layout): void {
  const { number } = channel;
  channel.blocks.forEach((block, turn) => {
    const at = layout.blocks.get(number)?.[turn] ?? 0;
    writeBlockHead(bytes, at, layout.parentOf(number, at), number - 1, block.length);
    let place = at + 16;
    for (const part of block) place = writePart(bytes, place, channel, part);
  });
  for (const { at, level, entries } of layout.lookups.get(number) ?? []) {
    writeBlockHead(bytes, at, layout.parentOf(number, at) + (BigInt(level) << 8n), number - 1, entries.length);
    entries.forEach(({ tick, position }, index) => {
      bytes.writeBigInt64LE(BigInt(tick), at + 16 + 16 * index);
      bytes.writeBigInt64LE(BigInt(position), at + 24 + 16 * index);
    });
  }
}

/** Gives the place behind it. */
function writePart(bytes: Buffer, at: number, channel: MadeChannel64, part: MadeStretch | MadeEvent64): number {
  const width = itemBytesOf(channel);
  bytes.writeBigInt64LE(BigInt(part.tick), at);
  if ('samples' in part) {
    bytes.writeUInt32LE(part.samples.length, at + 8);
    part.samples.forEach((sample, index) => {
      if (width === 2) bytes.writeInt16LE(sample, at + 16 + 2 * index);
      else bytes.writeFloatLE(sample, at + 16 + 4 * index);
    });
    return at + 16 + Math.ceil((part.samples.length * width) / 8) * 8;
  }
  part.codes?.forEach((code, index) => bytes.writeUInt8(code, at + 8 + index));
  if (part.text !== undefined) bytes.write(part.text, at + 16, 'utf8');
  return at + width;
}
