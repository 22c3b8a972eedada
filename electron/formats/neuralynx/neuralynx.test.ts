import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const root = temporaryFolder('ndi-neuralynx');
const context = testContext();
let folders = 0;
function newFolder(): string {
  const folder = join(root, `recording${++folders}`);
  mkdirSync(folder);
  return folder;
}

const START = 5_000_000_000;

function header(lines: readonly string[]): Buffer {
  const bytes = Buffer.alloc(16_384);
  bytes.write(['######## Neuralynx Data File Header', ...lines, ''].join('\r\n'), 'latin1');
  return bytes;
}

type Record = readonly [stamp: number, valid: number];

/** Sample s of a file is s mod 1000, counted over the valid samples; what is not valid is 30000. */
function writeNcs(folder: string, name: string, records: readonly Record[], lines: readonly string[] = []): void {
  let sample = 0;
  const body = records.map(([stamp, valid]) => {
    const bytes = Buffer.alloc(1044);
    bytes.writeBigUInt64LE(BigInt(stamp), 0);
    bytes.writeUInt32LE(32_000, 12);
    bytes.writeUInt32LE(valid, 16);
    for (let k = 0; k < 512; k++) bytes.writeInt16LE(k < valid ? sample++ % 1000 : 30_000, 20 + 2 * k);
    return bytes;
  });
  const all = [
    '-SamplingFrequency 32000',
    '-ADBitVolts 0.0000001',
    `-AcqEntName ${name.split('.')[0] ?? ''}`,
    ...lines,
  ];
  writeFileSync(join(folder, name), Buffer.concat([header(all), ...body]));
}

function writeNev(folder: string, records: readonly (readonly [stamp: number, word: number, text: string])[]): void {
  const body = records.map(([stamp, word, text]) => {
    const bytes = Buffer.alloc(184);
    bytes.writeBigUInt64LE(BigInt(stamp), 6);
    bytes.writeUInt16LE(word, 16);
    bytes.write(text, 56, 'latin1');
    return bytes;
  });
  writeFileSync(join(folder, 'Events.nev'), Buffer.concat([header(['-FileType Event']), ...body]));
}

function writeNtt(
  folder: string,
  spikes: readonly (readonly [stamp: number, cell: number])[],
  lines: readonly string[] = [],
): void {
  const body = spikes.map(([stamp, cell]) => {
    const bytes = Buffer.alloc(304);
    bytes.writeBigUInt64LE(BigInt(stamp), 0);
    bytes.writeUInt32LE(cell, 12);
    return bytes;
  });
  writeFileSync(join(folder, 'TT1.ntt'), Buffer.concat([header(['-FileType Spike', ...lines]), ...body]));
}

const regular = (count: number, from = START): Record[] =>
  Array.from({ length: count }, (_, index) => [from + 16_000 * index, 512]);
const values = (count: number, gain = 0.1) => Float64Array.from({ length: count }, (_, s) => (s % 1000) * gain + 0);

describe('Neuralynx folders', () => {
  it('opens without a file that ends inside its header, and names it as unread', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', [[START, 512]]);
    writeFileSync(join(folder, 'CSC2.ncs'), header([]).subarray(0, 9000));
    const { channels, problems, unread } = openRecording(join(folder, 'CSC1.ncs')).info;
    expect(channels.map(({ name }) => name)).toEqual(['ai1', 't1']);
    expect(unread).toEqual([join(folder, 'CSC2.ncs')]);
    expect(problems.map(({ code }) => code)).toEqual(['format.truncated']);
  });

  it('tell by the inputs which tetrode a channel is a wire of', () => {
    const folder = newFolder();
    for (const input of [3, 4, 5, 8]) writeNcs(folder, `CSC${input}.ncs`, regular(1), [`-ADChannel ${input}`]);
    writeNtt(folder, [[START, 1]], ['-AcqEntName TT1', '-NumADChannels 4', '-ADChannel 4 5 6 7']);
    const { channels } = openRecording(folder).info;
    expect(channels.filter(({ type }) => type === 'analog_in').map(({ label, groups }) => [label, groups])).toEqual([
      ['CSC3', undefined],
      ['CSC4', { tetrode: 'TT1' }],
      ['CSC5', { tetrode: 'TT1' }],
      ['CSC8', undefined],
    ]);
  });

  it('are one recording of all their files, in natural order', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC10.ncs', regular(2));
    writeNcs(folder, 'CSC2.ncs', regular(2), ['-InputInverted True', '-TimeCreated 2019/06/28 17:36:27']);
    writeNcs(folder, 'LFP1.ncs', regular(2), ['-SamplingFrequency 16000']);
    writeNev(folder, [[START + 1, 0xffff, 'TTL Input on board 0 port 1 value (0xFFFF).']]);
    const recording = openRecording(folder);
    const { info } = recording;
    expect(info.channels.map(({ name, label }) => [name, label])).toEqual([
      ['ai1', 'CSC2'],
      ['t1', 'time'],
      ['ai2', 'CSC10'],
      ['ai3', 'LFP1'],
      ['t2', 'time'],
      ['mk1', 'TTL'],
      ['tx1', 'events'],
    ]);
    expect(info.startedAt).toBe('2019-06-28T17:36:27');
    expect(readChannel(context, recording, 'ai1')).toEqual(values(1024, 0.0000001 * 1e6 * -1));
    // The word of the inputs has 16 bits without a sign.
    expect(recording.readEvents(new Set(['mk1']), 0, 1, 10).events).toEqual([
      { channel: 'mk1', time: 1e-6, value: 0xffff },
    ]);
  });

  it('have no gap where stamps are off by rounding, and one where more than a sample is missing', () => {
    const folder = newFolder();
    const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = regular(4);
    writeNcs(folder, 'CSC1.ncs', [a, [b[0] + 1, 512], [c[0] - 1, 512], [d[0] + 40, 512]]);
    const { info } = openRecording(folder);
    expect(info.segments.map(({ start, samples }) => [start, samples])).toEqual([
      [0, 1536],
      [1536, 512],
    ]);
    expect(info.segments[1]?.t0).toBe(0.04804);
    expect(info.problems).toEqual([]);
  });

  it('never show what is not valid of a record, be it followed by a gap or not', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', [
      [START, 512],
      [START + 16_000, 100],
      [START + 16_000 + 3_125, 512],
      [START + 1e6, 50],
    ]);
    const recording = openRecording(folder);
    expect(recording.info.segments.map(({ start, samples }) => [start, samples])).toEqual([
      [0, 1124],
      [1124, 50],
    ]);
    expect(readChannel(context, recording, 'ai1')).toEqual(values(1174, 0.0000001 * 1e6));
  });

  it('begin a segment, with a warning, where the clock goes back', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', [...regular(2), ...regular(2, START + 10_000)]);
    const { info } = openRecording(folder);
    expect(info.segments.length).toBe(2);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.clockRestart']);
  });

  it('take the rate that the stamps tell where it drifts from the nominal one', () => {
    const folder = newFolder();
    writeNcs(
      folder,
      'CSC1.ncs',
      Array.from({ length: 100 }, (_, index) => [START + 16_001 * index, 512]),
    );
    const { info } = openRecording(folder);
    expect(info.segments.length).toBe(1);
    expect(info.channels[0]?.sampleRate).toBeCloseTo((512 / 16_001) * 1e6, 6);
  });

  it('go on in files of the same name with a number', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', regular(2));
    writeNcs(folder, 'CSC1_0001.ncs', regular(1, START + 5e6));
    const { info } = openRecording(folder);
    expect(info.channels.map(({ name, samples }) => [name, samples])).toEqual([
      ['ai1', 1536],
      ['t1', 1536],
    ]);
    expect(info.segments.map(({ t0, samples }) => [t0, samples])).toEqual([
      [0, 1024],
      [5, 512],
    ]);
  });

  it('give the stored words where no scale is told, and the rate of the records where no rate is', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', regular(1), ['-SamplingFrequency', '-ADBitVolts']);
    const recording = openRecording(folder);
    expect(recording.info.channels[0]).toMatchObject({ units: '', gain: 1, sampleRate: 32_000 });
    expect(recording.info.problems.map(({ code }) => code)).toEqual(['recording.assumedScale']);
    expect(readChannel(context, recording, 'ai1')).toEqual(values(512, 1));
  });

  it('refuse a record of more samples than it has room for', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', [[START, 513]]);
    expect(() => openRecording(folder)).toThrow('513 of its 512 samples are valid (byte 16400)');
  });

  it('give spikes of every cell as a channel, and events within a range', () => {
    const folder = newFolder();
    writeNcs(folder, 'CSC1.ncs', regular(1));
    const second = (time: number) => START + time * 1e6;
    writeNtt(folder, [
      [second(1), 0],
      [second(2), 3],
      [second(3), 3],
    ]);
    const recording = openRecording(folder);
    expect(recording.info.events).toEqual({ e1: 1, e2: 2 });
    expect(recording.info.channels.slice(2).map(({ label }) => label)).toEqual(['TT1 unsorted', 'TT1 cell 3']);
    expect(recording.readEvents(new Set(['e1', 'e2']), 1.5, 3, 10)).toEqual({
      events: [{ channel: 'e2', time: 2, value: 3 }],
      total: 1,
    });
  });

  it('are told from Blackrock events of the same ending', () => {
    const folder = newFolder();
    writeNev(folder, [
      [START, 0, 'Starting Recording'],
      [START + 3e6, 0, 'Stopping Recording'],
    ]);
    expect(openRecording(join(folder, 'Events.nev')).info).toMatchObject({
      format: 'neuralynx',
      path: folder,
      extent: { t0: 0, t1: 3 },
    });
    writeFileSync(join(folder, 'Bad.ncs'), 'hello world');
    expect(() => openRecording(join(folder, 'Bad.ncs'))).toThrow('plain text, although the name says Neuralynx');
  });

  it(
    `survive damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const folder = newFolder();
      writeNcs(folder, 'CSC1.ncs', [...regular(20), ...regular(20, START + 1e6)]);
      writeNtt(
        folder,
        regular(30).map(([stamp], index) => [stamp, index % 3]),
      );
      fuzz([folder]);
    },
    fuzzMs,
  );
});
