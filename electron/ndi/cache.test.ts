import { describe, expect, it } from 'vitest';
import { Cache } from './cache.ts';

const item = (key: string, bytes: number, priority = 0) => ({ key, type: 't', bytes, priority, data: key });

/** Keys of what is left. */
const kept = (cache: Cache, ...keys: string[]) => keys.filter((key) => cache.lookup(key, 't').length > 0);

describe('the cache of NDI', () => {
  it('lets the oldest go under fifo', () => {
    const cache = new Cache({ maxBytes: 100 });
    for (const key of ['a', 'b', 'c']) expect(cache.add(item(key, 40))).toBe(true);
    expect(kept(cache, 'a', 'b', 'c')).toEqual(['b', 'c']);
    expect(cache.bytes).toBe(80);
  });

  it('does not take the new one under lifo, and changes nothing', () => {
    const cache = new Cache({ maxBytes: 100, replacement: 'lifo' });
    expect(['a', 'b', 'c'].map((key) => cache.add(item(key, 40)))).toEqual([true, true, false]);
    expect(kept(cache, 'a', 'b', 'c')).toEqual(['a', 'b']);
  });

  it('lets lower priorities go first, the newest of them under lifo', () => {
    const cache = new Cache({ maxBytes: 100, replacement: 'lifo' });
    for (const key of ['a', 'b']) cache.add(item(key, 40));
    expect(cache.add(item('c', 40, 1))).toBe(true);
    expect(kept(cache, 'a', 'b', 'c')).toEqual(['a', 'c']);
    const fifo = new Cache({ maxBytes: 100 });
    fifo.add(item('high', 60, 1));
    expect(fifo.add(item('low', 60))).toBe(false);
    expect(kept(fifo, 'high', 'low')).toEqual(['high']);
  });

  it('fails when it is full under error, and for what can never fit', () => {
    const cache = new Cache({ maxBytes: 100, replacement: 'error' });
    cache.add(item('a', 60));
    expect(() => cache.add(item('b', 60))).toThrow(expect.objectContaining({ code: 'range.tooLarge' }));
    expect(() => new Cache({ maxBytes: 10 }).add(item('x', 11))).toThrow(
      expect.objectContaining({ code: 'range.tooLarge' }),
    );
    expect(kept(cache, 'a', 'b')).toEqual(['a']);
  });

  it('keeps several of one key and type, and takes all of them away together', () => {
    const cache = new Cache();
    cache.add(item('a', 1));
    cache.add(item('a', 2));
    expect(cache.lookup('a', 't').map((one) => one.bytes)).toEqual([1, 2]);
    expect(cache.lookup('A', 't')).toEqual([]);
    cache.remove('a', 't');
    expect(cache.bytes).toBe(0);
    cache.add(item('b', 1));
    cache.clear();
    expect(cache.bytes).toBe(0);
  });
});
