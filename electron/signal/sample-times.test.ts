import { expect, test } from 'vitest';
import { nearestSample, sampleAt, sampleTime } from './sample-times.ts';

// Samples count from 0 here and from 1 in the reference.

test('E2: times to samples and back', () => {
  const run = { t0: 0, samples: 10_000 };
  const sample = (time: number) => nearestSample(run, 1000, time);
  expect([0, 0.00049, 0.0005, 9.999, -Infinity, Infinity].map(sample)).toEqual([0, 0, 1, 9999, 0, 9999]);
  expect([0, 9999].map((index) => sampleTime(run, 1000, index))).toEqual([0, 9.999]);
  const late = { t0: 0.5, samples: 10_000 };
  expect(nearestSample(late, 1000, 1)).toBe(500);
  expect(sampleTime(late, 1000, 500)).toBe(1);
});

test('E2: a range holds the samples from its first to before its last time', () => {
  const run = { t0: 0, samples: 10_000 };
  expect([-1, 0, 0.00049, 9.999, 10].map((time) => sampleAt(run, 1000, time))).toEqual([0, 0, 1, 9999, 10_000]);
});

test('beyond the samples there is none', () => {
  const run = { t0: 10, samples: 100 };
  expect([9.9, 11.1, Number.NaN].map((time) => nearestSample(run, 100, time))).toEqual([null, null, null]);
  expect([9.996, 10.994].map((time) => nearestSample(run, 100, time))).toEqual([0, 99]);
  expect(nearestSample({ t0: 0, samples: 0 }, 100, 0)).toBeNull();
});
