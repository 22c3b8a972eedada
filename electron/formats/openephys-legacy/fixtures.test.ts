import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { compareValues, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

interface Expected {
  streams: {
    name: string;
    sample_rate: number;
    units: string;
    gain: number;
    offset: number;
    segments: { t_start_s: number; n_samples: number; duration_s: number; values: ExpectedValues }[];
  }[];
  event_records: Record<string, { count: number; first: number[][] }>;
}

const of = (...parts: string[]) => fixturePath('hardware', 'openephys-legacy', ...parts);

describe.skipIf(!hasFixtures)('Open Ephys legacy recordings', () => {
  const context = testContext();

  it.each(['v0.6.7_node101', 'synthetic/two_recordings'])('%s has the values computed by others', (name) => {
    const expected = JSON.parse(readFileSync(`${of(name)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(of(name));
    const { info } = recording;
    // Libraries join recordings and fill what is between them with zeros: here they are segments.
    expect(info.segments.map(({ t0, samples }) => [t0, samples])).toEqual(
      expected.streams[0]?.segments.map(({ t_start_s, n_samples }) => [t_start_s, n_samples]),
    );
    for (const stream of expected.streams) {
      const channel = info.channels.find(({ label }) => label === stream.name);
      expect(channel).toMatchObject({
        sampleRate: stream.sample_rate,
        units: stream.units,
        gain: stream.gain,
        offset: stream.offset,
      });
      stream.segments.forEach(({ values, duration_s }, at) => {
        const { start = 0, samples = 0, t0 = 0, t1 = 0 } = info.segments[at] ?? {};
        expect(t1 - t0).toBeCloseTo(duration_s - 1 / stream.sample_rate, 9);
        const query = { channels: channel?.name ?? '', from: start, to: start + samples, unit: 'samples' as const };
        const data = readSamples(context, recording, query).data[0] ?? new Float64Array(0);
        expect.soft(compareValues(data, values), `${stream.name}, segment ${at}`).toEqual([]);
      });
    }
    for (const [file, { count, first }] of Object.entries(expected.event_records)) {
      const marker = info.channels.find(({ label }) => `${label}.events` === file);
      expect(info.events[marker?.name ?? '']).toBe(count);
      const rate = expected.streams[0]?.sample_rate ?? NaN;
      const { events } = recording.readEvents(new Set([marker?.name ?? '']), 0, Infinity, first.length);
      const lines = first.map(([stamp = 0, , , , id, line = 0]) => [stamp / rate, id === 1 ? line + 1 : -line - 1]);
      expect(events.map(({ time, value }) => [time, value])).toEqual(lines);
    }
  });

  it('has the messages, without the lines that only tell the clock', () => {
    const old = openRecording(of('synthetic/two_recordings'));
    const { events } = old.readEvents(new Set(['tx1']), 0, 100, 10);
    expect(events.at(-1)).toEqual({ channel: 'tx1', time: 95_112 / 30_000, value: 'hello' });
    expect(old.info.startedAt).toBe('2024-03-04T14:09:26');
    const recent = openRecording(of('v0.6.7_node101'));
    expect(recent.readEvents(new Set(['tx1']), 0, 100, 100).events[1]).toEqual({
      channel: 'tx1',
      time: 251_635 / 40_000,
      value: 'TTL Line=1 State=0',
    });
    expect(recent.info.startedAt).toBe('2025-04-03T11:38:45.031Z');
  });

  it('opens a folder by any of its files', () => {
    for (const file of ['100_CH2.continuous', 'all_channels.events']) {
      expect(openRecording(of('synthetic/two_recordings', file)).info.path).toBe(of('synthetic/two_recordings'));
    }
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzzRecorded([of('synthetic/two_recordings')]);
    },
    fuzzMs,
  );
});
