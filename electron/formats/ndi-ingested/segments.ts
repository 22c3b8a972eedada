import { readFileSync, statSync } from 'node:fs';
import { formatFault, toReadFault } from '../file-faults.ts';
import { decodeNbf, type NbfMatrix } from './nbf.ts';

/** Decoded segments kept by an open epoch, in bytes; one is kept whatever its size. */
const CACHE_BYTES = 128 << 20;
/** Compressed, on the disk. */
const MAX_STORED_BYTES = 1 << 30;

/** Samples of one segment: rows [from, to) of the file that is numbered so, from 1. */
export interface SegmentRows {
  readonly segment: number;
  readonly from: number;
  readonly to: number;
}

/** In which segments, of `length` samples each, the samples [from, to) lie. */
export function rowsOfSegments(from: number, to: number, length: number): SegmentRows[] {
  const rows: SegmentRows[] = [];
  for (let at = from; at < to;) {
    const start = Math.floor(at / length) * length;
    const end = Math.min(to, start + length);
    rows.push({ segment: start / length + 1, from: at - start, to: end - start });
    at = end;
  }
  return rows;
}

/** The segments of an epoch by their names, decoded when they are wanted, the last ones kept. */
export class Segments {
  readonly #files: Readonly<Record<string, string>>;
  readonly #decoded = new Map<string, NbfMatrix>();
  #bytes = 0;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files;
  }

  /** Whether there is one of that name. */
  has(name: string): boolean {
    return this.#files[name] !== undefined;
  }

  /**
   * @param form of every segment of its group: channels, and samples of those before the last
   * @throws NdiError path.*, format.* (also where it holds another number of channels, or more samples)
   */
  get(name: string, form: { readonly columns: number; readonly mostRows: number }): NbfMatrix {
    const known = this.#decoded.get(name);
    const matrix = known ?? this.#decode(name);
    const { rows, columns } = matrix;
    if (columns.length !== form.columns || rows > form.mostRows) {
      const sentence = `the segment holds ${rows} samples of ${columns.length} channels, where ${form.columns} channels and at most ${form.mostRows} samples are expected.`;
      throw formatFault('format.invalid', this.#files[name] ?? name, sentence, { rows, columns: columns.length });
    }
    this.#decoded.delete(name);
    this.#decoded.set(name, matrix);
    if (known === undefined) this.#bytes += bytesOf(matrix);
    for (const [oldest, one] of this.#decoded) {
      if (this.#bytes <= CACHE_BYTES || this.#decoded.size === 1) break;
      this.#decoded.delete(oldest);
      this.#bytes -= bytesOf(one);
    }
    return matrix;
  }

  #decode(name: string): NbfMatrix {
    const path = this.#files[name] ?? '';
    try {
      const { size } = statSync(path);
      if (size > MAX_STORED_BYTES)
        throw formatFault('format.unsupported', path, `a segment of ${size} bytes is too large.`);
      return decodeNbf(readFileSync(path), path);
    } catch (error) {
      throw toReadFault(error, path);
    }
  }
}

function bytesOf({ rows, columns }: NbfMatrix): number {
  return 8 * rows * columns.length;
}
