import { type ClockSpan, type ClockType, isGlobalClock } from '../../../shared/model/clocks.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { localClock, unitSec } from './clock-units.ts';

/** An epoch that is to be joined with others. */
export interface EpochToJoin {
  readonly epochId: string;
  readonly clocks: readonly ClockSpan[];
  /** Of its first and last sample, on the device's own clock. */
  readonly startSec: number;
  readonly endSec: number;
  /** Between two samples; 0 for events. */
  readonly stepSec: number;
}

/** How epochs become one. */
export interface JoinedEpochs {
  /** Clock by which they are placed; null where they follow each other without one. */
  readonly clock: ClockType | null;
  /** In the order of time, with what is added to the times of each. */
  readonly epochs: readonly { readonly epochId: string; readonly shiftSec: number }[];
  /** Extents of the whole. */
  readonly clocks: readonly ClockSpan[];
}

/** The more a clock is worth, the earlier it stands. */
const byWorth: readonly ClockType[] = [
  'utc',
  'approx_utc',
  'exp_global_time',
  'approx_exp_global_time',
  'dev_global_time',
  'approx_dev_global_time',
];

/**
 * Places epochs one after the other: by the best global clock that all of them have, from the start of the first on; where
 * they have none, as though each had begun a sample after the one before (daq-epochs-time reference, section 15.5).
 * NDI-matlab counts from the first sample of all and the last of each; here the extents of the epochs count, so that
 * spikes keep their places.
 * @param epochs at least one
 * @throws NdiError usage.invalid where they have no clock, or lie over each other on the one they have
 */
export function joinEpochs(epochs: readonly EpochToJoin[]): JoinedEpochs {
  const clock = byWorth.find((type) => epochs.every((epoch) => spanOf(epoch, type) !== undefined)) ?? null;
  return clock === null ? byLength(epochs) : byClock(epochs, clock);
}

function byClock(epochs: readonly EpochToJoin[], clock: ClockType): JoinedEpochs {
  const placed = epochs
    .map((epoch) => ({ epoch, span: spanOf(epoch, clock) ?? { type: clock, t0: NaN, t1: NaN } }))
    .sort((a, b) => a.span.t0 - b.span.t0);
  const origin = placed[0]?.span.t0 ?? 0;
  let end = -Infinity;
  let before = '';
  const shifted = placed.map(({ epoch, span }) => {
    const start = (span.t0 - origin) * unitSec(span, localClock(epoch.clocks));
    // Half a sample is what the clock may be off by.
    if (start < end - epoch.stepSec / 2) throw overlapping(before, epoch.epochId, clock);
    end = start + epoch.endSec - epoch.startSec;
    before = epoch.epochId;
    return { epochId: epoch.epochId, shiftSec: start - epoch.startSec };
  });
  return { clock, epochs: shifted, clocks: wholeSpans(placed[0]?.epoch, 0, end) };
}

function byLength(epochs: readonly EpochToJoin[]): JoinedEpochs {
  const without = epochs.find(({ clocks }) => localClock(clocks) === undefined);
  if (without !== undefined) throw noClock(without.epochId);
  const start = epochs[0]?.startSec ?? 0;
  let next = start;
  let end = start;
  const shifted = epochs.map(({ epochId, startSec, endSec, stepSec }) => {
    const shiftSec = next - startSec;
    end = endSec + shiftSec;
    next = end + stepSec;
    return { epochId, shiftSec };
  });
  return { clock: null, epochs: shifted, clocks: [{ type: 'dev_local_time', t0: start, t1: end }] };
}

/** On the first epoch's clocks, which the others go on with. The times that are stored are on the device's own. */
function wholeSpans(first: EpochToJoin | undefined, start: number, end: number): ClockSpan[] {
  const clocks = first?.clocks ?? [];
  const local: ClockSpan = { type: 'dev_local_time', t0: start, t1: end };
  const spans = clocks.map((span): ClockSpan => {
    if (span.type === 'dev_local_time') return local;
    if (!isGlobalClock(span.type)) return span;
    return { ...span, t1: span.t0 + (end - start) / unitSec(span, localClock(clocks)) };
  });
  return localClock(clocks) === undefined ? [...spans, local] : spans;
}

function spanOf({ clocks }: EpochToJoin, type: ClockType): ClockSpan | undefined {
  return clocks.find((span) => span.type === type && Number.isFinite(span.t0));
}

function overlapping(before: string, epochId: string, clock: ClockType): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `${epochId} begins before ${before} has ended, on the clock ${clock}: their samples would be mixed.`,
    recovery: 'Correct the clocks of the epochs. Nothing was written.',
    details: { epochs: [before, epochId], clock },
  });
}

function noClock(epochId: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The epoch ${epochId} has neither a global clock that the others have too nor a local one.`,
    recovery: 'Epochs without times cannot follow each other. Nothing was written.',
    details: { epoch: epochId },
  });
}
