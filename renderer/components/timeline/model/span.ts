import type { Place } from '../../../state/place.ts';
import type { TimeSpan } from '../../../state/shared-time.ts';
import { back, there } from './bend.ts';
import { ownSpan, recordedKey, type TimelineEpoch } from './epochs.ts';
import type { Stretch } from './gaps.ts';
import { LOCAL_CLOCK, type Bar, type Lane, type Timeline } from './layout.ts';
import { barAt, barsIn } from './view.ts';

/** Whose clock a timeline shows: a device's, or (null) that of this type which each device has itself. */
export interface ShownClock {
  readonly device: string | null;
  readonly clock: string;
}

/**
 * What a person chose between two places of the axis, in the times of its clock. Where that starts anew in each epoch,
 * the one in which the choice began bounds it.
 * @param lane in which it began; undefined beside all of them
 * @returns null where the axis has no times there
 */
export function spanBetween(
  session: Place,
  { lanes, axis }: Timeline,
  shown: ShownClock,
  lane: Lane | undefined,
  begun: number,
  ended: number,
): TimeSpan | null {
  const [from, to] = begun < ended ? [begun, ended] : [ended, begun];
  if (axis !== null) {
    const timeAt = (share: number) => axis.t0 + Math.min(1, Math.max(0, share)) * (axis.t1 - axis.t0);
    const epochs = touched(lanes, { from, to }, null);
    return { ...session, ...shown, epoch: null, t0: timeAt(from), t1: timeAt(to), epochs };
  }
  const bar = nearestBar(shown.device === null ? (lane === undefined ? [] : [lane]) : lanes, begun);
  const whole = bar === undefined ? undefined : groupOf(lanes, bar);
  if (bar === undefined || whole === undefined) return null;
  const device = shown.device ?? bar.epoch.device;
  if (device === null) return null;
  const timeAt = (share: number) =>
    whole.t0 +
    ((Math.min(whole.to, Math.max(whole.from, share)) - whole.from) / (whole.to - whole.from)) * (whole.t1 - whole.t0);
  const epoch = shown.device === null ? bar.epoch.epochId : bar.group;
  return {
    ...{ ...session, device, epoch, clock: LOCAL_CLOCK, t0: timeAt(from), t1: timeAt(to) },
    epochs: touched(lanes, { from, to }, shown.device === null ? [device, bar.epoch.epochId] : bar.group),
  };
}

/** The whole of an epoch. */
export function spanOfBar(
  session: Place,
  timeline: Timeline,
  shown: ShownClock,
  lane: Lane,
  bar: Bar,
): TimeSpan | null {
  const span = spanBetween(session, timeline, shown, lane, bar.from, bar.to);
  const { device, epochId } = bar.epoch;
  // An epoch beside it that only touches it is not meant.
  return span === null || device === null ? span : { ...span, epochs: [{ device, epochId }] };
}

/** A chosen stretch with other ends. */
export function withTimes(timeline: Timeline, shown: ShownClock, span: TimeSpan, t0: number, t1: number): TimeSpan {
  const changed = { ...span, t0, t1 };
  const stretch = stretchOf(timeline, shown, changed);
  if (stretch === null) return changed;
  const { device, epoch } = span;
  const within = timeline.axis === null && shown.device === null && device !== null && epoch !== null;
  return { ...changed, epochs: touched(timeline.lanes, stretch, within ? [device, epoch] : epoch) };
}

/** Where a chosen stretch lies on the axis, by the lane whose own clock it is on (undefined: all); null where nowhere. */
export function stretchOf(
  { lanes, axis }: Timeline,
  shown: ShownClock,
  span: TimeSpan,
): (Stretch & { readonly lane?: string }) | null {
  if (axis !== null && span.device === shown.device && span.clock === shown.clock) {
    const share = (time: number) => (time - axis.t0) / (axis.t1 - axis.t0);
    return { from: share(span.t0), to: share(span.t1) };
  }
  const all = lanes.flatMap(({ bars }) => bars);
  if (shown.device !== null && span.device === shown.device && span.epoch !== null) {
    const inGroup = all.find(({ group }) => group === span.epoch);
    if (inGroup !== undefined) return shareOfTimes(inGroup, inGroup, span);
  }
  const own = all.find(({ epoch }) => epoch.device === span.device && epoch.epochId === span.epoch);
  const times = own === undefined ? null : ownSpan(own.epoch);
  if (own !== undefined && times !== null && own.epoch.clocks[0]?.type === span.clock) {
    const [from, to] = [shareOfOwn(own, span.t0), shareOfOwn(own, span.t1)];
    return from === null || to === null
      ? null
      : { from, to, ...(shown.device === null && axis === null ? { lane: own.epoch.lane } : {}) };
  }
  // On a clock that this timeline does not show: the epochs that it touches tell where it is.
  const bars = all.filter(({ epoch }) =>
    span.epochs.some(({ device, epochId }) => device === epoch.device && epochId === epoch.epochId),
  );
  if (bars.length === 0) return null;
  return { from: Math.min(...bars.map(({ from }) => from)), to: Math.max(...bars.map(({ to }) => to)) };
}

/** Where a moment of an epoch's own clock lies on the axis; null where the epoch has no times. */
export function shareOfOwn(bar: Bar, time: number): number | null {
  const [times, moment] = bar.bend === undefined ? [ownSpan(bar.epoch), time] : [bar, there(bar.bend, time)];
  return times === null ? null : (shareOfTimes(bar, times, { t0: moment, t1: moment })?.from ?? null);
}

/** The other way round. */
export function ownTimeAt(bar: Bar, share: number): number | null {
  const times = bar.bend === undefined ? ownSpan(bar.epoch) : bar;
  if (times === null || !(bar.to > bar.from)) return null;
  const moment = times.t0 + ((share - bar.from) / (bar.to - bar.from)) * (times.t1 - times.t0);
  return bar.bend === undefined ? moment : back(bar.bend, moment);
}

/** The first bar of an epoch of a device (of the element that holds it, where no device does). */
export function barOf(
  lanes: readonly Lane[],
  wanted: {
    readonly device?: string | undefined;
    readonly element?: string | undefined;
    readonly epoch?: string | undefined;
  },
): Bar | undefined {
  const isWanted = ({ device, element, epochId }: TimelineEpoch) =>
    epochId === wanted.epoch &&
    (wanted.device === undefined
      ? wanted.element === undefined || element === wanted.element
      : device === wanted.device);
  for (const { bars } of lanes) {
    const found = bars.find(({ epoch }) => isWanted(epoch));
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Times {
  readonly t0: number;
  readonly t1: number;
}

function shareOfTimes({ from, to }: Stretch, times: Times, { t0, t1 }: Times): Stretch | null {
  const length = times.t1 - times.t0;
  if (!(length > 0)) return null;
  const share = (time: number) => from + ((time - times.t0) / length) * (to - from);
  return { from: share(t0), to: share(t1) };
}

/** Epochs of devices in a stretch. @param within only those of a group of the axis, or one epoch alone */
function touched(lanes: readonly Lane[], stretch: Stretch, within: string | null | readonly [string, string]) {
  const found = new Map<string, { device: string; epochId: string }>();
  for (const lane of lanes) {
    for (const { epoch, group } of barsIn(lane, stretch)) {
      const { device, epochId } = epoch;
      const isIn =
        within === null ||
        (typeof within === 'string' ? group === within : device === within[0] && epochId === within[1]);
      if (device !== null && isIn) found.set(recordedKey(epoch), { device, epochId });
    }
  }
  return [...found.values()];
}

function nearestBar(lanes: readonly Lane[], share: number): Bar | undefined {
  const near = lanes.flatMap((lane) => barAt(lane, share, 0) ?? []);
  if (near.length > 0) return near[0];
  const apart = ({ from, to }: Bar) => Math.max(0, from - share, share - to);
  return lanes
    .flatMap(({ bars }) => bars)
    .reduce<Bar | undefined>((best, bar) => (best === undefined || apart(bar) < apart(best) ? bar : best), undefined);
}

/** All of the axis that has the same clock as a bar, with the times of that clock. */
function groupOf(lanes: readonly Lane[], { group }: Bar): (Stretch & Times) | undefined {
  const members = lanes.flatMap(({ bars }) => bars).filter((bar) => bar.group === group && bar.to > bar.from);
  const [first] = members;
  if (first === undefined) return undefined;
  const from = Math.min(...members.map((bar) => bar.from));
  const to = Math.max(...members.map((bar) => bar.to));
  const secondsPerShare = (first.t1 - first.t0) / (first.to - first.from);
  const timeAt = (share: number) => first.t0 + (share - first.from) * secondsPerShare;
  return { from, to, t0: timeAt(from), t1: timeAt(to) };
}
