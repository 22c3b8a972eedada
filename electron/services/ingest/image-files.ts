import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPixels, type PixelArray, type PixelType } from '../../../shared/model/pixels.ts';
import { toFileError } from '../../files/file-faults.ts';
import type { EpochImages } from '../../ndi/epochs/epoch.ts';
import { FRAMES_FILE } from '../../ndi/epochs/ingested-images.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';

/** Types as NDI-matlab reads them back: it has no single bits, and ours of 64 bits come as doubles. */
const STORED: Readonly<Partial<Record<PixelType, PixelType>>> = { logical: 'uint8', int64: 'double', uint64: 'double' };

/**
 * Writes all frames one after the other, each column by column, as NDI keeps them (`frames.bin`; reference, section 10).
 * One frame of one channel is held at a time.
 * @throws NdiError path.*, format.*, app.cancelled
 */
export async function writeFrames(
  workers: DataWorkers,
  { address }: EpochImages,
  folder: string,
  onFraction: (fraction: number) => void,
  signal: AbortSignal,
): Promise<{ path: string; size: number[]; dataType: string }> {
  const { layout } = await workers.describeImages(address, signal);
  const sizeOf = (letter: string) => layout.axes.find((axis) => axis.letter === letter)?.size ?? 1;
  const [channels, times] = [sizeOf('C'), sizeOf('T')];
  const path = join(folder, FRAMES_FILE);
  try {
    const file = openSync(path, 'w');
    try {
      for (let time = 0; time < times; time++) {
        for (let channel = 0; channel < channels; channel++) {
          const at = layout.axes.map(({ letter }) => (letter === 'T' ? time : letter === 'C' ? channel : 0));
          const values = await workers.readFrame({ address, at, step: 1 }, signal);
          const columns = turned(values, layout.dataType, layout.height, layout.width);
          // All of it: a disk that fills up takes a part of a write without an error.
          writeFileSync(file, new Uint8Array(columns.buffer, columns.byteOffset, columns.byteLength));
        }
        onFraction((time + 1) / times);
      }
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    throw toFileError(thrown, path);
  }
  const size = [layout.height, layout.width, channels, 1, times];
  return { path, size, dataType: STORED[layout.dataType] ?? layout.dataType };
}

/** Rows after each other become columns after each other. */
function turned(values: PixelArray, type: PixelType, rows: number, columns: number): PixelArray {
  const out = newPixels(type, values.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = values[at++] ?? 0;
  }
  return out;
}
