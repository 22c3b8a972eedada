import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSegments } from './segments.ts';

describe('segments by time stamps', () => {
  it('finds every jump, wherever it lies', () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5000 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(pieces, fc.integer({ min: -2000, max: 2000 }), (list, first) => {
        const stamps: number[] = [];
        const expected = list.map(([samples, jump]) => {
          const last = stamps.at(-1);
          const stamp = last === undefined ? first : last + 1 + jump;
          const start = stamps.length;
          for (let index = 0; index < samples; index++) stamps.push(stamp + index);
          return { start, samples, stamp };
        });
        const found = findSegments(stamps.length, (sample) => stamps[sample] ?? NaN);
        expect(found).toEqual({ segments: expected, complete: true });
      }),
    );
  });

  it('looks at two stamps of a long recording without jumps', () => {
    let looks = 0;
    findSegments(2 ** 33, (sample) => {
      looks += 1;
      return sample;
    });
    expect(looks).toBeLessThan(5);
  });

  it('gives up on stamps that jump all the time', () => {
    expect(findSegments(100_000, (sample) => 2 * sample).complete).toBe(false);
  });
});
