import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';

const START = 1_700_000_000.5;
const RATE = 2 ** -5 * 25_000_000 * 2 ** -7;
const context = testContext();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-tdt-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  type: number;
  store?: string;
  words?: number;
  channel?: number;
  sort?: number;
  time?: number;
  offset?: number;
  value?: number;
  format?: number;
  rate?: number;
}

function record({
  type,
  store = '',
  words = 10,
  channel = 0,
  sort = 0,
  time = 0,
  offset,
  value = 0,
  format = 0,
  rate = RATE,
}: Row) {
  const bytes = Buffer.alloc(40);
  bytes.writeInt32LE(words, 0);
  bytes.writeInt32LE(type, 4);
  bytes.write(store, 8, 4, 'latin1');
  bytes.writeUInt16LE(channel, 12);
  bytes.writeUInt16LE(sort, 14);
  bytes.writeDoubleLE(START + time, 16);
  if (offset === undefined) bytes.writeDoubleLE(value, 24);
  else bytes.writeBigInt64LE(BigInt(offset), 24);
  bytes.writeInt32LE(format, 32);
  bytes.writeFloatLE(rate, 36);
  return bytes;
}

const stop = { type: 0x8801, store: '\x02' };

/** A folder with an index of the rows between start and stop, and other files. */
function block(name: string, rows: readonly Row[], files: Record<string, Buffer> = {}): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const index = [Buffer.alloc(40), record({ type: 0x8801, store: '\x01' }), ...rows.map(record)];
  writeFileSync(join(path, 'a_b.tsq'), Buffer.concat(index));
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(path, file), bytes);
  return path;
}

const floats = (count: number, from: number) =>
  Buffer.from(Float32Array.from({ length: count }, (_, k) => from + k).buffer);
const shorts = (count: number, from: number) =>
  Buffer.from(Int16Array.from({ length: count }, (_, k) => from + k).buffer);

function sev(samples: Buffer, channel: number, version = 3, store = 'Wave'): Buffer {
  const head = Buffer.alloc(40);
  head.writeBigUInt64LE(BigInt(40 + samples.length), 0);
  head.write('SEV', 8, 'latin1');
  head[11] = version;
  head.write(store, 12, 4, 'latin1');
  head.writeUInt16LE(channel, 16);
  head.writeUInt16LE(2, 20);
  head[24] = 2;
  head[25] = 128;
  head.writeUInt16LE(7, 26);
  return Buffer.concat([head, samples]);
}

/** Pieces of 64 floats, of two channels by turns; the last one of each comes late. */
function pieces(): { rows: Row[]; tev: Buffer } {
  const rows: Row[] = [];
  const data: Buffer[] = [];
  for (let k = 0; k < 4; k++) {
    for (const channel of [1, 2]) {
      const time = (64 * k) / RATE + (k === 3 ? 0.25 : 0);
      rows.push({ type: 0x8111, store: 'RSn1', words: 10 + 64, channel, time, offset: 256 * data.length });
      data.push(floats(64, 1000 * channel + 64 * k));
    }
  }
  return { rows, tev: Buffer.concat(data) };
}

describe('TDT', () => {
  it('reads streams in pieces and begins a segment at a gap', () => {
    const { rows, tev } = pieces();
    const slow: Row[] = [{ type: 0x8101, store: 'Slow', words: 10 + 4, channel: 1, offset: 0, format: 2, rate: 100 }];
    const path = block('pieces', [...rows, ...slow, stop], { 'a_b.tev': tev });
    const recording = openRecording(path);
    const { info } = recording;
    expect([info.path, info.problems, info.startedAt]).toEqual([path, [], '2023-11-14T22:13:20.500Z']);
    expect(info.channels.map(({ name, label, samples, units }) => [name, label, samples, units])).toEqual([
      ['ai1', 'RSn1 1', 256, 'V'],
      ['ai2', 'RSn1 2', 256, 'V'],
      ['ai3', 'Slow 1', 8, ''],
      ['t1', 'time of RSn1', 256, 's'],
      ['t2', 'time of Slow', 8, 's'],
    ]);
    expect(info.segments.map(({ start, samples }) => [start, samples])).toEqual([
      [0, 192],
      [192, 64],
    ]);
    expect(info.segments[1]?.t0).toBeCloseTo(192 / RATE + 0.25, 5);
    expect(readChannel(context, recording, 'ai2')).toEqual(Float64Array.from({ length: 256 }, (_, k) => 2000 + k));
    const query = { channels: 'ai1', from: 60, to: 70, unit: 'samples' as const };
    expect([...(readSamples(context, recording, query).data[0] ?? [])]).toEqual(
      Array.from({ length: 10 }, (_, k) => 1060 + k),
    );
    expect(readChannel(context, recording, 'ai3').length).toBe(8);
  });

  it.each([
    [1, 'i32', Buffer.from(Int32Array.of(-70_000, 5).buffer)],
    [2, 'i16', Buffer.from(Int16Array.of(-7, 5, 6, 7).buffer)],
    [3, 'i8', Buffer.from(Int8Array.of(-7, 5, 6, 7, 8, 9, 10, 11).buffer)],
    [4, 'f64', Buffer.from(Float64Array.of(-0.1).buffer)],
  ])('reads words of format %i', (format, name, data) => {
    const row = { type: 0x8101, store: 'Data', words: 10 + data.length / 4, channel: 1, offset: 0, format };
    const recording = openRecording(block(`words ${name}`, [row, stop], { 'a_b.tev': data }));
    const first = { i32: -70_000, i16: -7, i8: -7, f64: -0.1 }[name];
    expect(readChannel(context, recording, 'ai1')[0]).toBe(first);
    expect(recording.info.channels[0]?.samples).toBe({ i32: 2, i16: 4, i8: 8, f64: 1 }[name]);
  });

  it('reads events with their values', () => {
    const rows: Row[] = [
      { type: 0x201, store: 'Freq', time: 0.5, value: 440 },
      { type: 0x101, store: 'Tick', time: 1, value: 3 },
      { type: 0x102, store: 'Tick', time: 2, value: 3 },
      { type: 0x8201, store: 'eSpk', channel: 2, sort: 5, time: 1.5, words: 40, offset: 0 },
    ];
    const recording = openRecording(block('events', [...rows, stop]));
    expect(recording.info.channels.map(({ name, label }) => [name, label])).toEqual([
      ['e1', 'Tick'],
      ['e2', 'Tick off'],
      ['e3', 'eSpk 2'],
      ['mk1', 'Freq'],
    ]);
    const { events, total } = recording.readEvents(new Set(['e1', 'e2', 'e3', 'mk1']), 0, 2, 2);
    expect([events, total]).toEqual([
      [
        { channel: 'mk1', time: 0.5, value: 440 },
        { channel: 'e1', time: 1, value: 3 },
      ],
      3,
    ]);
    expect(recording.info.events).toEqual({ e1: 1, e2: 1, e3: 1, mk1: 1 });
  });

  it('joins the hours of single-channel files, with an index or without', () => {
    const files = {
      'a_b_Wave_Ch2.sev': sev(shorts(50, 0), 2),
      'a_b_Wave_Ch2-1h.sev': sev(shorts(30, 50), 2),
      'a_b_Wave_Ch1.sev': sev(shorts(80, -80), 1),
    };
    const rows: Row[] = [
      { type: 0x8111, store: 'Wave', words: 10 + 25, channel: 2, time: 0.125, offset: 40, format: 2 },
    ];
    const recording = openRecording(block('hours', [...rows, stop], files));
    expect(readChannel(context, recording, 'ai2')).toEqual(Float64Array.from({ length: 80 }, (_, k) => k));
    expect(recording.info.channels.map(({ name, sampleRate }) => [name, sampleRate])).toEqual([
      ['ai1', RATE],
      ['ai2', RATE],
      ['t1', RATE],
    ]);
    const bare = join(folder, 'bare');
    mkdirSync(bare);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(bare, name), bytes);
    const alone = openRecording(join(bare, 'a_b_Wave_Ch2.sev'));
    expect(alone.info.path).toBe(bare);
    expect(openRecording(bare).info.segments).toEqual([{ start: 0, samples: 80, t0: 0, t1: 79 / RATE }]);
    expect(readChannel(context, alone, 'ai1')[79]).toBe(-1);
  });

  it('opens by the tank, where that holds one block; a tank of two is a folder', () => {
    const { rows, tev } = pieces();
    const inner = block('tank/Block-1', [...rows, stop], { 'a_b.tev': tev });
    const tank = join(folder, 'tank');
    expect(openRecording(tank).info).toMatchObject({ path: tank, segments: openRecording(inner).info.segments });
    block('tank/Block-2', [...rows, stop], { 'a_b.tev': tev });
    expect(() => openRecording(tank)).toThrow('the folder is not a recording');
  });

  it('opens each of several blocks in one folder', () => {
    const { rows, tev } = pieces();
    const path = block('two', [...rows, stop], { 'a_b.tev': tev });
    const other = [
      Buffer.alloc(40),
      record({ type: 0x8801, store: '\x01' }),
      record({ type: 0x101, store: 'Tick', time: 1 }),
    ];
    writeFileSync(join(path, 'a_c.tsq'), Buffer.concat([...other, record(stop)]));
    const first = openRecording(path).info;
    expect(first.path).toBe(path);
    expect(first.channels[0]?.samples).toBe(256);
    expect(first.problems.map(({ message }) => message)).toEqual([expect.stringContaining('a_c.tsq')]);
    const second = openRecording(join(path, 'a_c.tsq')).info;
    expect([second.path, second.segments, second.events]).toEqual([join(path, 'a_c.tsq'), [], { e1: 1 }]);
    expect(openRecording(join(path, 'a_b.tev')).info.path).toBe(path);
  });

  it('takes what a useless header does not tell from the name and says what it assumes', () => {
    const path = join(folder, 'nameless');
    mkdirSync(path);
    writeFileSync(join(path, 'a_b_Data_ch7.sev'), Buffer.concat([Buffer.alloc(40), floats(10, 0)]));
    const recording = openRecording(path);
    expect(recording.info.channels[0]).toMatchObject({ name: 'ai7', label: 'Data 7', sampleRate: 24_414.0625 });
    expect(recording.info.problems.map(({ message }) => message).join()).toContain('are assumed');
    expect(readChannel(context, recording, 'ai7')[9]).toBe(9);
  });

  it('drops and tells what lies beyond the data, and a block that was not closed', () => {
    const { rows, tev } = pieces();
    const path = block('short', rows, { 'a_b.tev': tev.subarray(0, 256 * 5 + 100) });
    const { info } = openRecording(path);
    expect(info.channels.slice(0, 2).map(({ samples }) => samples)).toEqual([192, 128]);
    const said = info.problems.map(({ message }) => message).join('\n');
    expect(said).toContain('no mark of a stop');
    expect(said).toContain('2 pieces of RSn1 2 lie beyond the end');
  });

  it('refuses a block without data, an unknown format of data and what is no index', () => {
    const { rows } = pieces();
    const missing = block('missing', [...rows, stop]);
    expect(() => openRecording(missing)).toThrow('neither a_b.tev nor a_b_RSn1_Ch1.sev');
    const unknown = block('unknown', [{ type: 0x8101, store: 'X', words: 20, channel: 1, offset: 0, format: 9 }]);
    expect(() => openRecording(unknown)).toThrow(expect.objectContaining({ code: 'format.unsupported' }));
    const none = join(folder, 'none.tsq');
    writeFileSync(none, Buffer.alloc(400, 1));
    expect(() => openRecording(none)).toThrow('although the name says the index of a TDT block');
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const { rows, tev } = pieces();
      const other: Row[] = [{ type: 0x101, store: 'Tick', time: 1, value: 3 }, stop];
      fuzz([block('fuzz', [...rows, ...other], { 'a_b.tev': tev, 'a_b_Wave_Ch1.sev': sev(shorts(80, 0), 1) })]);
    },
    fuzzMs,
  );
});
