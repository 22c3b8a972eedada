import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { PlacedEpoch } from '../../../../shared/contract/sync.ts';
import { GAP, LOCAL_CLOCK, type Bar, type Timeline } from './timeline-model.ts';

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
export function deviceClocksOf(epochs: readonly Epoch[]): DeviceClock[] {
  const known = new Map<string, DeviceClock>();
  for (const { device, clocks } of epochs) {
    for (const { type, t0, t1 } of clocks) {
      if (t0 !== null && t1 !== null) known.set(`${device}/${type}`, { device, clock: type });
    }
  }
  return [...known.values()];
}

/** Epochs of all devices where the sync graph puts them on the clock of one. */
export function layOutOnDevice(
  epochs: readonly Epoch[],
  { device: reference, clock }: DeviceClock,
  placed: readonly PlacedEpoch[],
): Timeline {
  const places = new Map(placed.map(({ device, epochId, on }) => [`${device}\0${epochId}`, on]));
  const on = (epoch: Epoch) => places.get(`${epoch.device}\0${epoch.epochId}`) ?? null;
  const known = epochs.map(on).filter((one) => one !== null);
  const order = epochs.filter(({ device }) => device === reference).map(({ epochId }) => epochId);
  const axis = clock === LOCAL_CLOCK ? epochAfterEpoch(known, order) : oneAxis(known);
  const bar = (epoch: Epoch): Bar[] => {
    const place = on(epoch);
    if (place === null) return [];
    const [from, to] = [axis.at(place.epochId, place.t0), axis.at(place.epochId, place.t1)];
    return from === null || to === null ? [] : [{ epoch, from, to }];
  };
  const devices = [...new Set(epochs.map(({ device }) => device))];
  return {
    span: axis.span,
    lanes: devices.map((device) => {
      const own = epochs.filter((epoch) => epoch.device === device);
      return { device, bars: own.flatMap(bar), unplaced: own.filter((epoch) => bar(epoch).length === 0) };
    }),
  };
}

interface Axis {
  readonly span: Timeline['span'];
  /** Fraction of the axis; null for an epoch that is not on it. */
  at(epochId: string, timeSec: number): number | null;
}

function oneAxis(known: readonly On[]): Axis {
  const t0 = known.reduce((least, one) => Math.min(least, one.t0), Infinity);
  const t1 = known.reduce((most, one) => Math.max(most, one.t1), -Infinity);
  const length = t1 > t0 ? t1 - t0 : 1;
  return { span: known.length === 0 ? null : { t0, t1 }, at: (_, timeSec) => (timeSec - t0) / length };
}

/** The clock starts anew in each epoch: they stand one after the other, each with all that ran during it. */
function epochAfterEpoch(known: readonly On[], order: readonly string[]): Axis {
  const groups = new Map<string, { t0: number; t1: number; start: number }>();
  for (const { epochId, t0, t1 } of known) {
    const group = groups.get(epochId) ?? { t0, t1, start: 0 };
    groups.set(epochId, { ...group, t0: Math.min(group.t0, t0), t1: Math.max(group.t1, t1) });
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
  return {
    span: null,
    at: (epochId, timeSec) => {
      const group = groups.get(epochId);
      return group === undefined ? null : (group.start + timeSec - group.t0) / total;
    },
  };
}
