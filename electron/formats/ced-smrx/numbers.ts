import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** Data blocks lie on multiples of their size, lookup blocks on multiples of theirs. */
export const BLOCK_BYTES = 65_536;
export const LOOKUP_BYTES = 4096;
/** What every block begins with. */
export const BLOCK_HEAD_BYTES = 16;

/**
 * A time in ticks, which 64 bits hold.
 * @throws NdiError format.invalid where it is beyond what can be counted exactly
 */
export function tickAt(file: FileBytes, view: DataView, at: number, field: string): number {
  const value = Number(view.getBigInt64(at, true));
  if (Number.isSafeInteger(value)) return value;
  throw formatFault('format.invalid', file.path, `${field} is beyond all times (${value}).`, { field, value });
}

/**
 * A position or a count, which 64 bits hold.
 * @throws NdiError format.invalid where it is negative or beyond what can be counted exactly
 */
export function countAt(file: FileBytes, view: DataView, at: number, field: string): number {
  const value = Number(view.getBigInt64(at, true));
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw formatFault('format.invalid', file.path, `${field} is no position or count (${value}).`, { field, value });
}
