import { expect, it } from 'vitest';
import { makeFrame } from './testing.ts';
import { shownDigits, valueIn } from './value-at.ts';

it('reads the nearest sample', () => {
  const frame = makeFrame({ t0: 0, t1: 3 }, 3, { ai1: [{ t0: 0, dt: 1, values: [10, 20, NaN] }] });
  expect(valueIn(frame, 'ai1', 0.6)).toEqual({ min: 20, max: 20, raw: true });
  expect(valueIn(frame, 'ai1', 2)).toBeUndefined();
  expect(valueIn(frame, 'ai1', 9)).toBeUndefined();
  expect(valueIn(frame, 'ai2', 0)).toBeUndefined();
});

it('reads the column that holds the time, in the right run', () => {
  const frame = makeFrame({ t0: 0, t1: 12 }, 12, {
    ai1: [
      { t0: 0, dt: 1, values: [1, 2], maxima: [3, 4] },
      { t0: 10, dt: 1, values: [5], maxima: [6] },
    ],
  });
  expect(valueIn(frame, 'ai1', 1.9)).toEqual({ min: 2, max: 4, raw: false });
  expect(valueIn(frame, 'ai1', 10.5)).toEqual({ min: 5, max: 6, raw: false });
  expect(valueIn(frame, 'ai1', 5)).toBeUndefined();
});

it('shows no digits that a Float32 does not hold', () => {
  expect(shownDigits(Math.fround(0.195 * 7))).toBe(1.365);
});
