import { inflateSync } from 'node:zlib';
import { formatFault } from '../file-faults.ts';

/** Compressions of TIFF by their numbers. Source: TIFF 6.0, sections 9, 13 and 14; supplement 2 for deflate. */
type Decode = (stored: Uint8Array, bytes: number) => Uint8Array;

const codecs: ReadonlyMap<number, Decode> = new Map<number, Decode>([
  [1, (stored) => stored],
  [5, unLzw],
  [8, inflate],
  [32_946, inflate],
  [32_773, unpackBits],
]);

const NAMES: Readonly<Record<number, string>> = {
  ...{ 2: 'CCITT fax', 3: 'CCITT fax', 4: 'CCITT fax', 6: 'JPEG', 7: 'JPEG', 34_712: 'JPEG 2000', 50_000: 'Zstandard' },
  ...{ 34_925: 'LZMA', 33_003: 'JPEG 2000', 33_005: 'JPEG 2000', 50_001: 'WebP' },
};

/** @throws NdiError format.unsupported */
export function checkCompression(compression: number, path: string): void {
  if (codecs.has(compression)) return;
  const name = NAMES[compression] ?? `kind ${compression}`;
  throw formatFault('format.unsupported', path, `its pictures are compressed as ${name}, which is not read here.`, {
    field: 'Compression',
    value: compression,
  });
}

/**
 * A strip or tile as it was before it was compressed; shorter than `bytes` where its end is missing.
 * @throws NdiError format.invalid
 */
export function decompress(stored: Uint8Array, compression: number, bytes: number, path: string): Uint8Array {
  const decode = codecs.get(compression);
  try {
    return (decode ?? ((plain) => plain))(stored, bytes);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw formatFault('format.invalid', path, `a compressed piece of its picture is damaged (${why}).`, {
      field: 'Compression',
      value: compression,
    });
  }
}

function inflate(stored: Uint8Array, bytes: number): Uint8Array {
  return inflateSync(stored, { maxOutputLength: bytes + 1024 });
}

/** A count n of 0 to 127: the next n + 1 bytes as they are; of -1 to -127: the next byte 1 - n times. */
function unpackBits(stored: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  let [at, into] = [0, 0];
  while (at < stored.length && into < bytes) {
    const count = ((stored[at++] ?? 0) << 24) >> 24;
    if (count >= 0) {
      const piece = stored.subarray(at, at + Math.min(count + 1, bytes - into));
      out.set(piece, into);
      at += count + 1;
      into += piece.length;
    } else if (count > -128) {
      const end = Math.min(bytes, into + 1 - count);
      out.fill(stored[at++] ?? 0, into, end);
      into = end;
    }
  }
  return out.subarray(0, into);
}

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;

/** Codes of 9 to 12 bits, the highest bit first; the width grows one code early (TIFF 6.0, section 13). */
function unLzw(stored: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  // A string is what was put out at some place: its start there, and its length.
  const starts = new Uint32Array(MOST_CODES);
  const lengths = new Uint32Array(MOST_CODES);
  let [bitAt, width, next, into] = [0, 9, END + 1, 0];
  let [lastStart, lastLength] = [0, 0];
  while (into < bytes && bitAt + width <= 8 * stored.length) {
    let code = 0;
    for (let left = width; left > 0;) {
      const bit = bitAt % 8;
      const take = Math.min(8 - bit, left);
      code = (code << take) | (((stored[bitAt >> 3] ?? 0) >> (8 - bit - take)) & ((1 << take) - 1));
      bitAt += take;
      left -= take;
    }
    if (code === END) break;
    if (code === CLEAR) {
      [width, next, lastLength] = [9, END + 1, 0];
      continue;
    }
    const start = into;
    if (code < CLEAR) out[into++] = code;
    else {
      const isNew = code === next;
      if (code > next || (isNew && lastLength === 0) || code <= END) throw new Error(`code ${code} is not known`);
      const [from, length] = isNew ? [lastStart, lastLength] : [starts[code] ?? 0, lengths[code] ?? 0];
      const end = Math.min(bytes, into + length);
      for (let read = from; into < end; read++) out[into++] = out[read] ?? 0;
      if (isNew && into < bytes) out[into++] = out[lastStart] ?? 0;
    }
    if (lastLength > 0 && next < MOST_CODES) {
      // The last string and the first letter of this one stand one after the other in what was put out.
      starts[next] = lastStart;
      lengths[next] = lastLength + 1;
      next += 1;
    }
    [lastStart, lastLength] = [start, into - start];
    // One code early: as many strings as the next code may name.
    if (next + 1 >= 1 << width && width < 12) width += 1;
  }
  return out.subarray(0, into);
}
