import { inflateSync } from 'node:zlib';
import { formatFault } from '../file-faults.ts';
import type { Hdf5Cursor } from './reader.ts';

export interface Filter {
  readonly id: number;
  readonly name: string;
  readonly values: readonly number[];
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;

/** Filters whose codecs are kept elsewhere, by their registered numbers, for the error. */
const foreign: Readonly<Record<number, string>> = {
  4: 'SZIP',
  5: 'N-bit',
  6: 'scale-offset',
  307: 'BZIP2',
  32000: 'LZF',
  32001: 'Blosc',
  32004: 'LZ4',
  32008: 'bitshuffle',
  32015: 'Zstandard',
  32026: 'Blosc 2',
};

/** Parses a filter pipeline message. */
export function readFilters(body: Hdf5Cursor): Filter[] {
  const version = body.u8();
  const count = body.u8();
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const nameBytes = version === 1 || id >= 256 ? body.u16() : 0;
    body.skip(2);
    const valueCount = body.u16();
    const start = body.at;
    const name = body.text(nameBytes);
    if (version === 1) body.align(8, start);
    const values = Array.from({ length: valueCount }, () => body.u32());
    if (version === 1 && valueCount % 2 === 1 && body.left >= 4) body.skip(4);
    return { id, name, values };
  });
}

/**
 * Refuses filters that cannot be undone here.
 * @throws NdiError format.unsupported naming the filter and its number
 */
export function requireKnownFilters(filters: readonly Filter[], path: string, dataset: string): void {
  const unknown = filters.find(({ id }) => ![DEFLATE, SHUFFLE, FLETCHER32].includes(id));
  if (unknown === undefined) return;
  const name = foreign[unknown.id] ?? (unknown.name || 'an unknown filter');
  const sentence = `${dataset} is compressed by ${name} (HDF5 filter ${unknown.id}), which cannot be read here; gzip, shuffle and fletcher32 can.`;
  throw formatFault('format.unsupported', path, sentence, { field: dataset, value: unknown.id });
}

/**
 * Undoes the filters of a chunk, last first.
 * @param mask bit i set: filter i was not used for this chunk
 * @throws NdiError format.invalid
 */
export function unfilter(
  stored: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  chunkBytes: number,
  path: string,
): Uint8Array {
  let data = stored;
  for (let index = filters.length - 1; index >= 0; index--) {
    const filter = filters[index];
    if (filter === undefined || ((mask >> index) & 1) === 1) continue;
    if (filter.id === FLETCHER32) data = checkFletcher(data, path);
    else if (filter.id === SHUFFLE) data = unshuffle(data, filter.values[0] ?? 1);
    else data = inflate(data, chunkBytes, path);
  }
  if (data.length < chunkBytes) throw formatFault('format.invalid', path, 'a chunk holds fewer bytes than it should.');
  return data;
}

function inflate(data: Uint8Array, chunkBytes: number, path: string): Uint8Array {
  try {
    // A checksum may stand behind the data.
    return inflateSync(data, { maxOutputLength: chunkBytes + 4 });
  } catch (error) {
    const sentence = `a compressed chunk is damaged (${error instanceof Error ? error.message : String(error)}).`;
    throw formatFault('format.invalid', path, sentence);
  }
}

/** Bytes of equal rank stood together; whatever does not fill a whole element stays at the end. */
function unshuffle(data: Uint8Array, elementBytes: number): Uint8Array {
  if (elementBytes <= 1) return data;
  const count = Math.floor(data.length / elementBytes);
  const out = new Uint8Array(data.length);
  for (let rank = 0; rank < elementBytes; rank++) {
    for (let index = 0, from = rank * count, to = rank; index < count; index++, from++, to += elementBytes) {
      out[to] = data[from] ?? 0;
    }
  }
  out.set(data.subarray(count * elementBytes), count * elementBytes);
  return out;
}

/** HDF5's Fletcher checksum: 16-bit words, first byte high, sums modulo 65535; stored behind the data. */
function checkFletcher(data: Uint8Array, path: string): Uint8Array {
  const length = data.length - 4;
  if (length < 0) throw formatFault('format.invalid', path, 'a chunk is too short for its checksum.');
  let [low, high] = [0, 0];
  for (let index = 0; index < length; index += 2) {
    low = (low + ((data[index] ?? 0) << 8) + (index + 1 < length ? (data[index + 1] ?? 0) : 0)) % 65_535;
    high = (high + low) % 65_535;
  }
  const stored = new DataView(data.buffer, data.byteOffset + length, 4).getUint32(0, true);
  // Zero and 65535 are the same number modulo 65535, and writers differ in which they keep.
  const same = (a: number, b: number) => a % 65_535 === b % 65_535;
  if (!same(stored & 0xffff, low) || !same(stored >>> 16, high)) {
    throw formatFault('format.invalid', path, 'the checksum of a chunk does not fit its bytes.');
  }
  return data.subarray(0, length);
}
