import { NdiError } from '../../../../shared/model/errors.ts';
import { mapTime, reverseMapping, type TimeMapping } from '../../../../shared/model/time-mapping.ts';
import type { ClockFit, FitPiece } from '../graph/clock-fit.ts';
import { findJumps } from './find-jumps.ts';
import { grow, growMatch } from './grow-match.ts';
import { fitLine, type Pair } from './line-fit.ts';
import { matchRandomTrains, matchTrains } from './trigger-trains.ts';
import { entry } from '../entry.ts';

/** Pulses that a line misses by more than this were paired wrongly, or the clock jumped. */
const SOUND_RESIDUAL_SEC = 0.001;

/**
 * Relates two clocks by the pulses that both devices saw (reference, sections 21.3 and 21.5 to 21.6). As many pulses on
 * both sides are paired in order, as NDI does; where the line then misses them, jumps of a clock or missed and doubled
 * pulses are looked for. Otherwise the trains are found in each other.
 * @param times of each device, seconds, in any order
 * @throws NdiError time.noFit, time.ambiguous
 */
export function fitCommonPulses(times: { first: readonly number[]; second: readonly number[] }): ClockFit {
  const [first, second] = [sorted(times.first), sorted(times.second)];
  if (first.length === 0 || second.length === 0) throw noPulses(first.length, second.length);
  const inOrder = first.length === second.length ? pairInOrder(first, second) : null;
  if (inOrder !== null && (inOrder.fit.residualMaxSec ?? 0) <= SOUND_RESIDUAL_SEC) return inOrder.fit;
  const grown = growMatch(first, second);
  const robust = grown === null ? null : describeLine(grown.pairs, first.length, second.length, grown.duplicated);
  if (inOrder !== null) {
    const better = robust !== null && (robust.residualMaxSec ?? Infinity) <= SOUND_RESIDUAL_SEC;
    return better ? robust : inOrder.fit;
  }
  const found = matchTrains(first, second);
  if (found !== null) return describeFit(found.pairs, first.length, second.length, 0, found.mapping);
  if (robust !== null) return robust;
  throw new NdiError({
    code: 'time.noFit',
    message: `The pulses of the two devices (${first.length} and ${second.length}) do not fit each other.`,
    recovery: 'Check that both channels recorded the same pulses.',
    details: { first: first.length, second: second.length },
  });
}

/**
 * Relates two clocks by pulses at random intervals (section 21.7): found by a run of them, then checked and refined with
 * all that follow.
 * @throws NdiError time.noFit
 */
export function fitRandomPulses(times: { first: readonly number[]; second: readonly number[] }): ClockFit {
  const [first, second] = [sorted(times.first), sorted(times.second)];
  const match = matchRandomTrains(first, second);
  if (match === null) {
    throw new NdiError({
      code: 'time.noFit',
      message: `No run of the ${first.length} pulses of the one device is among the ${second.length} of the other.`,
      recovery: 'Check that both channels recorded the same random pulses.',
      details: { reason: 'Could not find random pulse match.', first: first.length, second: second.length },
    });
  }
  const seed = match.pairs.map(([b, a]): Pair => [a, b]);
  const fit = describeLine(grow(first, second, seed), first.length, second.length, 0);
  return fit ?? describeFit(seed, first.length, second.length, 0, reverseMapping(match.mapping));
}

function pairInOrder(first: readonly number[], second: readonly number[]): { fit: ClockFit } | null {
  const fit = describeLine(
    first.map((time, at): Pair => [time, entry(second, at)]),
    first.length,
    second.length,
    0,
  );
  return fit === null ? null : { fit };
}

/** The line through all pairs (NDI's mapping), and what is known about it. */
function describeLine(pairs: readonly Pair[], first: number, second: number, duplicated: number): ClockFit | null {
  const mapping = fitLine(pairs);
  return mapping === null ? null : describeFit(pairs, first, second, duplicated, mapping);
}

function describeFit(
  pairs: readonly Pair[],
  first: number,
  second: number,
  duplicated: number,
  mapping: TimeMapping,
): ClockFit {
  const ofLine = pairs.map(([a, b]) => b - mapTime(mapping, a));
  const lineResidualMaxSec = Math.max(...ofLine.map(Math.abs));
  const jumped = lineResidualMaxSec > SOUND_RESIDUAL_SEC ? findJumps(pairs) : null;
  const pieces = jumped?.pieces ?? [{ fromSec: -Infinity, mapping }];
  const left = pairs.map(([a, b]) => b - mapTime(pieceAt(pieces, a), a));
  return {
    mapping,
    pieces,
    jumps: jumped?.jumps ?? [],
    pulses: { first, second, matched: pairs.length, duplicated },
    residualMaxSec: Math.max(...left.map(Math.abs)),
    residualRmsSec: Math.sqrt(left.reduce((sum, value) => sum + value * value, 0) / left.length),
    lineResidualMaxSec,
    residuals: pairs.map(([a], at) => [a, entry(left, at), entry(ofLine, at)] as const),
  };
}

function pieceAt(pieces: readonly FitPiece[], time: number): TimeMapping {
  return (pieces.findLast((piece) => time >= piece.fromSec) ?? entry(pieces, 0)).mapping;
}

/** The line that holds at a time of the first device, or (reversed) the way back at a time of the second. */
export function mappingAt(fit: ClockFit, time: number, reversed: boolean): TimeMapping {
  const { pieces } = fit;
  if (!reversed) return pieceAt(pieces, time);
  const found = pieces.findLast(({ fromSec, mapping }, at) => {
    if (at === 0) return true;
    // Between the two clock readings of the jump.
    return time >= (mapTime(mapping, fromSec) + mapTime(entry(pieces, at - 1).mapping, fromSec)) / 2;
  });
  return reverseMapping((found ?? entry(pieces, 0)).mapping);
}

function sorted(times: readonly number[]): number[] {
  return times.filter(Number.isFinite).sort((a, b) => a - b);
}

function noPulses(first: number, second: number): NdiError {
  const which =
    first === 0 && second === 0 ? 'Neither device has' : `The ${first === 0 ? 'first' : 'second'} device has no`;
  return new NdiError({
    code: 'time.noFit',
    message: `${which} pulses on the channel of the rule.`,
    recovery: 'Check the channels in the rule.',
    details: { first, second },
  });
}
