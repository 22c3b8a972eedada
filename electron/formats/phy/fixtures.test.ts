import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

interface ExpectedPhy {
  readonly spikes: readonly {
    id: string;
    count: number;
    first_times_s: number[];
    last_times_s: number[];
    sum_times_s: number;
  }[];
  readonly tsv: Record<string, string[][]>;
}

const folder = fixturePath('hardware', 'phy', 'synthetic', 'ks_small');

describe.skipIf(!hasFixtures)('spikes sorted by Kilosort', () => {
  it('have the clusters and times computed by others', () => {
    const expected = JSON.parse(readFileSync(`${folder}.expected.json`, 'utf8')) as ExpectedPhy;
    const recording = openRecording(folder);
    const { info } = recording;
    expect(info.problems).toEqual([]);
    expect(info.events).toEqual(Object.fromEntries(expected.spikes.map(({ id, count }) => [`e${id}`, count])));
    const groups = new Map(expected.tsv['cluster_group.tsv']?.map(([id = '', group]) => [id, group]));
    for (const { id, count, first_times_s, last_times_s, sum_times_s } of expected.spikes) {
      const { events, total } = recording.readEvents(new Set([`e${id}`]), 0, 10, 1e6);
      const times = events.map(({ time }) => time);
      expect([times.length, total]).toEqual([count, count]);
      expect(times.slice(0, first_times_s.length)).toEqual(first_times_s);
      expect(times.slice(-last_times_s.length)).toEqual(last_times_s);
      expect(times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(sum_times_s, 9);
      const label = info.channels.find(({ name }) => name === `e${id}`)?.label;
      expect(label).toBe(`unit ${id} (${groups.get(id)})`);
    }
  });

  it('come with their raw data', () => {
    const recording = openRecording(folder);
    const words = new Int16Array(readFileSync(`${folder}/recording.dat`).buffer);
    const own = Float64Array.from(words.filter((_, index) => index % 8 === 5));
    expect(readChannel(testContext(), recording, 'ai6')).toEqual(own);
  });

  it(`may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded([folder]), fuzzMs);
});
