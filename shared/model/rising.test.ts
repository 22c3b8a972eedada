import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstNotBefore, lastNotAfter } from './rising.ts';

it('finds the first time that is not before another, as a look at each does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (list, time) => {
      const times = list.sort((a, b) => a - b);
      const found = times.findIndex((one) => one >= time);
      expect(firstNotBefore(times, time)).toBe(found < 0 ? times.length : found);
    }),
  );
});

it('finds the last number that is not above another, as a look at each does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (list, value) => {
      const numbers = list.sort((a, b) => a - b);
      expect(lastNotAfter(numbers, value)).toBe(
        Math.max(
          0,
          numbers.findLastIndex((one) => one <= value),
        ),
      );
    }),
  );
});
