import { expect, it } from 'vitest';
import { missingIn } from './missing.ts';

const segments = [
  { t0: 0, t1: 10 },
  { t0: 12, t1: 20 },
];

it('tells the gaps before, between and after segments', () => {
  expect(missingIn({ t0: -1, t1: 25 }, segments, 0.01)).toEqual([
    { t0: -1, t1: 0 },
    { t0: 10, t1: 12 },
    { t0: 20, t1: 25 },
  ]);
});

it('only as far as the range goes, and none that cannot be seen', () => {
  expect(missingIn({ t0: 11, t1: 13 }, segments, 0.01)).toEqual([{ t0: 11, t1: 12 }]);
  expect(missingIn({ t0: 1, t1: 9 }, segments, 0.01)).toEqual([]);
  expect(missingIn({ t0: 0, t1: 20 }, segments, 3)).toEqual([]);
  expect(missingIn({ t0: 0, t1: 1 }, [], 0.01)).toEqual([{ t0: 0, t1: 1 }]);
});
