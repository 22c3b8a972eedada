import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { blockSamples, rhdFile, rhdFolder, words, type MadeRhd } from './made-rhd.ts';

const folder = temporaryFolder('ndi-rhd');
const context = testContext();
const RATE = 20_000;

function write(name: string, bytes: Uint8Array): string {
  context.files.closeAll();
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function writeFolder(name: string, files: ReadonlyMap<string, Uint8Array>): string {
  mkdirSync(join(folder, name));
  for (const [file, bytes] of files) write(join(name, file), bytes);
  return join(folder, name);
}

const values = (path: string, channel: string) => [...readChannel(context, openRecording(path), channel)];
const channelOf = (path: string, label: string) =>
  openRecording(path).info.channels.find((channel) => channel.label === label);
const close = (list: readonly number[]) => list.map((value) => expect.closeTo(value, 9) as number);

const modern: MadeRhd = { major: 3, minor: 2, boardMode: 13 };

describe('Intan RHD, where other readers err', () => {
  it('tells the port of a headstage', () => {
    const path = write('ports.rhd', rhdFile({ major: 1, minor: 2, sensors: 1 }, 1));
    expect(channelOf(path, 'A-001')?.groups).toEqual({ port: 'A' });
    expect(channelOf(path, 'TEMP1')?.groups).toBeUndefined();
  });

  it.skipIf(!hasFixtures)('tells ports apart in a real file, and gives none to the board', () => {
    const { channels } = openRecording(fixturePath('hardware', 'intan-rhd', 'sampledata_v3.0.rhd')).info;
    const ports = new Map<string, Set<string | undefined>>();
    for (const { label, groups } of channels) {
      const letter = /^[A-Z]-/.test(label) ? label.slice(0, 1) : 'board';
      ports.set(letter, (ports.get(letter) ?? new Set()).add(groups?.port));
    }
    expect([...ports].map(([letter, found]) => [letter, ...found])).toEqual([
      ['A', 'A'],
      ['B', 'B'],
      ['board', undefined],
    ]);
  });

  it('gives temperatures in hundredths of a degree, with their sign, where neo takes thousandths', () => {
    const path = write('hot.rhd', rhdFile({ major: 1, minor: 2, sensors: 2 }, 4));
    const sensors = ['TEMP1', 'TEMP2'].map((label) => channelOf(path, label));
    expect(sensors.map((one) => [one?.units, one?.sampleRate])).toEqual([
      ['degC', RATE / 60],
      ['degC', RATE / 60],
    ]);
    expect(values(path, sensors[0]?.name ?? '')).toEqual(close([-12.5, -12.49, -12.48, -12.47]));
    expect(values(path, sensors[1]?.name ?? '')).toEqual(close([13.5, 13.51, 13.52, 13.53]));
    // What follows the sensors in a block is found behind them.
    expect(values(path, channelOf(path, 'ANALOG-IN-2')?.name ?? '')[239]).toBeCloseTo(50.354e-6 * words.adc(1, 239), 9);
  });

  it.each([
    [{ major: 1, minor: 0 }, 60],
    [{ major: 1, minor: 5, boardMode: 1 }, 60],
    [{ major: 2, minor: 0 }, 128],
    [modern, 128],
  ] as const)('has the duration that blocks of version %j tell, not always those of 60 samples', (made, B) => {
    const path = write(`${made.major}.${made.minor}.rhd`, rhdFile(made, 3));
    expect(openRecording(path).info.segments).toEqual([{ start: 0, samples: 3 * B, t0: 0, t1: (3 * B - 1) / RATE }]);
    const expected = Array.from({ length: 3 * B }, (_, s) => 0.195 * (words.amplifier(1, s) - 32_768));
    expect(values(path, 'ai2')).toEqual(close(expected));
    expect(values(path, 'di2')).toEqual(Array.from({ length: 3 * B }, (_, s) => (s >> 5) & 1));
  });

  it('compares versions as pairs: 1.10 comes after 1.3 and has its board mode', () => {
    const path = write('1.10.rhd', rhdFile({ major: 1, minor: 10, boardMode: 1 }, 1));
    const name = channelOf(path, 'ANALOG-IN-1')?.name ?? '';
    expect(values(path, name)[0]).toBeCloseTo(152.59e-6 * (words.adc(0, 0) - 32_768), 9);
  });

  it.each(['per signal', 'per channel'] as const)(
    'counts auxiliary and supply inputs at the rate of the amplifiers in folders %s, where neo takes a quarter',
    (layout) => {
      const path = writeFolder(layout, rhdFolder(modern, layout, 300));
      const { info } = openRecording(path);
      expect(info.problems).toEqual([]);
      expect(info.channels.every(({ sampleRate, samples }) => sampleRate === RATE && samples === 300)).toBe(true);
      const aux = Array.from({ length: 300 }, (_, s) => 37.4e-6 * words.auxiliary(1, s >> 2));
      expect(values(path, 'ax2')).toEqual(close(aux));
      const supply = Array.from({ length: 300 }, (_, s) => 74.8e-6 * words.supply(Math.floor(s / 128)));
      expect(values(path, 'ax3')).toEqual(close(supply));
      const signed = Array.from({ length: 300 }, (_, s) => 0.195 * (words.amplifier(1, s) - 32_768));
      expect(values(path, 'ai2')).toEqual(close(signed));
      expect(values(path, 'di2')).toEqual(Array.from({ length: 300 }, (_, s) => (s >> 5) & 1));
    },
  );

  it('leaves out only the channel whose file is missing', () => {
    const path = writeFolder('missing', rhdFolder(modern, 'per channel', 100));
    rmSync(join(path, 'amp-A-000.dat'));
    const { channels, problems } = openRecording(path).info;
    expect(channels.map(({ name }) => name)).not.toContain('ai1');
    expect(problems.map(({ code }) => code)).toEqual(['path.missing']);
    expect(values(path, 'ai2')[99]).toBeCloseTo(0.195 * (words.amplifier(1, 99) - 32_768), 9);
  });

  it('opens a recording with gaps, each at its own time, where neo refuses it', () => {
    const stampOf = (s: number) => (s < 130 ? s - 50 : s < 300 ? s + 1000 : s + 90_000);
    const { info } = openRecording(write('gaps.rhd', rhdFile(modern, 3, stampOf)));
    expect(info.problems).toEqual([]);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 130, -50 / RATE],
      [130, 170, 1130 / RATE],
      [300, 84, 90_300 / RATE],
    ]);
  });

  it('reads the whole blocks of a file that was cut, which the manufacturer’s loader refuses', () => {
    const { info } = openRecording(write('cut.rhd', rhdFile(modern, 3).subarray(0, -5)));
    expect(info.segments.map(({ samples }) => samples)).toEqual([2 * blockSamples(modern)]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.truncated']);
  });

  it('gives the samples as they are stored whatever the notch filter, with which the manufacturer’s loader filters', () => {
    const plain = values(write('no notch.rhd', rhdFile({ major: 1, minor: 5 }, 3)), 'ai1');
    expect(values(write('notch.rhd', rhdFile({ major: 1, minor: 5, notch: 2 }, 3)), 'ai1')).toEqual(plain);
  });
});

it(
  `damaged Intan RHD files and folders are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  () => {
    fuzz([
      write('fuzz 1.rhd', rhdFile({ major: 1, minor: 2, sensors: 2 }, 6)),
      write('fuzz 2.rhd', rhdFile({ major: 2, minor: 0 }, 3)),
      write('fuzz 3.rhd', rhdFile(modern, 3)),
      writeFolder('fuzz signal', rhdFolder(modern, 'per signal', 300)),
      writeFolder('fuzz channel', rhdFolder(modern, 'per channel', 300)),
    ]);
  },
  fuzzMs,
);
