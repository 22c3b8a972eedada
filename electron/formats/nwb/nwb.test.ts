import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File as LibraryFile, ready, type Group } from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = mkdtempSync(join(tmpdir(), 'ndi-nwb-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = Int16Array.from({ length: 3000 * 4 }, (_, index) => ((index * 31) % 2001) - 1000);

interface Series {
  readonly name: string;
  readonly type?: string;
  readonly data: Int16Array | Float64Array;
  readonly shape: number[];
  readonly chunks?: number[];
  readonly rate?: number;
  readonly timestamps?: Float64Array;
  readonly conversion?: number;
}

function put(
  group: Group,
  { name, type = 'ElectricalSeries', data, shape, chunks, rate, timestamps, conversion }: Series,
) {
  const series = group.create_group(name);
  series.create_attribute('neurodata_type', type);
  const packed = chunks === undefined ? {} : { chunks, compression: 'gzip' as const, compression_opts: [4] };
  const samples = series.create_dataset({ name: 'data', data, shape, ...packed });
  samples.create_attribute('unit', 'volts');
  samples.create_attribute('conversion', conversion ?? 1e-6);
  if (rate !== undefined) {
    series.create_dataset({ name: 'starting_time', data: 2 }).create_attribute('rate', rate);
  }
  if (timestamps !== undefined) series.create_dataset({ name: 'timestamps', data: timestamps });
}

/** A file with its version, and whatever else a test puts into it. */
function write(name: string, fill: (file: LibraryFile, acquisition: Group) => void): string {
  const path = join(folder, name);
  const file = new LibraryFile(path, 'w');
  file.create_attribute('nwb_version', '2.6.0');
  file.create_dataset({ name: 'session_start_time', data: '2024-03-04T14:09:26+00:00' });
  fill(file, file.create_group('acquisition'));
  file.close();
  return path;
}

const column = (channel: number) => Array.from({ length: 3000 }, (_, row) => (words[row * 4 + channel] ?? 0) * 1e-6);

describe('NWB', () => {
  it.each([
    ['one piece', undefined],
    ['packed chunks', [700, 3]],
  ])('reads series in %s, each channel with its times', (_, chunks) => {
    const path = write('rate.nwb', (_file, acquisition) =>
      put(acquisition, { name: 'probe', data: words, shape: [3000, 4], rate: 1000, ...(chunks ? { chunks } : {}) }),
    );
    const recording = openRecording(path);
    expect(recording.info.startedAt).toBe('2024-03-04T14:09:26+00:00');
    expect(recording.info.segments).toEqual([{ start: 0, samples: 3000, t0: 2, t1: 2 + 2999 / 1000 }]);
    expect(recording.info.problems).toEqual([]);
    for (let channel = 0; channel < 4; channel++) {
      const values = readChannel(testContext(), recording, `ai${channel + 1}`);
      const wrong = column(channel).filter((value, row) => Math.abs((values[row] ?? NaN) - value) > 1e-12);
      expect([values.length, wrong]).toEqual([3000, []]);
    }
    const times = readChannel(testContext(), recording, 't1');
    expect([times[0], times[2999]]).toEqual([2, 2 + 2999 / 1000]);
  });

  it('finds gaps by time stamps, and numbers channels over series by name', () => {
    const stamps = Float64Array.from({ length: 3000 }, (_, index) => index / 500 + (index < 1200 ? 0 : 10));
    const path = write('stamps.nwb', (_file, acquisition) => {
      put(acquisition, { name: 'b', data: words, shape: [3000, 4], timestamps: stamps });
      put(acquisition, { name: 'a', data: Float64Array.from([1, 2, 3]), shape: [3], rate: 10 });
      put(acquisition, {
        name: 'c',
        type: 'TimeSeries',
        data: Float64Array.from([5, 6]),
        shape: [2],
        rate: 1,
        conversion: 2,
      });
    });
    const { info, streams } = openRecording(path);
    expect(info.channels.map(({ name }) => name)).toEqual(['ai1', 't1', 'ai2', 'ai3', 'ai4', 'ai5', 't2', 'ax1', 't3']);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 1200, 0],
      [1200, 1800, 12.4],
    ]);
    expect(streams.map(({ sampleRate }) => sampleRate)).toEqual([10, 500, 1]);
    expect([...readChannel(testContext(), openRecording(path), 'ax1')]).toEqual([10, 12]);
  });

  it('reads channels that were written as rows, and says so', () => {
    const stamps = Float64Array.from({ length: 6 }, (_, index) => index);
    const rows = Float64Array.from([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]);
    const path = write('rows.nwb', (_file, acquisition) =>
      put(acquisition, { name: 'x', data: rows, shape: [2, 6], timestamps: stamps, conversion: 1 }),
    );
    const recording = openRecording(path);
    expect(recording.info.problems.map(({ code }) => code)).toEqual(['recording.transposed']);
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual([11, 12, 13, 14, 15, 16]);
  });

  it('names channels and their groups by the electrodes that a series names', () => {
    const path = write('electrodes.nwb', (file, acquisition) => {
      put(acquisition, { name: 'probe', data: words, shape: [3000, 4], rate: 1000 });
      (acquisition.get('probe') as Group).create_dataset({ name: 'electrodes', data: [3, 0, 1, 2] });
      const electrodes = file.create_group('general').create_group('extracellular_ephys').create_group('electrodes');
      electrodes.create_dataset({ name: 'id', data: [10, 11, 12, 13] });
      electrodes.create_dataset({ name: 'group_name', data: ['left', 'left', '', 'right'] });
    });
    const channels = openRecording(path).info.channels.filter(({ type }) => type === 'analog_in');
    expect(channels.map(({ label, groups }) => [label, groups?.electrodeGroup])).toEqual([
      ['right electrode 13', 'right'],
      ['left electrode 10', 'left'],
      ['left electrode 11', 'left'],
      ['electrode 12', undefined],
    ]);
  });

  it('reads spikes of units and rows of intervals as events', () => {
    const path = write('events.nwb', (file) => {
      const units = file.create_group('units');
      units.create_dataset({ name: 'id', data: [4, 9] });
      units.create_dataset({ name: 'spike_times', data: Float64Array.from([1, 3, 0.5, 2]) });
      units.create_dataset({ name: 'spike_times_index', data: [2, 4] });
      const trials = file.create_group('intervals').create_group('trials');
      trials.create_dataset({ name: 'start_time', data: Float64Array.from([1, 2.5]) });
      trials.create_dataset({ name: 'stop_time', data: Float64Array.from([2, 4]) });
    });
    const recording = openRecording(path);
    const { info } = recording;
    expect(info.events).toEqual({ e4: 2, e9: 2, mk1: 2 });
    expect(info.extent).toEqual({ t0: 0, t1: 3 });
    const { events, total } = recording.readEvents(new Set(['e4', 'e9', 'mk1']), 1, 3, 100);
    expect(total).toBe(4);
    expect(events).toContainEqual({ channel: 'mk1', time: 2.5, value: 2, duration: 1.5 });
    expect(events.map(({ channel, time }) => `${channel} ${time}`).sort()).toEqual([
      'e4 1',
      'e9 2',
      'mk1 1',
      'mk1 2.5',
    ]);
  });

  it('leaves out what tells its times twice or not at all, and reads the rest', () => {
    const path = write('times.nwb', (_file, acquisition) => {
      put(acquisition, {
        name: 'both',
        data: Float64Array.from([1]),
        shape: [1],
        rate: 1,
        timestamps: Float64Array.from([1]),
      });
      put(acquisition, {
        name: 'few',
        data: Float64Array.from([1, 2]),
        shape: [2],
        timestamps: Float64Array.from([1]),
      });
      put(acquisition, { name: 'good', data: Float64Array.from([1, 2]), shape: [2], rate: 1 });
    });
    const { info } = openRecording(path);
    expect(info.channels.map(({ name }) => name)).toEqual(['ai1', 't1']);
    expect(info.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('/acquisition/both is left out: it has both'),
      expect.stringContaining('has 1 time stamps for 2 samples'),
    ]);
  });

  it('refuses HDF5 that is not NWB, and content that is not HDF5', () => {
    const plain = join(folder, 'plain.nwb');
    new LibraryFile(plain, 'w').close();
    expect(() => openRecording(plain)).toThrow('it is HDF5, but not NWB');
    writeFileSync(join(folder, 'text.nwb'), 'no');
    expect(() => openRecording(join(folder, 'text.nwb'))).toThrow('although the name says NWB');
  });

  it('knows NWB by its content under another name', () => {
    const path = write('data.h5', (_file, acquisition) =>
      put(acquisition, { name: 'x', data: Float64Array.from([1, 2]), shape: [2], rate: 1 }),
    );
    expect(recognise(path).sniffs.map(({ format }) => format)).toEqual(['nwb']);
  });

  it(
    `may be damaged (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const path = write('whole.nwb', (_file, acquisition) => {
        put(acquisition, { name: 'a', data: words, shape: [3000, 4], chunks: [700, 3], rate: 1000 });
        put(acquisition, { name: 'b', data: words, shape: [3000, 4], rate: 1000 });
      });
      // Chunks reach over the edges of a table, where zeros are stored.
      fuzz([path], { hasPadding: true });
    },
    fuzzMs,
  );
});
