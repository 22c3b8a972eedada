import type { Segment } from '../../../../shared/contract/recordings.ts';
import type { Range } from './range.ts';

/**
 * The stretches of a range in which nothing was recorded: before, between and after the segments.
 * @param least shortest stretch worth telling, in seconds (a pixel)
 */
export function missingIn(range: Range, segments: readonly Pick<Segment, 't0' | 't1'>[], least: number): Range[] {
  const missing: Range[] = [];
  let at = range.t0;
  for (const { t0, t1 } of [...segments].sort((a, b) => a.t0 - b.t0)) {
    if (t0 > range.t1) break;
    if (t0 - at > least) missing.push({ t0: at, t1: t0 });
    at = Math.max(at, t1);
  }
  if (range.t1 - at > least) missing.push({ t0: at, t1: range.t1 });
  return missing;
}
