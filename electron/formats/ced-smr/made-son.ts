import { kinds } from '../ced/contents.ts';

/** A channel of a file made for tests. */
export interface MadeChannel {
  readonly number: number;
  readonly kind: number;
  readonly title?: string;
  readonly units?: string;
  readonly scale?: number;
  readonly offset?: number;
  readonly ticksPerSample?: number;
  /** Bytes after the codes of a marker. */
  readonly extraBytes?: number;
  readonly blocks: readonly MadeBlock[];
}

export type MadeBlock =
  { readonly tick: number; readonly samples: readonly number[] } | { readonly events: readonly MadeEvent[] };

export interface MadeEvent {
  readonly tick: number;
  readonly codes?: readonly [number, number, number, number];
  readonly text?: string;
}

export interface MadeSon {
  readonly bytes: Buffer;
  /** Byte of every block, by channel number. */
  readonly blocks: ReadonlyMap<number, readonly number[]>;
  /** Byte of a channel's record in the table. */
  slot(number: number): number;
}

const SECTOR = 512;

/**
 * A 32-bit SON file with a clock of 10 microseconds. The first blocks of all channels come first, then the second ones,
 * and so on, as they would while recording.
 */
export function makeSon(revision: number, channels: readonly MadeChannel[]): MadeSon {
  const slots = Math.max(32, ...channels.map(({ number }) => number));
  const dataAt = Math.ceil((512 + slots * 140) / SECTOR) * SECTOR;
  const bodies = channels.map((channel) => channel.blocks.map((block) => bodyOf(channel, block)));
  const places: number[][] = bodies.map(() => []);
  let at = dataAt;
  for (let turn = 0; turn < Math.max(...bodies.map((list) => list.length)); turn++) {
    bodies.forEach((list, index) => {
      const body = list[turn];
      if (body === undefined) return;
      places[index]?.push(at);
      at += Math.ceil((20 + body.items.length) / SECTOR) * SECTOR;
    });
  }
  const bytes = Buffer.alloc(at);
  const unit = revision === 9 ? SECTOR : 1;
  writeHeader(bytes, revision, slots, dataAt / unit, Math.max(-1, ...bodies.flat().map(({ lastTick }) => lastTick)));
  channels.forEach((channel, index) => {
    const own = (places[index] ?? []).map((place) => place / unit);
    writeSlot(bytes, revision, channel, own, bodies[index] ?? []);
    bodies[index]?.forEach((body, turn) => {
      const place = places[index]?.[turn] ?? 0;
      bytes.writeInt32LE(own[turn - 1] ?? -1, place);
      bytes.writeInt32LE(own[turn + 1] ?? -1, place + 4);
      bytes.writeInt32LE(body.firstTick, place + 8);
      bytes.writeInt32LE(body.lastTick, place + 12);
      bytes.writeUInt16LE((channel.number & 0xff) | ((channel.number & 0x100) << 1), place + 16);
      bytes.writeUInt16LE(body.count, place + 18);
      body.items.copy(bytes, place + 20);
    });
  });
  const blocks = new Map(channels.map(({ number }, index) => [number, places[index] ?? []]));
  return { bytes, blocks, slot: (number) => 512 + 140 * (number - 1) };
}

interface Body {
  readonly firstTick: number;
  readonly lastTick: number;
  readonly count: number;
  readonly items: Buffer;
}

function bodyOf({ kind, ticksPerSample = 1, extraBytes = 0 }: MadeChannel, block: MadeBlock): Body {
  if ('samples' in block) {
    const width = kind === kinds.adc ? 2 : 4;
    const items = Buffer.alloc(width * block.samples.length);
    block.samples.forEach((sample, index) => {
      if (kind === kinds.adc) items.writeInt16LE(sample, 2 * index);
      else items.writeFloatLE(sample, 4 * index);
    });
    const count = block.samples.length;
    return { firstTick: block.tick, lastTick: block.tick + (count - 1) * ticksPerSample, count, items };
  }
  const width = kind >= kinds.marker ? 8 + extraBytes : 4;
  const items = Buffer.alloc(width * block.events.length);
  block.events.forEach(({ tick, codes, text }, index) => {
    items.writeInt32LE(tick, width * index);
    codes?.forEach((code, place) => items.writeUInt8(code, width * index + 4 + place));
    if (text !== undefined) items.write(text, width * index + 8, 'latin1');
  });
  const ticks = block.events.map(({ tick }) => tick);
  return { firstTick: ticks[0] ?? 0, lastTick: ticks.at(-1) ?? 0, count: ticks.length, items };
}

function writeHeader(bytes: Buffer, revision: number, slots: number, firstData: number, lastTick: number): void {
  bytes.writeInt16LE(revision, 0);
  bytes.write('(C) CED 87', 2, 'latin1');
  bytes.writeUInt16LE(10, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeInt32LE(firstData, 26);
  bytes.writeInt16LE(slots, 30);
  bytes.writeUInt16LE(slots * 140, 32);
  bytes.writeInt32LE(lastTick, 40);
  if (revision < 6) return;
  bytes.writeDoubleLE(1e-6, 44);
  // 58 hundredths, 53 s, 26 min, 9 h, 14 March 2024.
  Buffer.from([58, 53, 26, 9, 14, 3]).copy(bytes, 52);
  bytes.writeUInt16LE(2024, 58);
}

function writeSlot(
  bytes: Buffer,
  revision: number,
  channel: MadeChannel,
  places: readonly number[],
  bodies: readonly Body[],
): void {
  const { number, kind, title = '', units = '', scale = 1, offset = 0, ticksPerSample = 1, extraBytes = 0 } = channel;
  const at = 512 + 140 * (number - 1);
  bytes.writeInt32LE(places[0] ?? -1, at + 6);
  bytes.writeInt32LE(places.at(-1) ?? -1, at + 10);
  bytes.writeUInt16LE(places.length, at + 14);
  bytes.writeUInt16LE(extraBytes, at + 16);
  bytes.writeUInt16LE(Math.max(0, ...bodies.map(({ count }) => count)), at + 24);
  bytes.writeInt32LE(revision >= 6 ? ticksPerSample : 0, at + 102);
  writePascal(bytes, title, at + 108, 10);
  bytes.writeUInt8(kind, at + 122);
  bytes.writeFloatLE(scale, at + 124);
  bytes.writeFloatLE(offset, at + 128);
  writePascal(bytes, units, at + 132, 6);
  // In older revisions the interval counts conversions, of two ticks each.
  bytes.writeUInt16LE(revision < 6 ? ticksPerSample / 2 : 1, at + 138);
}

function writePascal(bytes: Buffer, text: string, at: number, width: number): void {
  bytes.writeUInt8(Math.min(text.length, width - 1), at);
  bytes.write(text, at + 1, width - 1, 'latin1');
}
