import { expect, test } from 'vitest';
import { HostEvents } from './host-events.ts';

test('events wait for the page and come in order', async () => {
  const events = new HostEvents();
  events.send({ type: 'open', path: '/a' });
  events.send({ type: 'command', command: 'view.start' });
  const watching = events.watch();
  expect((await watching.next()).value).toEqual({ type: 'open', path: '/a' });
  expect((await watching.next()).value).toEqual({ type: 'command', command: 'view.start' });
});

test('a reloaded page takes over from the one before', async () => {
  const events = new HostEvents();
  const before = events.watch();
  const waiting = before.next();
  const after = events.watch();
  const next = after.next();
  expect((await waiting).done).toBe(true);
  events.send({ type: 'open', path: '/b' });
  expect((await next).value).toEqual({ type: 'open', path: '/b' });
});

test('watching ends with its signal', async () => {
  const events = new HostEvents();
  const stop = new AbortController();
  const waiting = events.watch(stop.signal).next();
  stop.abort();
  expect((await waiting).done).toBe(true);
});
