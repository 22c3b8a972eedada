import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../../build/testing/fixtures.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { compareValues, readChannel, testContext, type ExpectedValues } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';

interface Expected {
  n_channels: number;
  dtype: string;
  byte_order: string;
  header_bytes: number;
  n_samples: number;
  values: (ExpectedValues & { index: number })[];
}

const typeNames: Record<string, string> = { i2: 'int16', u2: 'uint16', i4: 'int32', f4: 'single', f8: 'double' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-matrix-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plain = { format: 'binary-matrix', channels: 2, type: 'int16', byteOrder: 'little-endian', sampleRate: 1000 };

function write(name: string, bytes: Uint8Array, description: object): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  writeFileSync(`${path}.json`, JSON.stringify(description));
  return path;
}

describe.skipIf(!hasFixtures)('recorded and made matrices', () => {
  it.each([
    'testfile.bin',
    'testfile_uint16.bin',
    'synthetic/f4_le_2ch.bin',
    'synthetic/i2_le_4ch.bin',
    'synthetic/i4_be_3ch_skip64.bin',
  ])('%s has the values computed by others', (name) => {
    const source = fixturePath('hardware', 'binary-matrix', name);
    const expected = JSON.parse(readFileSync(`${source}.expected.json`, 'utf8')) as Expected;
    const path = join(folder, basename(name));
    copyFileSync(source, path);
    // Alone it tells nothing, and nothing is guessed.
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.unknown' }));
    const description = {
      ...plain,
      channels: expected.n_channels,
      type: typeNames[expected.dtype],
      byteOrder: `${expected.byte_order}-endian`,
      skip: expected.header_bytes,
    };
    writeFileSync(`${path}.json`, JSON.stringify(description));
    const recording = openRecording(path);
    expect(recording.info.segments.map(({ samples }) => samples)).toEqual([expected.n_samples]);
    for (const values of expected.values) {
      const channel = `ai${values.index + 1}`;
      expect.soft(compareValues(readChannel(testContext(), recording, channel), values), channel).toEqual([]);
    }
  });
});

describe('raw binary matrix', () => {
  it('applies the scale that is told, and counts time by the rate that is told', () => {
    const path = write('scaled.dat', new Uint8Array(Int16Array.from([1, 2, 3, 4]).buffer), {
      ...plain,
      gain: 0.5,
      offset: 1,
      units: 'mV',
    });
    const recording = openRecording(path);
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual([2, 3]);
    expect([...readChannel(testContext(), recording, 't1')]).toEqual([0, 0.001]);
    expect(recording.info.channels[0]?.units).toBe('mV');
    expect(openRecording(`${path}.json`).info.path).toBe(path);
  });

  it.each([
    ['uint8', Uint8Array.from([1, 255])],
    ['int8', Int8Array.from([1, -128])],
    ['uint16', Uint16Array.from([1, 65535])],
    ['uint32', Uint32Array.from([1, 4294967295])],
    ['int64', BigInt64Array.from([1n, -9007199254740991n])],
    ['uint64', BigUint64Array.from([1n, 9007199254740991n])],
    ['single', Float32Array.from([1.5, -0.25])],
    ['double', Float64Array.from([1e-9, -1e300])],
  ])('reads %s in both byte orders', (type, values) => {
    const bytes = new Uint8Array(values.buffer);
    const expected = Array.from(values, Number);
    const little = openRecording(write(`${type}.raw`, bytes, { ...plain, type, channels: 1 }));
    expect([...readChannel(testContext(), little, 'ai1')]).toEqual(expected);
    const width = values.BYTES_PER_ELEMENT;
    const swapped = Array.from({ length: 2 }, (_, index) =>
      [...bytes.slice(index * width, (index + 1) * width)].reverse(),
    ).flat();
    const big = openRecording(
      write(`${type}be.raw`, Uint8Array.from(swapped), { ...plain, type, channels: 1, byteOrder: 'big-endian' }),
    );
    expect([...readChannel(testContext(), big, 'ai1')]).toEqual(expected);
  });

  it('reads channels that lie one after the other, only where that is said', () => {
    const samples = 50_000;
    const words = Int16Array.from({ length: 3 * samples }, (_, index) => (index % 30_000) - 15_000);
    const description = { ...plain, channels: 3, order: 'channel' };
    const recording = openRecording(write('major.bin', new Uint8Array(words.buffer), description));
    const query = { channels: 'ai3,ai1', from: 40_000, to: 40_003, unit: 'samples' as const };
    const { data } = readSamples(testContext(), recording, query);
    expect(data.map((values) => [...values])).toEqual([
      [...words.subarray(140_000, 140_003)],
      [...words.subarray(40_000, 40_003)],
    ]);
  });

  it('leaves out what fills no sample, and says so', () => {
    const { segments, problems } = openRecording(write('cut.bin', new Uint8Array(11), { ...plain, skip: 2 })).info;
    expect(segments[0]?.samples).toBe(2);
    expect(problems[0]?.message).toContain('1 bytes at the end');
    expect(openRecording(write('none.bin', new Uint8Array(2), plain)).info.segments).toEqual([]);
  });

  it.each([
    ['channels', { channels: 0 }],
    ['type', { type: 'int12' }],
    ['byteOrder', { byteOrder: 'native' }],
    ['sampleRate', { sampleRate: undefined }],
    ['gain', { gain: 0 }],
    ['skip', { skip: -1 }],
    ['chanels', { chanels: 2 }],
  ])('refuses a description whose %s is wrong', (field, changes) => {
    const path = write('wrong.bin', new Uint8Array(8), { ...plain, ...changes });
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow(field);
  });

  it('refuses more channels than a file has bytes for, before it makes them', () => {
    const path = write('wide.bin', new Uint8Array(1000), { ...plain, channels: 100_000 });
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
    expect(() => openRecording(path)).toThrow('not one sample of 100000 channels');
  });

  it('refuses more to skip than there is', () => {
    const path = write('short.bin', new Uint8Array(8), { ...plain, skip: 9 });
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it('leaves files alone whose text is for something else', () => {
    expect(recognise(write('other.bin', new Uint8Array(8), { channels: 2 }))).toEqual({ sniffs: [], nearMisses: [] });
  });

  it(`survives damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    mkdirSync(join(folder, 'fuzz'));
    const values = Float64Array.from({ length: 4000 }, (_, index) => Math.sqrt(index));
    write('fuzz/fuzz.bin', new Uint8Array(values.buffer), { ...plain, type: 'double' });
    fuzz([join(folder, 'fuzz')], { main: 'fuzz.bin' });
  });
});
