import { expect, it } from 'vitest';
import { channelStatistics, fittingScale, frameStatistics } from './statistics.ts';
import { makeFrame } from './testing.ts';

it('tells least, greatest and median of samples, without values that are not finite', () => {
  const frame = makeFrame({ t0: 0, t1: 5 }, 10, { ai1: [{ t0: 0, dt: 1, values: [3, NaN, 1, 2, Infinity] }] });
  expect(channelStatistics(frame, frame.header.channels[0]!)).toEqual({ min: 1, max: 3, median: 2, height: 2 });
});

it('of columns, the middle between the medians of minima and maxima', () => {
  const frame = makeFrame({ t0: 0, t1: 3 }, 3, {
    ai1: [{ t0: 0, dt: 1, values: [-1, -2, -3], maxima: [5, 6, 7] }],
  });
  expect(channelStatistics(frame, frame.header.channels[0]!)).toMatchObject({ min: -3, max: 7, median: 2 });
});

it('a channel without values has none; the answer of a frame is kept', () => {
  const frame = makeFrame({ t0: 0, t1: 3 }, 3, { ai1: [{ t0: 0, dt: 1, values: [NaN] }], ai2: [] });
  expect(frameStatistics(frame).size).toBe(0);
  expect(frameStatistics(frame)).toBe(frameStatistics(frame));
});

it('the scale fits most channels and ignores dead ones', () => {
  expect(fittingScale([0, 100, 100, 100, 5000])).toBeCloseTo(115);
  expect(fittingScale([0, NaN])).toBeUndefined();
});
