import type { FileBytes } from '../file-bytes.ts';
import { readWord } from '../word-decoder.ts';
import { HEADER_BYTES, type VhsbHeader } from './header.ts';

/** Read in one piece. */
const PIECE_BYTES = 256 * 1024;

/** X of one sample, in its units. @throws NdiError path.*, format.truncated */
export function xAt(file: FileBytes, header: VhsbHeader, sample: number): number {
  const { x, xStored, start, increment, sampleBytes } = header;
  const value = xStored
    ? readWord(x.word, file.peek(HEADER_BYTES + sample * sampleBytes, x.bytes, 'a time'), 0)
    : start + sample * increment;
  return (value - x.scale.offset) * x.scale.scale;
}

/**
 * Every sample in turn.
 * @param take is given X, and the bytes of the sample with the place where its Y begins; valid during the call
 * @throws NdiError path.*, format.truncated
 */
export function eachRow(
  file: FileBytes,
  header: VhsbHeader,
  take: (x: number, view: DataView, yAt: number, sample: number) => void,
): void {
  const { x, xStored, start, increment, sampleBytes, samples } = header;
  const { scale, offset } = x.scale;
  const piece = Math.max(1, Math.floor(PIECE_BYTES / sampleBytes));
  for (let from = 0; from < samples; from += piece) {
    const count = Math.min(piece, samples - from);
    const view = file.peek(HEADER_BYTES + from * sampleBytes, count * sampleBytes, 'the samples');
    for (let row = 0; row < count; row += 1) {
      const at = row * sampleBytes;
      const value = xStored ? readWord(x.word, view, at) : start + (from + row) * increment;
      take((value - offset) * scale, view, at + (xStored ? x.bytes : 0), from + row);
    }
  }
}
