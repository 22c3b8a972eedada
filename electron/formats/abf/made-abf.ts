import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a test wants to stand in a file; the rest is ordinary. */
export interface MadeAbf {
  readonly mode?: number;
  readonly channels?: number;
  readonly float?: boolean;
  /** Multiplexed samples. */
  readonly samples?: readonly number[];
  /** Microseconds between samples of one channel. */
  readonly interval?: number;
  readonly synchUnit?: number;
  readonly synch?: readonly (readonly [start: number, length: number])[];
  readonly tags?: readonly (readonly [time: number, text: string])[];
  readonly samplesPerSweep?: number;
  /** Version 1 only. */
  readonly version?: number;
  readonly ignored?: number;
  readonly telegraph?: number;
  /** Version 2 only. */
  readonly compressed?: boolean;
}

const BLOCK = 512;
const blocks = (bytes: number) => Math.ceil(bytes / BLOCK);

function sections({ samples = [], synch = [], tags = [], float = false, ignored = 0 }: MadeAbf) {
  const width = float ? 4 : 2;
  const data = Buffer.alloc(blocks((samples.length + ignored) * width) * BLOCK);
  samples.forEach((value, index) => {
    if (float) data.writeFloatLE(value, (index + ignored) * 4);
    else data.writeInt16LE(value, (index + ignored) * 2);
  });
  const synchBytes = Buffer.alloc(blocks(synch.length * 8) * BLOCK);
  synch.forEach(([start, length], index) => {
    synchBytes.writeInt32LE(start, 8 * index);
    synchBytes.writeInt32LE(length, 8 * index + 4);
  });
  const tagBytes = Buffer.alloc(blocks(tags.length * 64) * BLOCK);
  tags.forEach(([time, text], index) => {
    tagBytes.writeInt32LE(time, 64 * index);
    tagBytes.write(text.padEnd(56), 64 * index + 4, 'latin1');
    tagBytes.writeInt16LE(1, 64 * index + 60);
  });
  return { data, synch: synchBytes, tags: tagBytes };
}

/** Writes a file of version 1: header, data, synch array, tags. Channel k is physical channel 15 - k. */
export function writeAbf1(folder: string, made: MadeAbf): string {
  const { channels = 1, version = 1.83 } = made;
  const parts = sections(made);
  const headBlocks = version < 1.6 ? 4 : 12;
  const head = Buffer.alloc(headBlocks * BLOCK);
  head.write('ABF ', 0, 'latin1');
  head.writeFloatLE(version, 4);
  head.writeInt16LE(made.mode ?? 3, 8);
  head.writeInt32LE(made.samples?.length ?? 0, 10);
  head.writeInt16LE(made.ignored ?? 0, 14);
  head.writeInt32LE(made.synch?.length ?? 1, 16);
  head.writeInt32LE(20240304, 20);
  head.writeInt32LE(3661, 24);
  head.writeInt32LE(headBlocks, 40);
  const synchBlock = headBlocks + parts.data.length / BLOCK;
  head.writeInt32LE(synchBlock + parts.synch.length / BLOCK, 44);
  head.writeInt32LE(made.tags?.length ?? 0, 48);
  head.writeInt32LE(made.synch ? synchBlock : 0, 92);
  head.writeInt32LE(made.synch?.length ?? 0, 96);
  head.writeInt16LE(made.float ? 1 : 0, 100);
  head.writeInt16LE(channels, 120);
  head.writeFloatLE((made.interval ?? 100) / channels, 122);
  head.writeFloatLE(made.synchUnit ?? 0, 130);
  head.writeInt32LE(made.samplesPerSweep ?? 0, 138);
  head.writeFloatLE(10, 244);
  head.writeInt32LE(32768, 252);
  head.writeInt16LE(7, 366);
  for (let index = 0; index < channels; index++) {
    const physical = 15 - index;
    head.writeInt16LE(physical, 410 + 2 * index);
    head.write(`IN ${index}`.padEnd(10), 442 + 10 * physical, 'latin1');
    head.write('mV'.padEnd(8), 602 + 8 * physical, 'latin1');
    head.writeFloatLE(0, 730 + 4 * physical);
    head.writeFloatLE(0.5, 922 + 4 * physical);
    head.writeFloatLE(3, 986 + 4 * physical);
    head.writeFloatLE(2, 1050 + 4 * physical);
    head.writeFloatLE(1, 1114 + 4 * physical);
  }
  let bytes: Buffer = Buffer.concat([head, parts.data, parts.synch, parts.tags]);
  if (made.telegraph !== undefined) {
    // In files of short headers sample data stand here.
    bytes = Buffer.concat([bytes], Math.max(bytes.length, 6144));
    for (let index = 0; index < channels; index++) {
      bytes.writeInt16LE(1, 4512 + 2 * (15 - index));
      bytes.writeFloatLE(made.telegraph, 4576 + 4 * (15 - index));
    }
  }
  return write(folder, bytes);
}

/** Writes a file of version 2: header, protocol, channels, strings, data, synch array, tags. */
export function writeAbf2(folder: string, made: MadeAbf): string {
  const { channels = 1 } = made;
  const parts = sections(made);
  const protocol = Buffer.alloc(BLOCK);
  protocol.writeInt16LE(made.mode ?? 3, 0);
  protocol.writeFloatLE(made.interval ?? 100, 2);
  protocol.writeUInt8(made.compressed ? 1 : 0, 6);
  protocol.writeFloatLE(made.synchUnit ?? 0, 14);
  protocol.writeInt32LE(made.samplesPerSweep ?? 0, 22);
  protocol.writeFloatLE(10, 110);
  protocol.writeInt32LE(32768, 118);
  const adc = Buffer.alloc(blocks(128 * channels) * BLOCK);
  const names = ['clampex', 'mV'];
  for (let index = 0; index < channels; index++) {
    const at = 128 * index;
    adc.writeInt16LE(made.telegraph === undefined ? 0 : 1, at + 2);
    adc.writeFloatLE(made.telegraph ?? 0, at + 6);
    adc.writeFloatLE(1, at + 28);
    adc.writeFloatLE(0.5, at + 40);
    adc.writeFloatLE(3, at + 44);
    adc.writeFloatLE(2, at + 48);
    adc.writeFloatLE(1, at + 52);
    names.push(`IN ${index}`);
    adc.writeInt32LE(names.length, at + 74);
    adc.writeInt32LE(2, at + 78);
  }
  const strings = Buffer.alloc(BLOCK);
  strings.write('SSCH', 0, 'latin1');
  const stringBytes = 44 + strings.write(`${names.join('\0')}\0`, 44, 'latin1');
  const head = Buffer.alloc(BLOCK);
  head.write('ABF2', 0, 'latin1');
  head.set([0, 0, 6, 2], 4);
  head.writeUInt32LE(512, 8);
  head.writeUInt32LE(made.synch?.length ?? 1, 12);
  head.writeUInt32LE(20240304, 16);
  head.writeUInt32LE(3661007, 20);
  head.writeUInt16LE(made.float ? 1 : 0, 30);
  let block = 1;
  const place = (at: number, part: Buffer, itemBytes: number, count: number) => {
    head.writeUInt32LE(count > 0 ? block : 0, at);
    head.writeUInt32LE(itemBytes, at + 4);
    head.writeBigInt64LE(BigInt(count), at + 8);
    block += part.length / BLOCK;
  };
  place(76, protocol, 512, 1);
  place(92, adc, 128, channels);
  place(220, strings, stringBytes, names.length);
  place(236, parts.data, made.float ? 4 : 2, made.samples?.length ?? 0);
  place(316, parts.synch, 8, made.synch?.length ?? 0);
  place(252, parts.tags, 64, made.tags?.length ?? 0);
  return write(folder, Buffer.concat([head, protocol, adc, strings, parts.data, parts.synch, parts.tags]));
}

let files = 0;
function write(folder: string, bytes: Buffer): string {
  const path = join(folder, `made${++files}.abf`);
  writeFileSync(path, bytes);
  return path;
}
