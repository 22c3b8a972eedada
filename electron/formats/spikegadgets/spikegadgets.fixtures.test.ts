import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const files = [
  'sample_data_1.rec',
  'sample_data_3.rec',
  'synthetic/64ch_interleaved.rec',
  'synthetic/20ch_ascending_multiplexed.rec',
  'synthetic/32ch_dropped.rec',
  'synthetic/4ch_long_truncated.rec',
  'synthetic/64ch_unlisted.rec',
];

interface Expected {
  readonly n_packets: number;
  readonly trailing_bytes: number;
  readonly sample_rate: number;
  readonly timestamps: { first: number[]; gaps: { packet: number; after: number }[] };
  readonly neural: {
    channels: { hw_chan: number; ntrode: string; microvolts_per_bit: number | null }[];
    values: (ExpectedValues & { hw_chan: number; first10_raw: number[]; last10_raw: number[] })[];
  };
  readonly digital: { id: string; sum: number; first: number; first_transitions: number[] }[];
  readonly analog: { id: string; first_values: number[]; sum: number }[];
  readonly analog_interleaved: { id: string; updates: number; first_values: number[]; sum: number }[];
}

const path = (name: string) => fixturePath('hardware', 'spikegadgets', ...name.split('/'));
const load = (name: string) => JSON.parse(readFileSync(`${path(name)}.expected.json`, 'utf8')) as Expected;

describe.skipIf(!hasFixtures)('SpikeGadgets recordings', () => {
  const context = testContext();

  it.each(files)('%s has the values computed by others', (file) => {
    const expected = load(file);
    const recording = openRecording(path(file));
    const { info } = recording;
    // The expected values count the packet with the stale stamp, which is left out here.
    const dropped = file.startsWith('sample_data') ? 1 : 0;
    expect(info.problems.some(({ message }) => message.includes('left over'))).toBe(dropped === 1);
    expect(info.problems.some(({ message }) => message.includes(`${expected.trailing_bytes} bytes`))).toBe(
      expected.trailing_bytes > 0,
    );
    const of = (name: string) => readChannel(context, recording, name);
    const labelled = (label: string) => info.channels.find((channel) => channel.label === label)?.name ?? label;
    expect(info.channels.filter(({ name }) => name.startsWith('ai')).length).toBe(expected.neural.channels.length);
    for (const { hw_chan, microvolts_per_bit } of expected.neural.channels) {
      const channel = info.channels.find(({ name }) => name === `ai${hw_chan + 1}`);
      expect
        .soft([channel?.sampleRate, channel?.samples])
        .toEqual([expected.sample_rate, expected.n_packets - dropped]);
      expect.soft(channel?.gain).toBe(microvolts_per_bit ?? 0.195);
    }
    for (const { hw_chan, first10_raw, last10_raw, ...values } of expected.neural.values) {
      const found = of(`ai${hw_chan + 1}`);
      const gain = info.channels.find(({ name }) => name === `ai${hw_chan + 1}`)?.gain ?? NaN;
      expect
        .soft([...found.subarray(0, 10 - dropped)])
        .toEqual(first10_raw.slice(dropped).map((raw) => raw * gain + 0));
      expect.soft([...found.subarray(-10)]).toEqual(last10_raw.map((raw) => raw * gain + 0));
      if (dropped === 0) expect.soft(compareValues(found, { ...values, first10_raw }), `hw ${hw_chan}`).toEqual([]);
    }
    for (const { id, sum, first, first_transitions } of expected.digital) {
      const bits = [...of(labelled(id))];
      const whole = dropped === 1 ? [first, ...bits] : bits;
      expect.soft(whole[0], id).toBe(first);
      expect
        .soft(
          whole.reduce((total, bit) => total + bit, 0),
          id,
        )
        .toBe(sum);
      const changes = whole.flatMap((bit, k) => (k > 0 && bit !== whole[k - 1] ? [k] : []));
      expect.soft(changes.slice(0, first_transitions.length), id).toEqual(first_transitions);
    }
    for (const { id, first_values, sum } of expected.analog) {
      const values = [...of(labelled(id))];
      expect.soft(values.slice(0, 10 - dropped), id).toEqual(first_values.slice(dropped));
      const missing = dropped === 1 ? (first_values[0] ?? 0) : 0;
      expect
        .soft(
          values.reduce((total, value) => total + value, missing),
          id,
        )
        .toBe(sum);
    }
    const { gaps, first } = expected.timestamps;
    const real = gaps.filter(({ packet }) => packet > dropped);
    expect(info.segments.map(({ start }) => start)).toEqual([0, ...real.map(({ packet }) => packet - dropped)]);
    expect(info.segments.map(({ t0 }) => t0)).toEqual(
      [first[dropped] ?? NaN, ...real.map(({ after }) => after)].map((stamp) => stamp / expected.sample_rate),
    );
  });

  it('holds the values of channels that take turns', () => {
    const expected = load('synthetic/20ch_ascending_multiplexed.rec');
    const recording = openRecording(path('synthetic/20ch_ascending_multiplexed.rec'));
    for (const { id, first_values, updates } of expected.analog_interleaved) {
      const name = recording.info.channels.find(({ label }) => label === id)?.name ?? id;
      const values = [...readChannel(context, recording, name)];
      const changes = values.filter((value, k) => k === 0 || value !== values[k - 1]);
      const seen = changes[0] === 0 ? changes.slice(1) : changes;
      expect(seen.slice(0, first_values.length)).toEqual(first_values);
      expect(values.length).toBe(3 * updates);
    }
  });

  it('reads all stored channels where the configuration lists only some of them, as neo does not', () => {
    const { info } = openRecording(path('sample_data_1.rec'));
    expect(info.channels.filter(({ type }) => type === 'analog_in').length).toBe(80);
    expect(info.segments.map(({ samples }) => samples)).toEqual([9, 1]);
  });

  it('takes a configuration without packets for a recording of no samples', () => {
    const expected = load('2xNpix1_header_only.rec');
    const { info } = openRecording(path('2xNpix1_header_only.rec'));
    expect(info.segments).toEqual([]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.empty']);
    expect(info.startedAt).toBe('2024-03-18T16:37:04.807Z');
    const neural = info.channels.filter(({ type }) => type === 'analog_in');
    // The list of the expected channels is cut.
    const listed = expected.neural.channels.map(({ hw_chan }) => hw_chan);
    expect(neural.length).toBe(768);
    expect(neural.map(({ number }) => number - 1)).toEqual(expect.arrayContaining(listed));
    expect(neural[0]?.gain).toBe(expected.neural.channels[0]?.microvolts_per_bit);
  });

  it.each([
    ['no_end_tag.rec', 'no closing tag'],
    ['bad_sync.rec', 'the first packet does not begin with 55'],
    ['bad_xml.rec', 'is not XML'],
  ])('%s is refused with its reason', (file, words) => {
    const broken = path(`malformed/${file}`);
    expect(() => openRecording(broken)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(broken)).toThrow(words);
    expect(() => openRecording(broken)).toThrow(broken);
  });

  it(`survives damage (NDI_FUZZ_SEED=${fuzzSeed})`, () => fuzzRecorded(files.map(path)), fuzzMs);
});
