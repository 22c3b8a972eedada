import type { Bend } from './bend.ts';
import { gapsAndOverlaps, type Stretch } from './gaps.ts';
import { durationOf, spanOn, type TimelineEpoch } from './epochs.ts';

/** Epochs in lanes along one axis. Positions are fractions of the axis, 0 to 1. */
export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly axis: Axis;
}

export interface Lane {
  readonly name: string;
  /** In order of their beginnings. */
  readonly bars: readonly Bar[];
  /** Farthest end of each bar and those before it. */
  readonly reach: readonly number[];
  /** Epochs that have no place on this clock. */
  readonly unplaced: readonly TimelineEpoch[];
  /** Between epochs that follow each other, and where two run at once. */
  readonly gaps: readonly Stretch[];
  readonly overlaps: readonly Stretch[];
}

/** An epoch on the axis. */
export interface Bar {
  readonly epoch: TimelineEpoch;
  readonly from: number;
  readonly to: number;
  /** The same in seconds of the clock that is shown. */
  readonly t0: number;
  readonly t1: number;
  /** How the epoch's own times stand on that clock, where that is not one straight line. */
  readonly bend?: Bend | undefined;
  /** Part of the axis that has a clock of its own; null where one goes on through all. */
  readonly group: string | null;
}

/** What the axis is: one clock, from t0 to t1, or one that starts anew in each epoch (null). */
export type Axis = { readonly t0: number; readonly t1: number } | null;

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
export function clocksOf(epochs: readonly Pick<TimelineEpoch, 'clocks'>[]): string[] {
  const known = new Set(
    epochs.flatMap(({ clocks }) => clocks.filter(({ t0, t1 }) => t0 !== null && t1 !== null).map(({ type }) => type)),
  );
  return [...SHARED_CLOCKS, LOCAL_CLOCK].filter((type) => known.has(type));
}

/** Each lane on its own clock of this type. */
export function layOutTimeline(epochs: readonly TimelineEpoch[], clock: string): Timeline {
  const timed = epochs.filter((epoch) => spanOn(epoch, clock) !== null);
  return clock === LOCAL_CLOCK
    ? { axis: null, lanes: lanesOf(epochs, oneAfterTheOther(timed)) }
    : byTime(epochs, timed, clock);
}

/** Puts the epochs of each lane in order. @param place where one lies; null for one that has no place */
export function lanesOf(
  epochs: readonly TimelineEpoch[],
  place: (epoch: TimelineEpoch) => Omit<Bar, 'epoch'> | null,
): Lane[] {
  return [...Map.groupBy(epochs, ({ lane }) => lane)].map(([name, own]) => {
    const placed = own.map((epoch) => ({ epoch, at: place(epoch) }));
    const bars = placed
      .flatMap(({ epoch, at }) => (at === null ? [] : [{ epoch, ...at }]))
      .sort((a, b) => a.from - b.from || a.to - b.to);
    let reach = -Infinity;
    return {
      name,
      bars,
      reach: bars.map(({ to }) => (reach = Math.max(reach, to))),
      unplaced: placed.flatMap(({ epoch, at }) => (at === null ? [epoch] : [])),
      ...gapsAndOverlaps(bars),
    };
  });
}

/** All on one axis. */
export function alongTime(spans: readonly { readonly t0: number; readonly t1: number }[]) {
  const t0 = spans.reduce((least, span) => Math.min(least, span.t0), Infinity);
  const t1 = spans.reduce((most, span) => Math.max(most, span.t1), -Infinity);
  const length = t1 > t0 ? t1 - t0 : 1;
  return {
    // An axis has a length, also where all that is on it has none.
    axis: spans.length === 0 ? null : { t0, t1: t0 + length },
    at: (span: { readonly t0: number; readonly t1: number }) => ({
      ...{ from: (span.t0 - t0) / length, to: (span.t1 - t0) / length },
      ...{ t0: span.t0, t1: span.t1, group: null },
    }),
  };
}

function byTime(epochs: readonly TimelineEpoch[], timed: readonly TimelineEpoch[], clock: string): Timeline {
  const { axis, at } = alongTime(timed.map((epoch) => spanOn(epoch, clock)).filter((span) => span !== null));
  const lanes = lanesOf(epochs, (epoch) => {
    const span = spanOn(epoch, clock);
    return span === null ? null : at(span);
  });
  return { axis, lanes };
}

/** Each epoch has times of its own only: those of one number stand below each other, in order of numbers. */
function oneAfterTheOther(epochs: readonly TimelineEpoch[]): (epoch: TimelineEpoch) => Omit<Bar, 'epoch'> | null {
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
  return (epoch) => {
    const from = starts.get(epoch.number);
    const span = spanOn(epoch, LOCAL_CLOCK);
    if (from === undefined || span === null) return null;
    const group = `${epoch.lane}\0${epoch.epochId}`;
    return { from: from / total, to: (from + span.t1 - span.t0) / total, ...span, group };
  };
}
