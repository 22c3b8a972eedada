import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { PlacedEpoch } from '../../../../shared/contract/sync.ts';
import { bendOf } from './bend.ts';
import { recordedKey, type TimelineEpoch } from './epochs.ts';
import { alongTime, GAP, lanesOf, LOCAL_CLOCK, type Bar, type Timeline } from './layout.ts';

/** The clock of one device, on which all devices are shown. */
export interface DeviceClock {
  readonly device: string;
  readonly clock: string;
}

interface On {
  readonly epochId: string;
  readonly t0: number;
  readonly t1: number;
}

/** Clocks with times, of every device. */
export function deviceClocksOf(epochs: readonly Pick<Epoch, 'device' | 'clocks'>[]): DeviceClock[] {
  const known = new Map<string, DeviceClock>();
  for (const { device, clocks } of epochs) {
    for (const { type, t0, t1 } of clocks) {
      if (t0 !== null && t1 !== null) known.set(`${device}/${type}`, { device, clock: type });
    }
  }
  return [...known.values()];
}

/**
 * Epochs of all lanes where the sync graph puts them on the clock of one device.
 * @param order ids of that device's epochs
 */
export function layOutOnDevice(
  epochs: readonly TimelineEpoch[],
  clock: string,
  placed: readonly PlacedEpoch[],
  order: readonly string[],
): Timeline {
  const places = new Map(placed.map((one) => [recordedKey(one), one.on]));
  const on = (epoch: TimelineEpoch) => places.get(recordedKey(epoch)) ?? null;
  const known = epochs.map(on).filter((one) => one !== null);
  const { axis, at } = clock === LOCAL_CLOCK ? { axis: null, at: epochAfterEpoch(known, order) } : alongTime(known);
  const lanes = lanesOf(epochs, (epoch) => {
    const place = on(epoch);
    if (place === null) return null;
    const bar = at(place);
    return bar === null || place.lines === undefined ? bar : { ...bar, bend: bendOf(place.lines) };
  });
  return { axis, lanes };
}

/** The clock starts anew in each epoch: they stand one after the other, each with all that ran during it. */
function epochAfterEpoch(known: readonly On[], order: readonly string[]): (on: On) => Omit<Bar, 'epoch'> | null {
  const groups = new Map<string, { t0: number; t1: number; start: number }>();
  for (const { epochId, t0, t1 } of known) {
    const group = groups.get(epochId);
    if (group === undefined) groups.set(epochId, { t0, t1, start: 0 });
    else Object.assign(group, { t0: Math.min(group.t0, t0), t1: Math.max(group.t1, t1) });
  }
  const shown = order.map((epochId) => groups.get(epochId)).filter((group) => group !== undefined);
  const sum = shown.reduce((total, { t0, t1 }) => total + t1 - t0, 0);
  const gap = (GAP * sum) / Math.max(1, shown.length);
  let end = 0;
  for (const group of shown) {
    group.start = end;
    end += group.t1 - group.t0 + gap;
  }
  const total = end - gap > 0 ? end - gap : 1;
  return ({ epochId, t0, t1 }) => {
    const group = groups.get(epochId);
    if (group === undefined) return null;
    const share = (timeSec: number) => (group.start + timeSec - group.t0) / total;
    return { from: share(t0), to: share(t1), t0, t1, group: epochId };
  };
}
