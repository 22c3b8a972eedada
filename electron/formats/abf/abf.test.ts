import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { writeAbf1, writeAbf2, type MadeAbf } from './made-abf.ts';

const folder = temporaryFolder('ndi-abf');
const context = testContext();
const words = (count: number) => Array.from({ length: count }, (_, index) => ((index * 37) % 4001) - 2000);
/** 10 V / (32768 x 0.5 x 2), and instrument offset less signal offset. */
const GAIN = 10 / 32768;
const OFFSET = 2;

describe.each([
  ['version 1', writeAbf1],
  ['version 2', writeAbf2],
])('ABF %s', (_, write) => {
  const open = (made: MadeAbf) => openRecording(write(folder, made));

  it('takes apart multiplexed words and scales them', () => {
    const samples = words(300);
    const recording = open({ channels: 3, samples, interval: 187.5 });
    const { info } = recording;
    expect(info.channels.map(({ name, label, units }) => [name, label, units])).toEqual([
      ['ai1', 'IN 0', 'mV'],
      ['ai2', 'IN 1', 'mV'],
      ['ai3', 'IN 2', 'mV'],
      ['t1', 'time', 's'],
    ]);
    expect(info.channels[0]).toMatchObject({ sampleRate: 1e6 / 187.5, samples: 100, gain: GAIN, offset: OFFSET });
    expect(info.segments).toEqual([{ start: 0, samples: 100, t0: 0, t1: 99 / (1e6 / 187.5) }]);
    expect(info.startedAt).toBe('2024-03-04T01:01:01.007');
    expect(info.problems).toEqual([]);
    const own = samples.filter((_, index) => index % 3 === 1).map((word) => word * GAIN + OFFSET);
    expect(readChannel(context, recording, 'ai2')).toEqual(Float64Array.from(own));
    expect(readChannel(context, recording, 't1')[99]).toBeCloseTo(0.0185625, 12);
  });

  it('takes floats as they are', () => {
    const samples = words(40).map((word) => word / 8);
    const recording = open({ channels: 2, samples, float: true });
    expect(recording.info.channels[0]).toMatchObject({ gain: 1, offset: 0 });
    const own = samples.filter((_, index) => index % 2 === 1);
    expect(readChannel(context, recording, 'ai2')).toEqual(Float64Array.from(own));
  });

  it('finds tags by blocks and takes their times as counts of multiplexed samples, whatever the channels', () => {
    const recording = open({
      channels: 2,
      samples: words(2000),
      tags: [
        [1000, 'drug \xb5M'],
        [400, 'start'],
      ],
    });
    expect(recording.info.events).toEqual({ tx1: 2 });
    const { events, total } = recording.readEvents(new Set(['tx1']), 0, 1, 1);
    expect(total).toBe(2);
    expect(events).toEqual([{ channel: 'tx1', time: 0.02, value: 'start' }]);
    expect(recording.readEvents(new Set(['tx1']), 0.05, 1, 10).events[0]?.value).toBe('drug \xb5M');
    expect(recording.readEvents(new Set(['ai1']), 0, 1, 10)).toEqual({ events: [], total: 0 });
  });

  it('takes times of tags and sweeps in the unit that the file names', () => {
    const recording = open({
      mode: 5,
      samples: words(30),
      synchUnit: 12.5,
      synch: [
        [0, 10],
        [80_000, 20],
      ],
      tags: [[40_000, 'half a second']],
    });
    expect(recording.info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 10, 0],
      [10, 20, 1],
    ]);
    expect(recording.readEvents(new Set(['tx1']), 0, 1, 1).events[0]?.time).toBe(0.5);
  });

  it('counts starts of several channels in multiplexed samples, but of one channel where there is no room', () => {
    const starts = (second: number) =>
      open({
        mode: 1,
        channels: 2,
        samples: words(40),
        synch: [
          [0, 20],
          [second, 20],
        ],
      }).info.segments.map(({ t0 }) => t0);
    expect(starts(1000)).toEqual([0, 0.05]);
    // 20 multiplexed samples do not fit between 0 and 15: 15 samples of one channel do.
    expect(starts(15)[1]).toBeCloseTo(0.0015, 12);
  });

  it('takes lengths in units of time where they do not add up to the samples', () => {
    const { info } = open({
      mode: 1,
      samples: words(30),
      synchUnit: 50,
      synch: [
        [0, 20],
        [1000, 40],
      ],
    });
    expect(info.segments.map(({ samples, t0 }) => [samples, t0])).toEqual([
      [10, 0],
      [20, 0.05],
    ]);
    expect(info.problems).toEqual([]);
  });

  it('cuts sweeps of equal length where the file does not tell where they begin', () => {
    const { info } = open({ mode: 5, channels: 2, samples: words(60), samplesPerSweep: 20 });
    expect(info.segments.map(({ samples, t0 }) => [samples, t0])).toEqual([
      [10, 0],
      [10, 0.001],
      [10, 0.002],
    ]);
    expect(info.problems.map(({ code }) => code)).toEqual(['recording.assumedTimes']);
  });

  it('cuts sweeps that reach beyond the data, and says so', () => {
    const { info } = open({
      mode: 5,
      samples: words(30),
      synch: [
        [0, 20],
        [100, 20],
        [200, 20],
      ],
    });
    expect(info.segments.map(({ samples }) => samples)).toEqual([20, 10]);
    expect(info.problems.map(({ message }) => message)).toEqual([
      '2 of 3 sweeps reach beyond the 30 samples: they are cut.',
    ]);
  });

  it('places sweeps one after the other whose starts go back', () => {
    const { info } = open({
      mode: 5,
      samples: words(20),
      synch: [
        [5000, 10],
        [0, 10],
      ],
    });
    expect(info.segments.map(({ t0 }) => t0)).toEqual([0, 0.001]);
    expect(info.problems[0]?.message).toContain('go back in time');
  });

  it('opens a file without samples and says so', () => {
    if (write === writeAbf2) return;
    const { info } = open({ samples: [] });
    expect(info.segments).toEqual([]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.empty']);
  });

  it('refuses samples that would lie in its header, where zeros are', () => {
    const path = write(folder, { samples: words(400) });
    const bytes = readFileSync(path);
    bytes.writeInt32LE(1, write === writeAbf1 ? 40 : 236);
    writeFileSync(path, bytes);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
  });

  it('refuses a scale whose offset swallows every word', () => {
    const path = write(folder, { samples: words(400) });
    const bytes = readFileSync(path);
    // The offset of the instrument is a float in either version.
    const at = write === writeAbf1 ? 986 + 4 * 15 : bytes.length;
    if (at === bytes.length) return;
    bytes.writeFloatLE(1e38, at);
    writeFileSync(path, bytes);
    expect(() => openRecording(path)).toThrow('tells no values apart');
  });

  it('reads what there is of a file that is cut', () => {
    const made = { mode: 5, channels: 2, samples: words(2000), synch: [[0, 2000]] as const };
    const path = write(folder, made);
    truncateSync(path, (write === writeAbf1 ? 6144 : 2048) + 403);
    const { info } = openRecording(path);
    expect(info.segments.map(({ samples }) => samples)).toEqual([100]);
    expect(info.problems[0]?.message).toBe(
      'The file ends early: 100 of 1000 samples a channel are there; 3 bytes at the end are left out.',
    );
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const tags = [[100, 'a']] as const;
      const base = write(folder, { mode: 5, channels: 4, samples: words(4000), synch: [[0, 4000]], tags });
      const floats = write(folder, { channels: 3, samples: words(3000), float: true, tags });
      // Headers are full of zeros, and a position is all that tells them from samples.
      fuzz([base, floats], { hasPadding: true });
    },
    fuzzMs,
  );
});

describe('ABF versions', () => {
  it('uses the telegraph only where the header has room for it', () => {
    const gain = (path: string) => openRecording(path).info.channels[0]?.gain;
    const made = { samples: words(5000), telegraph: 20 };
    expect(gain(writeAbf1(folder, made))).toBe(GAIN / 20);
    expect(gain(writeAbf2(folder, made))).toBe(GAIN / 20);
    // At the same bytes of a short header samples lie.
    expect(gain(writeAbf1(folder, { ...made, version: 1.5 }))).toBe(GAIN);
  });

  it('skips the samples to ignore', () => {
    const recording = openRecording(writeAbf1(folder, { samples: words(20), ignored: 6 }));
    expect(readChannel(context, recording, 'ai1')[0]).toBe(-2000 * GAIN + OFFSET);
  });

  it('says of compressed data and of the other byte order that they are not supported', () => {
    const unsupported = expect.objectContaining({ code: 'format.unsupported' });
    const compressed = writeAbf2(folder, { samples: words(10), compressed: true });
    expect(() => openRecording(compressed)).toThrow(unsupported);
    expect(() => openRecording(compressed)).toThrow('compressed');
    const bytes = readFileSync(compressed);
    bytes.write(' FBA', 0, 'latin1');
    const big = `${folder}/macintosh.abf`;
    writeFileSync(big, bytes);
    expect(() => openRecording(big)).toThrow(unsupported);
    expect(() => openRecording(big)).toThrow('big-endian');
  });

  it('refuses sections outside the file', () => {
    const path = writeAbf2(folder, { samples: words(10), tags: [[1, 'a']] });
    const bytes = readFileSync(path);
    for (const [at, name] of [
      [76, 'protocol'],
      [236, 'data'],
      [252, 'tags'],
    ] as const) {
      const broken = Buffer.from(bytes);
      broken.writeUInt32LE(9_000, at);
      writeFileSync(path, broken);
      expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
      expect(() => openRecording(path)).toThrow(name);
    }
  });
});
