import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { openRecording } from '../formats/registry.ts';
import { encodeVhsb } from '../formats/vhsb/writer.ts';
import { askPython, hasPython } from '../ndi/testing/python.ts';
import { decimateSamples } from './decimate.ts';
import { readChannel, testContext } from './test-support.ts';

const folder = temporaryFolder('ndi-decimate');
const RATE = 1000;

/** Two channels with a gap of 5 s after 2345 samples, and a last piece that is shorter than the filter. */
function write(name: string, lengths: readonly number[]): string {
  const times: number[] = [];
  let start = 3;
  for (const length of lengths) {
    for (let at = 0; at < length; at += 1) times.push(start + at / RATE);
    start += length / RATE + 5;
  }
  const noise = (seed: number) => {
    let state = seed;
    return times.map((time, at) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return 100 + at / 50 + 20 * Math.sin(2 * Math.PI * 8 * time) + state / 2 ** 28;
    });
  };
  const path = join(folder, `${name}.vhsb`);
  writeFileSync(path, encodeVhsb(times, [noise(1), noise(2)], { x: 's', y: 'uV' }));
  return path;
}

/** By means that share nothing with ours: numpy's windows, its convolution over a signal padded by its own means. */
const oracle = `
import json, sys
import numpy as np
x, lengths, q = json.loads(sys.argv[1])
n = 20 * q
h = np.sinc((np.arange(n + 1) - n / 2) / q) * np.hamming(n + 1)
h /= h.sum()
out, at = [], 0
for length in lengths:
    run = np.array(x[at:at + length], float)
    at += length
    if length > n // 2:
        padded = np.pad(run, n // 2, mode='reflect', reflect_type='odd')
    else:
        left = 2 * run[0] - run[np.minimum(np.arange(n // 2, 0, -1), length - 1)]
        right = 2 * run[-1] - run[np.maximum(length - 1 - np.arange(1, n // 2 + 1), 0)]
        padded = np.concatenate([left, run, right])
    out += np.convolve(padded, h, 'valid')[::q].tolist()
print(json.dumps(out))
`;

describe('decimated samples', () => {
  it.skipIf(!hasPython).each([2, 5, 12])(
    'are those of numpy, run by run, whatever is asked at once: factor %i',
    (factor) => {
      const lengths = [2345, 3001, 300, 7];
      const recording = openRecording(write(`numpy-${factor}`, lengths));
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const context = testContext();
      for (const name of ['ai1', 'ai2']) {
        const whole = [...readChannel(context, recording, name)];
        const expected = askPython(oracle, JSON.stringify([whole, lengths, factor])) as number[];
        for (const step of [total, 1000, 617]) {
          const values: number[] = [];
          for (let from = 0; from < total; from += step) {
            const query = { channels: name, from, to: Math.min(total, from + step), factor };
            values.push(...(decimateSamples(context, recording, query).data[0] ?? []));
          }
          expect(values.length).toBe(expected.length);
          values.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 9));
        }
      }
    },
  );

  it('stand at the times of the samples that they are made of', () => {
    const recording = openRecording(write('times', [1001, 200]));
    const { channels, t0 } = decimateSamples(testContext(), recording, {
      ...{ channels: 'ai2,ai1', from: 0, to: 1201, factor: 10, timeShift: 100 },
    });
    expect([t0, channels.map(({ name, units, sampleRate }) => [name, units, sampleRate])]).toEqual([
      103,
      [
        ['ai2', 'uV', 100],
        ['ai1', 'uV', 100],
      ],
    ]);
    expect(channels[0]?.runs).toEqual([
      { at: 0, count: 101, t0: 103 },
      { at: 101, count: 20, t0: expect.closeTo(103 + 6.001, 9) as number },
    ]);
  });

  it('lack what the lower rate cannot hold, and keep the rest', () => {
    const times = Array.from({ length: 8000 }, (_, at) => at / RATE);
    const tone = (hertz: number) => times.map((time) => Math.sin(2 * Math.PI * hertz * time));
    const path = join(folder, 'tones.vhsb');
    writeFileSync(path, encodeVhsb(times, [tone(20), tone(70)]));
    const query = { channels: 'all', from: 0, to: 8000, factor: 10 };
    const { data } = decimateSamples(testContext(), openRecording(path), query);
    const size = (values: Float64Array | undefined) => Math.max(...(values?.subarray(100, 700) ?? []).map(Math.abs));
    expect(size(data[0])).toBeGreaterThan(0.95);
    expect(size(data[1])).toBeLessThan(0.005);
  });

  it('are refused beyond what one call gives, and for ranges that are none', () => {
    const recording = openRecording(write('range', [500]));
    const ask = (from: number, to: number) => () =>
      decimateSamples(testContext(), recording, { channels: 'all', from, to, factor: 2 });
    expect(ask(5, 5)).toThrow(expect.objectContaining({ code: 'range.invalid' }));
    expect(ask(-1, 5)).toThrow(expect.objectContaining({ code: 'range.invalid' }));
    expect(ask(600, 700)().data[0]).toHaveLength(0);
  });
});
