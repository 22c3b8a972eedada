import { mapTime, reverseMapping, type TimeMapping } from './time-mapping.ts';

/** How one clock's times stand on another, from `fromSec` up to `toSec` of the first. */
export interface ClockLine {
  readonly fromSec: number;
  readonly toSec: number;
  readonly mapping: TimeMapping;
}

/**
 * A time on the other clock. Before the first line and after the last those go on; null between two lines, where the
 * other device has no epoch.
 * @param lines in order of time
 */
export function timeOnLines(lines: readonly ClockLine[], timeSec: number): number | null {
  const at = lines.findLastIndex(({ fromSec }) => timeSec >= fromSec);
  const line = lines[Math.max(0, at)];
  if (line === undefined || (timeSec > line.toSec && at < lines.length - 1)) return null;
  return mapTime(line.mapping, timeSec);
}

/**
 * The range of the first clock that holds all times from `from` to `to` of the other; null where nothing does. Where the
 * other clock goes back, times outside of it lie between.
 */
export function rangeOfLines(
  lines: readonly ClockLine[],
  from: number,
  to: number,
): { readonly from: number; readonly to: number } | null {
  const ranges = lines.flatMap(({ fromSec, toSec, mapping }, at) => {
    const back = reverseMapping(mapping);
    const start = Math.max(at === 0 ? -Infinity : fromSec, mapTime(back, from));
    const end = Math.min(at === lines.length - 1 ? Infinity : toSec, mapTime(back, to));
    return start < end ? [{ start, end }] : [];
  });
  if (ranges.length === 0) return null;
  return { from: Math.min(...ranges.map(({ start }) => start)), to: Math.max(...ranges.map(({ end }) => end)) };
}
