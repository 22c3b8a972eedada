import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { listFolder, locateDropped } from './folders.ts';

const folder = temporaryFolder();
mkdirSync(join(folder, 'rig', 'day 2'), { recursive: true });
mkdirSync(join(folder, 'rig', 'day 10'));
mkdirSync(join(folder, '.hidden'));
writeFileSync(join(folder, 'rig', 'day 2', 'a.rhd'), 'abc');
writeFileSync(join(folder, 'rig', 'notes "é".txt'), '');

test('folders come first, in the order of their numbers, hidden ones not at all', async () => {
  const listed = await listFolder(join(folder, 'rig'), true);
  expect(listed.entries.map((entry) => [entry.name, entry.folder])).toEqual([
    ['day 2', true],
    ['day 10', true],
    ['notes "é".txt', false],
  ]);
  expect(listed.parent).toBe(folder);
  expect((await listFolder(folder, false)).entries.map((entry) => entry.name)).toEqual(['rig']);
});

test.skipIf(process.platform === 'win32')('a dangling link is no folder', async () => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'rig', 'link'));
  const listed = await listFolder(join(folder, 'rig'), false);
  expect(listed.entries.map((entry) => entry.name)).not.toContain('link');
});

test('a folder that is not there is a typed error with its path', async () => {
  await expect(listFolder(join(folder, 'nope'), false)).rejects.toMatchObject({
    code: 'path.missing',
    details: { path: join(folder, 'nope') },
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a folder without rights is said so',
  async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    await expect(listFolder(closed, false)).rejects.toMatchObject({ code: 'path.denied' });
    chmodSync(closed, 0o700);
  },
);

test('a dropped folder is found by its name and the sizes of its children', async () => {
  const request = { name: 'day 2', folder: true, sizeBytes: null, children: [{ name: 'a.rhd', sizeBytes: 3 }] };
  expect(await locateDropped(request, [join(folder, 'rig')])).toEqual([join(folder, 'rig', 'day 2')]);
  const other = { ...request, children: [{ name: 'a.rhd', sizeBytes: 4 }] };
  expect(await locateDropped(other, [join(folder, 'rig')])).toEqual([]);
});

test('a dropped file is found by its name and size', async () => {
  const request = { name: 'a.rhd', folder: false, sizeBytes: 3, children: [] };
  expect(await locateDropped(request, [folder])).toEqual([join(folder, 'rig', 'day 2', 'a.rhd')]);
});
