/**
 * Identifiers and time stamps of NDI. An id is two IEEE-754 doubles in big-endian hexadecimal, joined by `_`: the local
 * clock as a MATLAB serial date number, and a random number; so ids of one machine sort by the time they were made.
 */

/** "No session yet, or any": a document that carries it gets its session's id when it is added. */
export const emptySessionId = '0000000000000000_0000000000000000';

/** Days from MATLAB's day 0 to 1970-01-01. */
const UNIX_EPOCH_DAY = 719_529;
const DAY_MS = 86_400_000;
const RANDOM_RANGE = 32_727;

/** Serial date number (days) of a moment on the local clock: the time stamps of NDI's database rows. */
export function serialDate(now: Date = new Date()): number {
  const localMs = now.getTime() - now.getTimezoneOffset() * 60_000;
  return UNIX_EPOCH_DAY + localMs / DAY_MS;
}

/** The clock ticks in milliseconds; ids made within one step on by the resolution of the double (10 µs). */
const STEP_DAYS = 2 ** -33;
const MOST_AHEAD_DAYS = 60_000 / DAY_MS;
let lastDate = 0;

/** A new id. Ids made one after the other sort in that order, also within a millisecond. */
export function makeId(now: Date = new Date()): string {
  let date = serialDate(now);
  if (date <= lastDate && lastDate - date < MOST_AHEAD_DAYS) date = lastDate + STEP_DAYS;
  lastDate = date;
  return `${doubleToHex(date)}_${doubleToHex(randomHalf())}`;
}

function randomHalf(): number {
  const words = crypto.getRandomValues(new Uint32Array(3));
  const [high = 0, low = 0, offset = 0] = words;
  const uniform = ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
  return uniform + (offset % (2 * RANDOM_RANGE + 1)) - RANDOM_RANGE;
}

/** The 16 lower-case hexadecimal digits of a double, most significant byte first. */
export function doubleToHex(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, false);
  return view.getBigUint64(0, false).toString(16).padStart(16, '0');
}

/** The double that 16 hexadecimal digits stand for. */
export function hexToDouble(hex: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`), false);
  return view.getFloat64(0, false);
}

/** Whether a text has the form of an id (case ignored); what other writers use must be read as opaque text. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{16}_[0-9a-f]{16}$/i.test(text);
}

/** `base.datestamp`: UTC with milliseconds, `2025-12-12T12:15:04.583Z`. */
export function datestamp(now: Date = new Date()): string {
  return now.toISOString();
}
