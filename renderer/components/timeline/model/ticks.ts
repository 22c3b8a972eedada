import { ownSpan, type TimelineEpoch } from './epochs.ts';
import type { Bar } from './layout.ts';
import { ownTimeAt, shareOfOwn } from './span.ts';
import { inWindow, type TimelineWindow } from './timeline-window.ts';

/** One part of an epoch whose events are counted in so many bins. */
export interface TickTile {
  readonly epoch: TimelineEpoch;
  /** The epoch is cut into 2 to this power parts. */
  readonly level: number;
  readonly index: number;
  /** Seconds on the clock of the signals. */
  readonly t0: number;
  readonly t1: number;
}

/** Bins of one question: about as many as pixels, so that no more numbers come to the page than it can show. */
export const BINS = 512;
/** In a narrower bar ticks would only be a blot. */
const LEAST_PX = 16;
const DEEPEST = 16;

/** The parts of an epoch that are seen, as fine as its pixels. */
export function tilesOf(bar: Bar, window: TimelineWindow, widthPx: number): TickTile[] {
  const span = ownSpan(bar.epoch);
  const barPx = ((bar.to - bar.from) / (window.to - window.from)) * widthPx;
  if (span === null || !(span.t1 > span.t0) || barPx < LEAST_PX) return [];
  const level = Math.min(DEEPEST, Math.max(0, Math.ceil(Math.log2(barPx / BINS))));
  const parts = 2 ** level;
  const partAt = (share: number) =>
    Math.floor((((ownTimeAt(bar, share) ?? span.t0) - span.t0) / (span.t1 - span.t0)) * parts);
  const first = Math.max(0, partAt(window.from));
  const last = Math.min(parts - 1, partAt(window.to));
  const tiles: TickTile[] = [];
  for (let index = first; index <= last; index += 1) {
    const timeAt = (part: number) => span.t0 + ((span.t1 - span.t0) * part) / parts;
    // The last event may be at the very end.
    const t1 = index === parts - 1 ? span.t1 + (span.t1 - span.t0) * 1e-9 : timeAt(index + 1);
    tiles.push({ epoch: bar.epoch, level, index, t0: timeAt(index), t1 });
  }
  return tiles;
}

/** Columns of the track that hold events, with how many; several bins of one pixel are one column. */
export function tickColumns(
  bar: Bar,
  { level, index }: Pick<TickTile, 'level' | 'index'>,
  counts: readonly number[],
  window: TimelineWindow,
  widthPx: number,
): ReadonlyMap<number, number> {
  const columns = new Map<number, number>();
  const span = ownSpan(bar.epoch);
  if (span === null) return columns;
  const parts = 2 ** level * counts.length;
  counts.forEach((count, bin) => {
    if (count === 0) return;
    const middle = span.t0 + ((index * counts.length + bin + 0.5) / parts) * (span.t1 - span.t0);
    const share = shareOfOwn(bar, middle);
    if (share === null) return;
    const x = Math.floor(inWindow(window, share) * widthPx);
    if (x >= 0 && x < widthPx) columns.set(x, (columns.get(x) ?? 0) + count);
  });
  return columns;
}
