import type { BlockRun, RangeDecoder, ReadBytes, StreamChannel } from './format.ts';

/** How a word is read: what the physical formula calls raw. */
export interface WordKind {
  /** Bytes from one sample of a channel to its next within a block. */
  readonly bytes: number;
  readonly get: (data: DataView, at: number) => number;
}

const kinds = {
  i8: { bytes: 1, get: (data, at) => data.getInt8(at) },
  u8: { bytes: 1, get: (data, at) => data.getUint8(at) },
  i16: { bytes: 2, get: (data, at) => data.getInt16(at, true) },
  i16be: { bytes: 2, get: (data, at) => data.getInt16(at, false) },
  u16: { bytes: 2, get: (data, at) => data.getUint16(at, true) },
  u16be: { bytes: 2, get: (data, at) => data.getUint16(at, false) },
  i24: { bytes: 3, get: (data, at) => data.getUint16(at, true) | (data.getInt8(at + 2) << 16) },
  i32: { bytes: 4, get: (data, at) => data.getInt32(at, true) },
  i32be: { bytes: 4, get: (data, at) => data.getInt32(at, false) },
  u32: { bytes: 4, get: (data, at) => data.getUint32(at, true) },
  u32be: { bytes: 4, get: (data, at) => data.getUint32(at, false) },
  i64: { bytes: 8, get: (data, at) => Number(data.getBigInt64(at, true)) },
  i64be: { bytes: 8, get: (data, at) => Number(data.getBigInt64(at, false)) },
  u64: { bytes: 8, get: (data, at) => Number(data.getBigUint64(at, true)) },
  u64be: { bytes: 8, get: (data, at) => Number(data.getBigUint64(at, false)) },
  f32: { bytes: 4, get: (data, at) => data.getFloat32(at, true) },
  f32be: { bytes: 4, get: (data, at) => data.getFloat32(at, false) },
  f64: { bytes: 8, get: (data, at) => data.getFloat64(at, true) },
  f64be: { bytes: 8, get: (data, at) => data.getFloat64(at, false) },
} as const satisfies Readonly<Record<string, WordKind>>;

/** Words that the kernels do not know; little-endian unless they end in `be`. */
export type WideWord = keyof typeof kinds;

/** The word at a place. */
export function readWord(word: WideWord, data: DataView, at: number): number {
  return kinds[word].get(data, at);
}

/** Blocks up to this are read in one piece whatever the channels; of larger ones only what is wanted. */
const WHOLE_BLOCK_BYTES = 64 * 1024;

/**
 * Decodes words of any width that lie as `BlockRun` says: value = word x gain + offset in double precision, or one bit
 * of the word (of its low 32 bits).
 */
export function decodeWords(word: WideWord | WordKind): RangeDecoder {
  const kind = typeof word === 'string' ? kinds[word] : word;
  return (read, run, channels, from, to, out) => {
    if (run.blockBytes <= WHOLE_BLOCK_BYTES) decodeBlocks(kind, read, run, channels, from, to, out);
    else channels.forEach((channel, index) => decodeParts(kind, read, run, channel, from, to, out[index]));
  };
}

/** Reads all from the first to the last wanted byte at once. */
function decodeBlocks(
  kind: WordKind,
  read: ReadBytes,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  out: readonly Float64Array[],
): void {
  const { blockBytes, samplesPerBlock } = run;
  const offsets = channels.map(({ channelOffset }) => channelOffset);
  const lowest = Math.min(...offsets);
  const partBytes = kind.bytes * samplesPerBlock;
  const firstBlock = Math.floor((run.first + from) / samplesPerBlock);
  const lastBlock = Math.floor((run.first + to - 1) / samplesPerBlock);
  const data = new DataView(
    new ArrayBuffer((lastBlock - firstBlock) * blockBytes + Math.max(...offsets) - lowest + partBytes),
  );
  read(run.file, new Uint8Array(data.buffer), run.offset + firstBlock * blockBytes + lowest);
  channels.forEach((channel, index) => {
    const values = out[index];
    if (values === undefined) return;
    for (let sample = from; sample < to;) {
      const position = run.first + sample;
      const block = Math.floor(position / samplesPerBlock);
      const end = Math.min(to, (block + 1) * samplesPerBlock - run.first);
      const inBlock = position - block * samplesPerBlock;
      const at = (block - firstBlock) * blockBytes + channel.channelOffset - lowest + kind.bytes * inBlock;
      convert(kind, data, at, channel, values.subarray(sample - from, end - from));
      sample = end;
    }
  });
}

/** Reads of every block only the wanted words of one channel. */
function decodeParts(
  kind: WordKind,
  read: ReadBytes,
  run: BlockRun,
  channel: StreamChannel,
  from: number,
  to: number,
  out: Float64Array | undefined,
): void {
  const { blockBytes, samplesPerBlock } = run;
  for (let sample = from; sample < to;) {
    const position = run.first + sample;
    const block = Math.floor(position / samplesPerBlock);
    const end = Math.min(to, (block + 1) * samplesPerBlock - run.first);
    const data = new DataView(new ArrayBuffer(kind.bytes * (end - sample)));
    const inBlock = position - block * samplesPerBlock;
    const at = run.offset + block * blockBytes + channel.channelOffset + kind.bytes * inBlock;
    read(run.file, new Uint8Array(data.buffer), at);
    if (out !== undefined) convert(kind, data, 0, channel, out.subarray(sample - from, end - from));
    sample = end;
  }
}

function convert(
  { bytes, get }: WordKind,
  data: DataView,
  at: number,
  { channel, bit }: StreamChannel,
  out: Float64Array,
): void {
  const gain = channel.gain ?? 1;
  const offset = channel.offset ?? 0;
  for (let index = 0; index < out.length; index++) {
    const word = get(data, at + index * bytes);
    out[index] = bit === undefined ? word * gain + offset : (word >> bit) & 1;
  }
}
