import { describe, expect, it } from 'vitest';
import { back, bendOf, there } from './bend.ts';
import { layOutOnDevice } from './device-clock.ts';
import type { TimelineEpoch } from './epochs.ts';
import { ownTimeAt, shareOfOwn, stretchOf } from './span.ts';
import { tickColumns } from './ticks.ts';
import { wholeTimeline } from './timeline-window.ts';

/** 10 s of the epoch's clock take 10 s, and from then on, after a step of 4 s, twice as long. */
const lines = [
  { fromSec: 0, toSec: 10, mapping: [1, 100] },
  { fromSec: 10, toSec: 20, mapping: [2, 94] },
].map((line) => ({ ...line, epochId: 'a1' }));

describe('a bend', () => {
  const bend = bendOf(lines);

  it.each([
    [-1, 99],
    [0, 100],
    [5, 105],
    [10, 110],
    [10.5, 115],
    [20, 134],
    [21, 136],
  ])('takes %d s to %d s and back', (own, shown) => {
    expect(there(bend, own)).toBeCloseTo(shown, 12);
    expect(back(bend, shown)).toBeCloseTo(own, 12);
  });

  it('has no moment for what a step leaves out: it stands at the step', () => {
    expect(back(bend, 112)).toBe(10);
  });

  it('goes straight over what no line is known of, and to the earlier moment where a clock goes back', () => {
    const gap = bendOf([
      { fromSec: 0, toSec: 1, mapping: [1, 0] },
      { fromSec: 3, toSec: 4, mapping: [1, 0] },
    ]);
    expect(there(gap, 2)).toBe(2);
    const twice = bendOf([
      { fromSec: 0, toSec: 10, mapping: [1, 0] },
      { fromSec: 10, toSec: 20, mapping: [1, -5] },
    ]);
    expect([there(twice, 12), back(twice, 7), back(twice, 12)]).toEqual([7, 7, 17]);
  });
});

describe('an epoch whose relation to the shown clock bends', () => {
  const clocks = [{ type: 'dev_local_time', t0: 0, t1: 20 }];
  const epoch: TimelineEpoch = { lane: 'b', device: 'b', element: null, epochId: 'b1', number: 1, clocks };
  const shown = { device: 'a', clock: 'utc' };
  const on = { epochId: 'a1', t0: 100, t1: 134 };
  const place = (more: object) => {
    const timeline = layOutOnDevice(
      [epoch],
      'utc',
      [{ device: 'b', epochId: 'b1', on: { ...on, ...more }, reason: null }],
      [],
    );
    return { timeline, bar: timeline.lanes[0]!.bars[0]! };
  };
  const { timeline, bar } = place({ lines });
  const straight = place({});

  it('has its moments where the conversion puts them, not on the straight line from end to end', () => {
    for (const [time, at] of [
      [0, 100],
      [10, 110],
      [15, 124],
      [20, 134],
    ] as const) {
      expect(shareOfOwn(bar, time)).toBeCloseTo((at - 100) / 34, 12);
      expect(ownTimeAt(bar, (at - 100) / 34)).toBeCloseTo(time, 12);
    }
    // The straight line is 7 s wrong in the middle.
    expect(shareOfOwn(straight.bar, 10)! * 34 - shareOfOwn(bar, 10)! * 34).toBeCloseTo(7, 9);
  });

  it('so are chosen stretches and ticks of events', () => {
    const span = { path: '/s', device: 'b', epoch: 'b1', clock: 'dev_local_time', t0: 5, t1: 15, epochs: [] };
    const stretch = stretchOf(timeline, shown, span)!;
    expect([stretch.from * 34, stretch.to * 34].map(Math.round)).toEqual([5, 24]);
    // One event in the middle of each half of the epoch.
    const columns = tickColumns(bar, { level: 0, index: 0 }, [1, 1], wholeTimeline, 34);
    expect([...columns.keys()]).toEqual([5, 24]);
    expect([...tickColumns(straight.bar, { level: 0, index: 0 }, [1, 1], wholeTimeline, 34).keys()]).toEqual([8, 25]);
  });
});
