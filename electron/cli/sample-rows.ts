import type { OutputFile } from './output-file.ts';

/** Forms of samples in rows, a row a moment: all channels have one rate. */
export type RowFormat = 'csv' | 'npy' | 'f32';

export interface Column {
  readonly name: string;
  readonly units: string;
}

/** Samples of some channels, a list a channel, in physical units; one that has ended gives what it has. */
interface Block {
  readonly channels: readonly { readonly sampleRate: number }[];
  readonly t0: number;
  readonly data: readonly ArrayLike<number>[];
}

/** Writes blocks of samples as rows, one block after the other. */
export interface RowWriter {
  write(block: Block): Promise<void>;
  /** After the last block; tells the number of rows. */
  end(): Promise<number>;
}

/**
 * @param channels their number and order are those of every block
 * @param toldTime what is written for a time of the source; nothing for null
 */
export function openRowWriter(
  format: RowFormat,
  file: OutputFile,
  channels: readonly Column[],
  toldTime: (time: number) => number | null = (time) => time,
): RowWriter {
  if (format === 'csv') return csvWriter(file, channels, toldTime);
  return format === 'npy' ? npyWriter(file, channels.length) : rawWriter(file);
}

/** Text with a heading; time in seconds, then a column a channel; empty where a channel has ended. */
function csvWriter(
  file: OutputFile,
  channels: readonly Column[],
  toldTime: (time: number) => number | null,
): RowWriter {
  const heading = ['time (s)', ...channels.map(({ name, units }) => (units === '' ? name : `${name} (${units})`))];
  let rows = 0;
  let begun = false;
  const begin = async () => {
    if (!begun) await file.write(`${heading.join(',')}\n`);
    begun = true;
  };
  return {
    async write(block) {
      await begin();
      const rate = block.channels[0]?.sampleRate ?? 1;
      const count = rowCount(block);
      const lines: string[] = [];
      for (let row = 0; row < count; row += 1) {
        const cells = block.data.map((values) => (Number.isFinite(values[row]) ? values[row] : ''));
        lines.push(`${toldTime(block.t0 + row / rate) ?? ''},${cells.join(',')}\n`);
      }
      await file.write(lines.join(''));
      rows += count;
    },
    async end() {
      await begin();
      return rows;
    },
  };
}

/** Bytes of the header of a .npy file, the dictionary padded to fill them. */
const NPY_HEADER_BYTES = 128;

/** NumPy's format 1.0: float64, C order, shape (rows, channels). The shape is known at the end. */
function npyWriter(file: OutputFile, columns: number): RowWriter {
  let rows = 0;
  let begun = false;
  const begin = async () => {
    if (!begun) await file.write(npyHeader(0, columns));
    begun = true;
  };
  return {
    async write(block) {
      await begin();
      const count = rowCount(block);
      await file.write(bytesOf(interleave(block, new Float64Array(count * columns))));
      rows += count;
    },
    async end() {
      await begin();
      await file.patch(0, npyHeader(rows, columns));
      return rows;
    },
  };
}

/** Little-endian float32 and nothing else, row by row. */
function rawWriter(file: OutputFile): RowWriter {
  let rows = 0;
  return {
    async write(block) {
      const count = rowCount(block);
      await file.write(bytesOf(interleave(block, new Float32Array(count * block.data.length))));
      rows += count;
    },
    end: () => Promise.resolve(rows),
  };
}

/** @param kind NumPy's name of the type of the values */
export function npyHeader(rows: number, columns: number, kind = '<f8'): Buffer {
  const dictionary = `{'descr': '${kind}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const header = Buffer.alloc(NPY_HEADER_BYTES, ' ');
  header.write('\u0093NUMPY\u0001\u0000', 0, 'latin1');
  header.writeUInt16LE(NPY_HEADER_BYTES - 10, 8);
  header.write(dictionary, 10, 'latin1');
  header.write('\n', NPY_HEADER_BYTES - 1, 'latin1');
  return header;
}

/** Puts values row by row into `rows`; NaN where a channel has none. */
function interleave<A extends Float32Array | Float64Array>({ data }: Block, rows: A): A {
  const width = data.length;
  data.forEach((values, column) => {
    for (let at = column, row = 0; at < rows.length; at += width, row += 1) rows[at] = values[row] ?? NaN;
  });
  return rows;
}

function rowCount(block: Block): number {
  return block.data.reduce((most, values) => Math.max(most, values.length), 0);
}

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
