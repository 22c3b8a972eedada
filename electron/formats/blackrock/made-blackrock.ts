import { readFile } from 'node:fs/promises';
import { ByteBuilder } from '../byte-builder.ts';
import { NevWriter, NsxWriter } from './writer.ts';

const startedAt = new Date('2026-01-02T03:04:05.006Z');

/** Never zero for long, so that zeros in its place would be seen. */
const wave = (channel: number, samples: number) =>
  Float32Array.from({ length: samples }, (_, sample) => 40 + 30 * Math.sin(sample / (3 + channel)));

/** Specification 2.1: words alone; that of channel c (from 0) in row s is given. */
export function nsx21(period: number, electrodes: readonly number[], rows: number, word: Word): Buffer {
  const out = new ByteBuilder()
    .chars('NEURALSG', 8)
    .chars('1 kS/s', 16)
    .u32(period, electrodes.length, ...electrodes);
  for (let s = 0; s < rows; s++) out.i16(...electrodes.map((_, c) => word(c, s)));
  return out.build();
}

type Word = (channel: number, row: number) => number;

/** Specification 3.0 of two channels; every packet has a stamp and rows, whose numbers count on. */
export function nsx30(
  resolution: number,
  packets: readonly { readonly stamp: bigint; readonly rows: number }[],
  word: Word,
): Buffer {
  const channels = [1, 2];
  const out = new ByteBuilder()
    .chars('BRSMPGRP', 8)
    .u8(3)
    .u8(0)
    .u32(314 + 66 * channels.length);
  out.chars('30 kS/s', 16).zeros(256).u32(1, resolution).u16(2026, 1, 5, 2, 3, 4, 5, 6).u32(channels.length);
  for (const electrode of channels) {
    out.chars('CC', 2).u16(electrode).chars(`elec${electrode}`, 16).u16(0).i16(-32_764, 32_764, -8191, 8191);
    out.chars('uV', 16).zeros(20);
  }
  let row = 0;
  for (const { stamp, rows } of packets) {
    out.u8(1).u32(Number(stamp & 0xffffffffn), Number(stamp >> 32n), rows);
    for (const end = row + rows; row < end; row++) out.i16(...channels.map((_, c) => word(c, row)));
  }
  return out.build();
}

/** Specification 2.3: three channels at 30 kHz in two pieces of 400 samples, the second one after a pause. */
export async function writePausedNsx(path: string): Promise<void> {
  const channels = [1, 2, 129].map((electrodeId) => {
    const scale = { units: 'uV', maxAnalog: 8191, maxDigital: 32_764, band: [0.3, 7500] as const };
    return { electrodeId, label: `elec${electrodeId}`, ...scale };
  });
  const nsx = await NsxWriter.create(path, { label: '30 kS/s', comment: 'c', period: 1, startedAt, channels });
  for (const start of [10, 5000]) {
    await nsx.startSegment(start);
    const pieces = channels.map((_, channel) => wave(channel, 400));
    await nsx.append(pieces, 400);
  }
  await nsx.close();
}

/** 40 words of the digital port and 40 spikes of two electrodes, 1/3000 s apart. */
export async function writeNev(path: string): Promise<void> {
  const spikes = { nanovoltsPerBit: 250, threshold: -50, sortedUnits: 2, band: [250, 7500] as const };
  const electrodes = [1, 2].map((electrodeId) => ({ electrodeId, label: `elec${electrodeId}`, ...spikes }));
  const nev = await NevWriter.create(path, { comment: 'c', startedAt, electrodes });
  for (let stamp = 0; stamp < 40; stamp += 1) {
    await nev.digital(10 * stamp, stamp);
    await nev.spike(10 * stamp + 5, 1 + (stamp % 2), stamp % 3, wave(1, 48));
  }
  await nev.close();
}

/** An event file with packets of more kinds at its end: by their number, of a stamp. */
export async function withPackets(path: string, kinds: readonly number[], stamp: number): Promise<Buffer> {
  const bytes = await readFile(path);
  const packetBytes = bytes.readUInt32LE(16);
  const more = kinds.map((kind) =>
    new ByteBuilder()
      .u32(stamp)
      .u16(kind)
      .zeros(packetBytes - 6)
      .build(),
  );
  return Buffer.concat([bytes, ...more]);
}

/** The number of nanovolts a bit in the header of the first electrode of an event file says something else. */
export function withFactor(nev: Buffer, factor: number): Buffer {
  const changed = Buffer.from(nev);
  changed.writeUInt16LE(factor, changed.indexOf('NEUEVWAV', 336, 'latin1') + 12);
  return changed;
}
