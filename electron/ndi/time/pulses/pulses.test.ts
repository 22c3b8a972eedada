import { describe, expect, test } from 'vitest';
import { mapTime } from '../../../../shared/model/time-mapping.ts';
import { fitCommonPulses, fitRandomPulses, mappingAt } from './fit-pulses.ts';
import { fitLine } from './line-fit.ts';
import { matchRandomTrains, matchTrains } from './trigger-trains.ts';

const fault = (code: string) => expect.objectContaining({ code }) as Error;
const irregular = [0, 1, 2.3, 3.1, 4.8, 5.5, 7.2, 8, 9.9, 11, 12.7, 13.2, 15.1, 16.6, 17, 19.3];
const without = (train: readonly number[], ...places: number[]) => train.filter((_, at) => !places.includes(at));

describe('E11: pulses paired in order', () => {
  test('a line through pairs', () => {
    expect(fitCommonPulses({ first: [0, 1, 2, 3, 4], second: [10, 12, 14, 16, 18] }).mapping).toEqual([2, 10]);
    const { mapping, residualMaxSec } = fitCommonPulses({ first: [1, 2, 3, 4], second: [12, 14.1, 15.9, 18] });
    expect(mapping[0]).toBeCloseTo(1.98, 12);
    expect(mapping[1]).toBeCloseTo(10.05, 12);
    expect(mapTime(mapping, 2.5)).toBeCloseTo(15, 12);
    expect(residualMaxSec).toBeCloseTo(0.09, 9);
  });

  test('pulses that are all at one time give no line', () => {
    expect(
      fitLine([
        [1, 2],
        [1, 3],
      ]),
    ).toBeNull();
    expect(() => fitCommonPulses({ first: [1, 1], second: [2, 3] })).toThrow(fault('time.noFit'));
    expect(() => fitCommonPulses({ first: [], second: [2, 3] })).toThrow(fault('time.noFit'));
  });
});

describe('E12: trains with lost pulses', () => {
  const moved = irregular.map((time) => 100 + 1.0001 * time);

  test.each([
    ['full', irregular, moved],
    ['lost by the first', without(irregular, 11), moved],
    ['lost by the second', irregular, without(moved, 11)],
  ])('%s', (_name, first, second) => {
    const { mapping } = matchTrains(first, second)!;
    expect(mapping[0]).toBeCloseTo(1.0001, 9);
    expect(mapping[1]).toBeCloseTo(100, 9);
    expect(fitCommonPulses({ first, second }).mapping[1]).toBeCloseTo(100, 9);
  });

  test('too few pulses', () => {
    expect(matchTrains(irregular.slice(0, 4), moved.slice(0, 4))).toBeNull();
  });

  test('regular pulses fit in more than one way', () => {
    const [first, second] = [20, 18].map((n, k) => Array.from({ length: n }, (_, at) => at + 50 * k));
    expect(() => matchTrains(first!, second!)).toThrow(fault('time.ambiguous'));
    expect(() => fitCommonPulses({ first: first!, second: second! })).toThrow(fault('time.ambiguous'));
  });
});

test('E13: random pulses', () => {
  const first = [0, 1.37, 2.05, 4.91, 5.5, 8.03, 9.77, 10.2];
  const second = first.slice(2).map((time) => time + 20);
  for (const [a, b, shift] of [
    [first, second, -20],
    [second, first, 20],
  ] as const) {
    const { mapping } = matchRandomTrains(a, b)!;
    expect(mapping[0]).toBeCloseTo(1, 12);
    expect(mapping[1]).toBeCloseTo(shift, 9);
  }
  const { mapping } = fitRandomPulses({ first, second });
  expect(mapping[0]).toBeCloseTo(1, 12);
  expect(mapping[1]).toBeCloseTo(20, 9);
  expect(() => fitRandomPulses({ first: first.slice(0, 4), second })).toThrow(fault('time.noFit'));
});

/** Pulses at irregular times, the same for the same seed. */
function train(count: number, seed = 1): number[] {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  let time = 0;
  return Array.from({ length: count }, () => (time += 0.2 + 0.7 * next()));
}

describe('what NDI gives up on', () => {
  const first = train(60);
  const clock = (time: number) => 7.5 + (1 + 40e-6) * time;
  const second = first.map(clock);

  test('pulses missed on both sides and seen twice, in equal number too', () => {
    const seen = [...without(first, 3, 20, 41), first[10]! + 0.002];
    const other = [...without(second, 5, 33), second[50]! + 0.001, second[51]! + 0.003];
    for (const [a, b] of [
      [seen, other],
      [seen, without(other, 1, 2)],
    ] as const) {
      const fit = fitCommonPulses({ first: a, second: b });
      expect(fit.mapping[0]).toBeCloseTo(1 + 40e-6, 7);
      expect(fit.mapping[1]).toBeCloseTo(7.5, 4);
      expect(fit.pulses!.duplicated).toBe(3);
      expect(fit.residualMaxSec).toBeLessThan(1e-3);
    }
  });

  test('a clock that jumps: where, by how much, and conversion on both sides', () => {
    const jumped = second.map((time, at) => (at < 30 ? time : time + 0.25));
    const fit = fitCommonPulses({ first, second: jumped });
    expect(fit.jumps).toHaveLength(1);
    expect(fit.jumps[0]!.seconds).toBeCloseTo(0.25, 6);
    expect([fit.jumps[0]!.afterSec, fit.jumps[0]!.beforeSec]).toEqual([first[29], first[30]]);
    expect(fit.lineResidualMaxSec).toBeGreaterThan(0.05);
    expect(fit.residualMaxSec).toBeLessThan(1e-9);
    for (const at of [2, 15, 29, 30, 55]) {
      expect(mapTime(mappingAt(fit, first[at]!, false), first[at]!)).toBeCloseTo(jumped[at]!, 9);
      expect(mapTime(mappingAt(fit, jumped[at]!, true), jumped[at]!)).toBeCloseTo(first[at]!, 9);
    }
  });

  test('a stray pulse time is no jump', () => {
    const strayed = second.map((time, at) => (at === 30 ? time + 0.1 : time));
    expect(fitCommonPulses({ first, second: strayed }).jumps).toEqual([]);
  });

  test('trains that have nothing in common', () => {
    expect(() => fitCommonPulses({ first: train(50, 5), second: train(40, 9) })).toThrow(fault('time.noFit'));
  });
});
