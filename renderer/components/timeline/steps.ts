import { epochKey } from './model/epochs.ts';
import type { Bar, Lane } from './model/layout.ts';
import { showStretch } from './model/timeline-window.ts';
import type { TimelineState, TimelineStore } from './timeline-store.ts';

/** An epoch with its lane. */
export interface At {
  readonly lane: Lane;
  readonly laneAt: number;
  readonly bar: Bar;
  readonly barAt: number;
}

/** The epoch at which the keyboard is; before it was used the first one. */
export function cursorAt({ timeline, cursor }: Pick<TimelineState, 'timeline' | 'cursor'>): At | undefined {
  let first: At | undefined;
  for (const [laneAt, lane] of timeline.lanes.entries()) {
    if (first === undefined && lane.bars[0] !== undefined) first = { lane, laneAt, bar: lane.bars[0], barAt: 0 };
    if (cursor === null) {
      if (first !== undefined) return first;
      continue;
    }
    const barAt = lane.bars.findIndex(({ epoch }) => epochKey(epoch) === cursor);
    const bar = lane.bars[barAt];
    if (bar !== undefined) return { lane, laneAt, bar, barAt };
  }
  return first;
}

/** The epoch before or after it in its lane. */
export function beside(at: At | undefined, by: 1 | -1): At | undefined {
  const bar = at?.lane.bars[at.barAt + by];
  return at === undefined || bar === undefined ? undefined : { ...at, bar, barAt: at.barAt + by };
}

/** Where a key leads from an epoch; undefined where it means something else or leads nowhere. */
export function stepBy(key: string, { timeline }: Pick<TimelineState, 'timeline'>, at: At): At | undefined {
  switch (key) {
    case 'ArrowRight':
      return beside(at, 1);
    case 'ArrowLeft':
      return beside(at, -1);
    case 'Home':
      return inLane(timeline.lanes[at.laneAt], at.laneAt, 0);
    case 'End':
      return inLane(timeline.lanes[at.laneAt], at.laneAt, Infinity);
    case 'ArrowDown':
      return nextLane(timeline.lanes, at, 1);
    case 'ArrowUp':
      return nextLane(timeline.lanes, at, -1);
    default:
      return undefined;
  }
}

/** Brings the keyboard to an epoch, and that into sight. */
export function moveTo(store: TimelineStore, { bar }: At): void {
  const { window } = store.getState();
  store.setState({ cursor: epochKey(bar.epoch), byKeys: true, window: showStretch(window, bar.from, bar.to) });
}

/** The epoch of the next lane with any that lies nearest. */
function nextLane(lanes: readonly Lane[], { laneAt, bar }: At, by: 1 | -1): At | undefined {
  for (let at = laneAt + by; at >= 0 && at < lanes.length; at += by) {
    const lane = lanes[at];
    if (lane === undefined || lane.bars.length === 0) continue;
    const apart = (other: Bar) => Math.abs(other.from + other.to - bar.from - bar.to);
    const nearest = lane.bars.reduce(
      (best, other, index) => (apart(other) < apart(lane.bars[best] ?? other) ? index : best),
      0,
    );
    return inLane(lane, at, nearest);
  }
  return undefined;
}

function inLane(lane: Lane | undefined, laneAt: number, wanted: number): At | undefined {
  const barAt = Math.min(wanted, (lane?.bars.length ?? 0) - 1);
  const bar = lane?.bars[barAt];
  return lane === undefined || bar === undefined ? undefined : { lane, laneAt, bar, barAt };
}
