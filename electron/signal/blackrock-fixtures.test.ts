import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { openSniffed, openRecording } from '../formats/registry.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from './fuzz-support.ts';
import { readSamples } from './samples.ts';
import { compareValues, testContext, type ExpectedValues } from './test-support.ts';

const continuous = [
  'example_2.ns2',
  'testData.ns2',
  'synthetic/spec2.1.ns4',
  'synthetic/spec2.2.ns3',
  'synthetic/spec2.3.ns5',
  'synthetic/spec2.3_long.ns6',
  'synthetic/spec2.3_pauses.ns2',
  'synthetic/spec2.3_truncated.ns5',
  'synthetic/spec3.0.ns5',
  'synthetic/spec3.0_ptp.ns6',
  'synthetic/spec3.0_ptp_pause.ns2',
];

const eventFiles = [
  'example_1.nev',
  'testData.nev',
  'synthetic/spec2.1.nev',
  'synthetic/spec2.2.nev',
  'synthetic/spec2.3.nev',
  'synthetic/spec3.0.nev',
  'synthetic/spec3.0_ptp.nev',
];

interface ExpectedNsx {
  header: { spec: string; sample_rate: number; channel_count: number };
  segments: {
    n_samples: number;
    t_start_s: number | null;
    duration_s: number;
    values: (ExpectedValues & { electrode_id: number; gain: number; offset: number; units: string })[];
  }[];
}

interface ExpectedNev {
  header: { spec: string; timestamp_resolution: number };
  packet_counts: { digital: number; spike: number; comment: number };
  digital: {
    count: number;
    first: { time_s: number; reason: number; value: number }[];
    reasons: Record<string, number>;
  };
  comments: { timestamp: number; text: string }[];
  spikes: { electrode_id: number; unit: number; count: number; first_timestamps: number[] }[];
}

function load(path: string): unknown {
  return JSON.parse(readFileSync(`${path}.expected.json`, 'utf8'));
}

/** The event file by itself, without the continuous data of the same name. */
function openEventsAlone(path: string) {
  return openSniffed({ format: 'blackrock', path, files: [path], why: [] });
}

describe.skipIf(!hasFixtures)('Blackrock recordings', () => {
  const context = testContext();

  it.each(continuous)('%s has the values computed by others, segment by segment', (file) => {
    const path = fixturePath('hardware', 'blackrock', file);
    const expected = load(path) as ExpectedNsx;
    const recording = openRecording(path);
    const { info } = recording;
    expect(info.version).toBe(expected.header.spec);
    expect(info.segments.map(({ samples }) => samples)).toEqual(expected.segments.map((segment) => segment.n_samples));
    expect(info.segments.map(({ t0 }) => t0)).toEqual(expected.segments.map((segment) => segment.t_start_s ?? 0));
    expected.segments.forEach((segment, index) => {
      const { start = 0, samples = 0 } = info.segments[index] ?? {};
      for (const values of segment.values) {
        const name = `ai${values.electrode_id}`;
        const query = { channels: name, from: start, to: start + samples, unit: 'samples' as const };
        const data = readSamples(context, recording, query).data[0] ?? new Float64Array(0);
        const channel = info.channels.find((candidate) => candidate.name === name);
        if (values.units === 'raw') {
          // Spec 2.1 keeps no scale: the words are compared.
          expect(data.map((value) => value / (channel?.gain ?? 1)).subarray(0, 10)).toEqual(
            Float64Array.from(values.first10_raw),
          );
          const words = data.map((value) => value / (channel?.gain ?? 1));
          expect.soft(compareValues(words, values), name).toEqual([]);
          continue;
        }
        expect
          .soft([channel?.gain, channel?.offset, channel?.units])
          .toEqual([values.gain, values.offset, values.units]);
        expect.soft(compareValues(data, values), name).toEqual([]);
      }
    });
  });

  it.each(eventFiles)('%s has the events counted by others', (file) => {
    const path = fixturePath('hardware', 'blackrock', file);
    const expected = load(path) as ExpectedNev;
    const recording = openEventsAlone(path);
    const { events } = recording.readEvents(new Set(Object.keys(recording.info.events)), -1, Infinity, 1e6);
    const of = (channel: string) => events.filter((event) => event.channel === channel);
    const reasons = Object.entries(expected.digital.reasons);
    const serial = reasons.filter(([reason]) => Number(reason) & 0x80).reduce((sum, [, count]) => sum + count, 0);
    expect(of('mk2').length).toBe(serial);
    const changed = reasons
      .filter(([reason]) => (Number(reason) & 0x81) === 1)
      .reduce((sum, [, count]) => sum + count, 0);
    expect(of('mk1').length).toBe(changed);
    for (const first of expected.digital.first.filter(({ reason }) => reason === 1)) {
      expect(of('mk1')).toContainEqual({ channel: 'mk1', time: first.time_s, value: first.value });
    }
    expect(of('tx1').map(({ value }) => value)).toEqual(expected.comments.map(({ text }) => text));
    expect(events.length - of('mk1').length - of('mk2').length - of('tx1').length).toBe(expected.packet_counts.spike);
    for (const { electrode_id, unit, count, first_timestamps } of expected.spikes) {
      const own = of(`e${electrode_id}`).filter(({ value }) => value === unit);
      expect(own.length).toBe(count);
      const times = first_timestamps.map((stamp) => stamp / expected.header.timestamp_resolution);
      own.slice(0, times.length).forEach(({ time }, index) => expect(time).toBeCloseTo(times[index] ?? NaN, 6));
    }
    for (const [name, count] of Object.entries(recording.info.events)) expect(count).toBe(of(name).length);
    expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).toSorted((a, b) => a - b));
  });

  it('limits the events and counts all', () => {
    const recording = openEventsAlone(fixturePath('hardware', 'blackrock', 'testData.nev'));
    const whole = recording.readEvents(new Set(['mk1']), 0, 100, 1e6);
    const limited = recording.readEvents(new Set(['mk1']), 0, 100, 7);
    expect(limited.events).toEqual(whole.events.slice(0, 7));
    expect(limited.total).toBe(whole.total);
    const middle = recording.readEvents(new Set(['mk1']), 1, 2, 1e6);
    expect(middle.events).toEqual(whole.events.filter(({ time }) => time >= 1 && time < 2));
  });

  it('opens continuous data and events of one stem together, by either name', () => {
    const byEvents = openRecording(fixturePath('hardware', 'blackrock', 'testData.nev')).info;
    const byData = openRecording(fixturePath('hardware', 'blackrock', 'testData.ns2')).info;
    expect(byEvents.path).toBe(byData.path);
    expect(byEvents.files).toEqual(byData.files);
    expect(byData.files.length).toBe(2);
    expect(openRecording(fixturePath('hardware', 'blackrock', 'example_1.nev')).info.segments).toEqual([]);
  });

  it.each([
    ['bad_magic.ns5', 'format.invalid', 'although the name says Blackrock'],
    ['flag_wrong.ns5', 'format.invalid', 'byte 578 does not begin with 1'],
    ['header_cut.ns5', 'format.truncated', 'ends inside the channel table'],
  ])('%s is refused with its reason', (file, code, words) => {
    const path = fixturePath('hardware', 'blackrock', 'malformed', file);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(path);
  });

  it('refuses events whose header is cut', () => {
    const path = fixturePath('hardware', 'blackrock', 'malformed', 'header_cut.nev');
    expect(() => openEventsAlone(path)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it('reads what there is of files that were not closed, and says so', () => {
    const { info } = openRecording(fixturePath('hardware', 'blackrock', 'malformed', 'unclosed.ns5'));
    expect(info.segments.map(({ samples }) => samples)).toEqual([500]);
    expect(info.problems.map(({ code }) => code)).toContain('format.truncated');
    const none = openRecording(fixturePath('hardware', 'blackrock', 'malformed', 'no_packets.nev'));
    expect(Object.values(none.info.events).every((count) => count === 0)).toBe(true);
    const cut = openRecording(fixturePath('hardware', 'blackrock', 'synthetic', 'spec2.3_truncated.ns5')).info;
    expect(cut.problems[0]?.message).toContain('3 bytes');
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const names = ['spec2.1.ns4', 'spec2.2.ns3', 'spec2.3_pauses.ns2', 'spec3.0.ns5', 'spec3.0_ptp_pause.ns2'];
      const events = ['spec2.1.nev', 'spec2.2.nev', 'spec2.3.nev', 'spec3.0_ptp.nev'];
      fuzzRecorded([...names, ...events].map((name) => fixturePath('hardware', 'blackrock', 'synthetic', name)));
    },
    fuzzMs,
  );
});
