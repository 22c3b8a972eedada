import type { BlockRun, StreamChannel } from '../formats/format.ts';
import { cancelledError } from './cancelled.ts';
import type { FileHandles } from './file-handles.ts';
import type { Scratch } from './kernels.ts';

/** What a chunk of samples takes in memory: stays within the second-level cache. */
const CHUNK_BYTES = 512 * 1024;
/** Of many channels a chunk holds so many samples all the same, or each channel's part would be too short to be worth its call. */
const CHUNK_SAMPLES = 2048;
const MOST_CHUNK_BYTES = 4 * CHUNK_BYTES;
/**
 * Of memory. Processors copy up to five times slower to a place a few bytes further in its page than where the bytes come
 * from, and those are as far in a page of the disk cache as in the file: chunks are read to places half a page from there.
 */
const PAGE_BYTES = 4096;
/**
 * What lies between is skipped where it is longer than this, at a call of the system a block; but only as long as what is
 * read comes as quickly as out of the disk cache: disks and networks read on faster than they skip.
 */
const SKIPPED_BYTES = 16 * 1024;
const QUICK_BYTES_A_MS = 2e6;
const PATIENCE = 3;

/** Tools of one thread and one task. */
export interface SignalContext {
  readonly scratch: Scratch;
  readonly files: FileHandles;
  /** Asked between chunks. */
  readonly isCancelled: () => boolean;
}

/** A piece of a run in memory: the samples [from, to) of the run, which lie at positions [p0, p0 + to - from). */
export interface Chunk {
  /** Pointer to the byte of block 0, position 0 of the chunk; add a channel's offset. */
  readonly src: number;
  readonly p0: number;
  readonly from: number;
  readonly to: number;
}

/** Geometry that the kernels use: a run whose words lie all in one row counts as one long block. */
export interface Geometry {
  readonly blockBytes: number;
  readonly perBlock: number;
}

const ONE_LONG_BLOCK = 0x4000_0000;

export function geometryOf(run: BlockRun): Geometry {
  const contiguous = run.blockBytes === 2 * run.samplesPerBlock;
  return contiguous
    ? { blockBytes: ONE_LONG_BLOCK, perBlock: ONE_LONG_BLOCK }
    : { blockBytes: run.blockBytes, perBlock: run.samplesPerBlock };
}

/** Bytes of a run that must be read for a range of samples: the measure of its cost. */
export function rangeBytes(run: BlockRun, samples: number): number {
  return (samples / run.samplesPerBlock) * run.blockBytes;
}

function blocksOfChunk({ blockBytes, samplesPerBlock }: BlockRun): number {
  const wanted = Math.max(CHUNK_BYTES, Math.ceil(CHUNK_SAMPLES / samplesPerBlock) * blockBytes);
  return Math.max(1, Math.floor(Math.min(MOST_CHUNK_BYTES, wanted) / blockBytes));
}

export function samplesOfChunk(run: BlockRun): number {
  return blocksOfChunk(run) * run.samplesPerBlock;
}

/** What chunks of so many samples take of the kernels' memory. */
export function chunkRoom(run: BlockRun, samples: number): number {
  const blocks = Math.min(blocksOfChunk(run), Math.ceil(samples / run.samplesPerBlock) + 1);
  return blocks * run.blockBytes + PAGE_BYTES;
}

/**
 * Reads the samples [from, to) of a run piece by piece straight into the kernels' memory and gives each to `visit`.
 * Never more than a chunk, or one block, is in memory.
 *
 * @throws NdiError app.cancelled, path.*, format.truncated
 */
export function forEachChunk(
  context: SignalContext,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  visit: (chunk: Chunk) => void,
): void {
  const { samplesPerBlock } = run;
  const blocksPerChunk = blocksOfChunk(run);
  // Of every block only what lies between the first and the last wanted channel is needed.
  const lowest = Math.min(...channels.map(({ channelOffset }) => channelOffset));
  const highest = Math.max(...channels.map(({ channelOffset }) => channelOffset)) + 2 * samplesPerBlock;
  const reader = new BlockReader(context, run, lowest, highest);
  const mark = context.scratch.mark();
  const room = context.scratch.take(chunkRoom(run, to - from));
  for (let sample = from; sample < to;) {
    if (context.isCancelled()) throw cancelledError();
    const position = run.first + sample;
    const block = Math.floor(position / samplesPerBlock);
    const end = Math.min(to, (block + blocksPerChunk) * samplesPerBlock - run.first);
    const blocks = Math.ceil((run.first + end) / samplesPerBlock) - block;
    const src = reader.read(room, block, blocks);
    visit({ src, p0: position - block * samplesPerBlock, from: sample, to: end });
    sample = end;
  }
  context.scratch.release(mark);
}

/** Reads blocks of which only the bytes [lowest, highest) are wanted. */
class BlockReader {
  readonly #context: SignalContext;
  readonly #run: BlockRun;
  readonly #lowest: number;
  readonly #wanted: number;
  /** How often more reading by pieces may turn out to be slow. */
  #patience: number;
  #isQuick = false;

  constructor(context: SignalContext, run: BlockRun, lowest: number, highest: number) {
    this.#context = context;
    this.#run = run;
    this.#lowest = lowest;
    this.#wanted = highest - lowest;
    this.#patience = run.blockBytes - this.#wanted >= SKIPPED_BYTES ? PATIENCE : 0;
  }

  /** @returns where block 0 of those read begins: somewhere in a room of `chunkRoom` bytes */
  read(room: number, block: number, blocks: number): number {
    const { scratch, files } = this.#context;
    const { file, offset, blockBytes } = this.#run;
    const position = offset + block * blockBytes + this.#lowest;
    // Half a page from the place in its page that the bytes have in the file, and in whole cache lines.
    const inPage = (Math.floor((position % PAGE_BYTES) / 64) * 64 + PAGE_BYTES / 2) % PAGE_BYTES;
    const place = room + ((inPage + PAGE_BYTES - (room % PAGE_BYTES)) % PAGE_BYTES);
    const bytes = scratch.u8(place, (blocks - 1) * blockBytes + this.#wanted);
    const skips = this.#isQuick && this.#patience > 0;
    const started = performance.now();
    if (skips) files.readInto(file, bytes, position, this.#wanted, blockBytes);
    else files.readInto(file, bytes, position);
    this.#isQuick = (performance.now() - started) * QUICK_BYTES_A_MS < bytes.length;
    if (skips && !this.#isQuick) this.#patience -= 1;
    return place - this.#lowest;
  }
}
