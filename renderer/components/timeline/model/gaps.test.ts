import { describe, expect, it } from 'vitest';
import { gapsAndOverlaps } from './gaps.ts';

const bar = (from: number, to: number, group: string | null = null) => ({ from, to, group });

describe('gapsAndOverlaps', () => {
  it('finds what lies between epochs, and where two run at once', () => {
    expect(gapsAndOverlaps([bar(0, 1), bar(2, 4), bar(3, 5), bar(5, 6)])).toEqual({
      gaps: [{ from: 1, to: 2 }],
      overlaps: [{ from: 3, to: 4 }],
    });
  });

  it('looks past a short epoch within a long one', () => {
    expect(gapsAndOverlaps([bar(0, 10), bar(1, 2), bar(5, 6), bar(11, 12)])).toEqual({
      gaps: [{ from: 10, to: 11 }],
      overlaps: [
        { from: 1, to: 2 },
        { from: 5, to: 6 },
      ],
    });
  });

  it('finds none between epochs with clocks of their own, nor where one begins as the other ends', () => {
    expect(gapsAndOverlaps([bar(0, 1, 'a'), bar(3, 4, 'b')])).toEqual({ gaps: [], overlaps: [] });
    expect(gapsAndOverlaps([bar(0, 0.1 + 0.2), bar(0.3, 1)])).toEqual({ gaps: [], overlaps: [] });
    expect(gapsAndOverlaps([])).toEqual({ gaps: [], overlaps: [] });
  });

  it('agrees with counting the epochs at each moment', () => {
    let seed = 20261126;
    const random = (most: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % most;
    };
    for (let round = 0; round < 300; round += 1) {
      const bars = Array.from({ length: 1 + random(8) }, () => {
        const from = random(40);
        return bar(from, from + random(12));
      }).sort((a, b) => a.from - b.from || a.to - b.to);
      const { gaps, overlaps } = gapsAndOverlaps(bars);
      const first = Math.min(...bars.map(({ from }) => from));
      const last = Math.max(...bars.map(({ to }) => to));
      for (let moment = first + 0.5; moment < last; moment += 1) {
        const running = bars.filter(({ from, to }) => from < moment && moment < to).length;
        const holds = ({ from, to }: { from: number; to: number }) => from < moment && moment < to;
        // Epochs without length stand in a gap and do not end it.
        expect(gaps.some(holds), `gap at ${moment} of ${JSON.stringify(bars)}`).toBe(running === 0);
        expect(overlaps.some(holds), `overlap at ${moment} of ${JSON.stringify(bars)}`).toBe(running > 1);
      }
    }
  });
});
