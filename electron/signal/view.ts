import { NdiError } from '../../shared/model/errors.ts';
import type { ViewChannel, ViewFrame, ViewRun } from '../../shared/model/view-frame.ts';
import type { OpenRecording } from '../formats/format.ts';
import { selectSampled, type StreamSelection } from './channel-selection.ts';
import { rangeBytes, type SignalContext } from './chunks.ts';
import { decodeRun } from './decode.ts';
import type { Processing } from './filter/design.ts';
import type { Preparation } from './filter/process.ts';
import { planProcessing, processedColumns, processedSamples, splitForProcessing } from './filter/process-view.ts';
import { BodyLayout } from './join-views.ts';
import type { OpenPyramid } from './pyramid/access.ts';
import { fillAligned, partOfRun, planAligned, type AlignedPlan } from './pyramid/aligned-columns.ts';
import { exactColumns } from './pyramid/exact-columns.ts';
import { splitByPreview } from './pyramid/stored-preview.ts';
import { sampleAt } from './sample-times.ts';
import { checkTimeRange, shiftStreams } from './time-range.ts';

export interface ViewQuery {
  readonly channels: string;
  /** Seconds, half-open. */
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  readonly timeShift?: number;
  /** A first impression will do: what would take long to read is looked at here and there, and the frame says so. */
  readonly sketch?: boolean | undefined;
  /** Band and reference by which analog inputs are shown. */
  readonly processing?: Processing | undefined;
}

/** One of `of` equal parts of the columns, to be computed by one worker. */
export interface ViewPart {
  readonly index: number;
  readonly of: number;
}

export const wholeView: ViewPart = { index: 0, of: 1 };

/** Below so many samples a column the samples themselves are shown. */
const SAMPLES_A_COLUMN = 2;
const MAX_COLUMNS = 65_536;
/** A sketch reads up to so much of the recording as it is, and looks at stripes where it would be more. */
const SKETCH_FROM_BYTES = 48 * 1024 * 1024;
/** How long stripes are looked at: slow disks give fewer of them. */
const STRIPES_MS = 300;

/** Columns of a part: [from, to). */
export function partColumns(columns: number, part: ViewPart): { from: number; to: number } {
  const edge = (index: number) => Math.floor((columns * index) / part.of);
  return { from: edge(part.index), to: edge(part.index + 1) };
}

/** Bytes that must be read for a query: what it costs. */
export function queryBytes(
  recording: OpenRecording,
  query: ViewQuery,
  pyramid: OpenPyramid | null = null,
  previews: readonly OpenPyramid[] = [],
): number {
  const plans = planSelections(recording, query, pyramid, previews);
  return plans.reduce((sum, plan) => sum + plan.costBytes, 0);
}

/**
 * What a screen shows of a time range: min/max columns, or the samples (with one more on each side, so that lines reach
 * the edges) for channels with fewer than two a column. Part 0 has the samples; envelopes have the part's columns.
 *
 * @param previews pyramids of some channels that a session keeps; the others are answered from `pyramid`
 * @throws NdiError range.invalid, channel.notFound, app.cancelled, path.*, format.truncated
 */
export function computeView(
  context: SignalContext,
  recording: OpenRecording,
  query: ViewQuery,
  part: ViewPart = wholeView,
  pyramid: OpenPyramid | null = null,
  previews: readonly OpenPyramid[] = [],
): ViewFrame {
  const plans = planSelections(recording, query, pyramid, previews);
  const columns = partColumns(query.columns, part);
  const layout = new BodyLayout();
  const jobs: Planned['fill'][] = [];
  const tally = new Tally(performance.now() + STRIPES_MS);
  const channels: ViewChannel[] = [];
  for (const { selection, mode, aligned, preparation, asIs, levels } of plans) {
    if (mode === 'samples' && part.index > 0) continue;
    let planned: Planned;
    if (preparation !== null) {
      planned =
        mode === 'samples'
          ? processedSamples(context, selection, query, preparation, layout)
          : processedColumns(context, selection, query, columns, preparation, layout);
    } else if (mode === 'samples') planned = planSamples(context, selection, query, layout);
    else if (aligned === null || levels === null) {
      planned = planEnvelope(context, selection, query, columns, layout, levels);
    } else planned = fromPyramid(context, levels, aligned, selection, part, layout);
    jobs.push(planned.fill);
    selection.channels.forEach(({ channel: { name, units } }, k) => {
      const runs = planned.runs[k] ?? [];
      channels[selection.places[k] ?? 0] = { name, units, mode, runs, ...(asIs ? { asIs } : {}) };
    });
  }
  const body = new Float32Array(layout.floats);
  for (const fill of jobs) fill(body, tally);
  const rate = Math.max(0, ...plans.map(({ selection }) => selection.stream.sampleRate));
  const raw = plans.every(({ mode }) => mode === 'samples');
  const samplesPerColumn = raw ? 1 : Math.max(1, ((query.t1 - query.t0) * rate) / query.columns);
  // Places of channels that this part leaves out are holes.
  const header = { t0: query.t0, t1: query.t1, columns: query.columns, channels: Object.values(channels) };
  const { level, sampled } = tally;
  return { header: { ...header, samplesPerColumn, level, sampled }, body };
}

function select(recording: OpenRecording, query: ViewQuery): StreamSelection[] {
  checkTimeRange(query.t0, query.t1);
  if (!Number.isInteger(query.columns) || query.columns < 1 || query.columns > MAX_COLUMNS) {
    throw new NdiError({
      code: 'range.invalid',
      message: `${query.columns} columns cannot be made.`,
      recovery: `Ask for 1 to ${MAX_COLUMNS} columns.`,
      details: { columns: String(query.columns) },
    });
  }
  const streams = shiftStreams(recording.streams, query.timeShift ?? 0);
  return selectSampled({ ...recording, streams }, query.channels);
}

function modeOf({ stream }: StreamSelection, { t0, t1, columns }: ViewQuery): ViewChannel['mode'] {
  return ((t1 - t0) * stream.sampleRate) / columns < SAMPLES_A_COLUMN ? 'samples' : 'envelope';
}

/** How one selection is answered. */
interface SelectionPlan {
  readonly selection: StreamSelection;
  readonly mode: ViewChannel['mode'];
  /** The pyramid of its channels, or null. */
  readonly levels: OpenPyramid | null;
  /** By which its pyramid answers, or null. */
  readonly aligned: AlignedPlan | null;
  /** By which it is processed, or null where it is shown as it is. */
  readonly preparation: Preparation | null;
  /** Processing was wanted and is not possible. */
  readonly asIs: boolean;
  readonly costBytes: number;
}

function planSelections(
  recording: OpenRecording,
  query: ViewQuery,
  pyramid: OpenPyramid | null,
  previews: readonly OpenPyramid[],
): SelectionPlan[] {
  const split = splitForProcessing(select(recording, query), query.processing).flatMap(({ selection, wanted }) =>
    splitByPreview(selection, wanted ? [] : previews).map((one) => {
      return { wanted, selection: one.selection, levels: one.preview ?? pyramid };
    }),
  );
  const plans = (stripes: boolean) =>
    split.map(({ selection, wanted, levels }): SelectionPlan => {
      const mode = modeOf(selection, query);
      const processed = wanted && query.processing ? planProcessing(selection, query, query.processing) : null;
      const fromLevels = mode === 'envelope' && processed === null && selection.channels.every(({ time }) => !time);
      const aligned = fromLevels && levels !== null ? planAligned(levels, selection, { ...query, stripes }) : null;
      const costBytes = processed?.costBytes ?? aligned?.bytes ?? readBytes(selection, query);
      const preparation = processed?.preparation ?? null;
      return { selection, mode, levels, aligned, preparation, asIs: wanted && processed === null, costBytes };
    });
  const exact = plans(false);
  const raw = exact.reduce((sum, { aligned }) => sum + (aligned?.rawBytes ?? 0), 0);
  return query.sketch === true && raw > SKETCH_FROM_BYTES ? plans(true) : exact;
}

function readBytes({ stream }: StreamSelection, { t0, t1 }: ViewQuery): number {
  return stream.runs.reduce((sum, run) => {
    const samples = sampleAt(run, stream.sampleRate, t1) - sampleAt(run, stream.sampleRate, t0);
    return sum + rangeBytes(run, samples);
  }, 0);
}

/** What the filling of a frame says of itself. */
class Tally {
  readonly until: number;
  level = 0;
  #columns = 0;
  #sampled = 0;

  constructor(until: number) {
    this.until = until;
  }

  add(level: number, columns: number, sampled: number): void {
    this.level = Math.max(this.level, level);
    this.#columns += columns;
    this.#sampled += sampled;
  }

  /** Share of the columns that were not looked at fully. */
  get sampled(): number {
    return this.#columns === 0 ? 0 : this.#sampled / this.#columns;
  }
}

interface Planned {
  /** Runs of each channel of the selection. */
  readonly runs: ViewRun[][];
  readonly fill: (body: Float32Array<ArrayBuffer>, tally: Tally) => void;
}

function fromPyramid(
  context: SignalContext,
  pyramid: OpenPyramid,
  { streamPlan, runs: alignedRuns }: AlignedPlan,
  { stream, channels }: StreamSelection,
  part: ViewPart,
  layout: BodyLayout,
): Planned {
  const runs: ViewRun[][] = channels.map(() => []);
  const fills = alignedRuns.flatMap((whole) => {
    const aligned = partOfRun(whole, part);
    const count = aligned.to - aligned.from;
    if (count === 0) return [];
    const start = layout.take(2 * count * channels.length);
    const dt = aligned.samples / stream.sampleRate;
    const t0 = aligned.run.t0 + aligned.from * dt;
    runs.forEach((list, index) => list.push({ t0, dt, count, at: start + 2 * count * index }));
    return (body: Float32Array<ArrayBuffer>, tally: Tally) => {
      const { until } = tally;
      const sampled = fillAligned(context, pyramid, streamPlan, aligned, channels, body, start, until);
      const used = aligned.pieces.some(({ source }) => source === 'level');
      tally.add(used ? aligned.level + 1 : 0, count * channels.length, sampled * channels.length);
    };
  });
  return { runs, fill: (body, tally) => fills.forEach((fill) => fill(body, tally)) };
}

function planEnvelope(
  context: SignalContext,
  selection: StreamSelection,
  { t0, t1, columns }: ViewQuery,
  { from, to }: { from: number; to: number },
  layout: BodyLayout,
  pyramid: OpenPyramid | null,
): Planned {
  const { channels } = selection;
  const count = to - from;
  const dt = (t1 - t0) / columns;
  const start = layout.take(2 * count * channels.length);
  return {
    runs: channels.map((_, index) => [{ t0: t0 + from * dt, dt, count, at: start + 2 * count * index }]),
    fill: (body, tally) => {
      const level = exactColumns(context, pyramid, selection, { t0, t1, columns, from, to }, body, start);
      tally.add(level, count * channels.length, 0);
    },
  };
}

function planSamples(
  context: SignalContext,
  { stream, channels }: StreamSelection,
  { t0, t1 }: ViewQuery,
  layout: BodyLayout,
): Planned {
  const dt = 1 / stream.sampleRate;
  const runs: ViewRun[][] = channels.map(() => []);
  const fills: ((body: Float32Array<ArrayBuffer>) => void)[] = [];
  for (const run of stream.runs) {
    if (run.t0 - dt > t1 || run.t0 + run.samples * dt < t0) continue;
    const first = Math.max(0, sampleAt(run, stream.sampleRate, t0) - 1);
    const end = Math.min(run.samples, sampleAt(run, stream.sampleRate, t1) + 1);
    const count = end - first;
    if (count <= 0) continue;
    const places = channels.map((_, index) => {
      const at = layout.take(count);
      runs[index]?.push({ t0: run.t0 + first * dt, dt, count, at });
      return at;
    });
    fills.push((body) => {
      const out = places.map((at) => body.subarray(at, at + count));
      decodeRun(context, stream, run, channels, first, end, out, 0);
    });
  }
  return { runs, fill: (body) => fills.forEach((fill) => fill(body)) };
}
