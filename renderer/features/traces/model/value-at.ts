import type { ViewFrame } from '../../../../shared/model/view-frame.ts';
import { channelsOf, type TraceState } from '../trace-store.ts';
import { coverOf } from '../trace-store.ts';

/** What a channel shows at a time: one sample, or the column's minimum and maximum. */
export interface ShownValue {
  readonly min: number;
  readonly max: number;
  readonly raw: boolean;
}

/** The value of a channel drawn at a time; undefined where nothing is drawn. */
export function shownValue(state: TraceState, name: string, time: number): ShownValue | undefined {
  const piece = coverOf(state).pieces.find(({ from, to }) => time >= from && time <= to);
  return piece === undefined ? undefined : valueIn(piece.frame, name, time);
}

/** The nearest sample, or the column that holds the time. */
export function valueIn(frame: ViewFrame, name: string, time: number): ShownValue | undefined {
  const channel = channelsOf(frame).get(name);
  for (const run of channel?.runs ?? []) {
    const raw = channel?.mode === 'samples';
    const position = (time - run.t0) / run.dt;
    const index = raw ? Math.round(position) : Math.floor(position);
    if (index < 0 || index >= run.count) continue;
    const min = frame.body[run.at + index] ?? NaN;
    const max = raw ? min : (frame.body[run.at + run.count + index] ?? NaN);
    return Number.isFinite(min) && Number.isFinite(max) ? { min, max, raw } : undefined;
  }
  return undefined;
}

/** Digits of a Float32 that mean something. */
const DIGITS = 6;

/** A shown value without digits that it does not have. */
export function shownDigits(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
