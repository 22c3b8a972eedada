import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillNewFolder, requireWritable, toWriteError } from './writable-folder.ts';

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'ndi folders '))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const write = (folder: string) => writeFile(join(folder, 'a.txt'), 'a');
const nothing = () => Promise.resolve();
const fail = () => Promise.reject(new Error('no'));

describe('fillNewFolder', () => {
  it('makes the folder with its content, also where an empty one is', async () => {
    const folder = join(parent, 'deep', 'new');
    await fillNewFolder(folder, { fill: write, finish: nothing });
    expect(readdirSync(folder)).toEqual(['a.txt']);
    const empty = join(parent, 'empty');
    mkdirSync(empty);
    await fillNewFolder(empty, { fill: write, finish: nothing });
    expect(readdirSync(empty)).toEqual(['a.txt']);
    expect(readdirSync(parent).sort()).toEqual(['deep', 'empty']);
  });

  it('leaves all as it was when filling or finishing fails', async () => {
    const folder = join(parent, 'deep', 'new');
    await expect(fillNewFolder(folder, { fill: fail, finish: nothing })).rejects.toThrow('no');
    await expect(fillNewFolder(folder, { fill: write, finish: fail })).rejects.toThrow('no');
    expect(readdirSync(parent)).toEqual([]);
    mkdirSync(join(parent, 'empty'));
    await expect(fillNewFolder(join(parent, 'empty'), { fill: write, finish: fail })).rejects.toThrow('no');
    expect(readdirSync(join(parent, 'empty'))).toEqual([]);
  });
});

describe('faults of writing', () => {
  it('are told as a place that cannot be written, a full disk, or what they are', () => {
    const fault = (code: string) => toWriteError(Object.assign(new Error(code), { code, syscall: 'write' }), '/x');
    expect(['EACCES', 'EPERM', 'EROFS'].map(fault)).toMatchObject(
      Array.from({ length: 3 }, () => ({ code: 'path.readOnly' })),
    );
    expect(fault('ENOSPC')).toMatchObject({ code: 'path.noSpace' });
    const other = new Error('other');
    expect(toWriteError(other, '/x')).toBe(other);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('name a folder without the right', async () => {
    chmodSync(parent, 0o500);
    await expect(requireWritable(parent)).rejects.toMatchObject({ code: 'path.readOnly' });
    const target = join(parent, 'new');
    await expect(fillNewFolder(target, { fill: write, finish: nothing })).rejects.toMatchObject({
      code: 'path.readOnly',
    });
    expect(existsSync(target)).toBe(false);
    chmodSync(parent, 0o700);
  });
});
