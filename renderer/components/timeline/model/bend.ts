import type { ClockLine } from '../../../../shared/model/clock-lines.ts';
import { mapTime } from '../../../../shared/model/time-mapping.ts';

/** Moments of two clocks in the order of the first; from each to the next both run evenly. */
export type Bend = readonly (readonly [own: number, there: number])[];

/** The bend of lines in order of time. Where they leave something out, time goes straight from one to the next. */
export function bendOf(lines: readonly ClockLine[]): Bend {
  return lines.flatMap(({ fromSec, toSec, mapping }) =>
    [fromSec, toSec].map((time) => [time, mapTime(mapping, time)] as const),
  );
}

/** The moment on the second clock; before and after the bend its first and last stretch go on. */
export function there(bend: Bend, own: number): number {
  const stretches = bend.slice(1).map((end, index) => [bend[index] ?? end, end] as const);
  // Where the first clock steps, or goes back, there is nothing to go along.
  const even = stretches.filter(([[a], [b]]) => b > a);
  const found = even.find(([, [end]]) => own <= end) ?? even.at(-1);
  if (found === undefined) return NaN;
  const [[a, toA], [b, toB]] = found;
  return toA + ((own - a) / (b - a)) * (toB - toA);
}

/** The moment on the first clock; the earliest, where the second one goes back. */
export function back(bend: Bend, time: number): number {
  return there(
    bend.map(([own, shown]) => [shown, own] as const),
    time,
  );
}
