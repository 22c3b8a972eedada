import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { expectChannels, type ExpectedCed } from '../../signal/ced-support.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { openRecording } from '../registry.ts';

interface ExpectedSmrx extends ExpectedCed {
  readonly file_version: string;
  readonly max_time_ticks: number;
  readonly date: { year: number };
}

const files = ['DemoData.smrx', 'ExtracellularSpikes.smrx', 'synthetic/gap.smrx', 'synthetic/long_wave.smrx'];
const pathOf = (file: string) => fixturePath('hardware', 'ced-smrx', file);

describe.skipIf(!hasFixtures)('Spike2 files of 64 bits', () => {
  it('are all tested', () => {
    const there = ['', 'synthetic'].flatMap((folder) =>
      readdirSync(pathOf(folder)).map((name) => (folder === '' ? name : `${folder}/${name}`)),
    );
    expect(there.filter((name) => name.endsWith('.smrx')).sort()).toEqual([...files].sort());
  });

  it.each(files)('%s has the samples and events computed by others', (file) => {
    const path = pathOf(file);
    const expected = JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')) as ExpectedSmrx;
    const recording = openRecording(path);
    const { info } = recording;
    expect([info.format, info.version]).toEqual(['ced-smrx', expected.file_version]);
    expect(info.extent).toEqual({ t0: 0, t1: expected.max_time_ticks * expected.seconds_per_tick });
    expect(info.startedAt).toBe(expected.date.year === 0 ? null : '2024-03-14T09:26:53.580');
    expect(info.problems).toEqual([]);
    expectChannels(recording, expected);
  });

  it.each([
    ['bad_magic.smrx', 'format.invalid', 'although the name says CED Spike2'],
    ['header_cut.smrx', 'format.truncated', 'ends inside the file head'],
  ])('%s is refused with its reason', (file, code, words) => {
    const path = pathOf(`malformed/${file}`);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(path);
  });

  it(`may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded(files.map(pathOf)), fuzzMs);
});
