import type { HeaderCursor } from '../file-bytes.ts';

/** The start of a recording (UTC): year, month, day of week, day, hour, minute, second, millisecond; null if unset. */
export function readStart(at: HeaderCursor): string | null {
  const parts = Array.from({ length: 8 }, () => at.u16('the start time'));
  const [year = 0, month = 0, , day = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = parts;
  if (year < 1990 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour > 23 || minute > 59 || second > 60 || millisecond > 999) return null;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, millisecond)).toISOString();
}
