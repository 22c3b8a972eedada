import { lastNotAfter } from '../../shared/model/rising.ts';
import type { RangeDecoder, ReadBytes } from './format.ts';

/** Where the samples of a stream of one channel lie that come in pieces, anywhere in the file. */
export interface ScatteredPieces {
  /** Byte of each piece's first sample. */
  readonly positions: readonly number[];
  /** Index in the stream of each piece's first sample, ascending; a piece ends where the next one begins. */
  readonly firsts: readonly number[];
}

type ScatteredWord = keyof typeof arrays;

/** The machines that this runs on are little-endian, as the files are. */
const arrays = { i8: Int8Array, i16: Int16Array, i32: Int32Array, f32: Float32Array, f64: Float64Array } as const;

/**
 * Decodes streams of one channel whose samples lie in pieces of whatever length: value = word x gain + offset in double
 * precision. Every run of such a stream may span many pieces.
 */
export function decodeScattered(word: ScatteredWord, pieces: ScatteredPieces): RangeDecoder {
  return (read, run, [channel], from, to, [out]) => {
    if (channel === undefined || out === undefined) return;
    const words = new arrays[word](to - from);
    fillWords(read, run.file, pieces, run.firstSample + from, words);
    const gain = channel.channel.gain ?? 1;
    const offset = channel.channel.offset ?? 0;
    for (let index = 0; index < words.length; index++) out[index] = (words[index] ?? NaN) * gain + offset;
  };
}

/** Reads the words from sample `from` of the stream on, piece by piece. */
function fillWords(
  read: ReadBytes,
  file: string,
  { positions, firsts }: ScatteredPieces,
  from: number,
  words: InstanceType<(typeof arrays)[ScatteredWord]> & { readonly buffer: ArrayBuffer },
): void {
  const width = words.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(words.buffer);
  const end = from + words.length;
  for (let piece = lastNotAfter(firsts, from), sample = from; sample < end; piece++) {
    const stop = Math.min(end, firsts[piece + 1] ?? end);
    const position = (positions[piece] ?? 0) + width * (sample - (firsts[piece] ?? 0));
    read(file, bytes.subarray(width * (sample - from), width * (stop - from)), position);
    sample = stop;
  }
}
