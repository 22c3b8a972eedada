import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzRecorded, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const folder = temporaryFolder('ndi-plexon');
const context = testContext();
const TICKS = 40_000;

type Block = readonly [type: number, stamp: number, channel: number, unit: number, words?: readonly number[]];

interface Made {
  readonly version?: number;
  readonly gain?: number;
  readonly preamp?: number;
  readonly bits?: readonly [spike: number, slow: number];
}

let files = 0;
/** One spike, three event and two slow channels (0: 1000 Hz, 4: 500 Hz), then the blocks. */
function write(
  blocks: readonly Block[],
  { version = 106, gain = 2, preamp = 500, bits = [12, 16] }: Made = {},
): string {
  const head = Buffer.alloc(7504);
  head.write('PLEX', 0, 'latin1');
  head.writeInt32LE(version, 4);
  [TICKS, 1, 3, 2].forEach((value, index) => head.writeInt32LE(value, 136 + 4 * index));
  [2024, 3, 4, 14, 9, 26].forEach((value, index) => head.writeInt32LE(value, 160 + 4 * index));
  head.writeUInt8(bits[0], 202);
  head.writeUInt8(bits[1], 203);
  head.writeUInt16LE(3000, 204);
  head.writeUInt16LE(5000, 206);
  const dsp = Buffer.alloc(1020);
  dsp.write('sig007', 0, 'latin1');
  dsp.writeInt32LE(7, 64);
  const events = (
    [
      ['Event002', 2],
      ['Strobed', 257],
      ['Start', 258],
    ] as const
  ).map(([name, channel]) => {
    const bytes = Buffer.alloc(296);
    bytes.write(name, 0, 'latin1');
    bytes.writeInt32LE(channel, 32);
    return bytes;
  });
  const slow = (
    [
      ['WB01', 0, 1000],
      ['FP05', 4, 500],
    ] as const
  ).map(([name, channel, frequency]) => {
    const bytes = Buffer.alloc(296);
    bytes.write(name, 0, 'latin1');
    [channel, frequency, gain, 1, preamp].forEach((value, index) => bytes.writeInt32LE(value, 32 + 4 * index));
    return bytes;
  });
  const body = blocks.map(([type, stamp, channel, unit, words = []]) => {
    const bytes = Buffer.alloc(16 + 2 * words.length);
    bytes.writeUInt16LE(type, 0);
    bytes.writeUInt16LE(Math.floor(stamp / 2 ** 32), 2);
    bytes.writeUInt32LE(stamp % 2 ** 32, 4);
    [channel, unit, words.length > 0 ? 1 : 0, words.length].forEach((value, k) =>
      bytes.writeUInt16LE(value, 8 + 2 * k),
    );
    words.forEach((word, k) => bytes.writeInt16LE(word, 16 + 2 * k));
    return bytes;
  });
  const path = join(folder, `made${++files}.plx`);
  writeFileSync(path, Buffer.concat([head, dsp, ...events, ...slow, ...body]));
  return path;
}

const HEADERS = 7504 + 1020 + 5 * 296;
const GAIN = 5000 / (0.5 * 2 ** 16 * 2 * 500);
const words = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index - 50);

describe('Plexon PLX', () => {
  const blocks: Block[] = [
    [4, 0, 258, 0],
    [5, 400, 0, 0, words(10)],
    [1, 420, 7, 2, words(32)],
    [5, 400, 4, 0, words(3, 500)],
    [5, 800, 0, 0, words(7, 10)],
    [4, 900, 257, 0xfffe],
    [4, 700, 2, 0],
    [5, 40_000, 0, 0, words(4, 17)],
  ];

  it('gathers slow channels from their pieces, to the last block, and parts them at pauses', () => {
    const recording = openRecording(write(blocks));
    const { info } = recording;
    expect(info.channels.map(({ name, label }) => [name, label])).toEqual([
      ['ai1', 'WB01'],
      ['t1', 'time'],
      ['ai5', 'FP05'],
      ['t2', 'time'],
      ['e2', 'Event002'],
      ['mk1', 'Strobed'],
      ['e258', 'Start'],
      ['e1007', 'sig007'],
    ]);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 17, 0.01],
      [17, 4, 1],
    ]);
    expect(readChannel(context, recording, 'ai1')).toEqual(Float64Array.from(words(21), (word) => word * GAIN));
    expect(readChannel(context, recording, 'ai5')).toEqual(Float64Array.from(words(3, 500), (word) => word * GAIN));
    expect(info.startedAt).toBe('2024-03-04T14:09:26');
    expect(info.problems).toEqual([]);
  });

  it('gives events, strobed words without a sign, and spikes with their unit, in order of time', () => {
    const recording = openRecording(write(blocks));
    expect(recording.info.events).toEqual({ e2: 1, mk1: 1, e258: 1, e1007: 1 });
    const names = new Set(Object.keys(recording.info.events));
    expect(recording.readEvents(names, 0, 1, 10).events).toEqual([
      { channel: 'e258', time: 0, value: 1 },
      { channel: 'e1007', time: 0.0105, value: 2 },
      { channel: 'e2', time: 0.0175, value: 1 },
      { channel: 'mk1', time: 0.0225, value: 0xfffe },
    ]);
  });

  it('scales slow channels by version, with their own number of bits', () => {
    const gain = (made: Made) => openRecording(write(blocks, made)).info.channels[0]?.gain;
    expect(gain({ version: 101 })).toBe(5000 / (2048 * 2 * 1000));
    expect(gain({ version: 102 })).toBe(5000 / (2048 * 2 * 500));
    expect(gain({ version: 103 })).toBe(GAIN);
    const { info } = openRecording(write(blocks, { gain: 0 }));
    expect(info.channels[0]?.gain).toBe(2 * GAIN);
    expect(info.problems.map(({ code }) => code)).toEqual(['recording.assumedScale']);
  });

  it('reads the 40 bits of time stamps', () => {
    const stamp = 2 ** 39 + 8;
    const recording = openRecording(write([[4, stamp, 2, 0]]));
    expect(recording.readEvents(new Set(['e2']), 0, Infinity, 1).events[0]?.time).toBe(stamp / TICKS);
  });

  it('begins a segment, with a warning, where the clock goes back', () => {
    const { info } = openRecording(
      write([
        [5, 8000, 0, 0, words(9)],
        [5, 100, 0, 0, words(9)],
      ]),
    );
    expect(info.segments.map(({ t0 }) => t0)).toEqual([0.2, 0.0025]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.clockRestart']);
  });

  it('stops at a block that is cut, and says so', () => {
    const path = write(blocks);
    truncateSync(path, readFileSync(path).length - 3);
    const { info } = openRecording(path);
    expect(info.segments.map(({ samples }) => samples)).toEqual([17]);
    expect(info.problems[0]?.message).toContain('21 bytes are left out');
  });

  it('passes over unknown blocks between others, and refuses damage', () => {
    const between = openRecording(write([...blocks.slice(0, 3), [2, 0, 0, 0, words(5)], ...blocks.slice(3)]));
    expect(between.info.segments[0]?.samples).toBe(17);
    expect(between.info.problems[0]?.message).toContain('1 data blocks of unknown kinds');
    const path = write([
      [77, 0, 0, 0, words(5)],
      [99, 0, 0, 0],
    ]);
    expect(() => openRecording(path)).toThrow(`block at byte ${HEADERS} is of the unknown kind 77`);
  });

  it('indexes channels without a header, and says of slow ones that their rate is not known', () => {
    const { info } = openRecording(
      write([
        [4, 5, 99, 0],
        [1, 5, 3, 1, words(4)],
        [5, 5, 9, 0, words(4)],
      ]),
    );
    expect(info.events).toMatchObject({ e99: 1, e1003: 1 });
    expect(info.problems[0]?.message).toContain('Slow channels 9');
  });

  it('refuses counts that do not fit the file, other content, and PL2', () => {
    const bytes = readFileSync(write(blocks));
    const refused = (change: (copy: Buffer) => void, name = 'broken.plx') => {
      const copy = Buffer.from(bytes);
      change(copy);
      writeFileSync(join(folder, name), copy);
      return () => openRecording(join(folder, name));
    };
    expect(refused((copy) => copy.writeInt32LE(1e6, 140))).toThrow('ends inside its channel headers');
    expect(refused((copy) => copy.writeInt32LE(-1, 148))).toThrow('(-1, at byte 148)');
    expect(refused((copy) => copy.writeInt32LE(0, 136))).toThrow('time stamps');
    expect(refused((copy) => copy.write('PL2 ', 0), 'new.pl2')).toThrow('export the recording as PLX');
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const many = Array.from({ length: 60 }, (_, index): Block => [5, 400 * index, 0, 0, words(10)]);
      fuzz([write(blocks), write([...many, ...blocks])]);
    },
    fuzzMs,
  );
});

describe.skipIf(!hasFixtures)('Plexon recordings', () => {
  const of = (name: string) => fixturePath('hardware', 'plexon', name);
  interface Expected {
    events: { id: string; count: number; first_times_s?: number[] }[];
    spikes: {
      id: string;
      name: string;
      count: number;
      first_times_s: number[];
      last_times_s: number[];
      sum_times_s: number;
    }[];
  }

  it.each(['explore1.plx', 'postfwd5.plx'])('%s has the events and spikes computed by others', (name) => {
    const expected = JSON.parse(readFileSync(`${of(name)}.expected.json`, 'utf8')) as Expected;
    const recording = openRecording(of(name));
    expect(recording.info).toMatchObject({ version: '106', segments: [] });
    // Spikes alone: they, and the mark of the stop, tell how long it took.
    const stop = expected.events.find(({ id }) => id === '259')?.first_times_s?.[0];
    expect(recording.info.extent).toEqual({ t0: 0, t1: stop });
    for (const { id, count, first_times_s = [] } of expected.events) {
      const channel = id === '257' ? 'mk1' : `e${id}`;
      expect(recording.info.events[channel]).toBe(count);
      const { events } = recording.readEvents(new Set([channel]), 0, Infinity, 1e6);
      expect(events.slice(0, first_times_s.length).map(({ time }) => time)).toEqual(first_times_s);
    }
    for (const { id, name: label, count, first_times_s, last_times_s, sum_times_s } of expected.spikes) {
      const [, number = '', unit = ''] = /^ch(\d+)#(\d+)$/.exec(id) ?? [];
      const channel = recording.info.channels.find((candidate) => candidate.name === `e${1000 + Number(number)}`);
      expect(channel?.label).toBe(label);
      const { events } = recording.readEvents(new Set([channel?.name ?? '']), 0, Infinity, 1e6);
      const times = events.filter(({ value }) => value === Number(unit)).map(({ time }) => time);
      expect(times.length).toBe(count);
      expect(times.slice(0, first_times_s.length)).toEqual(first_times_s);
      expect(times.slice(-last_times_s.length)).toEqual(last_times_s);
      expect(times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(sum_times_s, 4);
    }
  });

  it('refuses another magic number', () => {
    const path = of('malformed/bad_magic.plx');
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow('although the name says Plexon');
  });

  it(
    `survive damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => fuzzRecorded([of('explore1.plx'), of('postfwd5.plx')]),
    fuzzMs,
  );
});
