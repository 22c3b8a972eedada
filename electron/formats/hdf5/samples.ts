import type { BlockRun, RangeDecoder, SampleWord, StreamChannel } from '../format.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { formatFault } from '../file-faults.ts';
import { decodeWords, type WideWord } from '../word-decoder.ts';
import type { StoredChunk } from './chunk-arrays.ts';
import type { Datatype } from './datatype.ts';
import { unfilter } from './filters.ts';
import { structureSource, type Hdf5Array } from './hdf5.ts';
import { findChunks, type Layout } from './layout.ts';
import type { Superblock } from './superblock.ts';

/** Decompressed chunks kept by a recording, in bytes: enough for neighbouring views, whatever the size of the file. */
const CACHE_BYTES = 32 << 20;

/** Which dimension of a dataset of one or two is time; the other one is channels. */
export type TimeDimension = 0 | 1;

/** How the samples of a dataset are read: the fields of a stream and its runs that follow from where they lie. */
export interface SampleAccess {
  readonly word: SampleWord;
  readonly decode?: RangeDecoder;
  readonly offset: number;
  readonly blockBytes: number;
  /** Byte offset of a channel's first sample within a block. */
  channelOffset(channel: number): number;
}

/** The word of a number type, or null where samples cannot be of it. */
export function wordOf(type: Datatype): WideWord | null {
  if (type.kind !== 'integer' && type.kind !== 'float') return null;
  const letter = type.kind === 'float' ? 'f' : type.signed ? 'i' : 'u';
  const order = type.bigEndian && type.size > 1 ? 'be' : '';
  const name = `${letter}${8 * type.size}${order}`;
  return words.has(name) ? (name as WideWord) : null;
}

const words = new Set<string>(['i8', 'u8', 'f32', 'f64', 'f32be', 'f64be']);
for (const bits of [16, 32, 64]) for (const order of ['', 'be']) words.add(`i${bits}${order}`).add(`u${bits}${order}`);

/** Samples of a dataset of numbers, one or two dimensions. */
export function sampleAccess(
  array: Hdf5Array,
  file: Superblock,
  fileBytes: number,
  word: WideWord,
  time: TimeDimension,
): SampleAccess {
  const { layout, type, shape } = array;
  const [rows, columns] = [shape[0] ?? 0, shape[1] ?? 1];
  const size = type.size;
  const blockBytes = time === 0 ? columns * size : size;
  const channelOffset = (channel: number) => channel * size * (time === 0 ? 1 : columns);
  const access = { word: 'i16' as const, blockBytes, channelOffset };
  if (layout.kind === 'contiguous' && layout.address !== null && layout.bytes >= rows * columns * size) {
    const offset = layout.address;
    if (time === 1) return { ...access, offset, decode: oneByOne(decodeWords(word)) };
    if (word === 'i16' || word === 'u16') return { ...access, word, offset };
    return { ...access, offset, decode: decodeWords(word) };
  }
  if (layout.kind === 'chunked')
    return { ...access, offset: 0, decode: chunkDecoder(array, layout, file, fileBytes, word, time) };
  return {
    ...access,
    offset: 0,
    decode: heldDecoder(layout.kind === 'compact' ? layout.data : null, blockBytes, word),
  };
}

/** Channels that lie far from each other are read each by itself. */
function oneByOne(decode: RangeDecoder): RangeDecoder {
  return (read, run, channels, from, to, out) =>
    channels.forEach((channel, index) => {
      const values = out[index];
      if (values !== undefined) decode(read, run, [channel], from, to, [values]);
    });
}

/** Samples that stand in the header, or that nobody ever wrote: these are no numbers. */
function heldDecoder(data: Uint8Array<ArrayBuffer> | null, blockBytes: number, word: WideWord): RangeDecoder {
  const decode = decodeWords(word);
  return (_read, run, channels, from, to, out) => {
    if (data === null || data.length < (run.first + run.samples) * blockBytes) {
      out.forEach((values) => values.fill(NaN));
      return;
    }
    const held = (_file: string, bytes: Uint8Array, position: number) => {
      bytes.set(data.subarray(position, position + bytes.length));
    };
    decode(held, run, channels, from, to, out);
  };
}

/** Decodes the chunks that a range touches; chunks that were never written are no numbers. */
function chunkDecoder(
  array: Hdf5Array,
  layout: Layout & { readonly kind: 'chunked' },
  file: Superblock,
  fileBytes: number,
  word: WideWord,
  time: TimeDimension,
): RangeDecoder {
  const { shape, filters } = array;
  const { chunk, elementBytes } = layout;
  const chunkBytes = chunk.reduce((product, size) => product * size, elementBytes);
  const [timeSize, channelSize] = [chunk[time] ?? 1, shape.length < 2 ? 1 : (chunk[1 - time] ?? 1)];
  const gridColumns = shape.length < 2 ? 1 : Math.ceil((shape[1] ?? 1) / (chunk[1] ?? 1));
  const place = (timeChunk: number, channelChunk: number) =>
    time === 0 ? timeChunk * gridColumns + channelChunk : channelChunk * gridColumns + timeChunk;
  // Within a chunk: from one sample to the next of a channel, and from one channel to the next.
  const timeStride = time === 0 ? (shape.length < 2 ? 1 : (chunk[1] ?? 1)) : 1;
  const channelStride = time === 0 ? 1 : (chunk[1] ?? 1);
  const decode = decodeWords(word);
  const cache = new ChunkCache(CACHE_BYTES);
  let table: Map<number, StoredChunk> | null = null;

  return (read, run, channels, from, to, out) => {
    table ??= findChunks(structureSource(run.file, fileBytes, read), file, layout, shape, filters.length > 0);
    const known = table;
    const fetch = (at: number): Uint8Array | null => {
      const stored = known.get(at);
      if (stored === undefined) return null;
      return cache.get(at, () => {
        // Before so much is allocated: a chunk of a damaged file may claim anything.
        if (stored.address + stored.bytes > fileBytes) throw chunkOutside(run.file, stored);
        const bytes = new Uint8Array(stored.bytes);
        read(run.file, bytes, stored.address);
        return unfilter(bytes, filters, stored.mask, chunkBytes, run.file);
      });
    };
    const [first, end] = [run.first + from, run.first + to];
    for (let row = first; row < end;) {
      const timeChunk = Math.floor(row / timeSize);
      const stop = Math.min(end, (timeChunk + 1) * timeSize);
      channels.forEach((channel, index) => {
        const number = channelNumber(channel, elementBytes, time, shape[1] ?? 1);
        const data = fetch(place(timeChunk, Math.floor(number / channelSize)));
        const values = out[index]?.subarray(row - first, stop - first);
        if (values === undefined) return;
        if (data === null) return values.fill(NaN);
        decodeWithin(decode, data, {
          channel,
          start: (row - timeChunk * timeSize) * timeStride + (number % channelSize) * channelStride,
          stride: timeStride,
          elementBytes,
          values,
        });
      });
      row = stop;
    }
  };
}

function chunkOutside(path: string, { address, bytes }: StoredChunk): NdiError {
  const why = `a chunk of ${bytes} bytes at byte ${address} reaches beyond the end of the file.`;
  return formatFault('format.truncated', path, why, { offset: address, bytes });
}

function channelNumber(channel: StreamChannel, size: number, time: TimeDimension, columns: number): number {
  return Math.round(channel.channelOffset / size / (time === 0 ? 1 : columns));
}

interface Part {
  readonly channel: StreamChannel;
  /** Elements from the chunk's start to the first sample, and from one sample to the next. */
  readonly start: number;
  readonly stride: number;
  readonly elementBytes: number;
  readonly values: Float64Array;
}

/** Lets the decoder of words read a strided part of a chunk in memory. */
function decodeWithin(decode: RangeDecoder, data: Uint8Array, part: Part): void {
  const { elementBytes, stride, start, values, channel } = part;
  const run: BlockRun = {
    file: '',
    offset: start * elementBytes,
    blockBytes: stride * elementBytes,
    samplesPerBlock: 1,
    first: 0,
    samples: values.length,
    firstSample: 0,
    t0: 0,
  };
  const fromChunk = (_file: string, bytes: Uint8Array, position: number) => {
    bytes.set(data.subarray(position, position + bytes.length));
  };
  decode(fromChunk, run, [{ ...channel, channelOffset: 0 }], 0, values.length, [values]);
}

/** The chunks that were used last, up to a number of bytes. */
class ChunkCache {
  readonly #budget: number;
  readonly #chunks = new Map<number, Uint8Array>();
  #bytes = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  get(key: number, make: () => Uint8Array): Uint8Array {
    const known = this.#chunks.get(key);
    const chunk = known ?? make();
    this.#chunks.delete(key);
    this.#chunks.set(key, chunk);
    if (known === undefined) this.#bytes += chunk.length;
    for (const [oldest, { length }] of this.#chunks) {
      if (this.#bytes <= this.#budget || this.#chunks.size === 1) break;
      this.#chunks.delete(oldest);
      this.#bytes -= length;
    }
    return chunk;
  }
}
