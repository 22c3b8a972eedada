import type { BlockRun, SignalStream, StreamChannel } from '../formats/format.ts';
import { chunkRoom, forEachChunk, geometryOf, samplesOfChunk, type Chunk, type SignalContext } from './chunks.ts';
import type { Floats } from './floats.ts';
import { forEachOwnChunk } from './own-chunks.ts';
import { groupColumns, isInterleaved, type ColumnGroup } from './column-groups.ts';
import type { KernelFunctions } from './kernel-functions.ts';
import { singleForm, type SingleForm } from './singles.ts';
import { wordRules } from './words.ts';

/**
 * Physical values of the samples [from, to) of a run: channel c goes to `out[c]` from `at` on; these lie in the kernels'
 * memory where the scratch is a room there.
 * physical = word * gain + offset in double precision, in exactly this form; 32-bit results are rounded from it once.
 *
 * @throws NdiError app.cancelled, path.*, format.truncated
 */
export function decodeRun(
  context: SignalContext,
  stream: SignalStream,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  out: readonly Floats[],
  at: number,
): void {
  const bytes = out[0] instanceof Float32Array ? 4 : 8;
  channels.forEach((channel, index) => {
    const values = out[index];
    if (!channel.time || values === undefined) return;
    for (let sample = from; sample < to; sample++) values[at + sample - from] = run.t0 + sample / stream.sampleRate;
  });
  const stored = channels.filter(({ time }) => !time);
  const targets = out.filter((_, index) => !channels[index]?.time);
  if (to <= from || stored.length === 0) return;
  if (stream.decode !== undefined) {
    forEachOwnChunk(context, stream.decode, run, stored, from, to, (first, planes) => {
      planes.forEach((plane, index) => targets[index]?.set(plane, at + first - from));
    });
    return;
  }
  const { scratch } = context;
  scratch.reset();
  const decoder = new ChunkDecoder(context, stream, run, stored, bytes);
  if (scratch.isRoom) {
    const starts = targets.map(({ byteOffset }) => byteOffset + bytes * (at - from));
    forEachChunk(context, run, stored, from, to, (chunk) => {
      decoder.decode(
        chunk,
        starts.map((start) => start + bytes * chunk.from),
      );
    });
    return;
  }
  forEachChunk(context, run, stored, from, to, (chunk) => {
    const places = decoder.decodeIntoPlanes(chunk);
    // `TypedArray.set` would do, but byte by byte where memory is shared between threads and the two are not aligned alike.
    const source = Buffer.from(scratch.kernels.memory.buffer);
    targets.forEach((target, index) => {
      const place = places[index] ?? 0;
      const result = Buffer.from(target.buffer, target.byteOffset, target.byteLength);
      source.copy(result, bytes * (at + chunk.from - from), place, place + bytes * (chunk.to - chunk.from));
    });
  });
}

/**
 * Decodes the samples [from, to) of a run piece by piece. `visit` gets the first sample of the piece and one plane of
 * values a channel; planes are void after the visit.
 */
export function forEachDecodedChunk(
  context: SignalContext,
  stream: SignalStream,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  bytes: 4 | 8,
  visit: (first: number, planes: readonly Floats[]) => void,
): void {
  if (to <= from || channels.length === 0) return;
  if (stream.decode !== undefined) {
    forEachOwnChunk(context, stream.decode, run, channels, from, to, visit);
    return;
  }
  const { scratch } = context;
  scratch.reset();
  const decoder = new ChunkDecoder(context, stream, run, channels, bytes);
  forEachChunk(context, run, channels, from, to, (chunk) => {
    const count = chunk.to - chunk.from;
    const places = decoder.decodeIntoPlanes(chunk);
    visit(
      chunk.from,
      places.map((place) => (bytes === 4 ? scratch.f32(place, count) : scratch.f64(place, count))),
    );
  });
}

/** Of a column in the kernels' table: gain and offset (f64), and where its values go (u32). */
const COLUMN_BYTES = 24;
/** Planes lie a little apart, so that they do not share cache sets. */
const APART = 16;

/** What decoding takes of the kernels' memory beside the values, where these go straight to their places. */
export function roomBytes(run: BlockRun, channels: number, samples: number): number {
  const words = isInterleaved(run) ? run.blockBytes / 2 : channels;
  const bytes = chunkRoom(run, samples) + COLUMN_BYTES * words + 8 * samplesOfChunk(run);
  // Each of the three parts begins at a multiple of 64.
  return 64 * Math.ceil(bytes / 64 + 3);
}

class ChunkDecoder {
  readonly #context: SignalContext;
  readonly #run: BlockRun;
  readonly #channels: readonly StreamChannel[];
  readonly #bytes: 4 | 8;
  readonly #flip: number;
  readonly #bias: number;
  /** The channels' formulas in singles, where these are wanted. */
  readonly #forms: readonly (SingleForm | null)[];
  /** Words of interleaved channels are decoded by rows; other channels, and lines of words, one by one. */
  readonly #groups: readonly ColumnGroup[];
  readonly #alone: readonly number[];
  /** Index of the channel of each column of the groups; none for those that are only taken along. */
  readonly #columns: readonly (number | undefined)[];
  readonly #table: number;
  readonly #decodeRows: KernelFunctions['decodeRowsF32'];
  readonly #rowsBias: number;
  #planes = 0;
  #stride = 0;
  #unwanted = 0;
  #unwantedCount = 0;

  constructor(
    context: SignalContext,
    stream: SignalStream,
    run: BlockRun,
    channels: readonly StreamChannel[],
    bytes: 4 | 8,
  ) {
    this.#context = context;
    this.#run = run;
    this.#channels = channels;
    this.#bytes = bytes;
    ({ flip: this.#flip, bias: this.#bias } = wordRules[stream.word]);
    const inRows = new Map<number, number>();
    if (isInterleaved(run)) {
      channels.forEach(({ channelOffset, bit }, index) => bit ?? inRows.set(channelOffset, index));
    }
    this.#groups = groupColumns(channels.filter(({ channelOffset }, index) => inRows.get(channelOffset) === index));
    this.#alone = channels.flatMap(({ channelOffset }, index) => (inRows.get(channelOffset) === index ? [] : [index]));
    this.#columns = this.#groups.flatMap(({ offset, width }) =>
      Array.from({ length: width }, (_, column) => inRows.get(offset + 2 * column)),
    );
    this.#forms = channels.map(({ channel: { gain, offset } }) =>
      bytes === 4 ? singleForm(stream.word, gain ?? 1, offset ?? 0) : null,
    );
    const rowForms = [...inRows.values()].map((index) => this.#forms[index]);
    const bias = rowForms[0]?.bias;
    const { kernels } = context.scratch;
    const inSingles = bias !== undefined && rowForms.every((form) => form?.bias === bias);
    this.#rowsBias = inSingles ? bias : this.#bias;
    this.#decodeRows = inSingles
      ? kernels.decodeRowsSingle
      : bytes === 4
        ? kernels.decodeRowsF32
        : kernels.decodeRowsF64;
    this.#table = context.scratch.take(COLUMN_BYTES * this.#columns.length);
    const numbers = context.scratch.f64(this.#table, 3 * this.#columns.length);
    this.#columns.forEach((index, column) => {
      if (index === undefined) return;
      const { gain, offset } = channels[index]?.channel ?? {};
      const { high, low } = (inSingles && this.#forms[index]) || { high: gain ?? 1, low: offset ?? 0 };
      numbers.set([high, low], 3 * column);
    });
  }

  /** Decodes into planes of its own, one a channel, void when the next chunk is decoded. @returns where they lie */
  decodeIntoPlanes(chunk: Chunk): number[] {
    const count = chunk.to - chunk.from;
    if (count > this.#stride) {
      this.#stride = count + APART;
      this.#planes = this.#context.scratch.take(this.#bytes * this.#stride * this.#channels.length);
    }
    const places = this.#channels.map((_, index) => this.#planes + this.#bytes * this.#stride * index);
    this.decode(chunk, places);
    return places;
  }

  /** @param places where the values of each channel go in the kernels' memory */
  decode(chunk: Chunk, places: readonly number[]): void {
    if (this.#groups.length > 0) this.#decodeRowsOf(chunk, places);
    for (const index of this.#alone) this.#decodeOne(chunk, index, places[index] ?? 0);
  }

  #decodeRowsOf(chunk: Chunk, places: readonly number[]): void {
    const { scratch } = this.#context;
    const count = chunk.to - chunk.from;
    if (count > this.#unwantedCount && this.#columns.includes(undefined)) {
      this.#unwantedCount = count;
      this.#unwanted = scratch.take(this.#bytes * count);
    }
    const table = scratch.i32(this.#table, (COLUMN_BYTES / 4) * this.#columns.length);
    this.#columns.forEach((index, column) => {
      table[(COLUMN_BYTES / 4) * column + 4] = index === undefined ? this.#unwanted : (places[index] ?? 0);
    });
    const rowBytes = this.#run.blockBytes;
    for (const { offset, width, before } of this.#groups) {
      const src = chunk.src + chunk.p0 * rowBytes + offset;
      const columns = this.#table + COLUMN_BYTES * before;
      this.#decodeRows(src, count, rowBytes, width, this.#flip, this.#rowsBias, columns);
    }
  }

  #decodeOne(chunk: Chunk, index: number, place: number): void {
    const one = this.#channels[index];
    if (one === undefined) return;
    const { channel, channelOffset, bit } = one;
    const { kernels } = this.#context.scratch;
    const { blockBytes, perBlock } = geometryOf(this.#run);
    const src = chunk.src + channelOffset;
    const end = chunk.p0 + chunk.to - chunk.from;
    if (bit !== undefined) {
      const decodeBit = this.#bytes === 4 ? kernels.decodeBitF32 : kernels.decodeBitF64;
      decodeBit(src, blockBytes, perBlock, chunk.p0, end, bit, place);
      return;
    }
    const form = this.#forms[index];
    if (form) {
      const { bias, high, low } = form;
      kernels.decodeChannelSingle(src, blockBytes, perBlock, chunk.p0, end, this.#flip, bias, high, low, place);
      return;
    }
    const decode = this.#bytes === 4 ? kernels.decodeChannelF32 : kernels.decodeChannelF64;
    const [gain, offset] = [channel.gain ?? 1, channel.offset ?? 0];
    decode(src, blockBytes, perBlock, chunk.p0, end, this.#flip, this.#bias, gain, offset, place);
  }
}
