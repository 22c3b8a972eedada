import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

interface Times {
  readonly name: string;
  readonly count: number;
  readonly first_times_s: number[];
}
interface Expected {
  readonly streams: {
    name: string;
    channels: { name: string; sample_rate: number }[];
    segments: { n_samples: number; values: (ExpectedValues & { index: number })[] }[];
  }[];
  readonly events: Times[];
  readonly spikes: Times[];
}

const tank = (name: string) => fixturePath('hardware', 'tdt', 'synthetic', name);

describe.skipIf(!hasFixtures)('TDT tanks', () => {
  const context = testContext();

  it.each(['tank_tev', 'tank_sev'])('%s has the values computed by others', (name) => {
    const expected = JSON.parse(readFileSync(`${tank(name)}.expected.json`, 'utf8')) as Expected;
    const folder = join(tank(name), 'Block-1');
    const recording = openRecording(folder);
    const { info } = recording;
    expect(openRecording(join(folder, `${name}_Block-1.tsq`)).info.path).toBe(folder);
    expect(openRecording(join(folder, `${name}_Block-1.tev`)).info.path).toBe(folder);
    expect([info.problems, info.startedAt]).toEqual([[], '2024-03-04T14:09:26.250Z']);
    const [stream] = expected.streams;
    const samples = stream?.segments[0]?.n_samples ?? 0;
    expect(info.segments.map((segment) => [segment.start, segment.samples, segment.t0])).toEqual([[0, samples, 0]]);
    for (const values of stream?.segments[0]?.values ?? []) {
      const channel = info.channels.find((one) => one.name === `ai${values.index + 1}`);
      expect
        .soft(channel)
        .toMatchObject({ label: stream?.channels[values.index]?.name, sampleRate: 24_414.0625, gain: 1 });
      expect.soft(compareValues(readChannel(context, recording, `ai${values.index + 1}`), values)).toEqual([]);
    }
    for (const { name: label, count, first_times_s } of [...expected.events, ...expected.spikes]) {
      // Snippets are listed by channel and sort code there, `ch1#0`.
      const [, digits, sort] = /^ch(\d+)#(\d+)$/.exec(label) ?? [];
      const wanted = digits === undefined ? label : `eSpk ${digits}`;
      const channel = info.channels.find((one) => one.label === wanted)?.name ?? '';
      const { events } = recording.readEvents(new Set([channel]), -Infinity, Infinity, 1e6);
      const own = events.filter(({ value }) => sort === undefined || value === Number(sort));
      expect.soft(own.length, label).toBe(count);
      expect
        .soft(
          own.slice(0, first_times_s.length).map(({ time }) => time),
          label,
        )
        .toEqual(first_times_s);
      if (sort === undefined) expect.soft(own[0]?.value).toBe(1);
    }
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzzRecorded([join(tank('tank_tev'), 'Block-1'), join(tank('tank_sev'), 'Block-1')]);
    },
    fuzzMs,
  );
});
