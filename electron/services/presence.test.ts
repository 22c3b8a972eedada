import { expect, it } from 'vitest';
import { Presence } from './presence.ts';

it('what is there is told from what is not, and nobody waits for a drive that does not answer', async () => {
  let answer: () => void = () => undefined;
  const asked: string[] = [];
  const look = (path: string) => {
    asked.push(path);
    if (path.startsWith('/gone')) return Promise.reject(new Error('ENOENT'));
    if (path.startsWith('/dead')) return new Promise<void>((resolve) => (answer = resolve));
    return Promise.resolve();
  };
  const presence = new Presence(look, 20);
  expect([...(await presence.of(['/a', '/gone', '/b']))]).toEqual(['/a', '/b']);
  expect([...(await presence.of(['/a', '/dead/1', '/dead/2', '/b']))]).toEqual(['/a']);
  // While one call hangs, no other is made.
  expect([...(await presence.of(['/a']))]).toEqual([]);
  expect(asked.filter((path) => path.startsWith('/dead'))).toEqual(['/dead/1']);
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect([...(await presence.of(['/a', '/b']))]).toEqual(['/a', '/b']);
});

it('what two ask for at the same time is there for both', async () => {
  const presence = new Presence(() => new Promise((resolve) => setImmediate(resolve)), 1000);
  const [one, other] = await Promise.all([presence.of(['/a', '/b']), presence.of(['/b', '/c'])]);
  expect([[...one], [...other]]).toEqual([
    ['/a', '/b'],
    ['/b', '/c'],
  ]);
});
