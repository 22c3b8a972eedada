import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Profiles } from './profiles.ts';
import { secretStore } from './secrets.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const profile = (nickname: string) => {
  return {
    nickname,
    email: `${nickname}@example.org`,
    server: 'https://x.org/v1',
    organizationId: null,
    organizationName: '',
  };
};
const names = () =>
  new Profiles(folder)
    .list()
    .map(({ nickname }) => nickname)
    .sort();

it('keeps what another process has written since', async () => {
  const [mine, theirs] = [new Profiles(folder), new Profiles(folder)];
  expect([mine.list(), theirs.list()]).toEqual([[], []]);
  const { id } = theirs.add(profile('theirs'));
  expect(mine.list()).toHaveLength(1);
  mine.add(profile('mine'));
  theirs.change(id, { organizationName: 'Lab' });
  mine.setDefault(mine.find('mine').id);
  theirs.add(profile('more'));
  expect(names()).toEqual(['mine', 'more', 'theirs']);
  expect(mine.find('theirs').organizationName).toBe('Lab');
  expect(theirs.defaultId).toBe(mine.find('mine').id);
  mine.remove(id);
  expect(theirs.list()).toHaveLength(2);
  const [one, other] = [secretStore(folder), secretStore(folder)];
  await Promise.all([one.set('a', { token: 'x', password: null }), other.set('b', { token: 'y', password: null })]);
  expect([await one.get('b'), await other.get('a')]).toMatchObject([{ token: 'y' }, { token: 'x' }]);
});

it('loses none of the profiles that processes add at the same moment', async () => {
  const code = `
    const { Profiles } = await import(${JSON.stringify(new URL('profiles.ts', import.meta.url).href)});
    const profiles = new Profiles(${JSON.stringify(folder)});
    for (let n = 0; n < 12; n += 1) {
      profiles.add({ nickname: process.argv[1] + n, email: 'a@b.c', server: 'https://x.org/v1', organizationId: null, organizationName: '' });
    }`;
  const run = (name: string) =>
    new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code, name], { stdio: 'inherit' });
      child.once('exit', resolve);
    });
  expect(await Promise.all(['a', 'b', 'c', 'd'].map(run))).toEqual([0, 0, 0, 0]);
  expect(names()).toHaveLength(48);
  // Neither a lock nor half a file is left.
  expect(readdirSync(folder)).toEqual(['cloud-profiles.json']);
});

it('does not wait for who died while writing', () => {
  const lock = join(folder, 'cloud-profiles.json.lock');
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 22 - 1, host: hostname() }));
  new Profiles(folder).add(profile('one'));
  // Killed between making the lock and writing into it, a while ago.
  writeFileSync(lock, '');
  utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  new Profiles(folder).add(profile('two'));
  expect(names()).toEqual(['one', 'two']);
});
