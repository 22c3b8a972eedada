import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cache, type CacheItem, type Replacement } from './cache.ts';

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

/** One table whose rows are sorted, as NDI-matlab and NDI-python hold it (`evaluateItemsForRemoval`). */
class Table {
  rows: (CacheItem & { readonly time: number })[] = [];
  readonly max: number;
  readonly rule: Replacement;
  #time = 0;

  constructor(max: number, rule: Replacement) {
    [this.max, this.rule] = [max, rule];
  }

  add(item: CacheItem): string {
    // Clocks are coarse: several get the same time, and their place in the table decides.
    const row = { ...item, time: Math.floor(this.#time++ / 3) };
    const total = this.rows.reduce((sum, { bytes }) => sum + bytes, 0) + item.bytes;
    if (item.bytes > this.max || (total > this.max && this.rule === 'error')) return 'error';
    const both = [...this.rows, row];
    if (total <= this.max) {
      this.rows = both;
      return 'added';
    }
    const sign = this.rule === 'lifo' ? -1 : 1;
    const sorted = both
      .map(({ priority, time, bytes }, at) => ({ priority, time, bytes, at }))
      .sort((a, b) => a.priority - b.priority || sign * (a.time - b.time) || sign * (a.at - b.at));
    let freed = 0;
    const spot = sorted.findIndex(({ bytes }) => (freed += bytes) >= total - this.max);
    const gone = new Set(sorted.slice(0, spot + 1).map(({ at }) => at));
    if (gone.has(both.length - 1)) return 'passed over';
    this.rows = both.filter((_, at) => !gone.has(at));
    return 'added';
  }
}

it('the cache keeps what NDI’s table keeps, whatever is put into it', () => {
  const sizes = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, 10, 11));
  const items = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), sizes, fc.constantFrom(0, 0, 1, -1, 0.5)), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.constantFrom<Replacement>('fifo', 'lifo', 'error'), items, (replacement, given) => {
      const [cache, table] = [new Cache({ maxBytes: 10, replacement }), new Table(10, replacement)];
      for (const [at, [key, bytes, priority]] of given.entries()) {
        const one = { key, type: 't', bytes, priority, data: at };
        let outcome;
        try {
          outcome = cache.add(one) ? 'added' : 'passed over';
        } catch {
          outcome = 'error';
        }
        expect(outcome).toBe(table.add(one));
        for (const wanted of ['a', 'b', 'c']) {
          const held = table.rows.filter((row) => row.key === wanted).map(({ data }) => data);
          expect(cache.lookup(wanted, 't').map(({ data }) => data)).toEqual(held);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('the cache takes what fills it to the last byte, and nothing that has no size', () => {
  const cache = new Cache({ maxBytes: 10, replacement: 'error' });
  expect(cache.add(item('a', 10))).toBe(true);
  expect(cache.add(item('none', 0))).toBe(true);
  for (const bytes of [NaN, -1]) {
    expect(() => cache.add(item('b', bytes))).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
  }
  expect(cache.bytes).toBe(10);
  expect(new Cache().add(item('ten gigabytes', 10e9))).toBe(true);
  expect(() => new Cache().add(item('more', 10e9 + 1))).toThrow(expect.objectContaining({ code: 'range.tooLarge' }));
});
