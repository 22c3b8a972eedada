import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { openRecording } from '../formats/registry.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from './fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from './test-support.ts';

const files = [
  'example_v2.0.rhd',
  'sampledata_v1.5.rhd',
  'sampledata_v3.0.rhd',
  'synthetic/per_channel',
  'synthetic/per_signal',
  'synthetic/per_signal_aux_in_amp',
  'synthetic/v1.0.rhd',
  'synthetic/v1.2_temp_adc.rhd',
  'synthetic/v1.5_mode1_names.rhd',
  'synthetic/v2.0_disabled.rhd',
  'synthetic/v3.2_amp_only.rhd',
  'synthetic/v3.2_dig_only.rhd',
  'synthetic/v3.2_gap.rhd',
  'synthetic/v3.2_long.rhd',
  'synthetic/v3.2_pretrigger.rhd',
  'synthetic/v3.2_truncated.rhd',
];

interface ExpectedStream {
  name: string;
  sample_rate?: number;
  units?: string;
  gain?: number;
  offset?: number;
  n_samples?: number;
  channels: (string | { sample_rate?: number; units?: string; gain?: number; offset?: number })[];
  values?: (ExpectedValues & { index: number })[];
  segments?: { values: (ExpectedValues & { index: number })[] }[];
}

interface Expected {
  n_samples: number;
  duration_s: number;
  header: { version: number[]; sample_rate: number };
  block?: { trailing_bytes: number };
  streams: ExpectedStream[];
  timestamps?: { first: number[]; discontinuities: { sample: number; before: number; after: number }[] };
}

/** First NDI channel of a stream, as names count on: auxiliary, supply, temperature, board inputs. */
function channelsOf(streams: readonly ExpectedStream[]): Map<ExpectedStream, { prefix: string; before: number }> {
  const order = ['amplifier', 'auxiliary', 'supply', 'temperature', 'adc', 'digital in', 'digital out'];
  const kind = (stream: ExpectedStream) => {
    const name = stream.name.toLowerCase().replace('_', ' ');
    return order.findIndex((part) => name.includes(part));
  };
  const counts = new Map<string, number>();
  const result = new Map<ExpectedStream, { prefix: string; before: number }>();
  for (const stream of [...streams].sort((a, b) => kind(a) - kind(b))) {
    const prefix = ['ai', 'ax', 'ax', 'ax', 'ax', 'di', 'do'][kind(stream)] ?? '?';
    const before = counts.get(prefix) ?? 0;
    result.set(stream, { prefix, before });
    counts.set(prefix, before + stream.channels.length);
  }
  return result;
}

describe.skipIf(!hasFixtures)('Intan RHD recordings', () => {
  const context = testContext();

  it.each(files)('%s has the values computed by others', (file) => {
    const path = fixturePath('hardware', 'intan-rhd', file);
    const expected = JSON.parse(readFileSync(`${path}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(path);
    const { info } = recording;
    expect(info.version).toBe(expected.header.version.join('.'));
    const time = info.channels.find(({ name }) => name === 't1');
    expect(time?.samples).toBe(expected.n_samples);
    expect(time?.sampleRate).toBe(expected.header.sample_rate);
    let compared = 0;
    for (const [stream, { prefix, before }] of channelsOf(expected.streams)) {
      for (const values of stream.values ?? stream.segments?.[0]?.values ?? []) {
        const name = `${prefix}${before + values.index + 1}`;
        const channel = info.channels.find((candidate) => candidate.name === name);
        const listed = stream.channels[values.index];
        const facts = stream.gain === undefined && typeof listed === 'object' ? listed : stream;
        expect.soft(channel?.gain, `gain of ${name}`).toBe(facts.gain);
        expect.soft(channel?.offset, `offset of ${name}`).toBe(facts.offset);
        if (facts.sample_rate) expect.soft(channel?.sampleRate, `rate of ${name}`).toBeCloseTo(facts.sample_rate, 9);
        expect.soft(compareValues(readChannel(context, recording, name), values), name).toEqual([]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
    if (expected.block) {
      const said = info.problems.some(({ message }) => message.includes(`${expected.block?.trailing_bytes} bytes`));
      expect(said).toBe(expected.block.trailing_bytes > 0);
    }
    const gaps = expected.timestamps?.discontinuities ?? [];
    expect(info.segments.slice(1).map(({ start }) => start)).toEqual(gaps.map(({ sample }) => sample));
    expect(info.segments.slice(1).map(({ t0 }) => t0)).toEqual(
      gaps.map(({ after }) => after / expected.header.sample_rate),
    );
    expect(info.segments[0]?.t0).toBe((expected.timestamps?.first[0] ?? 0) / expected.header.sample_rate);
    const [first] = info.segments;
    if (info.segments.length === 1 && first) {
      expect(first.t1 - first.t0).toBeCloseTo(expected.duration_s - 1 / expected.header.sample_rate, 9);
    }
  });

  it('knows the fixtures by their folder', () => {
    for (const file of files)
      expect(existsSync(fixturePath('hardware', 'intan-rhd', `${file}.expected.json`))).toBe(true);
  });

  it.each([
    ['bad_magic.rhd', 'format.invalid', 'although the name says Intan RHD'],
    ['empty.rhd', 'format.empty', 'no bytes'],
    ['header_cut.rhd', 'format.truncated', 'ends inside'],
    ['version_9.rhd', 'format.unsupported', 'version 99.0'],
  ])('%s is refused with its reason', (file, code, words) => {
    const path = fixturePath('hardware', 'intan-rhd', 'malformed', file);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(path);
  });

  it('takes a header without data for a recording of no samples', () => {
    const { info } = openRecording(fixturePath('hardware', 'intan-rhd', 'malformed', 'header_only.rhd'));
    expect(info.segments).toEqual([]);
    expect(info.channels.every(({ samples }) => samples === 0)).toBe(true);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.empty']);
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const names = ['v1.0', 'v1.2_temp_adc', 'v2.0_disabled', 'v3.2_gap', 'v3.2_dig_only'].map(
        (name) => `${name}.rhd`,
      );
      fuzzRecorded(names.map((name) => fixturePath('hardware', 'intan-rhd', 'synthetic', name)));
    },
    fuzzMs,
  );
});
