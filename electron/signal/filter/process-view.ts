import type { ViewRun } from '../../../shared/model/view-frame.ts';
import type { StreamSelection } from '../channel-selection.ts';
import { rangeBytes, type SignalContext } from '../chunks.ts';
import { planesOf, runsInRange } from '../envelope.ts';
import type { BodyLayout } from '../join-views.ts';
import { sampleAt } from '../sample-times.ts';
import { isProcessed, prepare, processRun, type Preparation } from './process.ts';
import type { Processing } from './design.ts';

/** Values that are processed for one view, with those around them; a longer view shows the signals as they are. */
const MOST_VALUES = 24_000_000;

/** Processing costs about so many times what reading does. */
const COST = 8;

interface Split {
  readonly selection: StreamSelection;
  readonly wanted: boolean;
}

/** The channels of a selection that are to be processed, and the others. */
export function splitForProcessing(
  selections: readonly StreamSelection[],
  processing: Processing | undefined,
): Split[] {
  return selections.flatMap((selection): Split[] => {
    if (processing === undefined) return [{ selection, wanted: false }];
    return [true, false].flatMap((wanted): Split[] => {
      const places = selection.channels.flatMap((channel, index) => (isProcessed(channel) === wanted ? [index] : []));
      if (places.length === 0) return [];
      const channels = places.flatMap((index) => selection.channels[index] ?? []);
      const own = places.map((index) => selection.places[index] ?? 0);
      return [{ selection: { ...selection, channels, places: own }, wanted }];
    });
  });
}

interface Span {
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
}

/** How a selection is processed within the budget; null where it cannot be: too long a range, or too low a sample rate. */
export function planProcessing(
  { stream, channels }: StreamSelection,
  { t0, t1 }: Span,
  processing: Processing,
): { preparation: Preparation; costBytes: number } | null {
  const preparation = prepare(stream, processing);
  if (preparation === null) return null;
  let samples = 0;
  let costBytes = 0;
  for (const run of stream.runs) {
    const own = sampleAt(run, stream.sampleRate, t1) - sampleAt(run, stream.sampleRate, t0);
    if (own <= 0) continue;
    const read = Math.min(run.samples, own + 2 * preparation.padding);
    samples += read;
    costBytes += COST * rangeBytes(run, read);
  }
  const values = samples * (channels.length + preparation.common.length);
  return values > MOST_VALUES ? null : { preparation, costBytes };
}

interface Planned {
  readonly runs: ViewRun[][];
  readonly fill: (body: Float32Array<ArrayBuffer>) => void;
}

/** Processed samples of a range, with one more on either side. */
export function processedSamples(
  context: SignalContext,
  { stream, channels }: StreamSelection,
  { t0, t1 }: Span,
  preparation: Preparation,
  layout: BodyLayout,
): Planned {
  const dt = 1 / stream.sampleRate;
  const runs: ViewRun[][] = channels.map(() => []);
  const fills: Planned['fill'][] = [];
  for (const run of stream.runs) {
    if (run.t0 - dt > t1 || run.t0 + run.samples * dt < t0) continue;
    const from = Math.max(0, sampleAt(run, stream.sampleRate, t0) - 1);
    const to = Math.min(run.samples, sampleAt(run, stream.sampleRate, t1) + 1);
    const count = to - from;
    if (count <= 0) continue;
    const places = runs.map((list) => {
      const at = layout.take(count);
      list.push({ t0: run.t0 + from * dt, dt, count, at });
      return at;
    });
    fills.push((body) => {
      processRun(context, stream, run, channels, preparation, from, to, (index, first, values) => {
        body.set(values, (places[index] ?? 0) + first - from);
      });
    });
  }
  return { runs, fill: (body) => fills.forEach((fill) => fill(body)) };
}

/** Extremes of the processed signal in the columns [from, to). */
export function processedColumns(
  context: SignalContext,
  { stream, channels }: StreamSelection,
  { t0, t1, columns }: Span,
  { from, to }: { from: number; to: number },
  preparation: Preparation,
  layout: BodyLayout,
): Planned {
  const count = to - from;
  const dt = (t1 - t0) / columns;
  const start = layout.take(2 * count * channels.length);
  const runs = channels.map((_, index) => [{ t0: t0 + from * dt, dt, count, at: start + 2 * count * index }]);
  const fill = (body: Float32Array<ArrayBuffer>) => {
    body.fill(NaN, start, start + 2 * count * channels.length);
    for (const { run, edges } of runsInRange(stream, { t0, t1, columns, from, to })) {
      const [first, end] = [edges[0] ?? 0, edges[count] ?? 0];
      processRun(context, stream, run, channels, preparation, first, end, (index, at, values) => {
        extend(planesOf(body, start, index, count), edges, at, values);
      });
    }
  };
  return { runs, fill };
}

function extend(
  [minima, maxima]: ReturnType<typeof planesOf>,
  edges: Float64Array,
  first: number,
  values: Float64Array,
): void {
  for (let column = 0; column < minima.length; column++) {
    const from = Math.max(0, (edges[column] ?? 0) - first);
    const to = Math.min(values.length, (edges[column + 1] ?? 0) - first);
    if (to <= from) continue;
    let low = Infinity;
    let high = -Infinity;
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low > high) continue;
    if (!((minima[column] ?? NaN) <= low)) minima[column] = low;
    if (!((maxima[column] ?? NaN) >= high)) maxima[column] = high;
  }
}
