import { type ClockSpan, isGlobalClock } from '../../../shared/model/clocks.ts';

const DAY_SEC = 86_400;
/** 1900 and 2100 as date numbers of MATLAB. */
const EARLIEST_DAY = 693_962;
const LATEST_DAY = 767_011;

/**
 * Seconds that a unit of a clock lasts. NDI-matlab takes every global time for a date number, in days; readers that give
 * seconds are told from those by the epoch's extent on its own clock, and where it has none, by what dates can be.
 */
export function unitSec(span: ClockSpan, local: ClockSpan | undefined): number {
  if (!isGlobalClock(span.type)) return 1;
  const [length, seconds] = [span.t1 - span.t0, local === undefined ? NaN : local.t1 - local.t0];
  if (length > 0 && seconds > 0) return seconds / length > Math.sqrt(DAY_SEC) ? DAY_SEC : 1;
  return span.t0 > EARLIEST_DAY && span.t0 < LATEST_DAY ? DAY_SEC : 1;
}

/** The clock of the device within an epoch. */
export const localClock = (clocks: readonly ClockSpan[]): ClockSpan | undefined =>
  clocks.find(({ type }) => type === 'dev_local_time');
