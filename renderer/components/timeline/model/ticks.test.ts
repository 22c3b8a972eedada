import { describe, expect, it } from 'vitest';
import type { Bar } from './layout.ts';
import { BINS, tickColumns, tilesOf } from './ticks.ts';
import { wholeTimeline } from './timeline-window.ts';

const bar: Bar = {
  ...{ from: 0.25, to: 0.75, t0: 0, t1: 1000, group: null },
  epoch: {
    ...{ lane: 'a', device: 'a', element: null, epochId: 't1', number: 1 },
    clocks: [{ type: 'dev_local_time', t0: 0, t1: 1000 }],
  },
};

describe('tilesOf', () => {
  it('asks for no more bins than there are pixels, about', () => {
    for (const length of [1, 0.3, 0.01, 1e-5]) {
      const window = { from: 0.5, to: 0.5 + length / 2 };
      const tiles = tilesOf(bar, window, 1000);
      expect(tiles.length).toBeGreaterThan(0);
      expect(tiles.length * BINS).toBeLessThan(6 * 1000);
      // Together they hold all of the epoch that is in sight.
      const seen = { t0: (Math.max(window.from, 0.25) - 0.25) * 2000, t1: (Math.min(window.to, 0.75) - 0.25) * 2000 };
      expect(tiles[0]!.t0).toBeLessThanOrEqual(seen.t0);
      expect(tiles.at(-1)!.t1).toBeGreaterThanOrEqual(seen.t1);
    }
  });

  it('asks for nothing of a bar that is too narrow, out of sight, or without times', () => {
    expect(tilesOf(bar, wholeTimeline, 20)).toEqual([]);
    expect(tilesOf(bar, { from: 0.8, to: 0.9 }, 1000)).toEqual([]);
    expect(tilesOf({ ...bar, epoch: { ...bar.epoch, clocks: [] } }, wholeTimeline, 1000)).toEqual([]);
  });
});

describe('tickColumns', () => {
  it('loses no event to the pixels', () => {
    const counts = Array.from({ length: BINS }, (_, at) => at % 3);
    const columns = tickColumns(bar, { level: 0, index: 0 }, counts, wholeTimeline, 100);
    expect(columns.size).toBeLessThanOrEqual(51);
    const sum = (values: Iterable<number>) => [...values].reduce((total, one) => total + one, 0);
    expect(sum(columns.values())).toBe(sum(counts));
  });

  it('puts events where they happened', () => {
    const counts = [1, 0, 0, 2];
    expect([...tickColumns(bar, { level: 0, index: 0 }, counts, wholeTimeline, 1000)]).toEqual([
      [312, 1],
      [687, 2],
    ]);
    // The second half of the epoch.
    expect([...tickColumns(bar, { level: 1, index: 1 }, counts, wholeTimeline, 1000)]).toEqual([
      [531, 1],
      [718, 2],
    ]);
  });
});
