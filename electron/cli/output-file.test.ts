import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutputFile } from './output-file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-out-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('OutputFile', () => {
  it('appears when it is whole, and not before', async () => {
    const target = join(folder, 'a.csv');
    const file = await OutputFile.open(target);
    await file.write('one ');
    await file.write(Buffer.from('two'));
    await file.patch(0, Buffer.from('ONE'));
    expect(readdirSync(folder)).not.toContain('a.csv');
    await file.finish();
    expect(readFileSync(target, 'utf8')).toBe('ONE two');
    expect([file.size, readdirSync(folder)]).toEqual([7, ['a.csv']]);
  });

  it('leaves nothing, and the old file as it was, when it is given up', async () => {
    const target = join(folder, 'a.csv');
    writeFileSync(target, 'old');
    const file = await OutputFile.open(target);
    await file.write('new');
    await file.discard();
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('names the path that cannot be written', async () => {
    const target = join(folder, 'missing', 'a.csv');
    await expect(OutputFile.open(target)).rejects.toMatchObject({ code: 'path.missing', details: { path: target } });
  });
});
