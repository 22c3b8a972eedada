/** Unit of numbers that are times. */
export type TimeUnit = 's' | 'ms' | 'us' | 'min' | 'h';

const secondsPer: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e-3, us: 1e-6, min: 60, h: 3600 };

const CLOCK = /^(-)?(\d+):([0-5]?\d):([0-5]?\d(?:[.,]\d+)?)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(Z)?$/;
const DAY_SEC = 86_400;

/**
 * Seconds that a cell tells: a number in the unit; `1:02:03.5` as hours, minutes and seconds, which with an origin are a
 * time of its day (or after midnight); a date and time, which needs an origin. NaN for an empty cell.
 * @param originMs the moment at which the clock is 0, as {@link dateMs} gives it; null for none
 * @returns or why it is no time, to be put after the cell: “is no time”
 */
export function parseTime(cell: string, unit: TimeUnit, originMs: number | null): number | { readonly why: string } {
  if (cell === '' || /^(nan|n\/a)$/i.test(cell)) return NaN;
  const value = Number(cell);
  if (Number.isFinite(value)) return value * secondsPer[unit];
  const clock = CLOCK.exec(cell);
  if (clock !== null) {
    const [, minus, hours, minutes, seconds = ''] = clock;
    const sum = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
    return originMs === null ? (minus === undefined ? sum : -sum) : sinceTimeOfDay(sum, originMs);
  }
  const ms = dateMs(cell);
  if (ms === null) return { why: 'is no time' };
  return originMs === null ? { why: 'is a date: say at which moment the clock is 0' } : (ms - originMs) / 1000;
}

/** A time of day after the origin's; more than half a day before it is one after midnight. */
function sinceTimeOfDay(timeOfDay: number, originMs: number): number {
  const start = (originMs / 1000) % DAY_SEC;
  const since = timeOfDay - start;
  return since < -DAY_SEC / 2 ? since + DAY_SEC : since;
}

/** A date without a zone (`2024-05-01T14:00:00.5`) in milliseconds, as if it were in UTC; null where it is none. */
export function dateMs(text: string): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  const back = new Date(whole);
  if (back.getUTCMonth() + 1 !== Number(month) || back.getUTCDate() !== Number(day)) return null;
  return whole + Number(second) * 1000;
}
