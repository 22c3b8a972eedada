import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { Recents } from './recents.ts';

const folder = temporaryFolder();

function folderInfo(path: string) {
  return { kind: 'folder' as const, path, entries: 0, problems: [] };
}

test('the newest comes first, pinned ones before it, missing ones are marked', async () => {
  const recents = new Recents(folder);
  const there = join(folder, 'there');
  mkdirSync(there);
  recents.add(folderInfo(there));
  recents.add(folderInfo(join(folder, 'gone')));
  await recents.pin(there, true);
  recents.add(folderInfo(join(folder, 'newest')));
  expect((await recents.list()).map((recent) => [recent.path, recent.pinned, recent.missing])).toEqual([
    [there, true, false],
    [join(folder, 'newest'), false, true],
    [join(folder, 'gone'), false, true],
  ]);
});

test('opening again keeps one entry and its pin', async () => {
  const recents = new Recents(folder);
  const there = join(folder, 'there');
  recents.add(folderInfo(there));
  const entries = (await recents.list()).filter((recent) => recent.path === there);
  expect(entries).toMatchObject([{ pinned: true }]);
  expect((await recents.remove(there)).some((recent) => recent.path === there)).toBe(false);
});

test('old ones are pushed out, pinned ones never', async () => {
  const recents = new Recents(join(folder, 'many'));
  recents.add(folderInfo('/pinned'));
  await recents.pin('/pinned', true);
  for (let i = 0; i < 60; i++) recents.add(folderInfo(`/path-${i}`));
  const paths = recents.paths();
  expect(paths).toHaveLength(31);
  expect(paths).toContain('/pinned');
  expect(paths).toContain('/path-59');
});
