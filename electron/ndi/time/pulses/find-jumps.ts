import { mapTime } from '../../../../shared/model/time-mapping.ts';
import type { ClockJump, FitPiece } from '../graph/clock-fit.ts';
import { fitParallelLines, median, type Pair } from './line-fit.ts';
import { entry, last } from '../entry.ts';

/** Steps smaller than this are noise, however quiet the rest is. */
const LEAST_JUMP_SEC = 5e-4;
/** A stretch between two jumps has at least so many pulses; fewer are strays. */
const LEAST_PULSES = 3;
/** A clock that steps more often does not jump: it is no clock. */
const MOST_JUMPS = 20;

/**
 * Finds where one of two clocks was set anew: between pulses the second clock goes on by more or less than the first,
 * once, and runs on at its old pace.
 * @param pairs in order of time
 * @returns null where it does not jump, or where jumps do not explain what is left over
 */
export function findJumps(pairs: readonly Pair[]): { pieces: FitPiece[]; jumps: ClockJump[] } | null {
  if (pairs.length < 2 * LEAST_PULSES) return null;
  const groups = splitAtSteps(pairs).filter((group) => group.length >= LEAST_PULSES);
  if (groups.length < 2 || groups.length > MOST_JUMPS + 1) return null;
  const lines = fitParallelLines(groups);
  if (lines === null) return null;
  const joined = groups.flatMap((group, index) => group.map(([a, b]) => b - mapTime(entry(lines, index), a)));
  if (Math.max(...joined.map(Math.abs)) > LEAST_JUMP_SEC) return null;
  const jumps: ClockJump[] = [];
  const pieces: FitPiece[] = [{ fromSec: -Infinity, mapping: entry(lines, 0) }];
  for (let next = 1; next < groups.length; next++) {
    const [afterSec, beforeSec] = [last(entry(groups, next - 1))[0], entry(entry(groups, next), 0)[0]];
    const middle = (afterSec + beforeSec) / 2;
    const seconds = mapTime(entry(lines, next), middle) - mapTime(entry(lines, next - 1), middle);
    // Parts of one line on both sides of strays.
    if (Math.abs(seconds) < LEAST_JUMP_SEC) continue;
    jumps.push({ afterSec, beforeSec, seconds });
    pieces.push({ fromSec: middle, mapping: entry(lines, next) });
  }
  return jumps.length === 0 ? null : { pieces, jumps };
}

function splitAtSteps(pairs: readonly Pair[]): Pair[][] {
  const gaps = pairs.slice(1).map(([a, b], at) => [a - entry(pairs, at)[0], b - entry(pairs, at)[1]] as const);
  const rate = median(gaps.filter(([a]) => a > 0).map(([a, b]) => b / a));
  const steps = gaps.map(([a, b]) => b - rate * a);
  const quiet = median(steps.map(Math.abs));
  const limit = Math.max(LEAST_JUMP_SEC, 8 * quiet);
  const groups: Pair[][] = [[entry(pairs, 0)]];
  steps.forEach((step, at) => {
    if (Math.abs(step) > limit) groups.push([]);
    last(groups).push(entry(pairs, at + 1));
  });
  return groups;
}
