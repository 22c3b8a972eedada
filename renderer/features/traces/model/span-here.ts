import type { ClockLine } from '../../../../shared/model/clock-lines.ts';
import { mapTime, reverseMapping } from '../../../../shared/model/time-mapping.ts';
import type { Range } from './range.ts';

interface LineOfEpoch extends ClockLine {
  readonly epochId: string;
}

/**
 * The part of an epoch that lies in a stretch of another clock; null where nothing of it does.
 * @param lines of the epoch's own clock on that other one, in order of time
 * @param epochId limits the other clock to one epoch; null where it goes on through all
 */
export function spanHere(lines: readonly LineOfEpoch[], span: Range, epochId: string | null): Range | null {
  const parts = lines.flatMap(({ fromSec, toSec, mapping, epochId: theirs }) => {
    if (epochId !== null && theirs !== epochId) return [];
    const back = reverseMapping(mapping);
    const t0 = Math.max(fromSec, mapTime(back, span.t0));
    const t1 = Math.min(toSec, mapTime(back, span.t1));
    return t0 < t1 ? [{ t0, t1 }] : [];
  });
  if (parts.length === 0) return null;
  return { t0: Math.min(...parts.map(({ t0 }) => t0)), t1: Math.max(...parts.map(({ t1 }) => t1)) };
}
