import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { readSamples } from '../../signal/samples.ts';
import { compareValues, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { withFile } from '../file-bytes.ts';
import type { OpenRecording } from '../format.ts';
import { readNpyHeader, readNpyNumbers, readNpyTexts } from '../npy.ts';
import { openRecording } from '../registry.ts';

interface ExpectedEvents {
  name: string;
  segment: number;
  count: number;
  first_times_s?: number[];
  sum_times_s?: number;
  first_labels?: string[];
}

interface ExpectedArray {
  shape: number[];
  dtype: string;
  first?: number[];
  last?: number[];
  sum?: number;
  values?: string[];
}

interface Expected {
  n_segments: number[];
  streams: {
    name: string;
    channels: { name: string; sample_rate: number; units: string; gain: number; offset: number }[];
    segments: { n_samples: number; t_start_s: number; values: (ExpectedValues & { channel: string })[] }[];
  }[];
  events: ExpectedEvents[];
  oebin: Record<string, { gui_version: string; spikes: { folder: string }[] }>;
  npy: Record<string, ExpectedArray>;
}

const here = (...parts: string[]) => fixturePath('hardware', 'openephys-binary', ...parts);
const load = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const recordings = [
  'gui_demo_hippocampus',
  'synthetic/gui0.5',
  'synthetic/gui0.6',
  'synthetic/gui0.6_two_recordings',
  'v0.6.7_node101_events',
];

const eventsOf = (recording: OpenRecording, label: string) => {
  const channel = recording.info.channels.find((one) => one.label === label);
  return recording.readEvents(new Set([channel?.name ?? '']), -1, Infinity, 1e6).events;
};

describe.skipIf(!hasFixtures)('Open Ephys binary recordings', () => {
  const context = testContext();

  it.each(recordings)('%s: each recording has the values computed by others', (name) => {
    const expected = load(here(`${name}.expected.json`)) as Expected;
    const structures = Object.keys(expected.oebin);
    expect(structures.length).toBe(expected.n_segments[0]);
    structures.forEach((structure, segment) => {
      const folder = dirname(here(name, structure));
      const recording = openRecording(folder);
      const { info } = recording;
      expect(info.path).toBe(folder);
      expect(openRecording(here(name, structure)).info.files).toEqual(info.files);
      expect(info.version).toBe(expected.oebin[structure]?.gui_version);
      for (const { channels, segments } of expected.streams) {
        const own = segments[segment];
        expect(info.segments.map(({ samples, t0 }) => [samples, t0])).toEqual([[own?.n_samples, own?.t_start_s]]);
        for (const { name: label, sample_rate, units, gain, offset } of channels) {
          const channel = info.channels.find((one) => one.label.endsWith(label));
          expect([channel?.sampleRate, channel?.units, channel?.gain, channel?.offset]).toEqual([
            sample_rate,
            units,
            gain,
            offset,
          ]);
        }
        for (const values of own?.values ?? []) {
          const channel = info.channels.find((one) => one.label.endsWith(values.channel))?.name ?? '';
          const query = { channels: channel, from: 0, to: own?.n_samples ?? 0, unit: 'samples' as const };
          const [data = new Float64Array(0)] = readSamples(context, recording, query).data;
          expect.soft(compareValues(data, values), channel).toEqual([]);
        }
      }
    });
  });

  it.each(recordings)('%s: the events are those found by others', (name) => {
    const expected = load(here(`${name}.expected.json`)) as Expected;
    const structures = Object.keys(expected.oebin);
    for (const {
      name: label,
      segment,
      count,
      first_times_s = [],
      sum_times_s = 0,
      first_labels = [],
    } of expected.events) {
      const recording = openRecording(dirname(here(name, structures[segment] ?? '')));
      const all = eventsOf(recording, label);
      // They list pulses by where they rise, and none that has not ended; the marker has every edge.
      const listed = all.filter(
        ({ value }, index) =>
          typeof value === 'string' || (value > 0 && all.slice(index + 1).some((later) => later.value === -value)),
      );
      expect(listed.length, label).toBe(count);
      first_times_s.forEach((time, index) => expect(listed[index]?.time).toBeCloseTo(time, 9));
      expect(listed.slice(0, first_labels.length).map(({ value }) => String(value))).toEqual(first_labels);
      expect(listed.reduce((sum, { time }) => sum + time, 0)).toBeCloseTo(sum_times_s, 6);
    }
  });

  it('divides the sample numbers of events before GUI 0.6 by the rate once', () => {
    const recording = openRecording(here('synthetic', 'gui0.5', 'Record Node 101', 'experiment1', 'recording1'));
    const events = eventsOf(recording, 'Rhythm TTL');
    expect(events.map(({ time }) => Math.round(time * 30_000)).slice(0, 3)).toEqual([91112, 92112, 93112]);
    expect(events[0]?.time).toBe(91112 / 30_000);
    expect(events.map(({ value }) => value)).toContain(-1);
  });

  it.each(recordings)('%s: every array has the values read by others', (name) => {
    const { npy } = load(here(`${name}.expected.json`)) as Expected;
    for (const [path, expected] of Object.entries(npy)) {
      withFile(here(name, path), (file) => {
        const array = readNpyHeader(file);
        expect(array.shape).toEqual(expected.shape);
        const count = expected.shape.reduce((product, size) => product * size, 1);
        expect(array.stored).toBe(count);
        if (expected.values !== undefined) {
          expect(readNpyTexts(file, array, 0, count).slice(0, expected.values.length)).toEqual(expected.values);
          return;
        }
        const values = [...readNpyNumbers(file, array, 0, count)];
        expect(values.slice(0, expected.first?.length)).toEqual(expected.first);
        if (count > 0) expect(values.slice(-(expected.last?.length ?? 0))).toEqual(expected.last);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(expected.sum ?? NaN, 6);
      });
    }
  });

  it('gives spikes their times and units', () => {
    const recording = openRecording(here('synthetic', 'gui0.6', 'Record Node 101', 'experiment1', 'recording1'));
    const spikes = recording.readEvents(new Set(['e1', 'e2']), 0, 10, 100).events;
    expect(spikes.map(({ channel, time, value }) => [channel, Math.round(time * 30_000), value])).toEqual([
      ['e2', 93827, 2],
      ['e2', 95138, 2],
      ['e1', 96025, 2],
      ['e1', 96148, 0],
    ]);
    expect(recording.info.startedAt).toBe('2024-03-04T14:09:26.589Z');
    expect(recording.info.channels.map(({ name }) => name)).toEqual([
      ...['ai1', 'ai2', 'ai3', 'ai4', 'ai5', 'ai6', 'ax1', 'ax2', 't1'],
      ...['mk1', 'tx1', 'e1', 'e2'],
    ]);
  });

  it('tells of streams that are missing and still reads the events', () => {
    const recording = openRecording(here('v0.6.7_node101_events', 'experiment1', 'recording1'));
    expect(recording.streams).toEqual([]);
    expect(recording.info.problems.map(({ code }) => code)).toEqual(['path.missing']);
    expect(recording.info.events).toEqual({ mk1: 0, mk2: 128, tx1: 14 });
    expect(recording.info.extent?.t0).toBeCloseTo(40091 / 40_000, 9);
    const demo = openRecording(here('gui_demo_hippocampus', 'experiment1', 'recording1'));
    expect(demo.info.problems.map(({ code }) => code)).toEqual(['path.missing', 'path.missing', 'path.missing']);
    expect(demo.info.channels.filter(({ type }) => type === 'analog_in').length).toBe(16);
  });

  it('refuses a structure that is no JSON, at its position', () => {
    const path = here('malformed', 'bad_json_structure.oebin');
    expect(existsSync(path)).toBe(true);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow('not valid JSON at character 40');
  });
});
