import type { BlockRun, SignalStream, StreamChannel } from '../formats/format.ts';
import { forEachChunk, geometryOf, type Chunk, type SignalContext } from './chunks.ts';
import { groupColumns, isInterleaved, placeInGroups, type ColumnGroup } from './column-groups.ts';
import type { Floats } from './floats.ts';
import { wordRules } from './words.ts';

/**
 * Words of the extremes lie in the kernels' memory: as [column][word of the groups] where channels are interleaved,
 * else as [channel][column].
 */
export class ExtremesTask {
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
  readonly #values: number;

  constructor(context: SignalContext, stream: SignalStream, channels: readonly StreamChannel[], columns: number) {
    const analog = channels.filter(({ bit, time }) => bit === undefined && time === undefined);
    const digital = channels.filter(({ bit }) => bit !== undefined);
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
    this.#values = scratch.take(16 * columns);
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

  /** Physical extremes of a channel, one a column; NaN where nothing was added. */
  put(channel: StreamChannel, minima: Floats, maxima: Floats): void {
    this.putPair(channel, channel, minima, maxima);
  }

  /** The same where minima and maxima are words of their own: the least of `low` and the greatest of `high`. */
  putPair(low: StreamChannel, high: StreamChannel, minima: Floats, maxima: Floats): void {
    if (low.bit === undefined) this.#putAnalog(low, high, minima, maxima);
    else this.#putBit(low, high, low.bit, minima, maxima);
  }

  /** Words of a row that `writePairs` writes: those of analog channels, then those of digital ones. */
  get wordsOfRow(): number {
    return this.#width + this.#digitalWords.length;
  }

  /**
   * Writes one row a column to `out`: of every word its minimum and its maximum (of digital words what all samples and
   * what any sample have), as signed words.
   */
  writePairs(out: number): void {
    const { kernels } = this.#context.scratch;
    const rowBytes = 4 * this.wordsOfRow;
    const [columns, width] = [this.#columns, this.#width];
    const [columnStep, wordStep] = this.#groups === null ? [2, 2 * columns] : [2 * width, 2];
    kernels.zipPairs(this.#lo, this.#hi, columns, width, columnStep, wordStep, out, rowBytes);
    const words = this.#digitalWords.length;
    kernels.zipPairs(this.#all, this.#any, columns, words, 2, 2 * columns, out + 4 * width, rowBytes);
  }

  /** The same where the words themselves are such pairs: minima of the minima and maxima of the maxima. */
  writePairsOfPairs(out: number): void {
    const { kernels } = this.#context.scratch;
    const rowBytes = 2 * this.wordsOfRow;
    const [columns, width] = [this.#columns, this.#width];
    kernels.zipPairs(this.#lo, this.#hi + 2, columns, width / 2, 2 * width, 4, out, rowBytes);
    const words = this.#digitalWords.length / 2;
    const any = this.#any + 2 * columns;
    kernels.zipPairs(this.#all, any, columns, words, 2, 4 * columns, out + 2 * width, rowBytes);
  }

  #putAnalog({ channel, ...low }: StreamChannel, high: StreamChannel, minima: Floats, maxima: Floats): void {
    const { scratch } = this.#context;
    const isDouble = minima instanceof Float64Array;
    const columns = this.#columns;
    const lo = this.#lo + 2 * this.#startOf(low.channelOffset);
    const hi = this.#hi + 2 * this.#startOf(high.channelOffset);
    const step = this.#groups === null ? 2 : 2 * this.#width;
    const gain = channel.gain ?? 1;
    const least = this.#values;
    const most = least + 8 * columns;
    const convert = isDouble ? scratch.kernels.valuesOfExtremesF64 : scratch.kernels.valuesOfExtremesF32;
    convert(lo, hi, step, columns, this.#bias, gain, channel.offset ?? 0, least, most);
    const view = (at: number) => (isDouble ? scratch.f64(at, columns) : scratch.f32(at, columns));
    // A negative gain turns the smallest word into the largest value.
    minima.set(view(gain < 0 ? most : least));
    maxima.set(view(gain < 0 ? least : most));
  }

  /** Where the words of an analog channel begin. */
  #startOf(channelOffset: number): number {
    if (this.#groups !== null) return placeInGroups(this.#groups, channelOffset);
    return this.#analog.findIndex((channel) => channel.channelOffset === channelOffset) * this.#columns;
  }

  #putBit(low: StreamChannel, high: StreamChannel, bit: number, minima: Floats, maxima: Floats): void {
    const words = this.#digitalWords.length;
    const lowStart = this.#digitalWords.indexOf(low.channelOffset) * this.#columns;
    const highStart = this.#digitalWords.indexOf(high.channelOffset) * this.#columns;
    const all = this.#context.scratch.u16(this.#all, this.#columns * words);
    const any = this.#context.scratch.u16(this.#any, this.#columns * words);
    for (let column = 0; column < this.#columns; column++) {
      const every = all[lowStart + column] ?? 0;
      const some = any[highStart + column] ?? 0;
      // Nothing was added where every bit is in all samples and none in any.
      const empty = every === 0xffff && some === 0;
      minima[column] = empty ? NaN : (every >> bit) & 1;
      maxima[column] = empty ? NaN : (some >> bit) & 1;
    }
  }
}
