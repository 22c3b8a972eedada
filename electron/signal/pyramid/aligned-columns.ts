import type { BlockRun, StreamChannel } from '../../formats/format.ts';
import type { StreamSelection } from '../channel-selection.ts';
import { rangeBytes, type SignalContext } from '../chunks.ts';
import { envelopeOfRuns, planesOf } from '../envelope.ts';
import { sampleAt } from '../sample-times.ts';
import { isReady, levelFor, type OpenPyramid } from './access.ts';
import { envelopeOfLevel } from './level-stream.ts';
import type { StreamPlan } from './plan.ts';

/** Columns of one run that begin where cells of a level begin: `samples` each, the last one as many as are left. */
export interface AlignedRun {
  readonly run: BlockRun;
  readonly runIndex: number;
  readonly level: number;
  /** Samples of a column, a whole number of cells. */
  readonly samples: number;
  /** Columns [from, to), counted from the run's first sample. */
  readonly from: number;
  readonly to: number;
  readonly pieces: readonly Piece[];
}

/** Neighbouring columns that come from the same place. */
interface Piece {
  readonly source: 'level' | 'samples' | 'stripes';
  readonly from: number;
  readonly to: number;
}

export interface AlignedPlan {
  readonly streamPlan: StreamPlan;
  readonly runs: readonly AlignedRun[];
  /** Bytes that must be read. */
  readonly bytes: number;
  /** The most that is read of the recording itself, were it read fully. */
  readonly rawBytes: number;
}

export interface AlignedQuery {
  readonly t0: number;
  readonly t1: number;
  readonly columns: number;
  /** Where cells are missing: look at a few samples of each column instead of all. */
  readonly stripes: boolean;
}

/** Rather than as many rows of columns, columns of equal time are made: so many runs need no grid of their own. */
const MOST_RUNS = 64;
/** Bytes of a column that a stripe looks at, at most. */
const STRIPE_BYTES = 32 * 1024;

/**
 * How a range of a stream is answered from its pyramid; null where it is not: too few samples a column, or too many runs.
 * Columns are between a half and one of those asked for, so that they are whole cells.
 */
export function planAligned(
  pyramid: OpenPyramid,
  { stream, index }: Pick<StreamSelection, 'stream' | 'index'>,
  query: AlignedQuery,
): AlignedPlan | null {
  const streamPlan = pyramid.plan.streams[index];
  if (streamPlan === null || streamPlan === undefined) return null;
  const wanted = ((query.t1 - query.t0) * stream.sampleRate) / query.columns;
  const level = levelFor(streamPlan, wanted);
  if (level < 0) return null;
  const factor = streamPlan.levels[level]?.factor ?? 1;
  const samples = Math.floor(wanted / factor) * factor;
  const runs: AlignedRun[] = [];
  let bytes = 0;
  let rawBytes = 0;
  for (const [runIndex, run] of stream.runs.entries()) {
    const first = sampleAt(run, stream.sampleRate, query.t0);
    const end = sampleAt(run, stream.sampleRate, query.t1);
    if (end <= first) continue;
    if (runs.length === MOST_RUNS) return null;
    const [from, to] = [Math.floor(first / samples), Math.ceil(end / samples)];
    const pieces: Piece[] = [];
    for (let column = from; column < to; column++) {
      const ready = isReady(pyramid, streamPlan, run, runIndex, column * samples, (column + 1) * samples);
      const source = ready ? 'level' : query.stripes ? 'stripes' : 'samples';
      const last = pieces.at(-1);
      if (last?.source === source) pieces[pieces.length - 1] = { ...last, to: column + 1 };
      else pieces.push({ source, from: column, to: column + 1 });
      if (ready) bytes += (samples / factor) * streamPlan.rowBytes;
      else {
        const raw = rangeBytes(run, samples);
        rawBytes += raw;
        bytes += source === 'stripes' ? Math.min(raw, STRIPE_BYTES) : raw;
      }
    }
    runs.push({ run, runIndex, level, samples, from, to, pieces });
  }
  return { streamPlan, runs, bytes, rawBytes };
}

/** The part of a run's columns that one worker makes. */
export function partOfRun(aligned: AlignedRun, part: { index: number; of: number }): AlignedRun {
  const columns = aligned.to - aligned.from;
  const from = aligned.from + Math.floor((columns * part.index) / part.of);
  const to = aligned.from + Math.floor((columns * (part.index + 1)) / part.of);
  const pieces = aligned.pieces
    .map((piece) => ({ ...piece, from: Math.max(from, piece.from), to: Math.min(to, piece.to) }))
    .filter((piece) => piece.to > piece.from);
  return { ...aligned, from, to, pieces };
}

/**
 * Extremes of the columns of an aligned run: per channel all minima, then all maxima, from `at` of `out` on.
 * @param until time (of `performance.now`) after which no more stripes are looked at
 * @returns columns that were looked at in part, or (NaN) not at all
 */
export function fillAligned(
  context: SignalContext,
  pyramid: OpenPyramid,
  plan: StreamPlan,
  aligned: AlignedRun,
  channels: readonly StreamChannel[],
  out: Float32Array<ArrayBuffer>,
  at: number,
  until: number,
): number {
  const columns = aligned.to - aligned.from;
  let sampled = 0;
  for (const piece of aligned.pieces) {
    const count = piece.to - piece.from;
    // One piece that is all of the columns is written where it belongs at once.
    const isWhole = count === columns;
    const size = 2 * count * channels.length;
    const values = isWhole ? out.subarray(at, at + size) : new Float32Array(size);
    if (piece.source === 'level') fillFromLevel(context, pyramid, plan, aligned, piece, channels, values);
    else if (piece.source === 'samples') fillFromSamples(context, plan, aligned, piece, channels, values);
    else {
      fillStripes(context, plan, aligned, piece, channels, values, until);
      sampled += count;
    }
    if (isWhole) continue;
    channels.forEach((_, index) => {
      const targets = planesOf(out, at, index, columns);
      const sources = planesOf(values, 0, index, count);
      targets.forEach((target, side) => target.set(sources[side] ?? [], piece.from - aligned.from));
    });
  }
  return sampled;
}

function fillFromLevel(
  context: SignalContext,
  pyramid: OpenPyramid,
  plan: StreamPlan,
  { run, runIndex, level, samples }: AlignedRun,
  { from, to }: Piece,
  channels: readonly StreamChannel[],
  values: Float32Array<ArrayBuffer>,
): void {
  const factor = plan.levels[level]?.factor ?? 1;
  const cells = Math.ceil(run.samples / factor);
  const edges = edgesOf(from, to, samples / factor, cells);
  envelopeOfLevel(context, plan, pyramid.folder, level, runIndex, channels, edges, values);
}

function fillFromSamples(
  context: SignalContext,
  { stream }: StreamPlan,
  { run, samples }: AlignedRun,
  { from, to }: Piece,
  channels: readonly StreamChannel[],
  values: Float32Array<ArrayBuffer>,
): void {
  const timed = [{ run, edges: edgesOf(from, to, samples, run.samples) }];
  envelopeOfRuns(context, stream, channels, timed, to - from, values, 0);
}

/** Looks at the beginning of every column, in an order that is even over the range at any moment; the rest stays NaN. */
function fillStripes(
  context: SignalContext,
  { stream }: StreamPlan,
  { run, samples }: AlignedRun,
  { from, to }: Piece,
  channels: readonly StreamChannel[],
  values: Float32Array<ArrayBuffer>,
  until: number,
): void {
  values.fill(NaN);
  const count = to - from;
  const bytesASample = run.blockBytes / run.samplesPerBlock;
  const looked = Math.max(1, Math.min(samples, Math.floor(STRIPE_BYTES / bytesASample)));
  const one = new Float32Array(2 * channels.length);
  for (const column of evenOrder(count)) {
    if (performance.now() > until) return;
    const first = (from + column) * samples;
    const edges = Float64Array.of(first, Math.min(run.samples, first + looked));
    envelopeOfRuns(context, stream, channels, [{ run, edges }], 1, one, 0);
    for (let row = 0; row < one.length; row++) values[row * count + column] = one[row] ?? NaN;
  }
}

/** 0 to `count` - 1: every 2^n-th first, then those between. */
export function* evenOrder(count: number): Generator<number> {
  let step = 2 ** Math.ceil(Math.log2(Math.max(1, count)));
  yield 0;
  for (; step > 1; step /= 2) for (let index = step / 2; index < count; index += step) yield index;
}

function edgesOf(from: number, to: number, step: number, most: number): Float64Array {
  return Float64Array.from({ length: to - from + 1 }, (_, index) => Math.min((from + index) * step, most));
}
