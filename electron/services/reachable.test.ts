import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathsOfInput, Reachable } from './reachable.ts';

const never = () => new Promise<never>(() => undefined);
const stalled = (path: string) => expect.objectContaining({ code: 'path.stalled', details: { path } }) as Error;

describe('a drive that is asked for a sign of life', () => {
  it('answers with what is there, what is missing and what is forbidden', async () => {
    const asked: string[] = [];
    const reachable = new Reachable((path) => {
      asked.push(path);
      return path === '/gone' ? Promise.reject(new Error('ENOENT')) : Promise.resolve();
    });
    await reachable.wait('/here');
    await reachable.wait('/gone');
    await reachable.wait('/here');
    expect(asked).toEqual(['/here', '/gone']);
  });

  it('keeps only those waiting who want something of it, and is asked once', async () => {
    const asked: string[] = [];
    const reachable = new Reachable((path) => {
      asked.push(path);
      return path.startsWith('/dead') ? never() : Promise.resolve();
    }, 30);
    const waiting = [reachable.wait('/dead/a'), reachable.wait('/dead/a')];
    await reachable.wait('/alive');
    for (const one of waiting) await expect(one).rejects.toEqual(stalled('/dead/a'));
    await expect(reachable.wait('/dead/a')).rejects.toEqual(stalled('/dead/a'));
    expect(asked).toEqual(['/dead/a', '/alive']);
  });

  it('takes no more than its share of the system’s threads', async () => {
    const reachable = new Reachable(never, 10);
    for (const path of ['/a', '/b']) await expect(reachable.wait(path)).rejects.toEqual(stalled(path));
    await reachable.wait('/c');
  });

  it('is there again when it answers', async () => {
    let answer: () => void = () => undefined;
    const reachable = new Reachable(() => new Promise((resolve) => (answer = () => resolve(undefined))), 10);
    await expect(reachable.wait('/a')).rejects.toEqual(stalled('/a'));
    answer();
    await reachable.wait('/a');
  });
});

it('the paths of a call are those of its sessions, recordings, folders and sources', () => {
  const absolute = (name: string) => resolve('/', name);
  const [a, b] = [absolute('a'), absolute('b')];
  expect(pathsOfInput({ path: a, source: { path: b, device: 'x' }, to: a })).toEqual([a, b]);
  expect(pathsOfInput({ sessionDir: a, from: b })).toEqual([a, b]);
  for (const none of [undefined, { query: 1 }, { path: 3 }, 'x', { from: 'intan/e1', path: 'a' }]) {
    expect(pathsOfInput(none)).toEqual([]);
  }
});
