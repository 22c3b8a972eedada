import type { SignalTimes } from '../../../../shared/contract/sync.ts';
import { timeOnLines } from '../../../../shared/model/clock-lines.ts';
import type { VisibleColumn } from './visible-line.ts';

/** The lines with their times on another clock; what has no place there is left out. */
export function linesOnClock<T extends VisibleColumn>(lines: readonly T[], times: SignalTimes | null): readonly T[] {
  if (times === null) return lines;
  return lines.map((line) => {
    const [x, y]: [number[], T['y'][number][]] = [[], []];
    line.x.forEach((time, at) => {
      const there = timeOnLines(times.lines, time);
      if (there === null) return;
      x.push(there);
      y.push(line.y[at] ?? NaN);
    });
    return { ...line, x, y };
  });
}

/** What the notes of an export say about its times. */
export function timeNote(range: { readonly t0: number; readonly t1: number }, times: SignalTimes | null): string {
  if (times === null) return `Time: ${range.t0} to ${range.t1} s on the clock of the device`;
  const { to, from, errorSec } = times;
  const error = errorSec === null ? 'error not known' : `within ${errorSec} s`;
  return `Time: on ${to.clock} of ${to.device} (${error}), shown are ${range.t0} to ${range.t1} s on ${from.clock} of ${from.device}`;
}
