import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import type { OpenRecording } from '../format.ts';
import { openRecording } from '../registry.ts';
import { readColumns } from './columns.ts';
import { numberOf, readMeta, table } from './meta.ts';

interface ExpectedChannel {
  name: string;
  units: string;
  gain: number;
}

interface ExpectedSegment {
  n_samples: number;
  t_start_s: number;
  values: (ExpectedValues & { channel: string })[];
}

interface ExpectedStream {
  name: string;
  channels: ExpectedChannel[];
  n_samples?: number;
  first_sample?: number;
  values?: ExpectedSegment['values'];
  segments?: ExpectedSegment[];
}

interface Expected {
  streams: ExpectedStream[];
  events?: { name: string; first_times_s: number[]; last_times_s: number[]; sum_times_s: number }[];
}

interface ExpectedMeta {
  type: string;
  sample_rate: number;
  n_saved_channels: number;
  file_size_bytes: number | null;
  first_sample: number | null;
  counts: string;
  saved: string;
  channel_names_first: string[];
  channel_names_last: string[];
  ai_range_max: number;
  imro_header?: string | null;
  imro_first?: string | null;
  imro_entries?: number;
}

const here = (...parts: string[]) => fixturePath('hardware', 'spikeglx', ...parts);
const load = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const runs = ['np1_all', 'np1_crlf', 'np1_subset', 'np1_vary_gains', 'np2_subset'];

function binsOf(run: string): string[] {
  const names = readdirSync(here('synthetic', run), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.bin')).map((name) => here('synthetic', run, name));
}

/** The word of 16 lines, put together again. */
function wordOf(recording: OpenRecording, label: RegExp): Float64Array {
  const context = testContext();
  const lines = recording.streams
    .flatMap(({ channels }) => channels)
    .filter(({ channel }) => label.test(channel.label));
  expect(lines.length).toBeGreaterThan(0);
  const values = lines.map(({ channel, bit = 0 }) =>
    readChannel(context, recording, channel.name).map((value) => value * 2 ** bit),
  );
  const sums = values.reduce((all, one) => all.map((value, index) => value + (one[index] ?? 0)));
  return sums.map((value) => (value << 16) >> 16);
}

/** As the words lie in the file: what other software calls the values of a digital word. */
function rawValues({ first10_raw, ranges, ...rest }: ExpectedValues): ExpectedValues {
  const raw = ranges as unknown as { start: number; end: number; sum_raw: number; min_raw: number; max_raw: number }[];
  return {
    ...rest,
    first10_raw,
    first10: first10_raw,
    last10: (rest as unknown as { last10_raw: number[] }).last10_raw,
    ranges: raw.map((one) => ({ ...one, sum: one.sum_raw, min: one.min_raw, max: one.max_raw })),
  };
}

function checkStream(recording: OpenRecording, stream: ExpectedStream): void {
  const context = testContext();
  const { info } = recording;
  const segment = stream.segments?.[0];
  expect(info.segments.map(({ samples }) => samples)).toEqual([segment?.n_samples ?? stream.n_samples]);
  const rate = info.channels[0]?.sampleRate ?? 0;
  expect(info.segments[0]?.t0).toBe(segment?.t_start_s ?? (stream.first_sample ?? NaN) / rate);
  for (const values of segment?.values ?? stream.values ?? []) {
    if (/^(SY|XD)/.test(values.channel)) {
      const label = values.channel.startsWith('SY') ? new RegExp(`^${values.channel} bit`) : /^XD/;
      expect.soft(compareValues(wordOf(recording, label), rawValues(values)), values.channel).toEqual([]);
      continue;
    }
    const channel = info.channels.find(({ label }) => label === values.channel);
    const expected = stream.channels.find(({ name }) => name === values.channel);
    expect.soft([channel?.gain, channel?.offset, channel?.units]).toEqual([expected?.gain, 0, expected?.units]);
    expect
      .soft(compareValues(readChannel(context, recording, channel?.name ?? ''), values), values.channel)
      .toEqual([]);
  }
}

describe.skipIf(!hasFixtures)('SpikeGLX recordings', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ndi-spikeglx-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(runs)('%s: every stream has the values computed by others', (run) => {
    const expected = load(here('synthetic', `${run}.expected.json`)) as Expected;
    const bins = binsOf(run);
    const streams = expected.streams.filter(({ name }) => !name.endsWith('-SYNC'));
    expect(bins.length).toBe(streams.length);
    for (const bin of bins) {
      const recording = openRecording(bin);
      const own = expected.streams.filter(
        ({ name }) => bin.includes(`.${name.replace('-SYNC', '')}.`) || bin.includes(`${name}.bin`),
      );
      expect(own.length).toBeGreaterThan(0);
      for (const stream of own) checkStream(recording, stream);
      expect(recording.info.problems).toEqual([]);
      const names = own
        .flatMap(({ channels }) => channels.map(({ name }) => name))
        .filter((name) => !/^(SY|XD)/.test(name));
      const analog = recording.info.channels.filter(({ type }) => type === 'analog_in');
      expect(analog.map(({ label }) => label)).toEqual(names);
      expect(analog.map(({ name }) => name)).toEqual(names.map((_, index) => `ai${index + 1}`));
    }
  });

  it.each(['np1_crlf', 'np1_subset', 'np2_subset'])(
    '%s: the lines of the digital word have the edges found by others',
    (run) => {
      const { events = [] } = load(here('synthetic', `${run}.expected.json`)) as Expected;
      const recording = openRecording(binsOf(run).find((bin) => bin.endsWith('.nidq.bin')) ?? '');
      const lines = recording.info.channels.filter(({ type }) => type === 'digital_in');
      expect(lines.map(({ label }) => label)).toEqual(
        events.map(({ name }) => name).filter((name) => name.startsWith('XD')),
      );
      for (const line of lines) {
        const values = readChannel(testContext(), recording, line.name);
        const edges = Array.from(values.keys()).filter((index) => index > 0 && values[index] !== values[index - 1]);
        const times = edges.map((index) => index / (line.sampleRate ?? NaN)).sort((a, b) => a - b);
        const expected = events.find(({ name }) => name === line.label);
        const sum = times.reduce((total, time) => total + time, 0);
        expect(sum).toBeCloseTo(expected?.sum_times_s ?? NaN, 6);
      }
    },
  );

  it('opens the folder of a run as all of its streams together', () => {
    const run = openRecording(here('synthetic', 'np1_subset', 'synth_g0'));
    expect(run.streams.map(({ sampleRate }) => sampleRate)).toEqual([30_000, 2_500, 25_000]);
    expect(run.info.channels.filter(({ type }) => type === 'analog_in').map(({ label }) => label)).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 100, 101].map((channel) => `imec0.ap AP${channel}`),
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 100, 101].map((channel) => `imec0.lf LF${channel}`),
      ...[0, 1, 2, 3].map((channel) => `nidq XA${channel}`),
    ]);
    const nidq = openRecording(here('synthetic', 'np1_subset', 'synth_g0', 'synth_g0_t0.nidq.bin'));
    expect(readChannel(testContext(), run, 'ai27')).toEqual(readChannel(testContext(), nidq, 'ai1'));
    expect(run.info.problems.map(({ code }) => code)).toEqual(['recording.ownClocks']);
    expect(openRecording(here('synthetic', 'np1_crlf', 'my_run_g7_g2')).streams.length).toBe(3);
  });

  it('reads the headers of real probes', () => {
    const { meta } = load(here('meta.expected.json')) as { meta: Record<string, ExpectedMeta> };
    expect(Object.keys(meta).sort()).toEqual(readdirSync(here('meta')).sort());
    for (const [name, expected] of Object.entries(meta)) {
      const read = readMeta(here('meta', name));
      const columns = readColumns(read);
      expect.soft(columns.length, name).toBe(expected.n_saved_channels);
      expect.soft(read.values.get('snsSaveChanSubset'), name).toBe(expected.saved);
      expect.soft(numberOf(read, 'firstSample') ?? null, name).toBe(expected.first_sample);
      if (expected.channel_names_first.length > 0) {
        const names = columns.map((column) => column.name);
        const first = expected.channel_names_first.slice(0, names.length);
        expect.soft(names.slice(0, first.length), name).toEqual(first);
        // Where the map's header has five numbers the other parser takes it for a name.
        const last = expected.channel_names_last.filter((one) => !one.includes(','));
        expect.soft(names.slice(-last.length), name).toEqual(last);
      }
      const imro = read.values.has('~imroTbl') ? table(read, 'imroTbl') : null;
      expect.soft(imro?.header ?? null, name).toBe(expected.imro_header ?? null);
      if (imro !== null)
        expect.soft([imro.entries[0], imro.entries.length]).toEqual([expected.imro_first, expected.imro_entries]);
    }
  });

  it.each([
    ['sample3A_g0_t0.imec.ap.meta', 'AP0', 0.6 / 512 / 500],
    ['sample3B_g0_t0.imec1.ap.meta', 'AP383', 0.6 / 512 / 500],
    ['sample3B_g0_t0.imec1.lf.meta', 'LF0', 0.6 / 512 / 250],
    ['NP1_saved_only_subset_of_channels.meta', 'AP150', 0.6 / 512 / 500],
    ['sampleNPultra_g0_t0.imec0.ap.meta', 'AP0', 0.6 / 512 / 500],
    ['sampleNP2.4_4shanks_g0_t0.imec.ap.meta', 'AP1', 0.5 / 8192 / 80],
    ['sampleNP2.4_4shanks_while_acquiring_incomplete.ap.meta', 'AP1', 0.5 / 8192 / 80],
    ['NP2020_sample_g0_t0.imec0.ap.meta', 'AP1535', 0.62 / 2048 / 100],
  ])('%s: tells the scale of %s', (name, label, volts) => {
    const stem = name.replace('.meta', '');
    copyFileSync(here('meta', name), join(folder, name));
    writeFileSync(join(folder, `${stem}.bin`), Buffer.alloc(2 * 1540 * 3));
    const { info } = openRecording(join(folder, `${stem}.bin`));
    const channel = info.channels.find((one) => one.label === label);
    expect([channel?.units, channel?.gain]).toEqual(['uV', volts * 1e6]);
    // The samples are not the ones that the text tells of, and it is said.
    expect(info.problems.length).toBeGreaterThan(0);
    expect(openRecording(join(folder, name)).info.path).toBe(info.path);
  });

  it('refuses a text without the number of channels, with and without its samples', () => {
    const path = here('malformed', 'no_channels.meta');
    expect(() => readColumns(readMeta(path))).toThrow('nSavedChans is missing');
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    copyFileSync(path, join(folder, 'r_g0_t0.imec0.ap.meta'));
    writeFileSync(join(folder, 'r_g0_t0.imec0.ap.bin'), Buffer.alloc(770));
    expect(() => openRecording(join(folder, 'r_g0_t0.imec0.ap.bin'))).toThrow('is missing');
  });
});
