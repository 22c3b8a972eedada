import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenRecording } from '../format.ts';
import { openRecording } from '../registry.ts';
import { RHD_BLOCK, RhdWriter, type RhdLayout } from './writer.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'rhd writer '))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const named = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, k) => ({ nativeName: `${prefix}${k + 1}`, customName: `${prefix} é ${k + 1}` }));

const layout: RhdLayout = {
  sampleRate: 25_000,
  amplifier: named('A-', 3),
  auxiliary: named('A-AUX', 3),
  boardAdc: named('ANALOG-IN-', 2),
  digitalIn: named('DIGITAL-IN-', 10),
  notes: ['one', '', 'µV'],
};

/** Values that are different for every channel and sample, and lie on the words of `unit`. */
const ramp = (channels: number, samples: number, unit: number, from: number) =>
  Array.from({ length: channels }, (_, c) =>
    Float32Array.from({ length: samples }, (_u, s) => unit * (from + c * 700 + s)),
  );

/** The stored word of a channel's sample, found by what the reader says of the file's layout. */
async function word(recording: OpenRecording, name: string, sample: number): Promise<number> {
  const stream = recording.streams.find((one) => one.channels.some(({ channel }) => channel.name === name))!;
  const { channelOffset } = stream.channels.find(({ channel }) => channel.name === name)!;
  const run = stream.runs.find((one) => sample < one.firstSample + one.samples)!;
  const position = run.first + sample - run.firstSample;
  const inBlock = position % run.samplesPerBlock;
  const at = run.offset + Math.floor(position / run.samplesPerBlock) * run.blockBytes + channelOffset + 2 * inBlock;
  return (await readFile(run.file)).readUInt16LE(at);
}

async function write(path: string, firstTimestamp = 0): Promise<void> {
  const writer = await RhdWriter.create(path, layout, firstTimestamp);
  for (const from of [0, 2 * RHD_BLOCK]) {
    await writer.append({
      samples: 2 * RHD_BLOCK,
      amplifier: ramp(3, 2 * RHD_BLOCK, 0.195, from),
      auxiliary: ramp(3, RHD_BLOCK / 2, 37.4e-6, from / 4),
      boardAdc: ramp(2, 2 * RHD_BLOCK, 312.5e-6, from),
      digitalIn: Uint16Array.from({ length: 2 * RHD_BLOCK }, (_, s) => (from + s) % 1024),
    });
  }
  await writer.close();
}

describe('RhdWriter', () => {
  it('writes what the reader reads: header, channels, rates, length and start', async () => {
    const path = join(folder, 'session 1.rhd');
    await write(path, 5000);
    const { info } = openRecording(path);
    expect(info.version).toBe('3.3');
    expect(info.problems).toEqual([]);
    expect(info.segments).toEqual([{ start: 0, samples: 512, t0: 0.2, t1: 5511 / 25_000 }]);
    const summary = info.channels
      .filter(({ type }) => type !== 'time')
      .map((c) => [c.name, c.label, c.sampleRate, c.samples]);
    expect(summary.slice(0, 3)).toEqual(
      [1, 2, 3].map((k) => [`ai${k}`, expect.stringContaining(`A- é ${k}`) as string, 25_000, 512]),
    );
    expect(summary).toContainEqual(['ax1', expect.stringContaining('A-AUX é 1'), 6250, 128]);
    expect(summary).toContainEqual(['di10', expect.stringContaining('DIGITAL-IN- é 10'), 25_000, 512]);
  });

  it('puts every sample where the format has it', async () => {
    const path = join(folder, 'a.rhd');
    await write(path);
    const recording = openRecording(path);
    for (const sample of [0, 127, 128, 300, 511]) {
      expect(await word(recording, 'ai1', sample)).toBe(32_768 + sample);
      expect(await word(recording, 'ai3', sample)).toBe(32_768 + 1400 + sample);
      expect(await word(recording, 'di1', sample)).toBe(sample % 1024);
    }
    for (const sample of [0, 31, 32, 127]) expect(await word(recording, 'ax2', sample)).toBe(700 + sample);
  });

  it('clips values beyond the range of a word', async () => {
    const path = join(folder, 'clipped.rhd');
    const only = { ...layout, amplifier: named('A-', 2), auxiliary: [], boardAdc: [], digitalIn: [] };
    const writer = await RhdWriter.create(path, only);
    const amplifier = [new Float32Array(RHD_BLOCK).fill(1e6), new Float32Array(RHD_BLOCK).fill(-1e6)];
    await writer.append({ samples: RHD_BLOCK, amplifier, auxiliary: [], boardAdc: [], digitalIn: new Uint16Array(0) });
    await writer.close();
    const recording = openRecording(path);
    expect([await word(recording, 'ai1', 5), await word(recording, 'ai2', 5)]).toEqual([65_535, 0]);
  });

  it('refuses a part of a block and a file that is there already', async () => {
    const path = join(folder, 'a.rhd');
    const writer = await RhdWriter.create(path, layout);
    const none = { amplifier: [], auxiliary: [], boardAdc: [], digitalIn: new Uint16Array(0) };
    await expect(writer.append({ samples: 100, ...none })).rejects.toThrow(RangeError);
    await writer.close();
    await expect(RhdWriter.create(path, layout)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
