import { fstat, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { toFileError } from '../../files/file-faults.ts';
import { closeFile } from '../../files/held-files.ts';

// By numbers, not by Node's handles, which close in a thread: either file may be a database that is open.
const [openFile, readFile, statFile] = [promisify(open), promisify(read), promisify(fstat)];

/** Sixteen bytes of two files in which they differ, as hexadecimal digits; a file that has ended has fewer. */
export interface DifferingBytes {
  readonly offset: number;
  readonly a: string;
  readonly b: string;
}

export interface FileComparison {
  readonly equal: boolean;
  readonly sizeA: number;
  readonly sizeB: number;
  /** Places in which they differ, with those that only the longer one has. */
  readonly differingBytes: number;
  /** The first rows in which they differ, at most as many as were asked for. */
  readonly rows: readonly DifferingBytes[];
}

export interface FileComparisonOptions {
  /** How many differing rows are given; 16 where it is left out. */
  readonly rows?: number;
  readonly signal?: AbortSignal | undefined;
}

const ROW_BYTES = 16;
/** Read at a time of each file: a multiple of a row. */
const CHUNK_BYTES = 1 << 20;

/**
 * Compares two files byte by byte (NDI's hexDiff), in little memory whatever their size.
 * @throws NdiError path.*
 */
export async function compareFiles(a: string, b: string, options: FileComparisonOptions = {}): Promise<FileComparison> {
  const { rows: most = 16, signal } = options;
  const first = await opened(a);
  try {
    const second = await opened(b);
    try {
      const rows: DifferingBytes[] = [];
      let differingBytes = 0;
      const [sizeA, sizeB] = [await sizeOf(first, a), await sizeOf(second, b)];
      const [chunkA, chunkB] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
      for (let offset = 0; offset < Math.max(sizeA, sizeB); offset += CHUNK_BYTES) {
        signal?.throwIfAborted();
        const partA = await filled(first, chunkA, offset, a);
        const partB = await filled(second, chunkB, offset, b);
        if (!partA.equals(partB)) differingBytes += compareParts(partA, partB, offset, rows, most);
      }
      return { equal: differingBytes === 0, sizeA, sizeB, differingBytes, rows };
    } finally {
      closeFile(second);
    }
  } finally {
    closeFile(first);
  }
}

/** @returns how many bytes differ; adds rows while there are fewer than `most` */
function compareParts(a: Buffer, b: Buffer, offset: number, rows: DifferingBytes[], most: number): number {
  const [shorter, longer] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  let differing = longer - shorter;
  let lastRow = -1;
  for (let at = 0; at < longer; at += 1) {
    if (at < shorter) {
      if (a[at] === b[at]) continue;
      differing += 1;
    } else if (rows.length >= most) break;
    const row = at - (at % ROW_BYTES);
    if (row === lastRow || rows.length >= most) continue;
    lastRow = row;
    const digits = (bytes: Buffer) => bytes.subarray(row, row + ROW_BYTES).toString('hex');
    rows.push({ offset: offset + row, a: digits(a), b: digits(b) });
  }
  return differing;
}

async function opened(path: string): Promise<number> {
  try {
    return await openFile(path, 'r');
  } catch (error) {
    throw toFileError(error, path);
  }
}

async function sizeOf(file: number, path: string): Promise<number> {
  try {
    return (await statFile(file)).size;
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** Reads until the chunk is full or the file ends. */
async function filled(file: number, chunk: Buffer, offset: number, path: string): Promise<Buffer> {
  try {
    let length = 0;
    while (length < chunk.length) {
      const { bytesRead } = await readFile(file, chunk, length, chunk.length - length, offset + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return chunk.subarray(0, length);
  } catch (error) {
    throw toFileError(error, path);
  }
}
