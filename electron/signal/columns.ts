import type { OpenRecording } from '../formats/format.ts';
import { selectSampled } from './channel-selection.ts';
import type { SignalContext } from './chunks.ts';
import type { OpenPyramid } from './pyramid/access.ts';
import { exactColumns } from './pyramid/exact-columns.ts';
import { checkTimeRange, shiftStreams } from './time-range.ts';
import { partColumns, wholeView, type ViewPart, type ViewQuery } from './view.ts';

/** Exact min/max columns in doubles, for scripts: whatever the zoom, and for every channel. */
export interface ExactEnvelope {
  readonly names: readonly string[];
  readonly columns: number;
  /** Per channel all minima, then all maxima; NaN where a column has no sample. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Coarsest level of the pyramid that was of use; 0 when all was computed from the samples. */
  readonly level: number;
}

/** @throws as `computeView` */
export function computeExactEnvelope(
  context: SignalContext,
  recording: OpenRecording,
  query: ViewQuery,
  part: ViewPart = wholeView,
  pyramid: OpenPyramid | null = null,
): ExactEnvelope {
  checkTimeRange(query.t0, query.t1);
  const { from, to } = partColumns(query.columns, part);
  const columns = to - from;
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  const selections = selectSampled({ ...recording, streams }, query.channels);
  const count = selections.reduce((sum, { channels }) => sum + channels.length, 0);
  const values = new Float64Array(2 * columns * count);
  const names: string[] = [];
  let level = 0;
  for (const selection of selections) {
    const { channels, places } = selection;
    const own = new Float64Array(2 * columns * channels.length);
    level = Math.max(level, exactColumns(context, pyramid, selection, { ...query, from, to }, own, 0));
    channels.forEach(({ channel }, index) => {
      const place = places[index] ?? 0;
      names[place] = channel.name;
      values.set(own.subarray(2 * columns * index, 2 * columns * (index + 1)), 2 * columns * place);
    });
  }
  return { names, columns, values, level };
}

/** Puts parts of one envelope, in order, together. */
export function joinEnvelopes(parts: readonly ExactEnvelope[]): ExactEnvelope {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  const names = parts[0]?.names ?? [];
  const values = new Float64Array(2 * columns * names.length);
  let column = 0;
  for (const part of parts) {
    for (let row = 0; row < 2 * names.length; row++) {
      values.set(part.values.subarray(row * part.columns, (row + 1) * part.columns), row * columns + column);
    }
    column += part.columns;
  }
  const level = Math.max(0, ...parts.map((part) => part.level));
  return { names, columns, values, level };
}
