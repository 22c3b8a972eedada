import { expect, it } from 'vitest';
import { makeFrame } from '../model/testing.ts';
import { FrameCache } from './frame-cache.ts';

/** A frame of `bytes` bytes. */
const frame = (t0: number, bytes: number) =>
  makeFrame({ t0, t1: t0 + 1 }, 1, { ai1: [{ t0, dt: 1, values: Array.from({ length: bytes / 4 }, () => 0) }] });

it('forgets what was used longest ago when its bytes run out', () => {
  const cache = new FrameCache(100);
  const [a, b, c] = [frame(0, 40), frame(1, 40), frame(2, 40)];
  cache.add(a);
  cache.add(b);
  cache.touch(new Set([a]));
  cache.add(c);
  expect(cache.frames).toEqual([a, c]);
});

it('keeps the frame that was just added even if it is too large', () => {
  const cache = new FrameCache(10);
  const large = frame(0, 400);
  cache.add(frame(1, 8));
  cache.add(large);
  expect(cache.frames).toEqual([large]);
  cache.clear();
  expect(cache.frames).toEqual([]);
});
