import { expect, test } from 'vitest';
import { spanHere } from './span-here.ts';

const line = { fromSec: 0, toSec: 10, epochId: 'a', mapping: [1, 100] };

test('gives the part of an epoch that lies in a stretch of another clock', () => {
  expect(spanHere([line], { t0: 102, t1: 105 }, null)).toEqual({ t0: 2, t1: 5 });
});

test('stops at the ends of the epoch', () => {
  expect(spanHere([line], { t0: 50, t1: 105 }, null)).toEqual({ t0: 0, t1: 5 });
  expect(spanHere([line], { t0: 50, t1: 500 }, null)).toEqual({ t0: 0, t1: 10 });
});

test('gives nothing where the stretch lies elsewhere, or in another epoch of a clock that starts anew', () => {
  expect(spanHere([line], { t0: 0, t1: 99 }, null)).toBeNull();
  expect(spanHere([line], { t0: 102, t1: 105 }, 'b')).toBeNull();
});

test('holds all times of the stretch where the other clock jumped back', () => {
  const jumped = { fromSec: 10, toSec: 20, epochId: 'a', mapping: [1, 95] };
  expect(spanHere([line, jumped], { t0: 106, t1: 108 }, 'a')).toEqual({ t0: 6, t1: 13 });
});
