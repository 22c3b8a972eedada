import type { ClockType } from './clocks.ts';
import { NdiError } from './errors.ts';

/** What a range needs of an epoch; a time that is not known is null. */
interface RangedEpoch {
  readonly epochId: string;
  readonly clocks: readonly { readonly type: string; readonly t0: number | null; readonly t1: number | null }[];
}

/**
 * Epochs of one set from a first to a last one, both included, each with its extent on a clock (`epochrange` of
 * NDI-matlab; daq-epochs-time reference, section 2.6, with its app rule: row k is the k-th epoch of the range).
 * @param epochs all of the set, in order
 * @param first id (its case counts here), or 1-based number
 * @throws NdiError epoch.notFound, range.invalid, time.noClock
 */
export function epochRange<E extends RangedEpoch>(
  epochs: readonly E[],
  clock: ClockType,
  first: string | number,
  last: string | number,
): { epochs: readonly E[]; extents: readonly { t0: number | null; t1: number | null }[] } {
  const from = placeOf(epochs, first, 'first');
  const to = placeOf(epochs, last, 'last');
  if (from > to) {
    throw new NdiError({
      code: 'range.invalid',
      message: 'The first epoch must be before or equal to the last epoch.',
      recovery: 'Name them the other way round.',
      details: { first: String(first), last: String(last) },
    });
  }
  const ranged = epochs.slice(from, to + 1);
  const extents = ranged.map(({ epochId, clocks }) => {
    const span = clocks.find(({ type }) => type === clock);
    if (span !== undefined) return { t0: span.t0, t1: span.t1 };
    throw new NdiError({
      code: 'time.noClock',
      message: `Epoch ${epochId} lacks clocktype ${clock}.`,
      recovery: `It has ${clocks.map(({ type }) => type).join(', ') || 'no clock'}.`,
      details: { epoch: epochId, clock },
    });
  });
  return { epochs: ranged, extents };
}

function placeOf(epochs: readonly RangedEpoch[], wanted: string | number, which: 'first' | 'last'): number {
  if (typeof wanted === 'string') {
    const place = epochs.findIndex(({ epochId }) => epochId === wanted);
    if (place >= 0) return place;
    throw notThere(`Could not find ${which} epoch ${wanted}.`, epochs.length);
  }
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= epochs.length) return wanted - 1;
  throw notThere(`${which}Epoch position must be in 1..${epochs.length}.`, epochs.length);
}

function notThere(message: string, count: number): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message,
    recovery: count === 0 ? 'There are no epochs.' : 'List the epochs to see their ids and numbers.',
    details: { epochs: count },
  });
}
