import type { PlacedEpoch } from '../../../shared/contract/sync.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { findPlace, type ClockPlace, type SessionClocks } from './session-clocks.ts';
import { mappingOf, signalTimes } from './signal-times.ts';

/**
 * Where every epoch lies on a clock, by its start and end on its own first clock; and how its times stand there where the
 * relation changes on the way. A change there and back within one half of the epoch is missed.
 * @throws NdiError epoch.notFound, document.invalid where there is no such clock
 */
export async function placeEpochs(
  clocks: SessionClocks,
  clock: ClockPlace,
  signal?: AbortSignal,
): Promise<PlacedEpoch[]> {
  // A clock that does not exist is told before any epoch is asked.
  findPlace(clocks, clock);
  const placed: PlacedEpoch[] = [];
  for (const epoch of clocks.epochs) {
    signal?.throwIfAborted();
    const { device, epochId } = epoch;
    try {
      placed.push({ device, epochId, on: await extentOn(clocks, epoch, clock), reason: null });
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      placed.push({ device, epochId, on: null, reason: error.message });
    }
  }
  return placed;
}

async function extentOn(clocks: SessionClocks, epoch: Epoch, clock: ClockPlace): Promise<PlacedEpoch['on']> {
  const {
    device,
    epochId,
    clocks: [own],
  } = epoch;
  if (own === undefined || !Number.isFinite(own.t0) || !Number.isFinite(own.t1)) {
    throw new NdiError({
      code: 'time.noClock',
      message: `The epoch ${epochId} of ${device} has no times.`,
      recovery: 'Look at the problems of the epoch.',
      details: { device, epoch: epochId },
    });
  }
  const from = findPlace(clocks, { device, epoch: epochId, clock: own.type });
  const to = findPlace(clocks, clock);
  const start = await clocks.converter.convert({ from, to }, own.t0);
  // The rest belongs to the epoch in which it began: a local clock starts anew in the next.
  const request = { from, to: { ...to, epoch: start.node.epoch } };
  const end = await clocks.converter.convert(request, own.t1);
  const middle = await clocks.converter.convert(request, own.t0 + (own.t1 - own.t0) / 2);
  const mappings = [start, middle, end].map((converted) => mappingOf(converted).join(' '));
  const on = { epochId: start.node.epoch.epochId, t0: start.timeSec, t1: end.timeSec };
  if (new Set(mappings).size === 1) return on;
  const { lines } = await signalTimes(clocks, epoch, clock);
  const isLocal = clock.clock === 'dev_local_time';
  return { ...on, lines: isLocal ? lines.filter((line) => line.epochId === on.epochId) : lines };
}
