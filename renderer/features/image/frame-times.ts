import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { timeOnLines, type ClockLine } from '../../../shared/model/clock-lines.ts';
import { frameNear } from '../../../shared/model/raster.ts';
import { clockKey } from '../../state/source-key.ts';

/** How the clock of signals stands on that of the frames. */
export interface Relation {
  readonly source: SignalSource;
  /** Null where nothing relates them. */
  readonly lines: readonly ClockLine[] | null;
  /** Why not. */
  readonly reason: string;
}

/**
 * The frame nearest to a moment; null before the first and after the last by more than one lasts.
 * @param times of the frames in seconds, in order
 */
export function frameAt(times: readonly number[], time: number): number | null {
  const [first = NaN, last = NaN] = [times[0], times.at(-1)];
  const period = times.length < 2 ? 0 : (last - first) / (times.length - 1);
  return time >= first - period && time <= last + period ? frameNear(times, time) : null;
}

/** A moment of a view of signals on the clock of the frames; null where nothing leads there. */
export function momentOnFrames(
  own: SignalSource,
  relations: readonly Relation[],
  moment: { readonly source: SignalSource; readonly time: number },
): number | null {
  const key = clockKey(moment.source);
  if (key === clockKey(own)) return moment.time;
  const lines = relations.find(({ source }) => clockKey(source) === key)?.lines ?? null;
  return lines === null ? null : timeOnLines(lines, moment.time);
}
