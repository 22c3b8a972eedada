import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askPython, hasPython } from '../../ndi/testing/python.ts';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { HEADER_BYTES } from './header.ts';
import { countVhsb, readVhsbTimes } from './times.ts';
import { encodeVhsb } from './writer.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-vhsb-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, bytes: Buffer): string {
  const path = join(folder, `${name}.vhsb`);
  writeFileSync(path, bytes);
  return path;
}

const open = (name: string, bytes: Buffer) => openRecording(write(name, bytes));
const ramp = (count: number) => Array.from({ length: count }, (_, at) => at);
const fault = (code: string): unknown => expect.objectContaining({ code });

function eventsOf(recording: ReturnType<typeof openRecording>, name = 'e1', from = -1e9, to = 1e9, limit = 1000) {
  return recording.readEvents(new Set([name]), from, to, limit);
}

/** Knows the layout from the reference alone: header at fixed bytes, X and Y in turn. */
const reader = `
import json, struct, sys
b = open(sys.argv[1], 'rb').read()
assert b[:46] == b'This is a VHSB file, http://github.com/VH-Lab\\n' and b[200:204] == b'\\x01\\0\\0\\0'
assert b[204:218] == b'little-endian\\n'
assert struct.unpack_from('<IH', b, 460) == (64, 4) and struct.unpack_from('<IH', b, 1266) == (64, 4)
dims = [d for d in struct.unpack_from('<100Q', b, 466)]
stored, even = b[1272], b[1273]
start, step = struct.unpack_from('<dd', b, 1274)
n = dims[1]
rows = [struct.unpack_from('<%dd' % (n + 1), b, 1836 + 8 * (n + 1) * i) for i in range((len(b) - 1836) // (8 * (n + 1)))]
print(json.dumps({'dims': dims[:3], 'stored': stored, 'even': even, 'start': start, 'step': step,
  'units': b[1546:1802].split(b'\\n')[0].decode(), 'x': [r[0] for r in rows], 'y': [r[1:] for r in rows]}))`;

/** Writes with the layout of the reference: types, scales, and times that are not stored. */
const writer = `
import struct, sys
path, x_type, y_type, y_bits, stored, even, start, step, scale, offset, letter = sys.argv[1:12]
y = list(map(float, sys.argv[12].split(',')))
def pad(t, n): return t + b'\\0' * (n - len(t))
h = pad(b'This is a VHSB file, http://github.com/VH-Lab\\n', 200) + struct.pack('<I', 1) + pad(b'little-endian\\n', 256)
h += struct.pack('<IH', 64, int(x_type)) + struct.pack('<100Q', len(y) // 2, 2, *([0] * 98)) + struct.pack('<IH', int(y_bits), int(y_type))
h += bytes([int(stored), int(even)]) + struct.pack('<dd', float(start), float(step)) + pad(b's\\n', 256) + pad(b'mV\\n', 256)
h += bytes([0, int(scale != '1')]) + struct.pack('<dddd', 1, 0, float(scale), float(offset))
assert len(h) == 1836
body = b''
for i in range(len(y) // 2):
  if stored == '1': body += struct.pack('<d', float(start) + i * float(step))
  for v in y[2 * i:2 * i + 2]: body += struct.pack('<' + letter, v if letter in 'fd' else int(v))
open(path, 'wb').write(h + body)
print('null')`;

describe('VHSB files', () => {
  it.skipIf(!hasPython)('that are written here are read alike by a program that knows only the layout', () => {
    const times = [0.5, 0.75, 1, 1.25, 1.5];
    const path = write('written', encodeVhsb(times, [ramp(5), ramp(5).map((v) => -v / 3)], { y: 'uV' }));
    expect(askPython(reader, path)).toEqual({
      ...{ dims: [5, 2, 0], stored: 1, even: 1, start: 0.5, step: 0.25, units: 'uV', x: times },
      y: ramp(5).map((value) => [value, -value / 3]),
    });
    const spikes = [0.125, 0.25, 0.375, 0.5, 0.75, 1, 1.5];
    expect(askPython(reader, write('spikes', encodeVhsb(spikes, [ramp(7)])))).toMatchObject({ even: 0, x: spikes });
  });

  it.skipIf(!hasPython).each([
    ['float32 without stored times', ['4', '4', '32', '0', '1', '2', '0.001', '1', '0', 'f'], 1, 0, 1000, 2],
    ['int16 with a scale', ['4', '3', '16', '1', '1', '-1', '0.5', '0.25', '10', 'h'], 0.25, 10, 2, -1],
    ['uint8', ['4', '2', '8', '1', '1', '0', '0.01', '1', '0', 'B'], 1, 0, 100, 0],
    ['characters', ['4', '1', '8', '0', '1', '0', '0.01', '1', '0', 'B'], 1, 0, 100, 0],
  ] as const)('of %s that another program wrote are read', (name, args, scale, offset, rate, t0) => {
    const path = join(folder, `${name}.vhsb`);
    const values = ramp(240);
    askPython(writer, path, ...args, values.join(','));
    const recording = openRecording(path);
    expect(recording.info.problems).toEqual([]);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 120, t0, t1: t0 + 119 / rate }]);
    expect(recording.info.channels.map((one) => [one.name, one.sampleRate, one.units])).toEqual([
      ['ai1', rate, 'mV'],
      ['ai2', rate, 'mV'],
      ['t1', rate, 's'],
    ]);
    const stored = values.filter((value) => value % 2 === 1).map((value) => (value - offset) * scale);
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual(stored);
  });

  it('hold spikes as events at their own times, in any order, whatever range is asked', () => {
    const spikes = [3.5, 0.25, 0.5, 0.75, 100, -2];
    const recording = open('events', encodeVhsb(spikes, [[1, 2, 1, 3, 2, NaN]]));
    expect(recording.info).toMatchObject({ segments: [], events: { e1: 6 }, extent: { t0: -2, t1: 100 } });
    expect(eventsOf(recording, 'e1', 0.25, 3.5).events).toEqual([
      { channel: 'e1', time: 0.25, value: 2 },
      { channel: 'e1', time: 0.5, value: 1 },
      { channel: 'e1', time: 0.75, value: 3 },
    ]);
    expect(eventsOf(recording).events[0]).toEqual({ channel: 'e1', time: -2, value: 'NaN' });
    expect(eventsOf(recording, 'e1', -10, 1000, 2)).toMatchObject({ total: 6, events: [{ time: -2 }, { time: 0.25 }] });
    const two = open('marks', encodeVhsb([1, 2], [ramp(2), [7, 8]]));
    expect(two.info.channels.map(({ name }) => name)).toEqual(['mk1', 'mk2']);
    expect(eventsOf(two, 'mk2').events).toEqual([
      { channel: 'mk2', time: 1, value: 7 },
      { channel: 'mk2', time: 2, value: 8 },
    ]);
  });

  it('are read between the pieces of a large file', () => {
    const times = ramp(50_000).map((at) => at + Math.sin(at) / 3);
    const recording = open('large', encodeVhsb(times, [ramp(50_000)]));
    const { events, total } = eventsOf(recording, 'e1', 16_000, 17_000, 5000);
    const expected = times.flatMap((time, at) => (time >= 16_000 && time < 17_000 ? [[time, at]] : []));
    expect([events.map(({ time, value }) => [time, value]), total]).toEqual([expected, expected.length]);
  });

  it('whose times come closer and closer are no even samples, though NDI-matlab’s writer says so', () => {
    const bytes = encodeVhsb(
      ramp(400).map((at) => Math.sqrt(at)),
      [ramp(400)],
    );
    bytes.writeUInt8(1, 1273);
    const { info } = open('signed', bytes);
    expect([info.segments, info.events]).toEqual([[], { e1: 400 }]);
  });

  it.each([
    ['large times, whose steps are rounded', 1.7e9, 30_000],
    ['times from 0', 0, 24_414.0625],
  ])('with %s are samples at a rate', (_, t0, rate) => {
    const recording = open(
      'even',
      encodeVhsb(
        ramp(5000).map((at) => t0 + at / rate),
        [ramp(5000)],
      ),
    );
    const [segment, ...more] = recording.info.segments;
    expect([segment?.t0, segment?.samples, more]).toEqual([t0, 5000, []]);
    expect(recording.info.channels[0]?.sampleRate).toBeCloseTo(rate, t0 === 0 ? 6 : -1);
    expect([...readChannel(testContext(), recording, 'ai1')]).toEqual(ramp(5000));
  });

  it('with a gap are two segments', () => {
    const times = ramp(1000).map((at) => (at < 600 ? at : at + 250) / 100);
    const { info } = open('gap', encodeVhsb(times, [ramp(1000)]));
    expect(info.segments).toEqual([
      { start: 0, samples: 600, t0: 0, t1: 5.99 },
      { start: 600, samples: 400, t0: 8.5, t1: expect.closeTo(12.49, 9) },
    ]);
    const backwards = open(
      'backwards',
      encodeVhsb(
        ramp(1000).map((at) => (at % 500) / 100),
        [ramp(1000)],
      ),
    );
    expect(backwards.info.events).toEqual({ e1: 1000 });
  });

  it('give the times of their samples as they are, of 32 bits and scaled too', () => {
    const times = [0.5, 1.25, 1.5, 7];
    const path = write('times', encodeVhsb(times, [ramp(4), ramp(4)]));
    expect([countVhsb(path), [...readVhsbTimes(path)]]).toEqual([4, times]);
    const scaled = encodeVhsb([3, 5], [ramp(2)]);
    scaled.writeUInt8(1, 1802);
    scaled.writeDoubleLE(0.5, 1804);
    scaled.writeDoubleLE(1, 1812);
    expect([...readVhsbTimes(write('scaled', scaled))]).toEqual([1, 2]);
    // Start and increment are of the size of X: what comes after them lies 8 bytes before.
    const whole = encodeVhsb([], [[]]);
    const small = Buffer.concat([
      whole.subarray(0, 1274),
      Buffer.alloc(8),
      whole.subarray(1290),
      Buffer.alloc(8 + 2 * 12),
    ]);
    small.writeUInt32LE(32, 460);
    small.writeFloatLE(2.5, 1836 + 12);
    small.writeDoubleLE(7.5, 1836 + 16);
    small.writeBigUInt64LE(2n, 466);
    const recording = open('small', small);
    expect(recording.info.problems).toEqual([]);
    expect(eventsOf(recording).events.map(({ time, value }) => [time, value])).toEqual([
      [0, 0],
      [2.5, 7.5],
    ]);
  });

  it('of one sample, of none, and without times for some are told as what they are', () => {
    expect(eventsOf(open('one', encodeVhsb([0.5], [[42]]))).events).toEqual([{ channel: 'e1', time: 0.5, value: 42 }]);
    const none = open('none', encodeVhsb([], [[]]));
    expect(none.info).toMatchObject({ events: { e1: 0 }, problems: [{ code: 'format.empty' }] });
    const gaps = open('gaps', encodeVhsb([0, NaN, 2], [ramp(3)]));
    expect(gaps.info).toMatchObject({ events: { e1: 2 }, problems: [{ code: 'format.invalid' }] });
    expect(eventsOf(gaps).events.map(({ value }) => value)).toEqual([0, 2]);
  });

  const sound = encodeVhsb(
    ramp(200).map((at) => at / 10),
    [ramp(200), ramp(200)],
  );
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(sound);
    change(bytes);
    return bytes;
  };
  it.each([
    ['another version', changed((bytes) => bytes.writeUInt32LE(2, 200)), 'format.invalid'],
    ['another byte order', changed((bytes) => bytes.write('big-endian\n', 204)), 'format.invalid'],
    ['an unknown type', changed((bytes) => bytes.writeUInt16LE(9, 1270)), 'format.invalid'],
    ['an unknown size', changed((bytes) => bytes.writeUInt32LE(24, 1266)), 'format.invalid'],
    ['too many columns', changed((bytes) => bytes.writeBigUInt64LE(2n ** 40n, 474)), 'format.invalid'],
    ['a size beyond counting', changed((bytes) => bytes.writeBigUInt64LE(2n ** 63n, 474)), 'format.invalid'],
    ['a scale of 0', changed((bytes) => bytes.fill(0, 1820, 1828).writeUInt8(1, 1803)), 'format.invalid'],
    ['half a header', sound.subarray(0, 900), 'format.truncated'],
    ['another beginning', changed((bytes) => bytes.write('That')), 'format.invalid'],
  ])('with %s are refused', (name, bytes, code) => {
    expect(() => open(name, bytes)).toThrow(fault(code));
  });

  it('that are cut or hold another number of samples than they say are doubted', () => {
    const { info } = open('cut', sound.subarray(0, HEADER_BYTES + 150 * 24 + 5));
    expect(info.segments[0]?.samples).toBe(150);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.truncated', 'format.invalid']);
  });

  it(`survive damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    fuzz([
      write(
        'fuzz-even',
        encodeVhsb(
          ramp(300).map((at) => at / 50),
          [ramp(300), ramp(300).map((v) => Math.sin(v))],
        ),
      ),
      write(
        'fuzz-spikes',
        encodeVhsb(
          ramp(300).map((at) => at * at),
          [ramp(300)],
        ),
      ),
    ]);
  });
});
