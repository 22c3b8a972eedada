import { expect } from 'vitest';
import { compareValues, readChannel, testContext, type ExpectedValues } from './test-support.ts';
import type { OpenRecording } from '../formats/format.ts';

/** What the expected values beside a fixture of either of CED's formats say. */
export interface ExpectedCed {
  readonly seconds_per_tick: number;
  readonly channels: readonly (ExpectedChannel & (ExpectedWave | ExpectedEvents))[];
}

interface ExpectedChannel {
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly units?: string;
}

interface ExpectedWave {
  readonly sample_rate: number;
  readonly n_samples: number;
  readonly segments: readonly { start_tick: number; n_samples: number; start_s: number }[];
  readonly gain: number;
  readonly value_offset: number;
  readonly values: ExpectedValues;
}

interface ExpectedEvents {
  readonly n_items: number;
  readonly first_times_s: readonly number[];
  readonly last_ticks: readonly number[];
  readonly sum_ticks: number;
  readonly first_codes?: readonly (readonly number[])[];
  readonly sum_codes?: readonly number[];
  readonly first_texts?: readonly string[];
}

/** Compares every channel of a recording with the expected values, samples and events alike. */
export function expectChannels(recording: OpenRecording, expected: ExpectedCed): void {
  const waves = expected.channels.filter((channel) => 'n_samples' in channel);
  const events = expected.channels.filter((channel) => 'n_items' in channel);
  const names = [
    ...waves.flatMap(({ number }) => [`ai${number}`, `t${number}`]),
    ...events.map(({ kind, number }) => eventName(kind, number)),
  ];
  expect(recording.info.channels.map(({ name }) => name).sort()).toEqual(names.sort());
  const context = testContext();
  for (const wave of waves) {
    const name = `ai${wave.number}`;
    const stream = recording.streams.find(({ channels }) => channels[0]?.channel.name === name);
    const channel = stream?.channels[0]?.channel;
    expect(channel).toMatchObject({ label: wave.title, units: wave.units?.trim(), samples: wave.n_samples });
    expect([channel?.sampleRate, channel?.gain, channel?.offset]).toEqual([
      wave.sample_rate,
      wave.gain,
      wave.value_offset,
    ]);
    expect(stream?.runs.map(({ samples, t0 }) => ({ samples, t0 }))).toEqual(
      wave.segments.map((segment) => ({ samples: segment.n_samples, t0: segment.start_s })),
    );
    const values = readChannel(context, recording, name);
    expect(values.length).toBe(wave.n_samples);
    expect.soft(compareValues(values, wave.values), name).toEqual([]);
    expectTimes(readChannel(context, recording, `t${wave.number}`), wave, expected.seconds_per_tick);
  }
  for (const channel of events) expectEvents(recording, channel, expected.seconds_per_tick);
  context.files.closeAll();
}

function eventName(kind: string, number: number): string {
  if (kind.startsWith('event')) return `e${number}`;
  return kind === 'textmark' ? `tx${number}` : `mk${number}`;
}

/** The last sample of a segment lies a whole number of intervals after its first. */
function expectTimes(times: Float64Array, wave: ExpectedWave, secondsPerTick: number): void {
  let end = 0;
  for (const { start_tick, n_samples } of wave.segments) {
    expect(times[end]).toBe(start_tick * secondsPerTick);
    end += n_samples;
    expect(times[end - 1]).toBeCloseTo(start_tick * secondsPerTick + (n_samples - 1) / wave.sample_rate, 9);
  }
}

function expectEvents(recording: OpenRecording, channel: ExpectedChannel & ExpectedEvents, secondsPerTick: number) {
  const name = eventName(channel.kind, channel.number);
  expect(recording.info.channels.find((candidate) => candidate.name === name)?.label).toBe(channel.title);
  const { events, total } = recording.readEvents(new Set([name]), -1, Infinity, 1e6);
  expect([total, events.length, recording.info.events[name]]).toEqual(Array(3).fill(channel.n_items));
  const times = events.map(({ time }) => time);
  expect(times.slice(0, channel.first_times_s.length)).toEqual(channel.first_times_s);
  expect(times.slice(-channel.last_ticks.length)).toEqual(channel.last_ticks.map((tick) => tick * secondsPerTick));
  const ticks = times.map((time) => Math.round(time / secondsPerTick));
  expect(ticks.reduce((sum, tick) => sum + tick, 0)).toBe(channel.sum_ticks);
  const values = events.map(({ value }) => value);
  if (name.startsWith('e')) expect(new Set(values)).toEqual(new Set([1]));
  if (name.startsWith('tx')) expect(values.slice(0, 10)).toEqual(channel.first_texts);
  if (!name.startsWith('mk')) return;
  const codes = values.map((value) => [0, 8, 16, 24].map((shift) => (Number(value) >>> shift) & 0xff));
  expect(codes.slice(0, channel.first_codes?.length)).toEqual(channel.first_codes);
  expect([0, 1, 2, 3].map((place) => codes.reduce((sum, code) => sum + (code[place] ?? 0), 0))).toEqual(
    channel.sum_codes,
  );
}
