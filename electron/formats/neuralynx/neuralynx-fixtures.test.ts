import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { compareValues, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

interface Expected {
  streams: {
    file: string;
    name: string;
    sample_rate: number;
    units: string;
    gain: number;
    offset: number;
    n_samples: number;
    segments: { t_start_s: number; n_samples: number; duration_s: number; values: ExpectedValues }[];
  }[];
  records: Record<
    string,
    {
      n_records: number;
      first?: { timestamp: number; event_id: number; ttl: number; text: string }[];
      sum_ttl?: number;
      units?: Record<string, number>;
      first_timestamps?: number[];
    }
  >;
}

const of = (...parts: string[]) => fixturePath('hardware', 'neuralynx', ...parts);
const folders = ['pegasus_csc1', 'synthetic/gap', 'synthetic/inverted_partial'];

describe.skipIf(!hasFixtures)('Neuralynx recordings', () => {
  const context = testContext();
  const folder = temporaryFolder('ndi-neuralynx');

  it.each(folders)('%s has the values computed by others, segment by segment', (name) => {
    const expected = JSON.parse(readFileSync(`${of(name)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(of(name));
    const { info } = recording;
    const channels = info.channels.filter(({ type }) => type === 'analog_in');
    expect(
      channels.map(({ label, sampleRate, units, gain, offset, samples }) => [
        label,
        sampleRate,
        units,
        gain,
        offset,
        samples,
      ]),
    ).toEqual(
      expected.streams.map((stream) => [
        stream.name,
        stream.sample_rate,
        stream.units,
        stream.gain,
        stream.offset,
        stream.n_samples,
      ]),
    );
    // Libraries split where stamps are 1 us off by rounding: no gap.
    expect(info.segments.map(({ t0, samples }) => [t0, samples])).toEqual(
      expected.streams[0]?.segments.map(({ t_start_s, n_samples }) => [t_start_s, n_samples]),
    );
    expected.streams.forEach((stream, index) => {
      stream.segments.forEach(({ values, duration_s }, at) => {
        const { start = 0, samples = 0, t0 = 0, t1 = 0 } = info.segments[at] ?? {};
        expect(t1 - t0).toBeCloseTo(duration_s - 1 / stream.sample_rate, 9);
        const query = { channels: `ai${index + 1}`, from: start, to: start + samples, unit: 'samples' as const };
        const data = readSamples(context, recording, query).data[0] ?? new Float64Array(0);
        expect.soft(compareValues(data, values), `${stream.file}, segment ${at}`).toEqual([]);
      });
    });
  });

  it.each(folders.slice(1))('%s has the events and spikes counted by others', (name) => {
    const expected = JSON.parse(readFileSync(`${of(name)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(of(name));
    const { info } = recording;
    const all = recording.readEvents(new Set(Object.keys(info.events)), -Infinity, Infinity, 1e6).events;
    const origin = 8_408_806_811;
    const nev = expected.records['Events.nev'];
    const seconds = (stamp: number) => (stamp - origin) / 1e6;
    expect(all.filter(({ channel }) => channel === 'tx1').map(({ time, value }) => [time, value])).toEqual(
      nev?.first?.map(({ timestamp, text }) => [seconds(timestamp), text]),
    );
    const words = all.filter(({ channel }) => channel === 'mk1');
    expect(words.map(({ time, value }) => [time, value])).toEqual(
      nev?.first?.filter(({ event_id }) => event_id === 11).map(({ timestamp, ttl }) => [seconds(timestamp), ttl]),
    );
    expect(words.reduce((sum, { value }) => sum + Number(value), 0)).toBe(nev?.sum_ttl);
    const nse = expected.records['SE1.nse'];
    const spikes = all.filter(({ channel }) => /^e\d/.test(channel));
    expect(spikes.slice(0, 10).map(({ time }) => time)).toEqual(nse?.first_timestamps?.slice(0, 10).map(seconds));
    expect(spikes.length).toBe(nse?.n_records);
    for (const [cell, count] of Object.entries(nse?.units ?? {})) {
      expect(spikes.filter(({ value }) => value === Number(cell)).length).toBe(count);
    }
    for (const [channel, count] of Object.entries(info.events)) {
      expect(all.filter((event) => event.channel === channel).length).toBe(count);
    }
  });

  it('opens a folder by any of its files', () => {
    for (const file of ['CSC1.ncs', 'CSC2.ncs', 'Events.nev', 'SE1.nse']) {
      expect(openRecording(of('synthetic/gap', file)).info.path).toBe(of('synthetic/gap'));
    }
  });

  /** The damaged files lie in one folder, which would be one recording. */
  function alone(name: string): string {
    const place = join(folder, name.replace('.', '-'));
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, name), readFileSync(of('malformed', name)));
    return join(place, name);
  }

  it('refuses a file whose header is cut, and reads the others beside it', () => {
    const path = alone('header_cut.ncs');
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
    expect(() => openRecording(path)).toThrow('ends inside the header');
    expect(() => openRecording(path)).toThrow(path);
    const { info } = openRecording(of('malformed'));
    expect(info.channels.filter(({ type }) => type === 'analog_in').length).toBe(2);
    expect(info.problems.map(({ code }) => code)).toContain('format.truncated');
  });

  it('reads whole records of a file that is cut, and says how much is left out', () => {
    const { info } = openRecording(alone('partial_record.ncs'));
    expect(info.segments.map(({ samples }) => samples)).toEqual([5 * 512]);
    expect(info.problems[0]?.message).toContain('500 bytes');
  });

  it('takes a header without records for an empty channel', () => {
    const { info } = openRecording(alone('header_only.ncs'));
    expect(info.channels.map(({ name, samples }) => [name, samples])).toEqual([
      ['ai1', 0],
      ['t1', 0],
    ]);
    expect(info.segments).toEqual([]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.empty']);
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzzRecorded([of('synthetic/gap'), of('synthetic/inverted_partial'), alone('partial_record.ncs')]);
      const single = join(folder, 'single');
      mkdirSync(single, { recursive: true });
      cpSync(of('synthetic/gap', 'Events.nev'), join(single, 'Events.nev'));
      fuzzRecorded([single]);
    },
    fuzzMs,
  );
});
