import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { computeExactEnvelope } from '../../signal/columns.ts';
import { readSamples } from '../../signal/samples.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { parseAnnotations } from './annotations.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-edf-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Signal {
  label: string;
  perRecord: number;
  /** Stored number of a sample, or the text of a record. */
  value: ((sample: number) => number) | ((record: number) => string);
  physical?: [string, string];
  digital?: [string, string];
}

interface Spec {
  bdf?: boolean;
  reserved?: string;
  records: number;
  declared?: string;
  seconds?: string;
  headerBytes?: string;
  signals: Signal[];
}

function make({ bdf = false, reserved = '', records, declared, seconds = '1', headerBytes, signals }: Spec): Buffer {
  const width = bdf ? 3 : 2;
  const ns = signals.length;
  const column = (size: number, of: (signal: Signal) => string) => signals.map((one) => of(one).padEnd(size)).join('');
  const head = [
    bdf ? '\u00ffBIOSEMI' : '0       ',
    'patient'.padEnd(80),
    'Startdate 29-FEB-2024 X X X'.padEnd(80),
    '29.02.2414.09.26',
    (headerBytes ?? String(256 * (ns + 1))).padEnd(8),
    reserved.padEnd(44),
    (declared ?? String(records)).padEnd(8),
    seconds.padEnd(8),
    String(ns).padEnd(4),
    column(16, ({ label }) => label),
    column(80, () => ''),
    column(8, () => 'uV'),
    column(8, ({ physical = ['-100', '100'] }) => physical[0]),
    column(8, ({ physical = ['-100', '100'] }) => physical[1]),
    column(8, ({ digital = ['-1000', '1000'] }) => digital[0]),
    column(8, ({ digital = ['-1000', '1000'] }) => digital[1]),
    column(80, () => ''),
    column(8, ({ perRecord }) => String(perRecord)),
    column(32, () => ''),
  ].join('');
  const data: Buffer[] = [];
  for (let record = 0; record < records; record++) {
    for (const { perRecord, value } of signals) {
      const part = Buffer.alloc(width * perRecord);
      const first = value(record * perRecord);
      if (typeof first === 'string') part.write(value(record) as string, 'utf8');
      else
        for (let k = 0; k < perRecord; k++) part.writeIntLE(value(record * perRecord + k) as number, width * k, width);
      data.push(part);
    }
  }
  return Buffer.concat([Buffer.from(head, 'latin1'), ...data]);
}

const tal = (...entries: string[]) => entries.map((entry) => `${entry}\x14\0`).join('');
const ramp = (label: string, perRecord: number): Signal => ({ label, perRecord, value: (sample) => sample });
const text = (value: (record: number) => string): Signal => ({ label: 'EDF Annotations', perRecord: 60, value });

function write(name: string, spec: Spec): string {
  const path = join(folder, name);
  writeFileSync(path, make(spec));
  return path;
}

describe('EDF', () => {
  const context = testContext();

  it('reads signals of different rates', () => {
    const path = write('rates.edf', {
      records: 5,
      seconds: '0.5',
      signals: [ramp('a', 10), ramp('slow', 3), ramp('a', 10)],
    });
    const recording = openRecording(path);
    const summary = recording.info.channels.map(({ name, label, sampleRate, samples }) => [
      name,
      label,
      sampleRate,
      samples,
    ]);
    expect(summary).toEqual([
      ['ai1', 'a', 20, 50],
      ['ai2', 'slow', 6, 15],
      ['ai3', 'a', 20, 50],
      ['t1', 'time', 20, 50],
      ['t2', 'time at 6 Hz', 6, 15],
    ]);
    for (const [name, count] of [
      ['ai1', 50],
      ['ai2', 15],
      ['ai3', 50],
    ] as const) {
      const values = readChannel(context, recording, name);
      expect(values).toEqual(Float64Array.from({ length: count }, (_, k) => k * 0.1 + 0));
    }
    expect(recording.info.segments).toEqual([{ start: 0, samples: 50, t0: 0, t1: 49 / 20 }]);
    expect(recording.info.why.join(' ')).toContain('2024-02-29 14:09:26');
    expect(recording.info.startedAt).toBeNull();
  });

  it('places discontinuous records by their onsets', () => {
    const onsets = [10.25, 11.25, 20, 21, 22];
    const signals = [
      ramp('a', 100),
      text((record) => tal(`+${onsets[record]}\x14`, `+${(onsets[record] ?? 0) + 0.5}\x150.25\x14Reiz µ\x14two`)),
    ];
    const recording = openRecording(write('gaps.edf', { reserved: 'EDF+D', records: 5, signals }));
    expect(recording.info.version).toBe('EDF+D');
    expect(recording.info.segments).toEqual([
      { start: 0, samples: 200, t0: 10.25, t1: 10.25 + 1.99 },
      { start: 200, samples: 300, t0: 20, t1: 20 + 2.99 },
    ]);
    const { data } = readSamples(context, recording, { channels: 'ai1', from: 19.5, to: 20.02, unit: 'seconds' });
    expect([...(data[0] ?? [])].slice(0, 2)).toEqual([20, 20.1]);
    const { events, total } = recording.readEvents(new Set(['tx1']), 11, 20.6, 3);
    expect(total).toBe(4);
    expect(events).toEqual([
      { channel: 'tx1', time: 11.75, value: 'Reiz µ', duration: 0.25 },
      { channel: 'tx1', time: 11.75, value: 'two', duration: 0.25 },
      { channel: 'tx1', time: 20.5, value: 'Reiz µ', duration: 0.25 },
    ]);
    expect(recording.info.events).toEqual({ tx1: 10 });
  });

  it('keeps a file continuous that says so, and tells where its onsets do not', () => {
    const signals = [ramp('a', 10), text((record) => tal(`+${record === 2 ? 7 : record + 0.5}\x14`))];
    const { info } = openRecording(write('claims.edf', { reserved: 'EDF+C', records: 4, signals }));
    expect(info.segments).toEqual([{ start: 0, samples: 40, t0: 0.5, t1: 0.5 + 3.9 }]);
    expect(info.problems[0]?.message).toContain('jump in time 2 times');
  });

  it('reads 24-bit samples and triggers of the Status signal', () => {
    const codes = [0, 0, 0x10005, 0x10005, 0, 7, 7, 0x90009, 0, 0];
    const signals = [
      {
        ...ramp('a', 10),
        value: (sample: number) => 1_000_000 - 300_000 * (sample % 7),
        digital: ['-8388608', '8388607'] as [string, string],
      },
      { label: 'Status', perRecord: 10, value: (sample: number) => codes[sample % 10] ?? 0 },
    ];
    const recording = openRecording(write('status.bdf', { bdf: true, reserved: '24BIT', records: 2, signals }));
    expect(recording.info.version).toBe('BDF');
    const [channel] = recording.info.channels;
    const gain = 200 / 16_777_215;
    expect(channel?.gain).toBe(gain);
    const values = readChannel(context, recording, 'ai1');
    values.forEach((value, sample) => {
      expect(value).toBe((1_000_000 - 300_000 * (sample % 7)) * gain + (-100 + 8_388_608 * gain));
    });
    const { events } = recording.readEvents(new Set(['mk1']), 0, 10, 100);
    expect(events.map(({ time, value }) => [time, value])).toEqual([
      [0.2, 5],
      [0.5, 7],
      [0.7, 9],
      [1.2, 5],
      [1.5, 7],
      [1.7, 9],
    ]);
    const { values: extremes } = computeExactEnvelope(context, recording, {
      channels: 'ai1',
      t0: 0,
      t1: 2,
      columns: 4,
    });
    expect(extremes[0]).toBe(Math.min(...values.subarray(0, 5)));
    expect(extremes[7]).toBe(Math.max(...values.subarray(15)));
  });

  it('reads records too large to be held', () => {
    const signals = [
      { ...ramp('a', 300_000), value: () => 1 },
      { ...ramp('b', 300_000), value: (sample: number) => (sample % 2000) - 1000 },
    ];
    const recording = openRecording(write('large.edf', { records: 2, seconds: '300', signals }));
    const { data } = readSamples(context, recording, { channels: 'ai2', from: 299_990, to: 300_010, unit: 'samples' });
    expect(data[0]).toEqual(Float64Array.from({ length: 20 }, (_, k) => (((299_990 + k) % 2000) - 1000) * 0.1));
  });

  it('reads a running recording, a lying length and numbers with a comma', () => {
    const spec: Spec = { records: 3, declared: '-1', headerBytes: '9999', seconds: '0,5', signals: [ramp('a', 10)] };
    const { info } = openRecording(write('running.edf', spec));
    expect(info.channels[0]).toMatchObject({ samples: 30, sampleRate: 20 });
    expect(info.problems.map(({ message }) => message).join()).toContain('says that it has 9999 bytes');
    const cut = openRecording(write('more.edf', { ...spec, declared: '7', headerBytes: '512' })).info;
    expect(cut.channels[0]?.samples).toBe(30);
    expect(cut.problems.map(({ code }) => code)).toEqual(['format.truncated']);
    const none = openRecording(write('none.edf', { ...spec, records: 0, declared: '0', headerBytes: '512' })).info;
    expect([none.segments, none.problems.map(({ code }) => code)]).toEqual([[], ['format.empty']]);
  });

  it('shows stored numbers where the ranges give no scale', () => {
    const signals = [
      { ...ramp('flat', 10), digital: ['5', '5'] as [string, string] },
      { ...ramp('equal', 10), physical: ['1', '1'] as [string, string] },
    ];
    const recording = openRecording(write('flat.edf', { records: 1, signals }));
    expect(recording.info.problems.length).toBe(2);
    expect(recording.info.channels.slice(0, 2).map(({ units, gain }) => [units, gain])).toEqual([
      ['', 1],
      ['', 1],
    ]);
    expect(readChannel(context, recording, 'ai1')[7]).toBe(7);
  });

  it('opens a file of annotations alone', () => {
    const signals = [text((record) => tal('+0\x14', `+${record}\x14note ${record}`))];
    const { info } = openRecording(write('notes.edf', { reserved: 'EDF+C', records: 3, seconds: '0', signals }));
    expect(info.segments).toEqual([]);
    expect(info.events).toEqual({ tx1: 3 });
  });

  it.each([
    ['signals', 252, 'zwei', 'the number of signals is not a count'],
    ['none', 252, '0   ', 'the number of signals is not a count'],
    ['duration', 244, '0       ', 'the duration of a record is not a duration'],
    ['samples', 256 + 216, 'x       ', 'samples per record of signal 1 (a) is not a count'],
    ['empty', 256 + 216, '0       ', 'is 0 for all signals'],
    ['many', 252, '9999', 'ends inside the header'],
  ])('refuses a header with bad %s', (name, at, value, words) => {
    const bytes = make({ records: 1, signals: [ramp('a', 10)] });
    bytes.write(value, at, 'latin1');
    const path = join(folder, `bad ${name}.edf`);
    writeFileSync(path, bytes);
    expect(() => openRecording(path)).toThrow(words);
    expect(() => openRecording(path)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^format\./) as string }),
    );
  });

  it('says what a file is that only has the name', () => {
    const path = join(folder, 'other.bdf');
    writeFileSync(path, '%PDF-1.4 and more');
    expect(() => openRecording(path)).toThrow('a PDF document, although the name says EDF or BDF');
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      const note = text((record) => tal(`+${record < 3 ? record : record + 5}\x14`, `+${record}.5\x14event`));
      const signals = [ramp('a', 100), ramp('b', 7), note];
      fuzz([
        write('fuzz.edf', { reserved: 'EDF+D', records: 9, signals }),
        write('fuzz.bdf', { bdf: true, reserved: 'BDF+C', records: 9, signals: [ramp('Status', 50), ...signals] }),
      ]);
    },
    fuzzMs,
  );
});

describe('annotation lists', () => {
  it('reads what is whole and tells of the rest', () => {
    const bytes = new TextEncoder().encode('+1.5\x152\x14a\x14b\x14\0-3\x14\x14\0oops\x14c\x14\0+4\0\0\0');
    expect(parseAnnotations(bytes)).toEqual({
      damaged: true,
      entries: [
        { onset: 1.5, duration: 2, texts: ['a', 'b'] },
        { onset: -3, duration: null, texts: [] },
      ],
    });
  });
});
