import type { BlockRun, RangeDecoder, StreamChannel } from '../formats/format.ts';
import { cancelledError } from './cancelled.ts';
import type { SignalContext } from './chunks.ts';
import type { Floats } from './floats.ts';

/** What a piece takes at most, read or decoded: 512 KiB of file, 256 Ki values. */
const CHUNK_BYTES = 512 * 1024;
const CHUNK_VALUES = 256 * 1024;

/**
 * The samples [from, to) of a run of a stream that decodes itself, piece by piece. `visit` gets the first sample of the
 * piece and one plane of values a channel; planes are void after the visit.
 *
 * @throws NdiError app.cancelled, path.*, format.*
 */
export function forEachOwnChunk(
  context: SignalContext,
  decode: RangeDecoder,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  visit: (first: number, planes: readonly Float64Array<ArrayBuffer>[]) => void,
): void {
  if (to <= from || channels.length === 0) return;
  const read = context.files.readInto.bind(context.files);
  const most = samplesAChunk(run, channels.length);
  const whole = channels.map(() => new Float64Array(Math.min(most, to - from)));
  for (let first = from; first < to;) {
    if (context.isCancelled()) throw cancelledError();
    const end = endOfChunk(run, first, Math.min(to, first + most));
    const planes = whole.map((plane) => plane.subarray(0, end - first));
    decode(read, run, channels, first, end, planes);
    visit(first, planes);
    first = end;
  }
}

function samplesAChunk({ blockBytes, samplesPerBlock }: BlockRun, channels: number): number {
  const byBytes = Math.floor((CHUNK_BYTES / blockBytes) * samplesPerBlock);
  return Math.max(1, Math.min(byBytes, Math.floor(CHUNK_VALUES / channels)));
}

/** A piece that holds a block's end stops there, so that the next one does not begin within a block. */
function endOfChunk({ first: origin, samplesPerBlock }: BlockRun, first: number, end: number): number {
  const aligned = Math.floor((origin + end) / samplesPerBlock) * samplesPerBlock - origin;
  return aligned > first ? aligned : end;
}

/**
 * Adds a run to the exact minima and maxima of columns, which are NaN where nothing was added yet.
 * @param edges first sample of every column within the run, and after the last one its end
 */
export function addOwnExtremes(
  context: SignalContext,
  decode: RangeDecoder,
  run: BlockRun,
  channels: readonly StreamChannel[],
  edges: Float64Array,
  planes: readonly (readonly [minima: Floats, maxima: Floats])[],
): void {
  const columns = edges.length - 1;
  const [from, to] = [edges[0] ?? 0, edges[columns] ?? 0];
  let column = 0;
  forEachOwnChunk(context, decode, run, channels, from, to, (first, chunk) => {
    const end = first + (chunk[0]?.length ?? 0);
    while (column < columns && (edges[column + 1] ?? 0) <= first) column += 1;
    for (let at = column; at < columns && (edges[at] ?? 0) < end; at++) {
      const low = Math.max(first, edges[at] ?? 0) - first;
      const high = Math.min(end, edges[at + 1] ?? 0) - first;
      chunk.forEach((values, index) => {
        const [minima, maxima] = planes[index] ?? [];
        if (minima !== undefined && maxima !== undefined) extend(values, low, high, minima, maxima, at);
      });
    }
  });
}

/** Values that are not numbers (a float format may hold them) do not count. */
function extend(values: Float64Array, from: number, to: number, minima: Floats, maxima: Floats, at: number): void {
  let low = minima[at] ?? NaN;
  let high = maxima[at] ?? NaN;
  for (let index = from; index < to; index++) {
    const value = values[index] ?? NaN;
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  minima[at] = low;
  maxima[at] = high;
}
