import { expect, it } from 'vitest';
import { SharedMemory, bufferOf } from './shared-memory.ts';

const MEGABYTE = 1 << 20;

it('gives memory out again, and never to two at once', () => {
  const memory = new SharedMemory();
  const [a, b] = [memory.take(5 * MEGABYTE), memory.take(5 * MEGABYTE)];
  expect(a).not.toBe(b);
  expect(bufferOf(b).byteLength).toBe(5 * MEGABYTE);
  memory.give(b);
  expect(memory.take(MEGABYTE)).not.toBe(a);
  memory.give(a);
  expect(memory.take(7 * MEGABYTE)).toBe(a);
  expect(memory.keptBytes).toBe(7 * MEGABYTE);
});

it('keeps no more than a bound', () => {
  const memory = new SharedMemory();
  const large = memory.take(97 * MEGABYTE);
  expect(bufferOf(large).byteLength).toBe(97 * MEGABYTE);
  memory.give(large);
  expect(memory.keptBytes).toBe(0);
  expect(bufferOf(memory.take(96 * MEGABYTE)).byteLength).toBe(96 * MEGABYTE);
});
