import { expect, test } from 'vitest';
import type { ClockFitInfo } from '../../../shared/contract/sync.ts';
import { paceOverTime, type Residual } from './pace.ts';

const fit = (scale: number, jumps: ClockFitInfo['jumps'] = []): ClockFitInfo => ({
  mapping: [scale, 3],
  pieces: [],
  jumps,
  pulses: null,
  residualMaxSec: 0,
  residualRmsSec: 0,
  lineResidualMaxSec: 0,
  driftPpm: 0,
});

/** Pulses of a second clock, as one line with this scale leaves them over. */
const pulses = (scale: number, clock: (time: number) => number): Residual[] =>
  Array.from({ length: 40 }, (_, at) => [at, 0, clock(at) - (scale * at + 3)]);

test('a clock of one pace', () => {
  const scale = 1 + 37e-6;
  const paces = paceOverTime(
    pulses(scale, (time) => scale * time + 3),
    fit(scale),
  ).filter((one) => one !== null);
  expect(paces).toHaveLength(36);
  for (const { ppm } of paces) expect(ppm).toBeCloseTo(37, 6);
});

test('a pace that changes, and a jump that is not taken for one', () => {
  const clock = (time: number) => (time < 20 ? 1.00001 * time : 1.00001 * 20 + 1.00003 * (time - 20) + 0.25);
  const jump = { afterSec: 19, beforeSec: 20, seconds: 0.25 };
  const paces = paceOverTime(pulses(1.007, clock), fit(1.007, [jump]));
  const [first, second] = [paces.slice(0, paces.indexOf(null)), paces.slice(paces.indexOf(null) + 1, -1)];
  for (const pace of first) expect(pace!.ppm).toBeCloseTo(10, 6);
  for (const pace of second) expect(pace!.ppm).toBeCloseTo(30, 6);
  expect(Math.max(...first.map((pace) => pace!.time))).toBeLessThan(20);
});

test('too few pulses, or none, tell nothing', () => {
  expect(paceOverTime([], fit(1))).toEqual([]);
  expect(paceOverTime([[1, 0, 0]], fit(1))).toEqual([]);
});
