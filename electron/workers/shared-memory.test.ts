import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SharedMemory } from './shared-memory.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const MEGABYTE = 1 << 20;

it('gives memory out again where it fits, and never to two at once', () => {
  const memory = new SharedMemory();
  const [a, b] = [memory.take(5 * MEGABYTE), memory.take(5 * MEGABYTE)];
  expect(a).not.toBe(b);
  memory.give(a);
  expect(memory.keptBytes).toBe(5 * MEGABYTE);
  expect(memory.take(1 * MEGABYTE)).not.toBe(a);
  expect(memory.take(6 * MEGABYTE)).not.toBe(a);
  expect(memory.take(4 * MEGABYTE + 1)).toBe(a);
  expect(memory.keptBytes).toBe(0);
});

it('keeps no more than a bound, and nothing for long', () => {
  const memory = new SharedMemory();
  const large = Array.from({ length: 4 }, () => memory.take(40 * MEGABYTE));
  for (const one of large) memory.give(one);
  expect(memory.keptBytes).toBe(80 * MEGABYTE);
  expect(memory.take(40 * MEGABYTE)).toBe(large[3]);
  vi.advanceTimersByTime(10_000);
  expect(memory.keptBytes).toBe(0);
});
