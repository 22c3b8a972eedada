import { HEADER_BYTES, VHSB_MARK } from './header.ts';
import { StepCount } from './step-count.ts';

const FLOAT = 4;

/** Texts beside the numbers. */
export interface VhsbUnits {
  readonly x?: string;
  readonly y?: string;
}

/**
 * The bytes of `epoch_binary_data.vhsb` as NDI writes an element's epoch: times and values of 64 bits, times stored.
 * @param times seconds, one a sample
 * @param columns values, one list a column, as long as the times
 */
export function encodeVhsb(
  times: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  units: VhsbUnits = {},
): Buffer {
  const steps = new StepCount();
  steps.add(times);
  const rows = encodeRows(times, columns);
  return Buffer.concat([encodeHeader(steps, columns.length, units), rows]);
}

/** What stands before the samples; `steps` has seen all their times. */
export function encodeHeader(steps: StepCount, columns: number, units: VhsbUnits): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const text = (value: string, at: number) => bytes.write(`${value}\n`, at, 255, 'latin1');
  text(VHSB_MARK, 0);
  bytes.writeUInt32LE(1, 200);
  text('little-endian', 204);
  bytes.writeUInt32LE(64, 460);
  bytes.writeUInt16LE(FLOAT, 464);
  bytes.writeBigUInt64LE(BigInt(steps.samples), 466);
  bytes.writeBigUInt64LE(BigInt(columns), 474);
  bytes.writeUInt32LE(64, 1266);
  bytes.writeUInt16LE(FLOAT, 1270);
  bytes.writeUInt8(1, 1272);
  bytes.writeUInt8(steps.areEven ? 1 : 0, 1273);
  bytes.writeDoubleLE(steps.samples < 2 ? 0 : steps.first, 1274);
  bytes.writeDoubleLE(steps.samples < 3 ? 0 : steps.median(), 1282);
  text(units.x ?? '', 1290);
  text(units.y ?? '', 1546);
  bytes.writeDoubleLE(1, 1804);
  bytes.writeDoubleLE(1, 1820);
  return bytes;
}

/** Samples one after the other: the time, then a value a column. */
export function encodeRows(times: ArrayLike<number>, columns: readonly ArrayLike<number>[]): Buffer {
  const samples = times.length;
  if (columns.length === 0 || columns.some((column) => column.length !== samples)) {
    throw new RangeError('A VHSB file holds one value or more for every time.');
  }
  const width = 1 + columns.length;
  const rows = new Float64Array(samples * width);
  [times, ...columns].forEach((values, place) => {
    for (let sample = 0; sample < samples; sample += 1) rows[sample * width + place] = values[sample] ?? NaN;
  });
  return Buffer.from(rows.buffer);
}
