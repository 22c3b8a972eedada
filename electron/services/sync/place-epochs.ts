import type { PlacedEpoch } from '../../../shared/contract/sync.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { findPlace, type ClockPlace, type SessionClocks } from './session-clocks.ts';

/**
 * Where every epoch lies on a clock, by its start and end on its own first clock.
 * @throws NdiError epoch.notFound, document.invalid where there is no such clock
 */
export async function placeEpochs(
  clocks: SessionClocks,
  clock: ClockPlace,
  signal?: AbortSignal,
): Promise<PlacedEpoch[]> {
  const to = findPlace(clocks, clock);
  const placed: PlacedEpoch[] = [];
  for (const epoch of clocks.epochs) {
    signal?.throwIfAborted();
    const { device, epochId } = epoch;
    try {
      placed.push({ device, epochId, on: await extentOn(clocks, epoch, to), reason: null });
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      placed.push({ device, epochId, on: null, reason: error.message });
    }
  }
  return placed;
}

async function extentOn(
  clocks: SessionClocks,
  { device, epochId, clocks: [own] }: Epoch,
  to: ReturnType<typeof findPlace>,
): Promise<PlacedEpoch['on']> {
  if (own === undefined || !Number.isFinite(own.t0) || !Number.isFinite(own.t1)) {
    throw new NdiError({
      code: 'time.noClock',
      message: `The epoch ${epochId} of ${device} has no times.`,
      recovery: 'Look at the problems of the epoch.',
      details: { device, epoch: epochId },
    });
  }
  const from = findPlace(clocks, { device, epoch: epochId, clock: own.type });
  const start = await clocks.converter.convert({ from, to }, own.t0);
  // Its end belongs to the epoch in which it began: a local clock starts anew in the next.
  const end = await clocks.converter.convert({ from, to: { ...to, epoch: start.node.epoch } }, own.t1);
  return { epochId: start.node.epoch.epochId, t0: start.timeSec, t1: end.timeSec };
}
