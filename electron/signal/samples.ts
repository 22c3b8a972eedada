import { NdiError } from '../../shared/model/errors.ts';
import type { Precision } from '../../shared/model/sample-frame.ts';
import type { BlockRun, OpenRecording, SignalStream } from '../formats/format.ts';
import { selectSampled, type StreamSelection } from './channel-selection.ts';
import { rangeBytes, type SignalContext } from './chunks.ts';
import { decodeRun, roomBytes } from './decode.ts';
import type { Floats } from './floats.ts';
import { sampleAt, sampleTime } from './sample-times.ts';
import { checkTimeRange, shiftStreams } from './time-range.ts';
import { partColumns, wholeView, type ViewPart } from './view.ts';

export interface SamplesQuery {
  readonly channels: string;
  /** Half-open: seconds, or indices of stored samples at each channel's own rate. */
  readonly from: number;
  readonly to: number;
  readonly unit: 'seconds' | 'samples';
  readonly timeShift?: number;
}

export interface ValuesOf {
  readonly single: Float32Array;
  readonly double: Float64Array;
}

export const valueBytes: Readonly<Record<Precision, 4 | 8>> = { single: 4, double: 8 };

const views: { readonly [P in Precision]: (memory: ArrayBufferLike, at: number, count: number) => ValuesOf[P] } = {
  single: (memory, at, count) => new Float32Array(memory, at, count),
  double: (memory, at, count) => new Float64Array(memory, at, count),
};

/** The values in some memory from byte `at` on. */
export function valuesIn<P extends Precision>(
  precision: P,
  memory: ArrayBufferLike,
  at: number,
  count: number,
): ValuesOf[P] {
  return views[precision](memory, at, count);
}

/** Values without a gap between them: `count` of them from position `at` of the channel's data on. */
interface SampleRun {
  readonly at: number;
  readonly count: number;
  readonly t0: number;
}

interface SampledChannel {
  readonly name: string;
  readonly units: string;
  readonly sampleRate: number;
  readonly runs: readonly SampleRun[];
}

/** A channel whose values are `length` of the whole array from `start` on. */
interface PlacedChannel extends SampledChannel {
  readonly start: number;
  readonly length: number;
}

/** How the answer to a query lies in one array: the values of one channel after those of the other, in their order. */
export interface SampleLayout {
  readonly channels: readonly PlacedChannel[];
  /** Time of the first sample given (of the channel that begins first); `from` when there is none. */
  readonly t0: number;
  readonly values: number;
}

export interface SampleBlock<A extends Floats = Float64Array> {
  readonly channels: readonly SampledChannel[];
  /** As in the layout. */
  readonly t0: number;
  readonly data: readonly A[];
}

interface StreamPlan {
  readonly selection: StreamSelection;
  readonly plan: Plan;
  /** Where the values of each of its channels begin. */
  readonly starts: readonly number[];
}

/** What is to be read for a query, and where it goes. */
export interface SamplesPlan {
  readonly layout: SampleLayout;
  readonly streams: readonly StreamPlan[];
  /** Bytes that are read and, as doubles, written. */
  readonly costBytes: number;
  /** What a thread takes of the memory that values are decoded in, beside the values. */
  readonly roomBytes: number;
}

/** Values of one call over all channels. */
const MAX_VALUES = 20_000_000;

/** @throws NdiError range.invalid, range.tooLarge, channel.notFound */
export function planSamples(recording: OpenRecording, query: SamplesQuery): SamplesPlan {
  if (query.unit === 'seconds') checkTimeRange(query.from, query.to);
  else checkSampleRange(query);
  const shifted = shiftStreams(recording.streams, query.timeShift ?? 0);
  const selections = selectSampled({ ...recording, streams: shifted }, query.channels).map((selection) => {
    return { selection, plan: planRuns(selection.stream, query) };
  });
  const values = selections.reduce((sum, { selection, plan }) => sum + plan.length * selection.channels.length, 0);
  checkValueCount(values);
  const startAt = startsOf(selections);
  const channels: PlacedChannel[] = [];
  const streams = selections.map(({ selection, plan }): StreamPlan => {
    const { sampleRate } = selection.stream;
    const runs = plan.pieces.map(({ at, from, to, run }) => {
      return { at, count: to - from, t0: sampleTime(run, sampleRate, from) };
    });
    const starts = selection.channels.map(({ channel: { name, units } }, k) => {
      const place = selection.places[k] ?? 0;
      const start = startAt[place] ?? 0;
      channels[place] = { name, units, sampleRate, runs, start, length: plan.length };
      return start;
    });
    return { selection, plan, starts };
  });
  const times = selections.flatMap(({ selection, plan }) =>
    plan.pieces.map(({ run, from }) => sampleTime(run, selection.stream.sampleRate, from)),
  );
  const t0 = times.length > 0 ? Math.min(...times) : query.from;
  const pieces = selections.flatMap(({ plan }) => plan.pieces);
  const readBytes = pieces.reduce((sum, { run, from, to }) => sum + rangeBytes(run, to - from), 0);
  const layout = { channels: Object.values(channels), t0, values };
  const rooms = selections.flatMap(({ selection: { channels: chosen }, plan }) =>
    plan.pieces.map(({ run, from, to }) => roomBytes(run, chosen.length, to - from)),
  );
  const roomOfAll = rooms.reduce((most, room) => Math.max(most, room), 0);
  return { layout, streams, costBytes: readBytes + 8 * values, roomBytes: roomOfAll };
}

/** Where the values of each channel begin: channels follow each other as they were asked for, whatever their streams. */
function startsOf(selections: readonly Omit<StreamPlan, 'starts'>[]): number[] {
  const lengths: number[] = [];
  for (const { selection, plan } of selections) for (const place of selection.places) lengths[place] = plan.length;
  let end = 0;
  return lengths.map((length) => (end += length) - length);
}

/**
 * Reads what was planned into one array, or one of equal parts of its time, so that several threads fill it together.
 * @param values of the layout's length; what it holds is overwritten; in the kernels' memory where the scratch is a room there
 * @throws NdiError app.cancelled, path.*, format.truncated
 */
export function fillSamples(
  context: SignalContext,
  { streams }: SamplesPlan,
  values: Floats,
  part: ViewPart = wholeView,
): void {
  for (const { selection, plan, starts } of streams) {
    const window = partColumns(plan.length, part);
    const out = starts.map((start) => values.subarray(start, start + plan.length));
    const filled = plan.pieces.reduce((sum, { from, to }) => sum + to - from, 0);
    if (filled < plan.length) for (const own of out) own.fill(NaN, window.from, window.to);
    for (const { run, from, to, at } of plan.pieces) {
      const first = Math.max(at, window.from);
      const end = Math.min(at + to - from, window.to);
      if (first >= end) continue;
      decodeRun(context, selection.stream, run, selection.channels, from + first - at, from + end - at, out, first);
    }
  }
}

/** An array of planned values, by channel. */
export function blockOf<A extends Floats>({ channels, t0 }: SampleLayout, values: A): SampleBlock<A> {
  return { channels, t0, data: channels.map(({ start, length }) => values.subarray(start, start + length) as A) };
}

/**
 * Exact samples in physical units. By seconds, position i of a channel is at its t0 + i/rate and gaps are filled with
 * NaN; by sample number, stored samples follow each other and `runs` tells where time jumps. What lies outside the
 * recording is left out.
 *
 * @throws NdiError range.invalid, range.tooLarge, channel.notFound, app.cancelled, path.*, format.truncated
 */
export function readSamples(context: SignalContext, recording: OpenRecording, query: SamplesQuery): SampleBlock {
  const plan = planSamples(recording, query);
  const values = new Float64Array(plan.layout.values);
  fillSamples(context, plan, values);
  return blockOf(plan.layout, values);
}

/** Samples [from, to) of a run go to position `at`. */
interface Piece {
  readonly run: BlockRun;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

interface Plan {
  readonly pieces: readonly Piece[];
  readonly length: number;
}

function planRuns(stream: SignalStream, { from, to, unit }: SamplesQuery): Plan {
  const pieces: Piece[] = [];
  let length = 0;
  let origin: number | null = null;
  for (const run of stream.runs) {
    const first = unit === 'samples' ? clamp(from - run.firstSample, run) : sampleAt(run, stream.sampleRate, from);
    const end = unit === 'samples' ? clamp(to - run.firstSample, run) : sampleAt(run, stream.sampleRate, to);
    if (end <= first) continue;
    const time = sampleTime(run, stream.sampleRate, first);
    origin ??= time;
    // Rounding puts a segment that begins between two places of the grid on the nearer one, never onto the one before.
    const at = unit === 'samples' ? length : Math.max(length, Math.round((time - origin) * stream.sampleRate));
    pieces.push({ run, from: first, to: end, at });
    length = at + end - first;
  }
  return { pieces, length };
}

function clamp(sample: number, run: BlockRun): number {
  return Math.min(Math.max(sample, 0), run.samples);
}

/** @throws NdiError range.invalid */
export function checkSampleRange({ from, to }: { from: number; to: number }): void {
  if (Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to > from) return;
  throw new NdiError({
    code: 'range.invalid',
    message: `Samples ${from} to ${to} are not a range.`,
    recovery: 'Give whole numbers from 0 on, the smaller one first.',
    details: { from: String(from), to: String(to) },
  });
}

/** @throws NdiError range.tooLarge */
export function checkValueCount(values: number): void {
  if (values <= MAX_VALUES) return;
  throw new NdiError({
    code: 'range.tooLarge',
    message: `This range has ${values} values, more than the ${MAX_VALUES} that one call gives.`,
    recovery: 'Ask for fewer channels or a shorter range, or for min/max columns.',
    details: { values, limit: MAX_VALUES },
  });
}
