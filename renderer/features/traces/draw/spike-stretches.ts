import { spikesOf } from '../model/units.ts';
import type { TraceState } from '../trace-store.ts';

/** What of a trace belongs to a spike, in seconds around its time. */
const BEFORE = 0.0005;
const AFTER = 0.001;
/** Spikes narrower than this cannot be told by the colour of their trace; ticks show them. */
const LEAST_PX = 3;

/** A stretch of a trace that is a spike of a unit. */
interface Stretch {
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

/** Whether traces are near enough for spikes to be seen on them. */
export function showsShapes(pixelsPerSecond: number): boolean {
  return (BEFORE + AFTER) * pixelsPerSecond >= LEAST_PX;
}

/** The spikes of the chosen units on each channel; empty where they would be too narrow to see. */
export function spikeStretches(state: TraceState, pixelsPerSecond: number): ReadonlyMap<string, readonly Stretch[]> {
  const stretches = new Map<string, Stretch[]>();
  if (!showsShapes(pixelsPerSecond)) return stretches;
  for (const { unit, times } of spikesOf(state)) {
    if (unit.carried) continue;
    for (const channel of unit.channels) {
      const list = stretches.get(channel) ?? [];
      stretches.set(channel, list);
      for (const time of times) {
        if (time + AFTER < state.range.t0 || time - BEFORE > state.range.t1) continue;
        list.push({ unit: unit.id, from: time - BEFORE, to: time + AFTER });
      }
    }
  }
  return stretches;
}
