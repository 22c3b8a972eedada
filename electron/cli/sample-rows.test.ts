import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputFile } from './output-file.ts';
import { openRowWriter, type RowFormat } from './sample-rows.ts';

const channels = [
  { name: 'ai1', units: 'uV', sampleRate: 4 },
  { name: 'di1', units: '', sampleRate: 4 },
];
const blocks = [
  {
    channels,
    t0: 1.5,
    data: [
      [0.1, 2],
      [0, 1],
    ],
  },
  { channels, t0: 10, data: [Float64Array.of(-3, NaN), [1]] },
];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-rows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function write(format: RowFormat, given: typeof blocks): Promise<{ rows: number; bytes: Buffer }> {
  const path = join(folder, 'out');
  const file = await OutputFile.open(path);
  const writer = openRowWriter(format, file, channels);
  for (const block of given) await writer.write(block);
  const rows = await writer.end();
  await file.finish();
  return { rows, bytes: readFileSync(path) };
}

describe('rows of samples', () => {
  it('as csv have a heading with units, and times that follow each block', async () => {
    const { rows, bytes } = await write('csv', blocks);
    expect(rows).toBe(4);
    expect(bytes.toString()).toBe('time (s),ai1 (uV),di1\n1.5,0.1,0\n1.75,2,1\n10,-3,1\n10.25,,\n');
    expect((await write('csv', [])).bytes.toString()).toBe('time (s),ai1 (uV),di1\n');
  });

  it('as npy have the header of NumPy’s format 1.0 and float64 in rows', async () => {
    const { bytes } = await write('npy', blocks);
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
    const headerLength = bytes.readUInt16LE(8);
    expect((10 + headerLength) % 64).toBe(0);
    const header = bytes.subarray(10, 10 + headerLength).toString('latin1');
    expect(header).toMatch(/^\{'descr': '<f8', 'fortran_order': False, 'shape': \(4, 2\), \} +\n$/);
    const body = bytes.subarray(10 + headerLength);
    expect(Array.from({ length: 8 }, (_, at) => body.readDoubleLE(at * 8))).toEqual([0.1, 0, 2, 1, -3, 1, NaN, NaN]);
    expect(body.length).toBe(64);
    expect((await write('npy', [])).bytes.toString('latin1')).toContain("'shape': (0, 2)");
  });

  it('as f32 are little-endian float32 and nothing else', async () => {
    const { bytes } = await write('f32', blocks);
    expect(bytes.length).toBe(32);
    expect(bytes.readFloatLE(0)).toBe(Math.fround(0.1));
    expect(bytes.readFloatLE(16)).toBe(-3);
    expect(bytes.readFloatLE(28)).toBeNaN();
  });
});
