import type { BlockRun, SignalStream, StreamChannel } from '../formats/format.ts';
import type { SignalContext } from './chunks.ts';
import { ExtremesTask } from './extremes.ts';
import { addOwnExtremes } from './own-chunks.ts';
import type { Floats } from './floats.ts';
import { columnEdge, sampleAt } from './sample-times.ts';

/** Columns `from` up to and without `to` of `columns` equal parts of [t0, t1). */
export interface ColumnRange {
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Exact minimum and maximum of every column and channel, in physical units. Written to `out` from `at` on: per channel
 * all minima, then all maxima. A column without a sample is NaN.
 *
 * Extremes are taken of the stored words, which is exact and fast, and converted once a column.
 */
export function envelopeOfRuns(
  context: SignalContext,
  stream: SignalStream,
  channels: readonly StreamChannel[],
  timed: readonly TimedRun[],
  columns: number,
  out: Floats,
  at: number,
): void {
  channels.forEach(({ time }, index) => {
    if (time) timesOfColumns(timed, stream.sampleRate, ...planesOf(out, at, index, columns));
  });
  if (stream.decode !== undefined) {
    const stored = channels.filter(({ time }) => !time);
    const planes = channels.flatMap(({ time }, index) => (time ? [] : [planesOf(out, at, index, columns)]));
    for (const plane of planes) for (const values of plane) values.fill(NaN);
    for (const { run, edges } of timed) addOwnExtremes(context, stream.decode, run, stored, edges, planes);
    return;
  }
  context.scratch.reset();
  const task = new ExtremesTask(context, stream, channels, columns);
  for (const { run, edges } of timed) task.addRun(run, edges);
  channels.forEach((channel, index) => {
    if (!channel.time) task.put(channel, ...planesOf(out, at, index, columns));
  });
}

/** Where the minima and the maxima of a channel go. */
export function planesOf(out: Floats, at: number, index: number, columns: number): [minima: Floats, maxima: Floats] {
  const start = at + 2 * index * columns;
  return [out.subarray(start, start + columns), out.subarray(start + columns, start + 2 * columns)];
}

/** The runs that have samples in the range, with the first sample of every column. */
export function runsInRange(stream: SignalStream, range: ColumnRange): TimedRun[] {
  const edge = (column: number) => columnEdge(range.t0, range.t1, range.columns, column);
  const [first, last] = [edge(range.from), edge(range.to)];
  return stream.runs
    .filter((run) => sampleAt(run, stream.sampleRate, first) !== sampleAt(run, stream.sampleRate, last))
    .map((run) => ({ run, edges: columnEdges(run, stream.sampleRate, range) }));
}

/** A run and the first sample of every column in it; behind the last column its end. */
export interface TimedRun {
  readonly run: BlockRun;
  readonly edges: Float64Array;
}

/** First sample of every column within a run, and after the last one its end. */
function columnEdges(run: BlockRun, rate: number, range: ColumnRange): Float64Array {
  const edges = new Float64Array(range.to - range.from + 1);
  for (let index = 0; index < edges.length; index++) {
    edges[index] = sampleAt(run, rate, columnEdge(range.t0, range.t1, range.columns, range.from + index));
  }
  return edges;
}

function timesOfColumns(timed: readonly TimedRun[], rate: number, minima: Floats, maxima: Floats): void {
  minima.fill(NaN);
  maxima.fill(NaN);
  for (const { run, edges } of timed) {
    for (let column = 0; column < minima.length; column++) {
      const first = edges[column] ?? 0;
      const end = edges[column + 1] ?? 0;
      if (end <= first) continue;
      const low = run.t0 + first / rate;
      const high = run.t0 + (end - 1) / rate;
      if (!((minima[column] ?? NaN) <= low)) minima[column] = low;
      if (!((maxima[column] ?? NaN) >= high)) maxima[column] = high;
    }
  }
}
