import type { BlockRun, SignalStream, StreamChannel } from '../formats/format.ts';
import { forEachChunk, geometryOf, type Chunk, type SignalContext } from './chunks.ts';
import type { Floats } from './floats.ts';
import { forEachOwnChunk } from './own-chunks.ts';
import { groupColumns, isInterleaved, placeInGroups, type ColumnGroup } from './column-groups.ts';
import type { KernelFunctions } from './kernel-functions.ts';
import { wordRules } from './words.ts';

/**
 * Physical values of the samples [from, to) of a run: channel c goes to `out[c]` from `at` on.
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
  context.scratch.reset();
  const decoder = new ChunkDecoder(context, stream, run, stored, bytes);
  forEachChunk(context, run, stored, from, to, (chunk) => {
    decoder.decode(chunk);
    decoder.copyInto(targets, at + chunk.from - from);
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
  context.scratch.reset();
  const decoder = new ChunkDecoder(context, stream, run, channels, bytes);
  forEachChunk(context, run, channels, from, to, (chunk) => {
    decoder.decode(chunk);
    visit(chunk.from, decoder.planes());
  });
}

/** Planes lie one after the other in the kernels' memory, a little apart so that they do not share cache sets. */
class ChunkDecoder {
  readonly #context: SignalContext;
  readonly #run: BlockRun;
  readonly #channels: readonly StreamChannel[];
  readonly #bytes: 4 | 8;
  readonly #flip: number;
  readonly #bias: number;
  /** Words of interleaved channels are decoded by rows; other channels, and lines of words, one by one. */
  readonly #groups: readonly ColumnGroup[];
  readonly #alone: readonly number[];
  readonly #places: readonly number[];
  readonly #planes: number;
  readonly #scales: number;
  readonly #decodeRows: KernelFunctions['decodeRowsF32'];
  #out = 0;
  #stride = 0;
  /** Samples of the chunk that was decoded last. */
  #count = 0;

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
    const interleaved = isInterleaved(run);
    const isAlone = ({ bit }: StreamChannel) => !interleaved || bit !== undefined;
    const groups = groupColumns(channels.filter((channel) => !isAlone(channel)));
    const last = groups.at(-1);
    let planes = last === undefined ? 0 : last.before + last.width;
    this.#places = channels.map((channel) =>
      isAlone(channel) ? planes++ : placeInGroups(groups, channel.channelOffset),
    );
    this.#groups = groups;
    this.#alone = channels.flatMap((channel, index) => (isAlone(channel) ? [index] : []));
    this.#planes = planes;
    this.#scales = context.scratch.take(16 * this.#planes);
    const scales = context.scratch.f64(this.#scales, 2 * this.#planes);
    channels.forEach(({ channel }, index) => {
      const place = this.#places[index] ?? 0;
      scales[place] = channel.gain ?? 1;
      scales[this.#planes + place] = channel.offset ?? 0;
    });
    const { kernels } = context.scratch;
    const short = channels.every(isShort) ? kernels.decodeRowsShort : kernels.decodeRowsF32;
    this.#decodeRows = bytes === 4 ? short : kernels.decodeRowsF64;
  }

  decode(chunk: Chunk): void {
    this.#count = chunk.to - chunk.from;
    if (this.#count > this.#stride) {
      this.#stride = this.#count + 16;
      this.#out = this.#context.scratch.take(this.#bytes * this.#stride * this.#planes);
    }
    for (const group of this.#groups) this.#decodeGroup(chunk, group);
    for (const index of this.#alone) this.#decodeOne(chunk, index);
  }

  /** What was decoded last; void when the next chunk is. */
  planes(): Floats[] {
    const { scratch } = this.#context;
    return this.#places.map((place) => {
      const at = this.#startOf(place);
      return this.#bytes === 4 ? scratch.f32(at, this.#count) : scratch.f64(at, this.#count);
    });
  }

  /**
   * Copies what was decoded last, each plane into its target from position `at` on. `TypedArray.set` would do, but byte
   * by byte where memory is shared between threads and the two are not aligned alike.
   */
  copyInto(targets: readonly Floats[], at: number): void {
    const source = Buffer.from(this.#context.scratch.kernels.memory.buffer);
    let result: Buffer = Buffer.alloc(0);
    targets.forEach((target, index) => {
      if (result.buffer !== target.buffer) result = Buffer.from(target.buffer);
      const start = this.#startOf(this.#places[index] ?? 0);
      source.copy(result, target.byteOffset + this.#bytes * at, start, start + this.#bytes * this.#count);
    });
  }

  #startOf(place: number): number {
    return this.#out + this.#bytes * this.#stride * place;
  }

  #decodeGroup(chunk: Chunk, { offset, width, before }: ColumnGroup): void {
    const rowBytes = this.#run.blockBytes;
    const src = chunk.src + chunk.p0 * rowBytes + offset;
    const gains = this.#scales + 8 * before;
    const offsets = gains + 8 * this.#planes;
    const out = this.#startOf(before);
    this.#decodeRows(src, this.#count, rowBytes, width, this.#flip, this.#bias, gains, offsets, out, this.#stride);
  }

  #decodeOne(chunk: Chunk, index: number): void {
    const one = this.#channels[index];
    if (one === undefined) return;
    const { channel, channelOffset, bit } = one;
    const { kernels } = this.#context.scratch;
    const { blockBytes, perBlock } = geometryOf(this.#run);
    const src = chunk.src + channelOffset;
    const end = chunk.p0 + chunk.to - chunk.from;
    const out = this.#startOf(this.#places[index] ?? 0);
    if (bit !== undefined) {
      const decodeBit = this.#bytes === 4 ? kernels.decodeBitF32 : kernels.decodeBitF64;
      decodeBit(src, blockBytes, perBlock, chunk.p0, end, bit, out);
      return;
    }
    const decode = this.#bytes === 4 ? kernels.decodeChannelF32 : kernels.decodeChannelF64;
    const gain = channel.gain ?? 1;
    const offset = channel.offset ?? 0;
    decode(src, blockBytes, perBlock, chunk.p0, end, this.#flip, this.#bias, gain, offset, out);
  }
}

/**
 * Whether every product of a word and the gain has at most 24 significant bits, and no offset rounds it: a word of 16 ones
 * needs the most of them.
 */
function isShort({ channel }: StreamChannel): boolean {
  const gain = channel.gain ?? 1;
  const most = 0xffff * gain;
  return (channel.offset ?? 0) === 0 && Math.fround(gain) === gain && Math.fround(most) === most;
}
