import type { Epoch } from '../../../../shared/contract/sessions.ts';

/** Epochs of devices along one axis. Positions are fractions of the axis, 0 to 1. */
export interface Timeline {
  readonly lanes: readonly Lane[];
  /** Start and end of the axis in seconds of the clock; null where each epoch runs on a clock of its own. */
  readonly span: { readonly t0: number; readonly t1: number } | null;
}

export interface Lane {
  readonly device: string;
  readonly bars: readonly Bar[];
  /** Epochs that have no times on this clock. */
  readonly unplaced: readonly Epoch[];
}

export interface Bar {
  readonly epoch: Epoch;
  readonly from: number;
  readonly to: number;
}

/** Clocks that all epochs of a device share (NDI's `ndi.time.clocktype`); the local one starts anew in each epoch. */
const SHARED_CLOCKS = [
  'utc',
  'approx_utc',
  'exp_global_time',
  'approx_exp_global_time',
  'dev_global_time',
  'approx_dev_global_time',
];
export const LOCAL_CLOCK = 'dev_local_time';

/** Between epochs that are laid out one after the other, as a fraction of the mean epoch. */
export const GAP = 0.04;

/** Clocks on which at least one epoch has times, those shared by all devices first, the local one last. */
export function clocksOf(epochs: readonly Epoch[]): string[] {
  const known = new Set(epochs.flatMap((epoch) => epoch.clocks.filter(hasTimes).map(({ type }) => type)));
  return [...SHARED_CLOCKS, LOCAL_CLOCK].filter((type) => known.has(type));
}

export function layOutTimeline(epochs: readonly Epoch[], clock: string): Timeline {
  const devices = [...new Set(epochs.map(({ device }) => device))];
  const own = (device: string) => epochs.filter((epoch) => epoch.device === device);
  const timed = epochs.filter((epoch) => spanOn(epoch, clock) !== null);
  const place = clock === LOCAL_CLOCK ? oneAfterTheOther(timed) : byTime(timed, clock);
  return {
    span: place.span,
    lanes: devices.map((device) => ({
      device,
      bars: own(device).flatMap((epoch) => {
        const at = place.at(epoch);
        return at === null ? [] : [{ epoch, ...at }];
      }),
      unplaced: own(device).filter((epoch) => spanOn(epoch, clock) === null),
    })),
  };
}

/** Start and end of an epoch on a clock; null where it has none. */
export function spanOn(epoch: Epoch, clock: string): { t0: number; t1: number } | null {
  const span = epoch.clocks.find(({ type }) => type === clock);
  return span === undefined || span.t0 === null || span.t1 === null ? null : { t0: span.t0, t1: span.t1 };
}

/** Seconds from start to end on the first clock that tells; null where none does. */
export function durationOf(epoch: Epoch): number | null {
  const span = epoch.clocks.find(hasTimes);
  return span === undefined ? null : (span.t1 ?? 0) - (span.t0 ?? 0);
}

function hasTimes(span: Epoch['clocks'][number]): boolean {
  return span.t0 !== null && span.t1 !== null;
}

interface Placing {
  readonly span: Timeline['span'];
  at(epoch: Epoch): { from: number; to: number } | null;
}

function byTime(epochs: readonly Epoch[], clock: string): Placing {
  const spans = new Map(epochs.map((epoch) => [epoch, spanOn(epoch, clock)]));
  const known = [...spans.values()].filter((span) => span !== null);
  const t0 = Math.min(...known.map((span) => span.t0));
  const t1 = Math.max(...known.map((span) => span.t1));
  const length = t1 > t0 ? t1 - t0 : 1;
  return {
    span: known.length === 0 ? null : { t0, t1 },
    at: (epoch) => {
      const span = spans.get(epoch) ?? null;
      return span === null ? null : { from: (span.t0 - t0) / length, to: (span.t1 - t0) / length };
    },
  };
}

/** Each epoch has times of its own only: those of one number stand below each other, in order of numbers. */
function oneAfterTheOther(epochs: readonly Epoch[]): Placing {
  const longest = new Map<number, number>();
  for (const epoch of epochs) {
    longest.set(epoch.number, Math.max(longest.get(epoch.number) ?? 0, durationOf(epoch) ?? 0));
  }
  const numbers = [...longest.keys()].sort((a, b) => a - b);
  const sum = numbers.reduce((total, number) => total + (longest.get(number) ?? 0), 0);
  const gap = numbers.length === 0 ? 0 : (GAP * sum) / numbers.length;
  const total = sum + gap * Math.max(0, numbers.length - 1) || 1;
  const starts = new Map<number, number>();
  let start = 0;
  for (const number of numbers) {
    starts.set(number, start);
    start += (longest.get(number) ?? 0) + gap;
  }
  return {
    span: null,
    at: (epoch) => {
      const from = starts.get(epoch.number);
      const duration = durationOf(epoch);
      if (from === undefined || duration === null || spanOn(epoch, LOCAL_CLOCK) === null) return null;
      return { from: from / total, to: (from + duration) / total };
    },
  };
}
