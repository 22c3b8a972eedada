import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const root = temporaryFolder('ndi-openephys');
const context = testContext();
let folders = 0;
function newFolder(): string {
  const folder = join(root, `recording${++folders}`);
  mkdirSync(folder);
  return folder;
}

type Facts = Readonly<{ [key: string]: string | number }>;

function header(facts: Facts): Buffer {
  const lines = Object.entries({ format: "'Open Ephys Data Format'", version: 0.4, header_bytes: 1024, ...facts });
  return Buffer.from(
    lines
      .map(([key, value]) => `header.${key} = ${value};\n`)
      .join('')
      .padEnd(1024),
    'latin1',
  );
}

type Record = readonly [stamp: number, recording: number, samples?: number];

/** Sample s of a file is s mod 1000 - 500. */
function writeContinuous(folder: string, name: string, records: readonly Record[], facts: Facts = {}): string {
  let sample = 0;
  const body = records.map(([stamp, recording, samples = 1024]) => {
    const bytes = Buffer.alloc(2070);
    bytes.writeBigInt64LE(BigInt(stamp), 0);
    bytes.writeUInt16LE(samples, 8);
    bytes.writeUInt16LE(recording, 10);
    for (let k = 0; k < Math.min(samples, 1024); k++) bytes.writeInt16BE((sample++ % 1000) - 500, 12 + 2 * k);
    bytes.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 255], 2060);
    return bytes;
  });
  const channel = name.split('_').at(1) ?? name;
  const all = { channel: `'${channel}'`, sampleRate: 1000, bitVolts: 0.195, ...facts };
  const path = join(folder, `${name}.continuous`);
  writeFileSync(path, Buffer.concat([header(all), ...body]));
  return path;
}

const values = (count: number, gain = 0.195) =>
  Float64Array.from({ length: count }, (_, s) => ((s % 1000) - 500) * gain);
const two: Record[] = [
  [2000, 0],
  [3024, 0],
];

describe('Open Ephys legacy folders', () => {
  it('are one recording: headstage channels, then inputs of the board; auxiliary inputs by themselves', () => {
    const folder = newFolder();
    for (const name of ['100_AUX1', '100_ADC1', '100_CH10', '100_CH2']) writeContinuous(folder, name, two);
    const recording = openRecording(folder);
    expect(recording.info.channels.map(({ name, label, units }) => [name, label, units])).toEqual([
      ['ai1', 'CH2', 'uV'],
      ['t1', 'time', 's'],
      ['ai2', 'CH10', 'uV'],
      ['ai3', 'ADC1', 'V'],
      ['ax1', 'AUX1', 'uV'],
    ]);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 2048, t0: 2, t1: 2 + 2047 / 1000 }]);
    expect(readChannel(context, recording, 'ai2')).toEqual(values(2048));
  });

  it('keep the order of the structure file', () => {
    const folder = newFolder();
    for (const name of ['100_CH1', '100_CH2', '100_CH3']) writeContinuous(folder, name, two);
    const listed = [3, 1].map((n) => `<CHANNEL name="CH${n}" bitVolts="0.195" filename="100_CH${n}.continuous"/>`);
    writeFileSync(join(folder, 'structure.openephys'), `<EXPERIMENT><STREAM>${listed.join('')}</STREAM></EXPERIMENT>`);
    const labels = openRecording(folder).info.channels.filter(({ name }) => name.startsWith('ai'));
    expect(labels.map(({ label }) => label)).toEqual(['CH3', 'CH1', 'CH2']);
  });

  it('begin a segment at another recording number and where stamps jump', () => {
    const folder = newFolder();
    writeContinuous(folder, '100_CH1', [
      [0, 0],
      [1024, 1],
      [2048, 1],
      [9000, 1, 7],
    ]);
    const recording = openRecording(folder);
    expect(recording.info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 1024, 0],
      [1024, 2048, 1.024],
      [3072, 7, 9],
    ]);
    expect(readChannel(context, recording, 'ai1')).toEqual(values(3079));
  });

  it('do not look at recording numbers before version 0.4', () => {
    const folder = newFolder();
    writeContinuous(
      folder,
      '100_CH1',
      [
        [0, 7],
        [1024, 9],
      ],
      { version: 0.2 },
    );
    expect(openRecording(folder).info.segments.length).toBe(1);
  });

  it('go on in files of the same name with a number', () => {
    const folder = newFolder();
    writeContinuous(folder, '100_CH1', two);
    writeContinuous(folder, '100_CH1_2', [[50_000, 0]]);
    const { info } = openRecording(folder);
    expect(info.channels.map(({ name, samples }) => [name, samples])).toEqual([
      ['ai1', 3072],
      ['t1', 3072],
    ]);
    expect(info.segments.map(({ t0 }) => t0)).toEqual([2, 50]);
  });

  it('are cut to their shortest channel, and say so', () => {
    const folder = newFolder();
    writeContinuous(folder, '100_CH1', two);
    writeContinuous(folder, '100_CH2', two.slice(0, 1));
    writeContinuous(folder, '105_CH3', two);
    const { info } = openRecording(folder);
    expect(info.channels.filter(({ type }) => type === 'analog_in').map(({ samples }) => samples)).toEqual([
      1024, 1024, 2048,
    ]);
    expect(info.problems[0]?.message).toContain('CH1 are cut');
  });

  it('refuse records with a wrong marker or number of samples, and headers without rate or scale', () => {
    const broken = (records: readonly Record[], facts?: Facts) => {
      const folder = newFolder();
      const path = writeContinuous(folder, '100_CH1', records, facts);
      return { folder, path };
    };
    const { folder, path } = broken(two);
    const bytes = readFileSync(path);
    bytes[1024 + 2070 + 2065] = 77;
    writeFileSync(path, bytes);
    expect(() => openRecording(folder)).toThrow('record 2 does not end with its marker (byte 5159)');
    expect(() =>
      openRecording(
        broken([
          [0, 0, 1000],
          [1000, 0],
        ]).folder,
      ),
    ).toThrow('record 1 has 1000 samples');
    expect(() => openRecording(broken([[0, 0, 1025]]).folder)).toThrow('1025 samples');
    expect(() => openRecording(broken(two, { sampleRate: "''" }).folder)).toThrow('sampleRate');
    expect(() => openRecording(broken(two, { bitVolts: '0' }).folder)).toThrow('bitVolts');
    const short = join(newFolder(), '100_CH1.continuous');
    writeFileSync(short, header({}).subarray(0, 900));
    expect(() => openRecording(short)).toThrow(expect.objectContaining({ code: 'format.truncated' }));
  });

  it('leave out the last record that is cut, and a file that cannot be read beside others', () => {
    const folder = newFolder();
    const path = writeContinuous(folder, '100_CH1', two);
    writeFileSync(path, readFileSync(path).subarray(0, 1024 + 2070 + 99));
    writeFileSync(join(folder, '100_CH2.continuous'), 'nothing');
    const { info } = openRecording(folder);
    expect(info.segments.map(({ samples }) => samples)).toEqual([1024]);
    expect(info.problems.map(({ message }) => message).join()).toMatch(/99 bytes.*A file is left out/);
  });

  it('have the lines of the digital inputs, spikes and messages at the rate of their stream', () => {
    const folder = newFolder();
    writeContinuous(folder, '100_CH1', two);
    const ttl = (stamp: number, type: number, on: number, line: number) => {
      const bytes = Buffer.alloc(16);
      bytes.writeBigInt64LE(BigInt(stamp), 0);
      bytes.set([type, 100, on, line], 10);
      return bytes;
    };
    const events = [ttl(2500, 3, 1, 4), ttl(2600, 5, 1, 0), ttl(2400, 3, 0, 4)];
    writeFileSync(join(folder, '100.events'), Buffer.concat([header({}), ...events]));
    const spike = (stamp: number, cell: number) => {
      const bytes = Buffer.alloc(42 + 2 * 4 * 40 + 6 * 4 + 2);
      bytes.writeUInt8(4, 0);
      bytes.writeBigInt64LE(BigInt(stamp), 1);
      bytes.writeUInt16LE(4, 19);
      bytes.writeUInt16LE(40, 21);
      bytes.writeUInt16LE(cell, 23);
      return bytes;
    };
    writeFileSync(join(folder, 'TT1.spikes'), Buffer.concat([header({}), spike(2100, 0), spike(2200, 5)]));
    writeFileSync(join(folder, 'messages.events'), '2300, hello there\n1709561366589, Software Time (ms)\n');
    const recording = openRecording(folder);
    expect(recording.info.events).toEqual({ mk1: 2, tx1: 1, e1: 2 });
    expect(recording.readEvents(new Set(['mk1', 'e1', 'tx1']), 2.15, 2.45, 10).events).toEqual([
      { channel: 'e1', time: 2.2, value: 5 },
      { channel: 'tx1', time: 2.3, value: 'hello there' },
      { channel: 'mk1', time: 2.4, value: -5 },
    ]);
  });

  it(
    `survive damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const folder = newFolder();
      writeContinuous(folder, '100_CH1', [...two, [9000, 1]]);
      writeContinuous(folder, '100_CH2', [...two, [9000, 1]]);
      fuzz([folder]);
    },
    fuzzMs,
  );
});
