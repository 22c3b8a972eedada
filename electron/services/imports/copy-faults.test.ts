import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createServices, type Services } from '../services.ts';
import { addRecordings } from './add-recordings.ts';
import { createSession } from './create.ts';
import {
  asSession,
  hashTree,
  newFolder,
  removeFolders,
  writeBlackrock,
  writeIntan,
} from './testing/made-recordings.ts';

/** What happens when the second file is to be copied. */
const trouble = vi.hoisted(() => ({ atSecond: null as (() => void) | null, copied: [] as string[] }));

vi.mock(import('../../files/verified-copy.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    async copyVerified(from, ...rest) {
      if (trouble.copied.length === 1) trouble.atSecond?.();
      await real.copyVerified(from, ...rest);
      trouble.copied.push(from);
    },
  };
});

let services: Services;
beforeAll(() => (services = createServices({ door: 'cli', dataFolder: newFolder() })));
beforeEach(() => {
  trouble.atSecond = null;
  trouble.copied = [];
});
afterAll(() => services.close().finally(removeFolders));

async function writeRig(): Promise<string> {
  const folder = newFolder();
  await writeIntan(join(folder, 't1', 'a.rhd'), 3, 1);
  await writeBlackrock(join(folder, 't2', 'x'), 3);
  return folder;
}

const copy = (from: string, sessionDir: string) =>
  createSession(services, { sessionDir, from, reference: 'r', exclude: [], recordings: 'copy' });

function full(): never {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
}

it('a copy that finds the disk full leaves nothing, says so, and can be tried again', async () => {
  const folder = await writeRig();
  const before = hashTree(folder);
  const parent = newFolder();
  trouble.atSecond = full;
  await expect(copy(folder, join(parent, 'new', 'copy'))).rejects.toMatchObject({
    code: 'path.noSpace',
    recovery: 'Free some space, then try again.',
  });
  expect(readdirSync(parent)).toEqual([]);
  expect(hashTree(folder)).toEqual(before);
  trouble.atSecond = null;
  expect(asSession(await copy(folder, join(parent, 'new', 'copy'))).epochs).toHaveLength(2);
});

it('a copy whose originals vanish makes no session; the next try goes on with what was copied', async () => {
  const folder = await writeRig();
  const parent = newFolder();
  trouble.atSecond = () => rmSync(join(folder, 't2'), { recursive: true });
  const failure = await copy(folder, join(parent, 'copy')).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'path.missing' });
  expect(String((failure as { recovery?: string }).recovery)).toContain(join(parent, '.copy.ndi-copy'));
  expect(existsSync(join(parent, 'copy'))).toBe(false);
  await writeBlackrock(join(folder, 't2', 'x'), 3);
  trouble.copied = [];
  trouble.atSecond = null;
  expect(asSession(await copy(folder, join(parent, 'copy'))).epochs).toHaveLength(2);
  expect(trouble.copied.map((path) => basename(path))).not.toContain('a.rhd');
  expect(readdirSync(parent)).toEqual(['copy']);
});

it('nothing of what could not be added whole stays in the session', async () => {
  const folder = newFolder();
  await writeIntan(join(folder, 't0', 'z.rhd'), 3, 9);
  await createSession(services, { sessionDir: folder, reference: 'exp', from: folder, exclude: [] });
  const before = hashTree(folder);
  for (const fault of [full, (from: string) => rmSync(join(from, 't2'), { recursive: true })]) {
    const from = await writeRig();
    trouble.copied = [];
    trouble.atSecond = () => fault(from);
    await expect(addRecordings(services, { path: folder, from, exclude: [] })).rejects.toMatchObject({
      code: fault === full ? 'path.noSpace' : 'path.missing',
    });
    expect(hashTree(folder)).toEqual(before);
  }
});
