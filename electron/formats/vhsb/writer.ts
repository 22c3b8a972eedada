import { HEADER_BYTES, VHSB_MARK } from './header.ts';

const FLOAT = 4;

/**
 * The bytes of `epoch_binary_data.vhsb` as NDI writes an element's epoch: times and values of 64 bits, times stored.
 * @param times seconds, one a sample
 * @param columns values, one list a column, as long as the times
 */
export function encodeVhsb(
  times: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  units: { readonly x?: string; readonly y?: string } = {},
): Buffer {
  const samples = times.length;
  if (columns.length === 0 || columns.some((column) => column.length !== samples)) {
    throw new RangeError('A VHSB file holds one value or more for every time.');
  }
  const sampleBytes = 8 * (1 + columns.length);
  const bytes = Buffer.alloc(HEADER_BYTES + samples * sampleBytes);
  const text = (value: string, at: number) => bytes.write(`${value}\n`, at, 255, 'latin1');
  text(VHSB_MARK, 0);
  bytes.writeUInt32LE(1, 200);
  text('little-endian', 204);
  bytes.writeUInt32LE(64, 460);
  bytes.writeUInt16LE(FLOAT, 464);
  bytes.writeBigUInt64LE(BigInt(samples), 466);
  bytes.writeBigUInt64LE(BigInt(columns.length), 474);
  bytes.writeUInt32LE(64, 1266);
  bytes.writeUInt16LE(FLOAT, 1270);
  bytes.writeUInt8(1, 1272);
  bytes.writeUInt8(isEven(times) ? 1 : 0, 1273);
  bytes.writeDoubleLE(samples < 2 ? 0 : (times[0] ?? 0), 1274);
  bytes.writeDoubleLE(samples < 3 ? 0 : medianStep(times), 1282);
  text(units.x ?? '', 1290);
  text(units.y ?? '', 1546);
  bytes.writeDoubleLE(1, 1804);
  bytes.writeDoubleLE(1, 1820);
  for (let sample = 0; sample < samples; sample += 1) {
    const at = HEADER_BYTES + sample * sampleBytes;
    bytes.writeDoubleLE(times[sample] ?? NaN, at);
    columns.forEach((column, index) => bytes.writeDoubleLE(column[sample] ?? NaN, at + 8 * (1 + index)));
  }
  return bytes;
}

/** By the rule that NDI means (its MATLAB writer forgets the sign of the difference). */
function isEven(times: ArrayLike<number>): boolean {
  if (times.length <= 3) return false;
  for (let at = 2; at < times.length; at += 1) {
    const second = step(times, at) - step(times, at - 1);
    if (!(Math.abs(second) < 1e-7)) return false;
  }
  return true;
}

const step = (times: ArrayLike<number>, at: number) => (times[at] ?? NaN) - (times[at - 1] ?? NaN);

function medianStep(times: ArrayLike<number>): number {
  const steps = Float64Array.from({ length: times.length - 1 }, (_, at) => step(times, at + 1)).sort();
  const middle = steps.length >> 1;
  const upper = steps[middle] ?? 0;
  return steps.length % 2 === 1 ? upper : ((steps[middle - 1] ?? 0) + upper) / 2;
}
