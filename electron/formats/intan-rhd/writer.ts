import type { FileHandle } from 'node:fs/promises';
import { ByteBuilder } from '../byte-builder.ts';
import { startFile } from '../new-file.ts';

/**
 * Writes the single-file layout of Intan RHX (file version 3.3): a header, then blocks of 128 samples in which all
 * samples of one channel lie together. Nothing but the block that is being written is held in memory.
 *
 * The layout of header and blocks follows the manufacturer's document "RHD2000 Data File Formats" (Intan Technologies).
 */

/** Samples in a block of files of version 2 and later. */
export const RHD_BLOCK = 128;

const MAGIC = 0xc6912702;
const VERSION = [3, 3] as const;
/** Microvolts a bit of an amplifier, whose words are offset by 32768. */
const AMPLIFIER_UV = 0.195;
/** Volts a bit of an auxiliary input; unsigned, no offset. */
const AUXILIARY_V = 37.4e-6;
/** Board mode of the RHD recording controller: analog inputs of +-10.24 V. */
const BOARD_MODE = 13;
const BOARD_ADC_V = 312.5e-6;
const WORD_OFFSET = 32768;
/** Auxiliary inputs are sampled once in four amplifier samples. */
const AUXILIARY_EVERY = 4;

const signalTypes = { amplifier: 0, auxiliary: 1, boardAdc: 3, digitalIn: 4 } as const;
type SignalType = keyof typeof signalTypes;

export interface RhdChannel {
  /** What the device calls it: `A-000`, `A-AUX1`, `ANALOG-IN-1`, `DIGITAL-IN-01`. */
  readonly nativeName: string;
  /** What the user called it. */
  readonly customName: string;
  /** Ohms at 1 kHz; 0 where it was not measured. */
  readonly impedance?: number;
}

/** Channels of a file. A digital line's place in its list is its bit in the digital word. */
export interface RhdLayout {
  /** Samples per second of the amplifiers. */
  readonly sampleRate: number;
  readonly amplifier: readonly RhdChannel[];
  readonly auxiliary: readonly RhdChannel[];
  readonly boardAdc: readonly RhdChannel[];
  readonly digitalIn: readonly RhdChannel[];
  readonly notes: readonly [string, string, string];
}

/** A stretch of samples in physical units, one array a channel. Its length is a multiple of {@link RHD_BLOCK}. */
export interface RhdSamples {
  readonly samples: number;
  /** Microvolts. */
  readonly amplifier: readonly Float32Array[];
  /** Volts; a quarter as many samples. */
  readonly auxiliary: readonly Float32Array[];
  /** Volts. */
  readonly boardAdc: readonly Float32Array[];
  /** Words whose bits are the digital lines. */
  readonly digitalIn: Uint16Array;
}

export class RhdWriter {
  readonly #file: FileHandle;
  readonly #layout: RhdLayout;
  #timestamp: number;

  private constructor(file: FileHandle, layout: RhdLayout, firstTimestamp: number) {
    this.#file = file;
    this.#layout = layout;
    this.#timestamp = firstTimestamp;
  }

  /**
   * Makes the file with its header.
   * @param firstTimestamp sample number of the first sample
   * @throws the fault of the file system when the file exists or cannot be made
   */
  static async create(path: string, layout: RhdLayout, firstTimestamp = 0): Promise<RhdWriter> {
    return new RhdWriter(await startFile(path, headerBytes(layout)), layout, firstTimestamp);
  }

  /** Appends samples; values beyond a word's range are clipped as the device clips them. */
  async append(samples: RhdSamples): Promise<void> {
    if (samples.samples % RHD_BLOCK !== 0) {
      throw new RangeError(`RHD files hold whole blocks of ${RHD_BLOCK} samples, not ${samples.samples}.`);
    }
    await this.#file.writeFile(blockBytes(this.#layout, samples, this.#timestamp));
    this.#timestamp += samples.samples;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function headerBytes(layout: RhdLayout): Buffer {
  const header = new ByteBuilder()
    .u32(MAGIC)
    .i16(...VERSION)
    .f32(layout.sampleRate)
    .i16(1)
    // Cutoff of the offset removal, lower and upper bandwidth: as they are, then as they were asked for.
    .f32(1.17, 0.1, 7604)
    .f32(1, 0.1, 7500)
    // No notch filter; impedance test frequency wanted and used.
    .i16(0)
    .f32(1000, 1000);
  for (const note of layout.notes) qString(header, note);
  // No temperature sensors; the hardware reference.
  header.i16(0, BOARD_MODE);
  qString(header, 'n/a');
  const groups = [
    { name: 'Port A', prefix: 'A', types: ['amplifier', 'auxiliary'] },
    { name: 'Port B', prefix: 'B', types: [] },
    { name: 'Port C', prefix: 'C', types: [] },
    { name: 'Port D', prefix: 'D', types: [] },
    { name: 'Analog In Ports', prefix: 'ANALOG-IN', types: ['boardAdc'] },
    { name: 'Digital In Ports', prefix: 'DIGITAL-IN', types: ['digitalIn'] },
  ] as const satisfies { name: string; prefix: string; types: SignalType[] }[];
  header.i16(groups.length);
  for (const group of groups) {
    const types: readonly SignalType[] = group.types;
    const count = types.reduce((sum, type) => sum + layout[type].length, 0);
    qString(header, group.name);
    qString(header, group.prefix);
    header.i16(count > 0 ? 1 : 0, count, types.includes('amplifier') ? layout.amplifier.length : 0);
    for (const type of types) layout[type].forEach((channel, order) => channelRecord(header, type, channel, order));
  }
  return header.build();
}

function channelRecord(header: ByteBuilder, type: SignalType, channel: RhdChannel, order: number): void {
  qString(header, channel.nativeName);
  qString(header, channel.customName);
  // Native and custom order, signal type, enabled, chip channel, board stream.
  header.i16(order, order, signalTypes[type], 1, order, 0);
  // Spike trigger: by level at 0 microvolts, digital input 0, rising edge.
  header.i16(0, 0, 0, 0);
  const impedance = channel.impedance ?? 0;
  header.f32(impedance, impedance === 0 ? 0 : -70);
}

/** A string as Qt streams it: length in bytes, then UTF-16LE. */
function qString(header: ByteBuilder, text: string): void {
  const bytes = Buffer.from(text, 'utf16le');
  header.u32(bytes.length).append(bytes);
}

function blockBytes(layout: RhdLayout, samples: RhdSamples, firstTimestamp: number): Buffer {
  const fast = layout.amplifier.length + layout.boardAdc.length + (layout.digitalIn.length > 0 ? 1 : 0);
  const words = RHD_BLOCK * (2 + fast) + (RHD_BLOCK / AUXILIARY_EVERY) * layout.auxiliary.length;
  const blocks = samples.samples / RHD_BLOCK;
  const out = new Uint16Array(words * blocks);
  let at = 0;
  const scaled = (channels: readonly Float32Array[], block: number, count: number, unit: number, offset: number) => {
    for (const values of channels) {
      for (let s = block * count; s < (block + 1) * count; s++) {
        const word = Math.round((values[s] ?? 0) / unit) + offset;
        out[at++] = word < 0 ? 0 : word > 65_535 ? 65_535 : word;
      }
    }
  };
  for (let block = 0; block < blocks; block++) {
    for (let s = 0; s < RHD_BLOCK; s++) {
      const stamp = firstTimestamp + block * RHD_BLOCK + s;
      out[at++] = stamp & 0xffff;
      out[at++] = (stamp >> 16) & 0xffff;
    }
    scaled(samples.amplifier, block, RHD_BLOCK, AMPLIFIER_UV, WORD_OFFSET);
    scaled(samples.auxiliary, block, RHD_BLOCK / AUXILIARY_EVERY, AUXILIARY_V, 0);
    scaled(samples.boardAdc, block, RHD_BLOCK, BOARD_ADC_V, WORD_OFFSET);
    if (layout.digitalIn.length > 0) {
      out.set(samples.digitalIn.subarray(block * RHD_BLOCK, (block + 1) * RHD_BLOCK), at);
      at += RHD_BLOCK;
    }
  }
  return Buffer.from(out.buffer);
}
