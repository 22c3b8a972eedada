import type { BlockRun, StreamChannel } from '../formats/format.ts';
import { cancelledError } from './cancelled.ts';
import type { FileHandles } from './file-handles.ts';
import type { Scratch } from './kernels.ts';

/** What a chunk of samples takes in memory: stays within the second-level cache. */
const CHUNK_BYTES = 512 * 1024;
/** Of many channels a chunk holds so many samples all the same, or each channel's part would be too short to be worth its call. */
const CHUNK_SAMPLES = 2048;
const MOST_CHUNK_BYTES = 4 * CHUNK_BYTES;

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
  const { blockBytes, samplesPerBlock } = run;
  const blocksPerChunk = blocksOfChunk(run);
  // Of every block only what lies between the first and the last wanted channel is needed; it matters at the ends.
  const lowest = Math.min(...channels.map(({ channelOffset }) => channelOffset));
  const highest = Math.max(...channels.map(({ channelOffset }) => channelOffset)) + 2 * samplesPerBlock;
  const lastBlock = Math.floor((run.first + to - 1) / samplesPerBlock);
  const wantedBlocks = lastBlock - Math.floor((run.first + from) / samplesPerBlock) + 1;
  const mark = context.scratch.mark();
  const src = context.scratch.take(Math.min(blocksPerChunk, wantedBlocks) * blockBytes);
  for (let sample = from; sample < to;) {
    if (context.isCancelled()) throw cancelledError();
    const position = run.first + sample;
    const block = Math.floor(position / samplesPerBlock);
    const end = Math.min(to, (block + blocksPerChunk) * samplesPerBlock - run.first);
    const blocks = Math.ceil((run.first + end) / samplesPerBlock) - block;
    const bytes = context.scratch.u8(src + lowest, (blocks - 1) * blockBytes + highest - lowest);
    context.files.readInto(run.file, bytes, run.offset + block * blockBytes + lowest);
    visit({ src, p0: position - block * samplesPerBlock, from: sample, to: end });
    sample = end;
  }
  context.scratch.release(mark);
}
