import { expect, it } from 'vitest';
import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';
import { findFlaws } from './paint-flaws.ts';

const frameOf = (body: number[]): ViewFrame => ({
  header: { t0: 0, t1: 4, columns: 4, channels: [], samplesPerColumn: 1, level: 0, sampled: 0 },
  body: Float32Array.from(body),
});

it('finds where samples reach the limits of their words and where they are no numbers', () => {
  const channel: ViewChannel = { name: 'ai1', units: 'uV', mode: 'samples', runs: [{ t0: 0, dt: 1, count: 4, at: 0 }] };
  const limits = [-6389.76, 6389.565] as const;
  const flaws = findFlaws(frameOf([6389.565, 0, NaN, -6389.76]), channel, [...limits]);
  expect(flaws).toEqual({
    clipped: [
      { time: 0, above: true },
      { time: 3, above: false },
    ],
    notNumbers: [2],
  });
});

it('finds columns that hold such samples; an empty column is no flaw', () => {
  const channel: ViewChannel = { name: 'ai1', units: 'V', mode: 'envelope', runs: [{ t0: 0, dt: 1, count: 2, at: 0 }] };
  expect(findFlaws(frameOf([-1, NaN, 5, NaN]), channel, [-10, 5])).toEqual({
    clipped: [{ time: 0, above: true }],
    notNumbers: [],
  });
  expect(findFlaws(frameOf([-1, NaN, 5, NaN]), channel, undefined).clipped).toEqual([]);
});
