import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecording } from '../registry.ts';
import { NEV_WAVEFORM, NevWriter, NsxWriter } from './writer.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'blackrock writer '))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const startedAt = new Date('2026-03-17T10:05:06.789Z');
const electrode = {
  electrodeId: 4,
  label: 'elec4',
  units: 'uV',
  maxAnalog: 8191,
  maxDigital: 32_764,
  band: [0.3, 7500],
};
const analog = { electrodeId: 129, label: 'ainp1', units: 'mV', maxAnalog: 5000, maxDigital: 32_767, band: [0, 7500] };

async function writeContinuous(path: string): Promise<void> {
  const channels = [electrode, analog].map((one) => ({ ...one, band: [one.band[0]!, one.band[1]!] as const }));
  const writer = await NsxWriter.create(path, { label: '30 kS/s', comment: 'c', period: 1, startedAt, channels });
  const rows = (from: number, count: number) =>
    [1, 2].map((scale) => Float32Array.from({ length: count }, (_, s) => scale * (from + s)));
  await writer.startSegment(600);
  await writer.append(rows(0, 100), 100);
  await writer.append(rows(100, 50), 50);
  await writer.startSegment(3000);
  await writer.append(rows(1000, 20), 20);
  await writer.close();
}

async function writeEvents(path: string): Promise<void> {
  const electrodes = [4, 5].map((electrodeId) => ({
    electrodeId,
    label: `elec${electrodeId}`,
    nanovoltsPerBit: 250,
    threshold: -45,
    sortedUnits: 2,
    band: [250, 7500] as const,
  }));
  const writer = await NevWriter.create(path, { comment: 'c', startedAt, electrodes });
  await writer.digital(600, 1);
  await writer.serial(700, 7);
  for (let k = 0; k < 3000; k++) await writer.spike(900 + k, 5, 2, new Float32Array(NEV_WAVEFORM).fill(-k / 100));
  await writer.comment(4000, 'the end');
  await writer.close();
}

describe('NsxWriter', () => {
  it('writes what the reader reads: channels, scales, segments and start', async () => {
    const path = join(folder, 'a.ns5');
    await writeContinuous(path);
    const { info } = openRecording(path);
    expect(info).toMatchObject({ version: '2.3', startedAt: startedAt.toISOString(), problems: [] });
    expect(info.segments).toEqual([
      { start: 0, samples: 150, t0: 0.02, t1: 749 / 30_000 },
      { start: 150, samples: 20, t0: 0.1, t1: 3019 / 30_000 },
    ]);
    const [first, second] = info.channels;
    expect(first).toMatchObject({
      name: 'ai4',
      label: 'elec4',
      units: 'uV',
      gain: 0.25,
      offset: 0,
      sampleRate: 30_000,
    });
    expect(second).toMatchObject({ name: 'ai129', units: 'mV' });
  });

  it('interleaves the samples of both packets', async () => {
    const path = join(folder, 'a.ns5');
    await writeContinuous(path);
    const { streams, info } = openRecording(path);
    const bytes = await readFile(path);
    const gains = info.channels.slice(0, 2).map((channel) => channel.gain ?? 0);
    const at = (sample: number, column: number) => {
      const run = streams[0]!.runs.findLast((one) => one.firstSample <= sample)!;
      const word = bytes.readInt16LE(run.offset + (sample - run.firstSample) * run.blockBytes + 2 * column);
      return word * gains[column]!;
    };
    expect([at(0, 0), at(149, 0), at(150, 0), at(169, 0)]).toEqual([0, 149, 1000, 1019]);
    expect(at(149, 1)).toBeCloseTo(298, 0);
  });

  it('clips at full scale and wants a segment first', async () => {
    const path = join(folder, 'clip.ns5');
    const channels = [{ ...electrode, band: [0, 7500] as const }];
    const writer = await NsxWriter.create(path, { label: '', comment: '', period: 1, startedAt, channels });
    await expect(writer.append([new Float32Array(1)], 1)).rejects.toThrow(RangeError);
    await writer.startSegment(0);
    await writer.append([Float32Array.of(1e9, -1e9)], 2);
    await writer.close();
    const bytes = await readFile(path);
    expect([bytes.readInt16LE(bytes.length - 4), bytes.readInt16LE(bytes.length - 2)]).toEqual([32_764, -32_764]);
  });
});

describe('NevWriter', () => {
  it('writes what the reader reads: words, serial bytes, spikes and comments', async () => {
    const path = join(folder, 'a.nev');
    await writeEvents(path);
    const recording = openRecording(path);
    expect(recording.info).toMatchObject({ version: '2.3', problems: [] });
    const read = (name: string) => recording.readEvents(new Set([name]), 0, 10, 5000);
    expect(read('mk1').events).toEqual([{ channel: 'mk1', time: 0.02, value: 1 }]);
    expect(read('mk2').events).toEqual([{ channel: 'mk2', time: 700 / 30_000, value: 7 }]);
    const spikes = read('e5');
    expect(spikes.total).toBe(3000);
    expect(spikes.events[2999]).toEqual({ channel: 'e5', time: 3899 / 30_000, value: 2 });
    expect(Object.values(recording.info.events).reduce((sum, count) => sum + count, 0)).toBe(3003);
  });

  it('belongs to the continuous file of the same stem', async () => {
    await writeContinuous(join(folder, 'a.ns5'));
    await writeEvents(join(folder, 'a.nev'));
    const { info } = openRecording(join(folder, 'a.nev'));
    expect(info.files).toEqual([join(folder, 'a.ns5'), join(folder, 'a.nev')]);
    expect(info.events['mk1']).toBe(1);
  });
});
