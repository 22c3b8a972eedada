import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';

interface Expected {
  format_name: string;
  start: string;
  device: string;
  n_channels: number;
  sample_rate: number;
  n_samples: number;
  trailing_bytes?: number;
  values: (ExpectedValues & { index: number })[];
}

const here = (...parts: string[]) => fixturePath('hardware', 'whitematter', 'synthetic', ...parts);

describe.skipIf(!hasFixtures)('WhiteMatter recordings', () => {
  it.each([
    'HSW_2024_03_04__14_09_26__00min_01sec__hsamp_3ch_25000sps.bin',
    'HSW_2024_03_04__14_09_26__00min_01sec__hsamp_4ch_20000sps.bin',
  ])('%s has the values computed by others', (name) => {
    const expected = JSON.parse(readFileSync(here(`${name}.expected.json`), 'utf8')) as Expected;
    const recording = openRecording(here(name));
    const { info } = recording;
    expect([info.version, info.device]).toEqual([expected.format_name, expected.device]);
    expect(info.why.join(' ')).toContain(expected.start.replace('T', ' '));
    expect(info.segments).toEqual([
      { start: 0, samples: expected.n_samples, t0: 0, t1: (expected.n_samples - 1) / expected.sample_rate },
    ]);
    const analog = info.channels.filter(({ type }) => type === 'analog_in');
    expect(analog.length).toBe(expected.n_channels);
    for (const values of expected.values) {
      const channel = `ai${values.index + 1}`;
      expect.soft(compareValues(readChannel(testContext(), recording, channel), values), channel).toEqual([]);
    }
    const trailing = info.problems.find(({ code }) => code === 'format.truncated')?.message;
    if ((expected.trailing_bytes ?? 0) > 0) expect(trailing).toContain(`${expected.trailing_bytes} bytes`);
    else expect(trailing).toBeUndefined();
  });
});

describe('WhiteMatter', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ndi-whitematter-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Eight bytes, then these words. */
  const write = (name: string, words: readonly number[], bytes = 8 + 2 * words.length) => {
    const path = join(folder, name);
    const content = Buffer.concat([Buffer.from([9, 9, 9, 9, 9, 9, 9, 9]), Buffer.from(Int16Array.from(words).buffer)]);
    writeFileSync(path, content.subarray(0, bytes));
    return path;
  };
  const nameOf = (end: string) => `HSW_2024_03_04__14_09_26__01min_30sec__${end}.bin`;

  it('takes channels and rate from the name and the words behind eight bytes, raw', () => {
    const recording = openRecording(write(nameOf('my_amp_2_2ch_1000sps'), [1, -1, 2, -2, 3, -3], 19));
    expect(recording.info.device).toBe('my_amp_2');
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual([-1, -2]);
    expect([...readChannel(testContext(), recording, 't1')]).toEqual([0, 0.001]);
    expect(recording.info.channels.map(({ name, units }) => `${name} ${units}`)).toEqual(['ai1 ', 'ai2 ', 't1 s']);
    expect(recording.info.problems.map(({ code }) => code)).toEqual(['format.truncated', 'recording.assumedScale']);
  });

  it.each([
    ['a name that does not fit', 'HSW_2024_03_04_14_09_26__a_2ch_1000sps.bin', 'DEVICE_NNch_RRRRsps.bin'],
    ['no channels', nameOf('a_0ch_1000sps'), '0 as the number of channels'],
    ['very many channels', nameOf('a_999999999ch_1000sps'), '999999999 as the number of channels'],
    ['no rate', nameOf('a_2ch_0sps'), '0 as the rate'],
  ])('refuses %s', (_, name, words) => {
    const path = write(name, [1, 2]);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow(words);
  });

  it('refuses a file that ends in its header, and opens one without samples', () => {
    const cut = write(nameOf('cut_2ch_1000sps'), [], 5);
    expect(() => openRecording(cut)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
    const { segments, problems } = openRecording(write(nameOf('empty_2ch_1000sps'), [])).info;
    expect(segments).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('format.empty');
  });

  it('leaves other .bin files alone', () => {
    expect(recognise(write('matrix.bin', [1, 2]))).toEqual({ sniffs: [], nearMisses: [] });
  });

  it(`survives damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    const words = Array.from({ length: 3000 }, (_, index) => index % 100);
    fuzz([write(nameOf('fuzz_3ch_1000sps'), words)]);
  });
});
