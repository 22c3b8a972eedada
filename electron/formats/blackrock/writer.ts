import type { FileHandle } from 'node:fs/promises';
import { ByteBuilder } from '../byte-builder.ts';
import { startFile } from '../new-file.ts';

/**
 * Writes Blackrock's continuous files (NSx) and event files (NEV), file specification 2.3. Only what has not been
 * flushed yet is held in memory. The layouts follow Blackrock's document "LB-0023 File Specification".
 */

/** Ticks a second of both files' time stamps. */
const BLACKROCK_TICKS = 30_000;

export interface NsxChannel {
  /** 1-128 for electrodes, 129-144 for the front end's analog inputs. */
  readonly electrodeId: number;
  readonly label: string;
  /** `uV` or `mV`. */
  readonly units: string;
  /** What a full-scale word of +-`maxDigital` is in `units`. */
  readonly maxAnalog: number;
  readonly maxDigital: number;
  /** Corners of the band in Hz. */
  readonly band: readonly [number, number];
}

export interface NsxLayout {
  /** `30 kS/s`. */
  readonly label: string;
  readonly comment: string;
  /** Ticks from sample to sample: 1 for 30 kHz. */
  readonly period: number;
  readonly startedAt: Date;
  readonly channels: readonly NsxChannel[];
}

/** One data packet header: byte 1, time stamp, number of points. */
const NSX_PACKET_HEADER = 9;

export class NsxWriter {
  readonly #file: FileHandle;
  readonly #channels: readonly NsxChannel[];
  #position: number;
  #packet: { at: number; points: number } | null = null;

  private constructor(file: FileHandle, channels: readonly NsxChannel[], position: number) {
    this.#file = file;
    this.#channels = channels;
    this.#position = position;
  }

  /** Makes the file with its headers; a file that is there already is a fault. */
  static async create(path: string, layout: NsxLayout): Promise<NsxWriter> {
    const header = nsxHeader(layout);
    return new NsxWriter(await startFile(path, header), layout.channels, header.length);
  }

  /** Begins a data packet: a stretch without a pause, whose first sample has this time stamp. */
  async startSegment(timestamp: number): Promise<void> {
    await this.#endPacket();
    this.#packet = { at: this.#position, points: 0 };
    // The number of points is filled in at the end of the packet; until then 0 says "to the end of the file".
    await this.#write(new ByteBuilder().u8(1).u32(timestamp, 0).build(), this.#position);
    this.#position += NSX_PACKET_HEADER;
  }

  /** Appends samples in the channels' units, one array a channel; values beyond full scale are clipped. */
  async append(values: readonly Float32Array[], points: number): Promise<void> {
    if (this.#packet === null) throw new RangeError('startSegment comes before the first samples.');
    const rows = new Int16Array(points * this.#channels.length);
    this.#channels.forEach((channel, column) => {
      const samples = values[column] ?? new Float32Array(points);
      const gain = channel.maxDigital / channel.maxAnalog;
      const limit = channel.maxDigital;
      for (let s = 0, at = column; s < points; s++, at += this.#channels.length) {
        const word = Math.round((samples[s] ?? 0) * gain);
        rows[at] = word > limit ? limit : word < -limit ? -limit : word;
      }
    });
    await this.#write(new Uint8Array(rows.buffer), this.#position);
    this.#position += rows.byteLength;
    this.#packet.points += points;
  }

  async close(): Promise<void> {
    try {
      await this.#endPacket();
    } finally {
      await this.#file.close();
    }
  }

  async #endPacket(): Promise<void> {
    if (this.#packet === null) return;
    const { at, points } = this.#packet;
    this.#packet = null;
    await this.#write(new ByteBuilder().u32(points).build(), at + 5);
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      done += (await this.#file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    }
  }
}

export interface NevElectrode {
  readonly electrodeId: number;
  readonly label: string;
  readonly nanovoltsPerBit: number;
  /** Microvolts at which a waveform was cut out. */
  readonly threshold: number;
  readonly sortedUnits: number;
  readonly band: readonly [number, number];
}

export interface NevLayout {
  readonly comment: string;
  readonly startedAt: Date;
  readonly electrodes: readonly NevElectrode[];
}

/** Samples of a spike's waveform. */
export const NEV_WAVEFORM = 48;

const NEV_PACKET = 8 + 2 * NEV_WAVEFORM;
const DIGITAL_PACKET = 0;
const COMMENT_PACKET = 0xffff;
const REASON_PORT = 0x01;
const REASON_SERIAL = 0x81;
/** Packets held before they are written. */
const FLUSH_AT = 1024;

/** Writes events in the order in which they are given. */
export class NevWriter {
  readonly #file: FileHandle;
  readonly #nanovolts: ReadonlyMap<number, number>;
  readonly #held = Buffer.alloc(FLUSH_AT * NEV_PACKET);
  #count = 0;

  private constructor(file: FileHandle, layout: NevLayout) {
    this.#file = file;
    this.#nanovolts = new Map(layout.electrodes.map((one) => [one.electrodeId, one.nanovoltsPerBit]));
  }

  /** Makes the file with its headers; a file that is there already is a fault. */
  static async create(path: string, layout: NevLayout): Promise<NevWriter> {
    return new NevWriter(await startFile(path, nevHeader(layout)), layout);
  }

  /** A word that was latched at the parallel port. */
  async digital(timestamp: number, value: number): Promise<void> {
    const at = await this.#packet(timestamp, DIGITAL_PACKET);
    this.#held.writeUInt8(REASON_PORT, at + 6);
    this.#held.writeUInt16LE(value, at + 8);
  }

  /** A byte that came over the serial line. */
  async serial(timestamp: number, value: number): Promise<void> {
    const at = await this.#packet(timestamp, DIGITAL_PACKET);
    this.#held.writeUInt8(REASON_SERIAL, at + 6);
    this.#held.writeUInt16LE(value & 0xff, at + 8);
  }

  /** @param waveform {@link NEV_WAVEFORM} values in microvolts; missing ones are 0 */
  async spike(timestamp: number, electrodeId: number, unit: number, waveform: Float32Array): Promise<void> {
    const at = await this.#packet(timestamp, electrodeId);
    const microvoltsPerBit = (this.#nanovolts.get(electrodeId) ?? 250) / 1000;
    this.#held.writeUInt8(unit, at + 6);
    for (let s = 0; s < NEV_WAVEFORM; s++) {
      const word = Math.round((waveform[s] ?? 0) / microvoltsPerBit);
      this.#held.writeInt16LE(Math.max(-32_768, Math.min(32_767, word)), at + 8 + 2 * s);
    }
  }

  /** @param text what fits the packet is kept: one byte a character */
  async comment(timestamp: number, text: string): Promise<void> {
    const at = await this.#packet(timestamp, COMMENT_PACKET);
    // Character set ANSI, flag 0, then the time stamp at which the comment began (flag 1) or a colour: white.
    this.#held.writeUInt32LE(0x00ff_ffff, at + 8);
    this.#held.write(text, at + 12, NEV_PACKET - 13, 'latin1');
  }

  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      await this.#file.close();
    }
  }

  async #packet(timestamp: number, id: number): Promise<number> {
    if (this.#count === FLUSH_AT) await this.#flush();
    const at = this.#count++ * NEV_PACKET;
    this.#held.fill(0, at, at + NEV_PACKET);
    this.#held.writeUInt32LE(timestamp, at);
    this.#held.writeUInt16LE(id, at + 4);
    return at;
  }

  async #flush(): Promise<void> {
    await this.#file.writeFile(this.#held.subarray(0, this.#count * NEV_PACKET));
    this.#count = 0;
  }
}

function nsxHeader(layout: NsxLayout): Buffer {
  const header = new ByteBuilder()
    .chars('NEURALCD', 8)
    .u8(2)
    .u8(3)
    .u32(314 + 66 * layout.channels.length)
    .chars(layout.label, 16)
    .chars(layout.comment, 255)
    .zeros(1)
    .u32(layout.period, BLACKROCK_TICKS);
  systemTime(header, layout.startedAt).u32(layout.channels.length);
  layout.channels.forEach((channel) => {
    const { connector, pin } = socket(channel.electrodeId);
    header.chars('CC', 2).u16(channel.electrodeId).chars(channel.label, 16).u8(connector).u8(pin);
    header.i16(-channel.maxDigital, channel.maxDigital, -channel.maxAnalog, channel.maxAnalog).chars(channel.units, 16);
    for (const corner of channel.band) header.u32(Math.round(corner * 1000), 1).u16(1);
  });
  return header.build();
}

function nevHeader(layout: NevLayout): Buffer {
  const extended = nevExtendedHeaders(layout);
  const basic = new ByteBuilder()
    .chars('NEURALEV', 8)
    .u8(2)
    .u8(3)
    // Flag bit 0: all waveforms are 16-bit.
    .u16(1)
    .u32(336 + extended.length, NEV_PACKET, BLACKROCK_TICKS, BLACKROCK_TICKS);
  systemTime(basic, layout.startedAt).chars('NDI Desktop', 32).chars(layout.comment, 255).zeros(1);
  return basic
    .u32(extended.length / 32)
    .append(extended)
    .build();
}

function nevExtendedHeaders(layout: NevLayout): Buffer {
  const extended = new ByteBuilder();
  for (const electrode of layout.electrodes) {
    const { connector, pin } = socket(electrode.electrodeId);
    extended.chars('NEUEVWAV', 8).u16(electrode.electrodeId).u8(connector).u8(pin).u16(electrode.nanovoltsPerBit, 0);
    extended.i16(Math.max(0, electrode.threshold), Math.min(0, electrode.threshold));
    extended.u8(electrode.sortedUnits).u8(2).u16(NEV_WAVEFORM).zeros(8);
  }
  for (const electrode of layout.electrodes) {
    extended.chars('NEUEVLBL', 8).u16(electrode.electrodeId).chars(electrode.label, 16).zeros(6);
  }
  for (const electrode of layout.electrodes) {
    extended.chars('NEUEVFLT', 8).u16(electrode.electrodeId);
    for (const corner of electrode.band) extended.u32(Math.round(corner * 1000), 1).u16(1);
    extended.zeros(2);
  }
  extended.chars('DIGLABEL', 8).chars('serial', 16).u8(0).zeros(7);
  extended.chars('DIGLABEL', 8).chars('digin', 16).u8(1).zeros(7);
  return extended.build();
}

/** Windows' SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond; UTC. */
function systemTime(header: ByteBuilder, date: Date): ByteBuilder {
  return header.u16(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
}

/** Where an electrode is plugged in: banks of 32 pins. */
function socket(electrodeId: number): { connector: number; pin: number } {
  return { connector: Math.ceil(electrodeId / 32), pin: ((electrodeId - 1) % 32) + 1 };
}
