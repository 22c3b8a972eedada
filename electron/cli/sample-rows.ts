import type { Samples } from '../../shared/contract/recordings.ts';
import type { OutputFile } from './output-file.ts';

/** Forms of samples in rows, a row a moment: all channels have one rate. */
export type RowFormat = 'csv' | 'npy' | 'f32';

export interface Column {
  readonly name: string;
  readonly units: string;
}

/** Writes blocks of samples as rows, one block after the other. */
export interface RowWriter {
  write(block: Samples): Promise<void>;
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
        lines.push(
          `${toldTime(block.t0 + row / rate) ?? ''},${block.data.map((values) => values[row] ?? '').join(',')}\n`,
        );
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
      const values = Float64Array.from(interleave(block));
      await file.write(bytesOf(values));
      rows += values.length / columns;
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
      await file.write(bytesOf(Float32Array.from(interleave(block))));
      rows += rowCount(block);
    },
    end: () => Promise.resolve(rows),
  };
}

function npyHeader(rows: number, columns: number): Buffer {
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const header = Buffer.alloc(NPY_HEADER_BYTES, ' ');
  header.write('\u0093NUMPY\u0001\u0000', 0, 'latin1');
  header.writeUInt16LE(NPY_HEADER_BYTES - 10, 8);
  header.write(dictionary, 10, 'latin1');
  header.write('\n', NPY_HEADER_BYTES - 1, 'latin1');
  return header;
}

/** Values row by row; NaN where a channel has none. */
function interleave(block: Samples): number[] {
  const values: number[] = [];
  const count = rowCount(block);
  for (let row = 0; row < count; row += 1) for (const channel of block.data) values.push(channel[row] ?? NaN);
  return values;
}

function rowCount(block: Samples): number {
  return block.data.reduce((most, values) => Math.max(most, values.length), 0);
}

function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
