import type { Channel, SignalProcessing } from '../../../../shared/contract/recordings.ts';
import { span, type Range } from '../model/range.ts';
import { shownTraces } from '../model/settings.ts';
import type { TraceState } from '../trace-store.ts';

/** More columns than this are never asked for. */
export const MOST_COLUMNS = 8192;
/** Of the visible span: so much is asked for ahead of a pan. */
const LOOK_AHEAD = 0.6;

/** A picture to be asked for. */
export interface FrameQuestion {
  readonly channels: readonly string[];
  readonly range: Range;
  readonly columns: number;
  readonly processing: SignalProcessing | undefined;
}

/** The shown channels in a part of the view (or beside it), with columns as wide as in the view. */
export function frameQuestion(
  { range, width, info, settings }: TraceState,
  part: Range,
  processing: SignalProcessing | undefined,
): FrameQuestion {
  const shown = shownTraces(info, settings);
  const columns = Math.max(1, Math.round((Math.min(MOST_COLUMNS, width) * span(part)) / span(range)));
  return { channels: shown.map(({ name }) => name), range: padded(part, columns, shown), columns, processing };
}

/** A pan asks for what comes into view, and for some more ahead, so that it need not ask at every step. */
export function ahead(blurred: Range, { range, extent }: Pick<TraceState, 'range' | 'extent'>): Range {
  const room = Math.max(span(blurred), span(range) * LOOK_AHEAD);
  if (blurred.t0 > range.t0)
    return { t0: blurred.t0, t1: Math.max(blurred.t1, Math.min(extent.t1, blurred.t0 + room)) };
  if (blurred.t1 < range.t1)
    return { t0: Math.min(blurred.t0, Math.max(extent.t0, blurred.t1 - room)), t1: blurred.t1 };
  return range;
}

/** Close up, a line needs the sample on either side of the screen. */
function padded(range: Range, columns: number, channels: readonly Channel[]): Range {
  const slowest = Math.min(...channels.map((channel) => channel.sampleRate ?? Infinity));
  if (!Number.isFinite(slowest) || span(range) * slowest > columns * 4) return range;
  return { t0: range.t0 - 1.5 / slowest, t1: range.t1 + 1.5 / slowest };
}
