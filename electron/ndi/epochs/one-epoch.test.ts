import { describe, expect, it } from 'vitest';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { unitSec } from './clock-units.ts';
import { type EpochToJoin, joinEpochs } from './one-epoch.ts';

const span = (type: ClockSpan['type'], t0: number, t1: number): ClockSpan => ({ type, t0, t1 });
const epoch = (epochId: string, seconds: number, others: readonly ClockSpan[] = [], startSec = 0): EpochToJoin => ({
  ...{ epochId, startSec, endSec: startSec + seconds, stepSec: 0.5 },
  clocks: [span('dev_local_time', startSec, startSec + seconds), ...others],
});

describe('epochs that become one', () => {
  it('follow each other a sample apart where they have no clock in common', () => {
    const epochs = [epoch('b', 10, [span('utc', 100, 110)], 2), epoch('a', 4, [], 7), epoch('c', 1)];
    expect(joinEpochs(epochs)).toEqual({
      clock: null,
      epochs: [
        { epochId: 'b', shiftSec: 0 },
        { epochId: 'a', shiftSec: 12 + 0.5 - 7 },
        { epochId: 'c', shiftSec: 17 },
      ],
      clocks: [span('dev_local_time', 2, 18)],
    });
  });

  it('stand where the best clock that all have puts them, first the first, from 0 on', () => {
    const epochs = [
      epoch('late', 5, [span('dev_global_time', 900, 905), span('exp_global_time', 140, 145)], 1),
      epoch('early', 10, [span('dev_global_time', 9, 19), span('exp_global_time', 100, 110), span('utc', 5, 15)]),
    ];
    expect(joinEpochs(epochs)).toEqual({
      clock: 'exp_global_time',
      epochs: [
        { epochId: 'early', shiftSec: 0 },
        { epochId: 'late', shiftSec: 39 },
      ],
      clocks: [
        span('dev_local_time', 0, 45),
        span('dev_global_time', 9, 54),
        span('exp_global_time', 100, 145),
        span('utc', 5, 50),
      ],
    });
  });

  it('have their days turned into seconds where a reader gives date numbers, as NDI-matlab takes all of them', () => {
    const day = 738_000;
    const days = (from: number, to: number) => span('exp_global_time', day + from / 86_400, day + to / 86_400);
    const joined = joinEpochs([epoch('one', 60, [days(0, 60)]), epoch('two', 60, [days(120, 180)])]);
    expect(joined.epochs[1]?.shiftSec).toBeCloseTo(120, 4);
    const [local, global] = joined.clocks;
    expect(local?.t1).toBeCloseTo(180, 4);
    expect(((global?.t1 ?? 0) - day) * 86_400).toBeCloseTo(180, 3);
  });

  it('are refused where their samples would be mixed, and where they have no time', () => {
    const over = [epoch('one', 60, [span('utc', 0, 60)]), epoch('two', 60, [span('utc', 50, 110)])];
    expect(() => joinEpochs(over)).toThrow(/two begins before one has ended/);
    const without: EpochToJoin = { ...epoch('none', 3), clocks: [span('no_time', NaN, NaN)] };
    expect(() => joinEpochs([epoch('one', 3), without])).toThrow(/none has neither/);
  });

  it('are told days from seconds by their length, and without one by what dates can be', () => {
    const local = span('dev_local_time', 0, 100);
    expect(unitSec(span('utc', 738_000, 738_100), local)).toBe(1);
    expect(unitSec(span('utc', 1.7e9, 1.7e9 + 100), local)).toBe(1);
    expect(unitSec(span('utc', 3, 3 + 100 / 86_400), local)).toBe(86_400);
    expect(unitSec(span('utc', 738_000, 738_000), undefined)).toBe(86_400);
    expect(unitSec(span('utc', 1.7e9, 1.7e9), undefined)).toBe(1);
    expect(unitSec(span('dev_local_time', 738_000, 738_000), undefined)).toBe(1);
  });
});
