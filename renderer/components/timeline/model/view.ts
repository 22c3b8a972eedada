import type { Bar, Lane } from './layout.ts';
import { inWindow, type TimelineWindow } from './timeline-window.ts';

/** Bars of a lane that are in the window at least in part, in their order. Takes the time of finding two places. */
export function barsIn({ bars, reach }: Pick<Lane, 'bars' | 'reach'>, { from, to }: TimelineWindow): readonly Bar[] {
  const first = firstWhere(bars.length, (at) => (reach[at] ?? 0) >= from);
  const end = firstWhere(bars.length, (at) => (bars[at]?.from ?? 0) > to);
  return bars.slice(first, end).filter((bar) => bar.to >= from);
}

/** What is drawn of a lane: a bar, or several that are too narrow to be told apart. In pixels of the track. */
export interface Run {
  readonly x0: number;
  readonly x1: number;
  readonly bars: number;
  /** Where it is one only. */
  readonly bar: Bar | null;
}

/** Narrower bars that touch the pixels of the one before are drawn with it. */
const NARROW_PX = 3;

export function runsIn(lane: Pick<Lane, 'bars' | 'reach'>, window: TimelineWindow, widthPx: number): Run[] {
  const runs: Run[] = [];
  for (const bar of barsIn(lane, window)) {
    const x0 = inWindow(window, bar.from) * widthPx;
    const x1 = Math.max(x0 + 1, inWindow(window, bar.to) * widthPx);
    const last = runs.at(-1);
    const narrow = x1 - x0 < NARROW_PX;
    if (narrow && last !== undefined && isNarrow(last) && x0 <= last.x1 + 1) {
      runs[runs.length - 1] = { x0: last.x0, x1: Math.max(last.x1, x1), bars: last.bars + 1, bar: null };
    } else runs.push({ x0, x1, bars: 1, bar });
  }
  return runs;
}

const isNarrow = ({ bar, x0, x1 }: Run) => bar === null || x1 - x0 < NARROW_PX;

/** The bar of a lane at a place of the axis, the shortest where several are; within `reach` of it. */
export function barAt(lane: Pick<Lane, 'bars' | 'reach'>, share: number, reach: number): Bar | undefined {
  const near = barsIn(lane, { from: share - reach, to: share + reach });
  const apart = ({ from, to }: Bar) => Math.max(0, from - share, share - to);
  return [...near].sort((a, b) => apart(a) - apart(b) || a.to - a.from - (b.to - b.from))[0];
}

/** The first index for which something holds that holds for all after it; `count` where it holds for none. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
