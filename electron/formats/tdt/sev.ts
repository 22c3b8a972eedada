import { basename } from 'node:path';
import { latin1, withFile } from '../file-bytes.ts';
import { dataWords, wordBytes, type DataWord } from './tsq.ts';

export const SEV_HEADER_BYTES = 40;
/** `BLOCK_STORE_Ch12.sev`; further hours of a recording end in `-1h`, `-2h`, ... */
const namePattern = /_([^_]{1,4})_ch(\d{1,5})(?:-(\d{1,4})h)?\.sev$/i;

/** One file of one channel: its header, or what its name says where the header is of no use. */
export interface SevFile {
  readonly path: string;
  readonly store: string;
  readonly channel: number;
  /** Place among the parts of a long recording. */
  readonly part: number;
  /** Null where only the index can tell. */
  readonly word: DataWord | null;
  readonly sampleRate: number | null;
  readonly dataBytes: number;
}

/** Whether a file begins with the header of a SEV file. */
export function hasSevHeader(head: Uint8Array): boolean {
  return head.length >= SEV_HEADER_BYTES && head[8] === 0x53 && head[9] === 0x45 && head[10] === 0x56;
}

export function isSevName(name: string): boolean {
  return namePattern.test(name);
}

/** Null for a file that neither its header nor its name explains. @throws NdiError path.* */
export function readSev(path: string): SevFile | null {
  const [, store = '', digits = '', hour] = namePattern.exec(basename(path)) ?? [];
  return withFile(path, (file) => {
    if (file.size < SEV_HEADER_BYTES) return null;
    const view = file.view(0, SEV_HEADER_BYTES, 'the header');
    const bytes = new Uint8Array(view.buffer, view.byteOffset, SEV_HEADER_BYTES);
    const shared = { path, part: Number(hour ?? 0), dataBytes: file.size - SEV_HEADER_BYTES };
    const version = view.getUint8(11);
    const word = dataWords[view.getUint8(24) & 7];
    const decimate = view.getUint8(25);
    const sampleRate = (2 ** (view.getUint16(26, true) - 12) * 25_000_000) / decimate;
    const isTold = hasSevHeader(bytes) && version >= 1 && version <= 9 && word !== undefined;
    if (isTold && view.getUint16(20, true) === wordBytes[word] && sampleRate > 0 && sampleRate <= 1e8) {
      const written = latin1(new DataView(view.buffer, view.byteOffset + 12, 4));
      // Version 2 wrote the name backwards.
      const name = version === 2 ? Array.from(written).reverse().join('') : written;
      return { ...shared, store: name, channel: view.getUint16(16, true), word, sampleRate };
    }
    if (store === '') return null;
    return { ...shared, store, channel: Number(digits), word: null, sampleRate: null };
  });
}
