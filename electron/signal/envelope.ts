import type { BlockRun, SignalStream, StreamChannel } from '../formats/format.ts';
import { forEachChunk, geometryOf, type Chunk, type SignalContext } from './chunks.ts';
import { addOwnExtremes } from './own-chunks.ts';
import { groupColumns, isInterleaved, placeInGroups, type ColumnGroup } from './column-groups.ts';
import type { Floats } from './floats.ts';
import { columnEdge, sampleAt } from './sample-times.ts';
import { wordRules } from './words.ts';

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
export function computeEnvelope(
  context: SignalContext,
  stream: SignalStream,
  channels: readonly StreamChannel[],
  range: ColumnRange,
  out: Floats,
  at: number,
): void {
  const columns = range.to - range.from;
  const timed = runsInRange(stream, range);
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
  const analog = channels.filter(({ bit, time }) => bit === undefined && time === undefined);
  const digital = channels.filter(({ bit }) => bit !== undefined);
  const task = new EnvelopeTask(context, stream, analog, digital, columns);
  for (const { run, edges } of timed) task.addRun(run, edges);
  channels.forEach((channel, index) => {
    if (channel.time) return;
    const [minima, maxima] = planesOf(out, at, index, columns);
    if (channel.bit === undefined) task.putAnalog(channel, minima, maxima);
    else task.putBit(channel, channel.bit, minima, maxima);
  });
}

/** Where the minima and the maxima of a channel go. */
function planesOf(out: Floats, at: number, index: number, columns: number): [minima: Floats, maxima: Floats] {
  const start = at + 2 * index * columns;
  return [out.subarray(start, start + columns), out.subarray(start + columns, start + 2 * columns)];
}

/** The runs that have samples in the range, with the first sample of every column. */
function runsInRange(stream: SignalStream, range: ColumnRange): TimedRun[] {
  const edge = (column: number) => columnEdge(range.t0, range.t1, range.columns, column);
  const [first, last] = [edge(range.from), edge(range.to)];
  return stream.runs
    .filter((run) => sampleAt(run, stream.sampleRate, first) !== sampleAt(run, stream.sampleRate, last))
    .map((run) => ({ run, edges: columnEdges(run, stream.sampleRate, range) }));
}

interface TimedRun {
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

/**
 * Words of the extremes lie in the kernels' memory: as [column][word of the groups] where channels are interleaved,
 * else as [channel][column].
 */
class EnvelopeTask {
  readonly #context: SignalContext;
  readonly #analog: readonly StreamChannel[];
  /** Interleaved channels are taken together by rows; others one by one. */
  readonly #groups: readonly ColumnGroup[] | null;
  readonly #digitalWords: readonly number[];
  readonly #digital: readonly StreamChannel[];
  readonly #columns: number;
  readonly #flip: number;
  readonly #bias: number;
  readonly #width: number;
  readonly #lo: number;
  readonly #hi: number;
  readonly #all: number;
  readonly #any: number;
  readonly #edges: number;

  constructor(
    context: SignalContext,
    stream: SignalStream,
    analog: readonly StreamChannel[],
    digital: readonly StreamChannel[],
    columns: number,
  ) {
    this.#context = context;
    this.#analog = analog;
    this.#digital = digital;
    this.#columns = columns;
    this.#digitalWords = [...new Set(digital.map(({ channelOffset }) => channelOffset))];
    ({ flip: this.#flip, bias: this.#bias } = wordRules[stream.word]);
    this.#groups = stream.runs.every(isInterleaved) ? groupColumns(analog) : null;
    const last = this.#groups?.at(-1);
    this.#width = last === undefined ? analog.length : last.before + last.width;
    const { scratch } = context;
    this.#lo = scratch.take(2 * columns * this.#width);
    this.#hi = scratch.take(2 * columns * this.#width);
    this.#all = scratch.take(2 * columns * this.#digitalWords.length);
    this.#any = scratch.take(2 * columns * this.#digitalWords.length);
    this.#edges = scratch.take(4 * (columns + 1));
    scratch.i16(this.#lo, columns * this.#width).fill(32767);
    scratch.i16(this.#hi, columns * this.#width).fill(-32768);
    scratch.u16(this.#all, columns * this.#digitalWords.length).fill(0xffff);
    scratch.u16(this.#any, columns * this.#digitalWords.length).fill(0);
  }

  addRun(run: BlockRun, edges: Float64Array): void {
    const wanted = [...this.#analog, ...this.#digital];
    if (wanted.length === 0) return;
    let column = 0;
    const from = edges[0] ?? 0;
    const to = edges[this.#columns] ?? 0;
    forEachChunk(this.#context, run, wanted, from, to, (chunk) => {
      // Columns that the chunk touches; the last may go on in the next chunk.
      let end = column;
      while (end < this.#columns && (edges[end] ?? 0) < chunk.to) end += 1;
      this.#addColumns(run, chunk, edges, column, end);
      column = end > column && (edges[end] ?? 0) > chunk.to ? end - 1 : end;
    });
  }

  #addColumns(run: BlockRun, chunk: Chunk, edges: Float64Array, first: number, end: number): void {
    const { scratch } = this.#context;
    const { kernels } = scratch;
    const positions = scratch.i32(this.#edges, end - first + 1);
    for (let column = first; column <= end; column++) {
      const edge = Math.min(Math.max(edges[column] ?? 0, chunk.from), chunk.to);
      positions[column - first] = chunk.p0 + edge - chunk.from;
    }
    if (this.#groups !== null) this.#addRows(run, chunk, positions, first, this.#groups);
    const { blockBytes, perBlock } = geometryOf(run);
    const count = end - first;
    const flip = this.#flip;
    const analog = this.#groups === null ? this.#analog : [];
    analog.forEach(({ channelOffset }, index) => {
      const at = 2 * (index * this.#columns + first);
      const src = chunk.src + channelOffset;
      kernels.extremesOfColumns(src, blockBytes, perBlock, this.#edges, count, flip, this.#lo + at, this.#hi + at);
    });
    this.#digitalWords.forEach((channelOffset, index) => {
      const at = 2 * (index * this.#columns + first);
      const src = chunk.src + channelOffset;
      kernels.bitsOfColumns(src, blockBytes, perBlock, this.#edges, count, this.#all + at, this.#any + at);
    });
  }

  #addRows(run: BlockRun, chunk: Chunk, positions: Int32Array, first: number, groups: readonly ColumnGroup[]): void {
    const { kernels } = this.#context.scratch;
    const rowBytes = run.blockBytes;
    for (let column = 0; column + 1 < positions.length; column++) {
      const from = positions[column] ?? 0;
      const rows = (positions[column + 1] ?? 0) - from;
      if (rows <= 0) continue;
      const src = chunk.src + from * rowBytes;
      const at = 2 * (first + column) * this.#width;
      for (const { offset, width, before } of groups) {
        const [lo, hi] = [this.#lo + at + 2 * before, this.#hi + at + 2 * before];
        kernels.extremesOfRows(src + offset, rows, rowBytes, width, this.#flip, lo, hi);
      }
    }
  }

  putAnalog(channel: StreamChannel, minima: Floats, maxima: Floats): void {
    const [start, step] =
      this.#groups === null
        ? [this.#analog.indexOf(channel) * this.#columns, 1]
        : [placeInGroups(this.#groups, channel.channelOffset), this.#width];
    const gain = channel.channel.gain ?? 1;
    const offset = channel.channel.offset ?? 0;
    const lo = this.#context.scratch.i16(this.#lo, this.#columns * this.#width);
    const hi = this.#context.scratch.i16(this.#hi, this.#columns * this.#width);
    // A negative gain turns the smallest word into the largest value.
    const [first, last] = gain < 0 ? [maxima, minima] : [minima, maxima];
    const bias = this.#bias;
    const columns = this.#columns;
    for (let column = 0, k = start; column < columns; column++, k += step) {
      const low = lo[k] ?? 0;
      const high = hi[k] ?? 0;
      const empty = low > high;
      first[column] = empty ? NaN : (low + bias) * gain + offset;
      last[column] = empty ? NaN : (high + bias) * gain + offset;
    }
  }

  putBit(channel: StreamChannel, bit: number, minima: Floats, maxima: Floats): void {
    const words = this.#digitalWords.length;
    const start = this.#digitalWords.indexOf(channel.channelOffset) * this.#columns;
    const all = this.#context.scratch.u16(this.#all, this.#columns * words);
    const any = this.#context.scratch.u16(this.#any, this.#columns * words);
    for (let column = 0, k = start; column < this.#columns; column++, k++) {
      const every = all[k] ?? 0;
      const some = any[k] ?? 0;
      // Nothing was added where every bit is in all samples and none in any.
      const empty = every === 0xffff && some === 0;
      minima[column] = empty ? NaN : (every >> bit) & 1;
      maxima[column] = empty ? NaN : (some >> bit) & 1;
    }
  }
}
