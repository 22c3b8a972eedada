import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const files = [
  '130618-1-12.abf',
  '17o05027_ic_ramp.abf',
  '2018_11_16_sh_0006.abf',
  '2020_06_16_0001.abf',
  'File_axon_3.abf',
  'File_axon_7.abf',
  'example.abf',
  'pclamp11_4ch.abf',
  'pclamp11_4ch_abf1.abf',
  'test_0001.abf',
  'synthetic/abf1_episodic.abf',
  'synthetic/abf1_gapfree_float.abf',
  'synthetic/abf2_event_variable.abf',
  'synthetic/abf2_gapfree.abf',
];

/** Older than the synch array: the libraries give one segment, the header tells of three sweeps. */
const WITHOUT_SWEEPS = '130618-1-12.abf';

interface Expected {
  streams: {
    channels: { name: string; sample_rate: number; units: string; gain: number; offset: number }[];
    segments: { n_samples: number; t_start_s: number; values: (ExpectedValues & { index: number })[] }[];
  }[];
  tags?: { time_s: number; comment: string }[];
  abf_version?: string;
  recorded_at?: string;
  sweep_count?: number;
}

const of = (file: string) => fixturePath('hardware', 'abf', file);

describe.skipIf(!hasFixtures)('Axon ABF recordings', () => {
  const context = testContext();

  it.each(files)('%s has the values computed by others, sweep by sweep', (file) => {
    const expected = JSON.parse(readFileSync(`${of(file)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(of(file));
    const { info } = recording;
    const [stream] = expected.streams;
    const channels = info.channels.filter(({ type }) => type === 'analog_in');
    expect(channels.map(({ label, units, gain, offset }) => ({ label, units, gain, offset }))).toEqual(
      stream?.channels.map(({ name, units, gain, offset }) => ({
        label: file === WITHOUT_SWEEPS ? 'channel 1' : name,
        units,
        gain,
        offset,
      })),
    );
    for (const channel of channels) expect(channel.sampleRate).toBeCloseTo(stream?.channels[0]?.sample_rate ?? 0, 6);
    if (expected.sweep_count !== undefined) expect(info.segments.length).toBe(expected.sweep_count);
    stream?.segments.forEach((segment, index) => {
      const whole = file === WITHOUT_SWEEPS;
      const { start = 0, samples = 0, t0 } = info.segments[index] ?? {};
      if (!whole) expect(samples).toBe(segment.n_samples);
      expect(t0).toBeCloseTo(segment.t_start_s, 9);
      for (const values of segment.values) {
        const query = { channels: `ai${values.index + 1}`, from: start, to: start + samples, unit: 'samples' as const };
        const data = whole
          ? readChannel(context, recording, query.channels)
          : (readSamples(context, recording, query).data[0] ?? new Float64Array(0));
        expect.soft(compareValues(data, values), `${query.channels} of sweep ${index + 1}`).toEqual([]);
      }
    });
    expect(stream?.segments[0]?.values.length).toBeGreaterThan(0);
    if (expected.tags === undefined) return;
    const { events } = recording.readEvents(new Set(['tx1']), -Infinity, Infinity, 100);
    expect(events.map(({ value }) => value)).toEqual(expected.tags.map(({ comment }) => comment));
    // The libraries round or scale the times of tags: theirs of files of one channel are the description's.
    if (channels.length === 1) {
      expected.tags.forEach(({ time_s }, index) => expect(events[index]?.time).toBeCloseTo(time_s, 4));
    }
  });

  it('takes the start as the clock of the computer wrote it', () => {
    const start = (file: string) => openRecording(of(file)).info.startedAt;
    expect(start('17o05027_ic_ramp.abf')).toBe('2017-10-05T14:42:42.005');
    expect(start('example.abf')).toBe('2024-08-20T14:20:06.390');
    // 180618: years of two digits in old files.
    expect(start('130618-1-12.abf')).toBe('2018-06-18T17:34:27.000');
  });

  it('tells the versions of both kinds', () => {
    expect(openRecording(of('pclamp11_4ch.abf')).info.version).toMatch(/^2\.\d\.0\.0$/);
    expect(openRecording(of('example.abf')).info.version).toBe('1.65');
  });

  it('says that sweeps without times follow each other', () => {
    const { info } = openRecording(of(WITHOUT_SWEEPS));
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 50_000, 0],
      [50_000, 50_000, 1],
      [100_000, 50_000, 2],
    ]);
    expect(info.problems.map(({ code }) => code)).toEqual(['recording.assumedTimes']);
  });

  it.each([
    ['bad_magic.abf', 'format.invalid', 'although the name says Axon ABF'],
    ['header_cut.abf', 'format.truncated', 'ends inside the header'],
    ['zero_channels.abf', 'format.invalid', 'number of channels (0, at byte 120)'],
  ])('%s is refused with its reason', (file, code, words) => {
    const path = of(`malformed/${file}`);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(path);
  });

  it('reads what there is of data that are cut, and says how much', () => {
    const recording = openRecording(of('malformed/data_cut.abf'));
    const { info } = recording;
    // 101,959 bytes less the 8,192 before the data hold 15,627 rows of three words.
    expect(info.segments).toEqual([expect.objectContaining({ start: 0, samples: 15_627, t0: 0 })]);
    expect(info.problems[0]).toMatchObject({ grade: 'shouldFix', code: 'format.truncated' });
    expect(info.problems[0]?.message).toContain('15627 of 16000 samples');
    const whole = openRecording(of('synthetic/abf2_gapfree.abf'));
    expect(readChannel(context, recording, 'ai3')).toEqual(
      readChannel(context, whole, 'ai3').subarray(0, readChannel(context, recording, 'ai3').length),
    );
  });

  it(
    `gives errors of ours or stated problems for damaged files (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzzRecorded([
        ...['abf1_episodic', 'abf1_gapfree_float', 'abf2_event_variable', 'abf2_gapfree'].map((name) =>
          of(`synthetic/${name}.abf`),
        ),
        of('17o05027_ic_ramp.abf'),
        of('130618-1-12.abf'),
      ]);
    },
    fuzzMs,
  );
});
