import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyVerified, isCopyOf } from './verified-copy.ts';

let folder: string;
let from: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi copy '));
  from = join(folder, 'from.bin');
  to = join(folder, 'deep', 'to.bin');
  writeFileSync(from, Buffer.alloc(9 << 20, 'a recording '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copy = (onBytes: (bytes: number) => void = () => undefined, signal = new AbortController().signal) =>
  copyVerified(from, to, { onBytes, signal });

it('gives a whole copy with the time of its original, and counts the bytes', async () => {
  let bytes = 0;
  await copy((more) => (bytes += more));
  expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
  expect(bytes).toBe(9 << 20);
  expect(Math.abs(statSync(to).mtimeMs - statSync(from).mtimeMs)).toBeLessThan(2);
  expect(await isCopyOf(from, to)).toBe(true);
  appendFileSync(from, 'more');
  expect(await isCopyOf(from, to)).toBe(false);
  expect(await isCopyOf(from, join(folder, 'gone'))).toBe(false);
});

it('leaves nothing where the disk did not keep what was written, the original changed, or somebody cancels', async () => {
  const spoiled = copy(() => writeFileSync(`${to}.part`, 'x', { flag: 'r+' }));
  await expect(spoiled).rejects.toMatchObject({
    code: 'path.ioFault',
    message: expect.stringMatching(/not equal/) as string,
  });
  const changing = copy(() => appendFileSync(from, 'x'));
  await expect(changing).rejects.toMatchObject({
    code: 'path.ioFault',
    message: expect.stringMatching(/changed/) as string,
  });
  const controller = new AbortController();
  await expect(copy(() => controller.abort(), controller.signal)).rejects.toThrow(/abort/i);
  rmSync(from);
  await expect(copy()).rejects.toMatchObject({ code: 'path.missing', details: { path: from } });
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(join(folder, 'deep'))).toEqual([]);
});
