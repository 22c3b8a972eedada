import { mapTime, reverseMapping } from '../../../../shared/model/time-mapping.ts';
import type { ClockFit } from '../graph/clock-fit.ts';
import type { StampStep } from '../rules/rule.ts';
import { entry } from '../entry.ts';

/** The stamps of a device and the pulses agree on how far its clock jumped. */
const AGREE_SEC = 0.002;

/**
 * Pulses tell only between which two of them a clock jumped; where the stamps of its samples step there by as much, the
 * jump is placed at that very sample.
 */
export function placeJumps(fit: ClockFit, first: readonly StampStep[], second: readonly StampStep[]): ClockFit {
  if (fit.jumps.length === 0) return fit;
  const pieces = fit.pieces.map((piece, at) => {
    const jump = fit.jumps[at - 1];
    const before = fit.pieces[at - 1];
    if (jump === undefined || before === undefined) return piece;
    const moments = [
      ...second
        .filter((step) => Math.abs(step.afterSec - step.beforeSec - jump.seconds) < AGREE_SEC)
        .map((step) => mapTime(reverseMapping(piece.mapping), step.afterSec)),
      ...first
        .filter((step) => Math.abs(step.afterSec - step.beforeSec + jump.seconds) < AGREE_SEC)
        .map((step) => step.afterSec),
    ].filter((moment) => moment > jump.afterSec && moment <= jump.beforeSec);
    return moments.length === 1 ? { ...piece, fromSec: entry(moments, 0) } : piece;
  });
  return { ...fit, pieces };
}
