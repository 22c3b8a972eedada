import { describe, expect, it } from 'vitest';
import type { TimelineEpoch } from './epochs.ts';
import { lanesOf, type Lane } from './layout.ts';
import { barAt, barsIn, runsIn } from './view.ts';
import { wholeTimeline } from './timeline-window.ts';

/** A lane of epochs at such places. */
function laneOf(places: readonly (readonly [number, number])[]): Lane {
  const epochs = places.map((_, at): TimelineEpoch => {
    return { lane: 'a', device: 'a', element: null, epochId: `t${at}`, number: at + 1, clocks: [] };
  });
  const [lane] = lanesOf(epochs, ({ number }) => {
    const [from = 0, to = 0] = places[number - 1] ?? [];
    return { from, to, t0: from, t1: to, group: null };
  });
  return lane ?? { name: 'a', bars: [], reach: [], unplaced: [], gaps: [], overlaps: [] };
}

describe('barsIn', () => {
  it('finds a long epoch that began before those in sight', () => {
    const lane = laneOf([
      [0, 1],
      [0.1, 0.2],
      [0.4, 0.5],
      [0.8, 0.9],
    ]);
    expect(barsIn(lane, { from: 0.3, to: 0.6 }).map(({ epoch }) => epoch.epochId)).toEqual(['t0', 't2']);
  });

  it('finds what looking at every epoch finds', () => {
    const places = Array.from({ length: 200 }, (_, at) => {
      const from = ((at * 7919) % 1000) / 1000;
      return [from, from + ((at * 31) % 50) / 1000] as const;
    });
    const lane = laneOf(places);
    for (let from = -0.05; from < 1; from += 0.037) {
      const window = { from, to: from + 0.021 };
      const all = lane.bars.filter((bar) => bar.to >= window.from && bar.from <= window.to);
      expect(barsIn(lane, window)).toEqual(all);
    }
  });
});

describe('runsIn', () => {
  it('draws epochs that are too narrow as one, and counts every one of them', () => {
    const lane = laneOf(Array.from({ length: 3000 }, (_, at) => [at / 3000, (at + 0.9) / 3000] as const));
    const runs = runsIn(lane, wholeTimeline, 800);
    expect(runs.length).toBeLessThanOrEqual(800);
    expect(runs.reduce((sum, run) => sum + run.bars, 0)).toBe(3000);
    const near = runsIn(lane, { from: 0, to: 0.01 }, 800);
    expect(near.every(({ bar }) => bar !== null)).toBe(true);
    expect(near).toHaveLength(31);
  });

  it('keeps wide epochs apart, and a narrow one that stands alone', () => {
    const lane = laneOf([
      [0, 0.3],
      [0.3, 0.6],
      [0.8, 0.8001],
    ]);
    expect(runsIn(lane, wholeTimeline, 1000).map(({ bars }) => bars)).toEqual([1, 1, 1]);
  });
});

it('barAt takes the epoch under the pointer, the shorter of two, and one that is near', () => {
  const lane = laneOf([
    [0, 1],
    [0.2, 0.3],
  ]);
  expect(barAt(lane, 0.25, 0)?.epoch.epochId).toBe('t1');
  expect(barAt(lane, 0.5, 0)?.epoch.epochId).toBe('t0');
  expect(barAt(lane, 1.01, 0.02)?.epoch.epochId).toBe('t0');
  expect(barAt(lane, 1.1, 0.02)).toBeUndefined();
});
