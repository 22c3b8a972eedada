import { ByteBuilder } from '../byte-builder.ts';

/** A recording made for tests: a header of any version, whose every kind of channel has two but for one supply. */
export interface MadeRhd {
  readonly major: number;
  readonly minor: number;
  /** From version 1.1 on; in older headers there is no room for their number. */
  readonly sensors?: number;
  /** From version 1.3 on. */
  readonly boardMode?: number;
  /** 0 none, 1 = 50 Hz, 2 = 60 Hz. */
  readonly notch?: number;
}

const RATE = 20_000;
const CHANNELS = [
  ['A-000', 0, 0],
  ['A-001', 0, 1],
  ['A-AUX1', 1, 0],
  ['A-AUX2', 1, 1],
  ['A-VDD1', 2, 0],
  ['ANALOG-IN-1', 3, 0],
  ['ANALOG-IN-2', 3, 1],
  ['DIGITAL-IN-02', 4, 1],
  ['DIGITAL-IN-16', 4, 15],
] as const;

/** The stored words of a made recording, by kind and channel (from 0). Never alike for long. */
export const words = {
  amplifier: (channel: number, s: number) => 30_000 + 2000 * channel + ((7 * s) % 4001),
  auxiliary: (channel: number, s: number) => 20_000 + 1000 * channel + ((3 * s) % 997),
  supply: (block: number) => 44_000 + block,
  /** Signed; -12.5 degrees and up. */
  temperature: (sensor: number, block: number) => -1250 + 2600 * sensor + block,
  adc: (channel: number, s: number) => 10_000 + 5000 * channel + ((11 * s) % 3001),
  digital: (s: number) => (((s >> 3) & 1) << 1) | (((s >> 5) & 1) << 15),
} as const;

export const blockSamples = ({ major }: MadeRhd) => (major === 1 ? 60 : 128);

export function rhdHeader(made: MadeRhd): Buffer {
  const { major, minor, sensors = 0, boardMode = 0, notch = 0 } = made;
  const since = (a: number, b: number) => major > a || (major === a && minor >= b);
  const header = new ByteBuilder().u32(0xc6912702).i16(major, minor).f32(RATE).i16(1);
  header.f32(1, 0.1, 7500, 1, 0.1, 7500).i16(notch).f32(1000, 1000);
  for (const note of ['one', '', 'µV']) text(header, note);
  if (since(1, 1)) header.i16(sensors);
  if (since(1, 3)) header.i16(boardMode);
  if (since(2, 0)) text(header, 'n/a');
  header.i16(1);
  text(header, 'Port A');
  text(header, 'A');
  header.i16(1, CHANNELS.length, 2);
  for (const [name, type, order] of CHANNELS) {
    text(header, name);
    text(header, name);
    header.i16(order, order, type, 1, 0, 0, 0, 0, 0, 0).f32(0, 0);
  }
  return header.build();
}

function text(header: ByteBuilder, value: string): void {
  const bytes = Buffer.from(value, 'utf16le');
  header.u32(bytes.length).append(bytes);
}

/** Header and blocks; `stampOf` gives the time stamp of each sample. */
export function rhdFile(made: MadeRhd, blocks: number, stampOf = (sample: number) => sample): Buffer {
  const B = blockSamples(made);
  const out = new ByteBuilder().append(rhdHeader(made));
  for (let block = 0; block < blocks; block++) {
    const each = (count: number, value: (s: number) => number) =>
      out.u16(...Array.from({ length: count }, (_, k) => value(count * block + k)));
    out.u32(...Array.from({ length: B }, (_, k) => stampOf(B * block + k) >>> 0));
    for (const channel of [0, 1]) each(B, (s) => words.amplifier(channel, s));
    for (const channel of [0, 1]) each(B / 4, (s) => words.auxiliary(channel, s));
    out.u16(words.supply(block));
    for (let sensor = 0; sensor < (made.sensors ?? 0); sensor++) out.i16(words.temperature(sensor, block));
    for (const channel of [0, 1]) each(B, (s) => words.adc(channel, s));
    each(B, words.digital);
  }
  return out.build();
}

/**
 * The files of a folder, one a signal type or one a channel. All have a row an amplifier sample: auxiliary words are
 * repeated 4 times, those of the supply as often as a block has samples.
 */
export function rhdFolder(made: MadeRhd, layout: 'per signal' | 'per channel', samples: number): Map<string, Buffer> {
  const B = blockSamples(made);
  const aux = (channel: number) => (s: number) => words.auxiliary(channel, s >> 2);
  const amplifier = (channel: number) => (s: number) => words.amplifier(channel, s) - 32_768;
  const adc = (channel: number) => (s: number) => words.adc(channel, s);
  const supply = (s: number) => words.supply(Math.floor(s / B));
  const file = (...columns: ((s: number) => number)[]) =>
    Buffer.from(
      Uint16Array.from(Array.from({ length: samples }, (_, s) => columns.map((column) => column(s) & 0xffff)).flat())
        .buffer,
    );
  const common: [string, Buffer][] = [
    ['info.rhd', rhdHeader(made)],
    ['time.dat', Buffer.from(Int32Array.from({ length: samples }, (_, s) => s).buffer)],
  ];
  if (layout === 'per signal') {
    return new Map([
      ...common,
      ['amplifier.dat', file(amplifier(0), amplifier(1))],
      ['auxiliary.dat', file(aux(0), aux(1))],
      ['supply.dat', file(supply)],
      ['analogin.dat', file(adc(0), adc(1))],
      ['digitalin.dat', file(words.digital)],
    ]);
  }
  return new Map([
    ...common,
    ['amp-A-000.dat', file(amplifier(0))],
    ['amp-A-001.dat', file(amplifier(1))],
    ['aux-A-AUX1.dat', file(aux(0))],
    ['aux-A-AUX2.dat', file(aux(1))],
    ['vdd-A-VDD1.dat', file(supply)],
    ['board-ANALOG-IN-1.dat', file(adc(0))],
    ['board-ANALOG-IN-2.dat', file(adc(1))],
    ['board-DIGITAL-IN-02.dat', file((s) => (words.digital(s) >> 1) & 1)],
    ['board-DIGITAL-IN-16.dat', file((s) => (words.digital(s) >> 15) & 1)],
  ]);
}
