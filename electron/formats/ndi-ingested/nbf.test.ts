import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeNbf, encodeDigital, encodeSamples, encodeTimes } from './nbf.ts';

const PATH = '/somewhere/ai_group1_seg.nbf_1';

/** A container of predicted 16-bit samples as NDI describes it, written by the description alone. */
function predicted(samples: readonly (readonly number[])[], code: readonly number[]): Buffer {
  const rows = samples[0]?.length ?? 0;
  const count = samples.length;
  const header = Buffer.alloc(100 + 8 + 8 * 5 * count + 32 * count + 16);
  header.write('NDIBINARYHEADER', 'latin1');
  [1, 1, 1, 0, 16, rows, count, 1, 1, 16].forEach((word, at) => header.writeUInt32LE(word, 15 + 4 * at));
  header.writeUInt32LE(count, 100);
  header.writeUInt32LE(5, 104);
  code.forEach((value, at) => {
    for (let column = 0; column < count; column++) header.writeDoubleLE(value, 108 + 8 * (at * count + column));
  });
  const payload = Buffer.alloc(2 * rows * count);
  samples.forEach((values, column) => {
    values.forEach((value, row) => {
      if (row < 4) return void header.writeDoubleLE(value, 108 + 40 * count + 8 * (4 * column + row));
      const before = [1, 2, 3, 4].reduce((sum, lag) => sum - (code[lag] ?? 0) * (values[row - lag] ?? 0), 0);
      payload.writeInt16LE(value - Math.round(before), 2 * (column * rows + row));
    });
  });
  return gzipSync(
    Buffer.concat([...tar('x.nbh', header), ...tar('._x.nbf', Buffer.alloc(9)), ...tar('a/../x.nbf', payload)]),
  );
}

function tar(name: string, data: Buffer): Buffer[] {
  const head = Buffer.alloc(512);
  head.write(name, 'latin1');
  head.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.write('0', 156, 'latin1');
  return [head, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
}

describe('segments of ingested samples', () => {
  it('undoes the prediction of integer samples', () => {
    const wave = Array.from({ length: 500 }, (_, at) => Math.round(3000 * Math.sin(at / 9)));
    const other = wave.map((value, at) => 2 * value + (at % 7));
    const { rows, columns } = decodeNbf(predicted([wave, other], [1, -1.8, 0.7, 0.15, -0.03]), PATH);
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
