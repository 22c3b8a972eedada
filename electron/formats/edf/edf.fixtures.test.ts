import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const files = [
  'mne_test.edf',
  'mne_test.bdf',
  'mne_test_uneven_samp.edf',
  'mne_duplicate_channel_labels.edf',
  'pyedflib_test_subsecond.edf',
  'pyedflib_test_generator_datarec_generator_2.bdf',
  'synthetic/plain.edf',
  'synthetic/plus_c.edf',
  'synthetic/plus_d.edf',
  'synthetic/plus_c.bdf',
];

interface Expected {
  readonly header: { reserved: string; n_records: number; record_duration_s: number };
  readonly channels: readonly {
    label: string;
    dimension: string;
    sample_rate: number;
    n_samples?: number;
    gain?: number;
    offset?: number;
    values?: ExpectedValues;
  }[];
  readonly annotations: readonly { onset_s: number; duration_s: number | null; text: string }[];
  readonly record_onsets_first: readonly number[];
  readonly n_annotations: number;
}

const path = (name: string) => fixturePath('hardware', 'edf', ...name.split('/'));

describe.skipIf(!hasFixtures)('EDF and BDF recordings', () => {
  const context = testContext();

  it.each(files)('%s has the values computed by others', (file) => {
    const expected = JSON.parse(readFileSync(`${path(file)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(path(file));
    const { info } = recording;
    expect(info.format).toBe('edf');
    const reserved = expected.header.reserved;
    if (reserved.includes('+')) expect(info.version).toBe(reserved);
    const ordinary = expected.channels.filter(({ label }) => !label.endsWith('Annotations'));
    expect(info.channels.filter(({ type }) => type === 'analog_in').length).toBe(ordinary.length);
    ordinary.forEach((wanted, index) => {
      const channel = info.channels.find(({ name }) => name === `ai${index + 1}`);
      expect.soft(channel).toMatchObject({ label: wanted.label, units: wanted.dimension, samples: wanted.n_samples });
      expect.soft(channel?.sampleRate).toBeCloseTo(wanted.sample_rate, 9);
      expect.soft([channel?.gain, channel?.offset]).toEqual([wanted.gain, wanted.offset]);
      if (wanted.values === undefined) return;
      const found = readChannel(context, recording, `ai${index + 1}`);
      expect.soft(compareValues(found, wanted.values), wanted.label).toEqual([]);
    });
    const { events } = recording.readEvents(new Set(['tx1']), -Infinity, Infinity, 1e6);
    expect(events.length).toBe(expected.n_annotations);
    expect(info.events['tx1'] ?? 0).toBe(expected.n_annotations);
    for (const { onset_s, duration_s, text } of expected.annotations) {
      const duration = duration_s === null ? {} : { duration: duration_s };
      expect.soft(events).toContainEqual({ channel: 'tx1', time: onset_s, value: text, ...duration });
    }
    expect(info.segments[0]?.t0).toBe(expected.record_onsets_first[0] ?? 0);
    expect(info.problems).toEqual([]);
  });

  it('begins a segment at every gap of a discontinuous file', () => {
    const { record_onsets_first: onsets } = JSON.parse(
      readFileSync(`${path('synthetic/plus_d.edf')}.expected.json`, 'utf8'),
    ) as Expected;
    const starts = onsets.filter((onset, index) => index === 0 || onset !== (onsets[index - 1] ?? NaN) + 1);
    const { segments } = openRecording(path('synthetic/plus_d.edf')).info;
    expect(starts.length).toBeGreaterThan(1);
    expect(segments.map(({ t0 }) => t0).slice(0, starts.length)).toEqual(starts);
    expect(segments.reduce((sum, { samples }) => sum + samples, 0)).toBe(3840);
    for (const { start, t0 } of segments.slice(0, starts.length)) expect(start).toBe(256 * onsets.indexOf(t0));
  });

  it('keeps inverted polarity', () => {
    const recording = openRecording(path('pyedflib_test_subsecond.edf'));
    expect(recording.info.channels[0]?.gain).toBeLessThan(0);
    expect(recording.info.segments[0]?.t0).toBe(0.3945312);
  });

  it.each([
    ['header_cut.edf', 'format.truncated', 'ends inside the header'],
    ['signals_not_a_number.edf', 'format.invalid', 'the number of signals is not a count'],
  ])('%s is refused with its reason', (file, code, words) => {
    const broken = path(`malformed/${file}`);
    expect(() => openRecording(broken)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(broken)).toThrow(words);
    expect(() => openRecording(broken)).toThrow(broken);
  });

  it('uses the whole records of a file that is cut', () => {
    const { info } = openRecording(path('malformed/last_record_cut.edf'));
    const whole = openRecording(path('synthetic/plain.edf')).info;
    expect(info.channels[0]?.samples).toBe((whole.channels[0]?.samples ?? 0) - 256);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.truncated']);
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzzRecorded(files.filter((file) => !file.startsWith('mne_test.')).map(path));
    },
    fuzzMs,
  );
});
