import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { expectChannels, type ExpectedCed } from '../../signal/ced-support.ts';
import { openRecording } from '../registry.ts';

interface ExpectedSmr extends ExpectedCed {
  readonly header: { revision: number; max_ftime: number; date: number[] | null };
}

const recorded = ['BURST', 'BloodPressureWaveform', 'DemoData', 'ExtracellularSpikes', 'motor_units'];
const synthetic = ['rev6', 'rev8_gap', 'rev8_truncated', 'rev9_big'].map((name) => `synthetic/${name}`);
const files = [...recorded, ...synthetic].map((name) => `${name}.smr`);
const pathOf = (file: string) => fixturePath('hardware', 'ced-smr', file);

describe.skipIf(!hasFixtures)('Spike2 files of 32 bits', () => {
  it('are all tested', () => {
    const there = ['', 'synthetic'].flatMap((folder) =>
      readdirSync(pathOf(folder)).map((name) => (folder === '' ? name : `${folder}/${name}`)),
    );
    expect(there.filter((name) => name.endsWith('.smr')).sort()).toEqual([...files].sort());
  });

  it.each(files)('%s has the samples and events computed by others', (file) => {
    const path = pathOf(file);
    const expected = JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')) as ExpectedSmr;
    const recording = openRecording(path);
    const { info } = recording;
    expect(info.format).toBe('ced-smr');
    expect(info.version).toBe(String(expected.header.revision));
    expect(info.extent).toEqual({ t0: 0, t1: expected.header.max_ftime * expected.seconds_per_tick });
    expect(info.startedAt).toBe(expected.header.date === null ? null : '2024-03-14T09:26:53.580');
    expect(info.problems).toEqual([]);
    expectChannels(recording, expected);
  });

  it('gives events outside of the time span of the waves too', () => {
    // A known disagreement: neo leaves them out.
    const { info } = openRecording(pathOf('BURST.smr'));
    expect(info.segments).toEqual([]);
    expect(info.events).toEqual({ e1: 972 });
  });

  it.each([
    ['bad_magic.smr', 'format.invalid', 'although the name says CED Spike2'],
    ['header_cut.smr', 'format.truncated', 'ends inside the file header'],
    ['revision_42.smr', 'format.invalid', 'the revision is not one of 1 to 9 (42, at byte 0)'],
    ['loop.smr', 'format.invalid', 'the blocks of channel 1 lead in a circle, back to byte 5120'],
  ])('%s is refused with its reason', (file, code, words) => {
    const path = pathOf(`malformed/${file}`);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(path);
  });

  it(
    `may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`,
    () =>
      fuzzRecorded(
        ['DemoData.smr', 'synthetic/rev8_gap.smr', 'ExtracellularSpikes.smr', 'synthetic/rev9_big.smr'].map(pathOf),
      ),
    fuzzMs,
  );
});
