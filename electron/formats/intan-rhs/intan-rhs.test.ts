import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { ByteBuilder } from '../byte-builder.ts';
import { openRecording } from '../registry.ts';

const STEP = 2 ** -20;
const RATE = 20_000;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-rhs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function text(header: ByteBuilder, value: string): void {
  const bytes = Buffer.from(value, 'utf16le');
  header.u32(bytes.length).append(bytes);
}

/** Two amplifiers, one input and one output of each kind; the digital lines are bits 1 and 4. */
function headerBytes(dcSaved = 1): Buffer {
  const header = new ByteBuilder().u32(0xd69127ac).i16(3, 2).f32(RATE).i16(1).f32(1, 2, 3, 4, 5, 6, 7, 8).i16(0);
  header.f32(1000, 1000).i16(0, 0).f32(STEP, 1e-8, 0);
  for (const note of ['one', '', 'µV']) text(header, note);
  header.i16(dcSaved, 14);
  text(header, 'n/a');
  header.i16(1);
  text(header, 'Port A');
  text(header, 'A');
  const channels = [
    ['A-000', 0, 0],
    ['A-001', 0, 1],
    ['ANALOG-IN-1', 3, 0],
    ['ANALOG-OUT-1', 4, 0],
    ['DIGITAL-IN-02', 5, 1],
    ['DIGITAL-OUT-05', 6, 4],
  ] as const;
  header.i16(1, channels.length, 2);
  for (const [name, type, order] of channels) {
    text(header, name);
    text(header, name);
    header.i16(order, order, type, 1, 0, 0, 0, 0, 0, 0, 0).f32(0, 0);
  }
  return header.build();
}

/** The stimulation of amplifier c: every fifth sample a current, of which every second is negative; with flags. */
const stimulation = (c: number, s: number) => (s % 5 === c ? 0xe000 | (s % 10 < 5 ? 0x100 : 0) | (s % 256) : 0xa000);
const current = (c: number, s: number) => (s % 5 === c ? (s % 10 < 5 ? -1 : 1) * (s % 256) * STEP : 0);
const amplifier = (c: number, s: number) => 32_768 + 1000 * c + s;
const dc = (c: number, s: number) => 400 + 10 * c + (s % 200);
const digital = (s: number) => ((s >> 3) & 1) * 0b10 + ((s >> 2) & 1) * 0b1_0000;

function singleFile(blocks: number, dcSaved = 1, stampOf = (sample: number) => sample): Buffer {
  const out = new ByteBuilder().append(headerBytes(dcSaved));
  for (let block = 0; block < blocks; block++) {
    const samples = Array.from({ length: 128 }, (_, k) => 128 * block + k);
    out.u32(...samples.map((s) => stampOf(s) >>> 0));
    for (const c of [0, 1]) out.u16(...samples.map((s) => amplifier(c, s)));
    if (dcSaved) for (const c of [0, 1]) out.u16(...samples.map((s) => dc(c, s)));
    for (const c of [0, 1]) out.u16(...samples.map((s) => stimulation(c, s)));
    out.u16(...samples.map((s) => s), ...samples.map((s) => 65_535 - s));
    out.u16(...samples.map(digital), ...samples.map(digital));
  }
  return out.build();
}

function u16File(samples: number, ...columns: ((s: number) => number)[]): Buffer {
  const words = Array.from({ length: samples }, (_, s) => columns.map((column) => column(s) & 0xffff)).flat();
  return Buffer.from(Uint16Array.from(words).buffer);
}

/** A folder of one file a signal type or a channel; the second amplifier has no stimulation file in the latter. */
function writeFolder(name: string, perChannel: boolean, samples: number): string {
  const path = join(folder, name);
  mkdirSync(path);
  const put = (file: string, bytes: Buffer) => writeFileSync(join(path, file), bytes);
  put('info.rhs', headerBytes());
  put('time.dat', Buffer.from(Int32Array.from({ length: samples }, (_, s) => s - 100).buffer));
  const both = (value: (c: number, s: number) => number) => [0, 1].map((c) => (s: number) => value(c, s));
  const signed = (c: number, s: number) => amplifier(c, s) - 32_768;
  if (perChannel) {
    for (const c of [0, 1])
      put(
        `amp-A-00${c}.dat`,
        u16File(samples, (s) => signed(c, s)),
      );
    for (const c of [0, 1])
      put(
        `dc-A-00${c}.dat`,
        u16File(samples, (s) => dc(c, s)),
      );
    put(
      'stim-A-001.dat',
      u16File(samples, (s) => stimulation(1, s)),
    );
    put(
      'board-ANALOG-IN-1.dat',
      u16File(samples, (s) => s),
    );
    put(
      'board-ANALOG-OUT-1.dat',
      u16File(samples, (s) => 65_535 - s),
    );
    put(
      'board-DIGITAL-IN-02.dat',
      u16File(samples, (s) => (s >> 3) & 1),
    );
    put(
      'board-DIGITAL-OUT-05.dat',
      u16File(samples, (s) => (s >> 2) & 1),
    );
  } else {
    put('amplifier.dat', u16File(samples, ...both(signed)));
    put('dcamplifier.dat', u16File(samples, ...both(dc)));
    put('stim.dat', u16File(samples, ...both(stimulation)));
    put(
      'analogin.dat',
      u16File(samples, (s) => s),
    );
    put(
      'analogout.dat',
      u16File(samples, (s) => 65_535 - s),
    );
    put('digitalin.dat', u16File(samples, digital));
    put('digitalout.dat', u16File(samples, digital));
  }
  return path;
}

function write(name: string, bytes: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('Intan RHS', () => {
  const context = testContext();

  it.each(['a.rhs', 'per signal', 'per channel'])('reads every signal of %s', (name) => {
    const samples = 3 * 128;
    const path = name.endsWith('.rhs')
      ? write(name, singleFile(3))
      : writeFolder(name, name === 'per channel', samples);
    const recording = openRecording(path);
    const { info } = recording;
    expect(info.path).toBe(path);
    expect(info.problems).toEqual([]);
    const wanted: Record<string, (s: number) => number> = {
      ai1: (s) => 0.195 * s,
      ai2: (s) => 0.195 * (1000 + s),
      ax1: (s) => 312.5e-6 * (s - 32_768),
      ax2: (s) => -0.01923 * (dc(0, s) - 512),
      ax3: (s) => -0.01923 * (dc(1, s) - 512),
      ao1: (s) => 312.5e-6 * (32_767 - s),
      ao2: (s) => current(0, s),
      ao3: (s) => current(1, s),
      di1: (s) => (s >> 3) & 1,
      do1: (s) => (s >> 2) & 1,
    };
    // Without a file there was no stimulation; the other amplifier keeps its number.
    if (name === 'per channel') delete wanted['ao2'];
    expect(info.channels.map((channel) => channel.name).toSorted()).toEqual([...Object.keys(wanted), 't1'].toSorted());
    for (const [channel, value] of Object.entries(wanted)) {
      const values = readChannel(context, recording, channel);
      expect(values.length).toBe(samples);
      values.forEach((found, s) => expect(found, `${channel} ${s}`).toBeCloseTo(value(s), 9));
    }
    expect(readChannel(context, recording, 'ao3')).toEqual(
      Float64Array.from({ length: samples }, (_, s) => current(1, s)),
    );
    context.files.closeAll();
  });

  it('gives the DC amplifiers the negative sign of the manufacturer, in volts, not that of neo', () => {
    const recording = openRecording(write('sign.rhs', singleFile(1)));
    const { name = '', units } = recording.info.channels.find(({ label }) => label === 'A-001 DC') ?? {};
    expect(units).toBe('V');
    // A word above the middle of the converter is a voltage below zero.
    expect(dc(1, 120)).toBeGreaterThan(512);
    expect(readChannel(context, recording, name)[120]).toBeCloseTo(-0.01923 * (dc(1, 120) - 512), 9);
    context.files.closeAll();
  });

  it('leaves out the DC amplifiers where they were not saved', () => {
    const recording = openRecording(write('nodc.rhs', singleFile(2, 0)));
    expect(recording.info.channels.filter(({ label }) => label.endsWith('DC'))).toEqual([]);
    expect(readChannel(context, recording, 'ai2')[200]).toBeCloseTo(0.195 * 1200, 9);
  });

  it('starts a segment where time stamps jump, and takes negative ones', () => {
    const { info } = openRecording(
      write(
        'gap.rhs',
        singleFile(3, 1, (s) => (s < 130 ? s - 50 : s + 1000)),
      ),
    );
    expect(info.segments).toEqual([
      { start: 0, samples: 130, t0: -50 / RATE, t1: 79 / RATE },
      { start: 130, samples: 254, t0: 1130 / RATE, t1: 1383 / RATE },
    ]);
  });

  it('uses the whole blocks of a file that is cut, and tells the rest', () => {
    const { info } = openRecording(write('cut.rhs', singleFile(2).subarray(0, -11)));
    expect(info.segments.map(({ samples }) => samples)).toEqual([128]);
    expect(info.problems[0]?.message).toContain('bytes at the end are left out');
    const none = openRecording(write('header.rhs', headerBytes())).info;
    expect([none.segments, none.problems.map(({ code }) => code)]).toEqual([[], ['format.empty']]);
  });

  it('tells files that are missing or shorter than the others', () => {
    const path = writeFolder('short', false, 100);
    rmSync(join(path, 'analogin.dat'));
    writeFileSync(join(path, 'stim.dat'), Buffer.alloc(4 * 60 + 1));
    const { info } = openRecording(path);
    expect(info.channels.find(({ name }) => name === 'ai1')?.samples).toBe(60);
    expect(info.channels.some(({ name }) => name === 'ax1')).toBe(false);
    const said = info.problems.map(({ message }) => message).join('\n');
    expect(said).toContain('analogin.dat is missing');
    expect(said).toContain('stim.dat ends within a row: 1 bytes');
    expect(said).toContain('60 rows are used');
  });

  it.each([
    [4, 99, 'format.unsupported', 'version 99'],
    [8, 0, 'format.invalid', 'the sample rate'],
    [60, 0xbf80, 'format.invalid', 'the stimulation step size'],
    [72, 3, 'format.invalid', 'is odd'],
  ])('refuses a header that lies at byte %i', (at, value, code, words) => {
    const bytes = singleFile(1);
    if (at === 4 || at === 72) bytes.writeUInt16LE(value, at);
    else bytes.writeUInt32LE((value << 16) >>> 0, at);
    const path = write(`lie ${at}.rhs`, bytes);
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code }));
    expect(() => openRecording(path)).toThrow(words);
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzz([write('made.rhs', singleFile(3)), writeFolder('made', false, 300)]);
    },
    fuzzMs,
  );
});
