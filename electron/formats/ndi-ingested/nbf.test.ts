import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { predictedSegment } from './testing/made-segment.ts';
import { decodeNbf, encodeDigital, encodeSamples, encodeTimes } from './nbf.ts';

const PATH = '/somewhere/ai_group1_seg.nbf_1';

describe('segments of ingested samples', () => {
  it('undoes the prediction of integer samples', () => {
    const wave = Array.from({ length: 500 }, (_, at) => Math.round(3000 * Math.sin(at / 9)));
    const other = wave.map((value, at) => 2 * value + (at % 7));
    const { rows, columns } = decodeNbf(predictedSegment([wave, other], [1, -1.8, 0.7, 0.15, -0.03]), PATH);
    expect(rows).toBe(500);
    expect(columns.map((column) => [...column])).toEqual([wave, other]);
  });

  it('gives back what was written, to the last bit', async () => {
    const samples = [Float64Array.from([0.1, -2.5, NaN, 1e300, 5]), Float64Array.from([1, 2, 3, 4, Infinity])];
    expect(decodeNbf(await encodeSamples(samples, 'a'), PATH).columns).toEqual(samples);
    const lines = [Float64Array.from([0, 1, 1, 0]), Float64Array.from([1, 1, 0, 0])];
    expect(decodeNbf(await encodeDigital(lines, 'a'), PATH).columns).toEqual(lines);
    const times = Float64Array.from({ length: 3000 }, (_, at) => 12.000_013 + at / 29_999.87 + (at > 700 ? 3 : 0));
    const { columns } = decodeNbf(await encodeTimes([times], 'a'), PATH);
    expect(columns[0]?.length).toBe(3000);
    expect(Math.max(...times.map((time, at) => Math.abs(time - (columns[0]?.[at] ?? NaN))))).toBeLessThan(1e-12);
  });

  it('writes a tar that other programs read', async () => {
    const tarBytes = gunzipSync(await encodeSamples([Float64Array.from([1])], 'abc'));
    expect(tarBytes.subarray(0, 7).toString()).toBe('abc.nbh');
    const sum = tarBytes.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    expect(parseInt(tarBytes.subarray(148, 154).toString(), 8)).toBe(sum);
  });

  it('refuses what is damaged, cut, or encoded in secret', async () => {
    const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
    const whole = await encodeSamples([Float64Array.from([1, 2, 3])], 'a');
    expect(() => decodeNbf(whole.subarray(0, 40), PATH)).toThrow(code('format.invalid'));
    const plain = gunzipSync(whole);
    plain.writeUInt32LE(900, 512 + 15 + 20);
    expect(() => decodeNbf(gzipSync(plain), PATH)).toThrow(code('format.truncated'));
    plain.writeUInt32LE(41, 512 + 15 + 4);
    expect(() => decodeNbf(gzipSync(plain), PATH)).toThrow(code('format.unsupported'));
    expect(() => decodeNbf(gzipSync(Buffer.alloc(2048)), PATH)).toThrow(PATH);
  });
});
