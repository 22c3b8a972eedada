import type { Range } from './range.ts';

export interface Tick {
  readonly time: number;
  readonly label: string;
}

export interface TimeAxis {
  readonly ticks: readonly Tick[];
  /** Seconds between two ticks. */
  readonly step: number;
  /** Unit of the labels: `µs`, `ms`, `s`, `min:s` or `h:min:s`. */
  readonly unit: string;
}

/** How times are written in a range: the same unit and number of digits for all of them. */
interface TimeStyle {
  readonly unit: 'µs' | 'ms' | 's' | 'min:s' | 'h:min:s';
  readonly digits: number;
}

const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200, 86_400];

/** Ticks for a range drawn over `width` pixels: as many as fit with room for their labels. */
export function timeAxis(range: Range, width: number, pixelsPerDigit = 7): TimeAxis {
  const span = range.t1 - range.t0;
  let step = niceStep(span / Math.max(1, width / 70));
  // Longer labels need wider steps, which need shorter labels: twice is enough.
  for (let round = 0; round < 3; round += 1) {
    const widest = Math.max(...[range.t0, range.t1].map((time) => format(time, styleFor(range, step)).length));
    const wanted = (span / Math.max(1, width)) * (widest * pixelsPerDigit + 24);
    if (step >= wanted) break;
    step = niceStep(wanted);
  }
  const style = styleFor(range, step);
  const ticks: Tick[] = [];
  const first = Math.ceil(range.t0 / step - 1e-9);
  for (let index = first; index * step <= range.t1 + step * 1e-9 && ticks.length < 1000; index += 1) {
    const time = index * step;
    ticks.push({ time, label: format(time, style) });
  }
  return { ticks, step, unit: style.unit };
}

/** A time of a range with enough digits to tell neighbouring pixels apart, and its unit: `12.345 s`, `3:02.10`. */
export function formatTime(time: number, range: Range, width: number): string {
  const style = styleFor(range, niceStep((range.t1 - range.t0) / Math.max(1, width)));
  const text = format(time, style);
  return style.unit === 'min:s' || style.unit === 'h:min:s' ? text : `${text} ${style.unit}`;
}

/** Smallest step of 1, 2 or 5 times a power of ten, or a round part of a minute or hour, that is at least `least`. */
export function niceStep(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  if (least > 5) {
    const clock = CLOCK_STEPS.find((step) => step >= least);
    if (clock !== undefined) return clock;
    return niceStep10(least / 86_400) * 86_400;
  }
  return niceStep10(least);
}

/** Smallest of 1, 2, 5 times a power of ten that is at least `least`. */
export function niceStep10(least: number): number {
  const power = Math.floor(Math.log10(least) + 1e-12);
  for (const factor of [1, 2, 5, 10]) {
    // By division where the power is negative: 2 / 1000 is 0.002, 2 * 0.001 need not be.
    const step = power < 0 ? factor / 10 ** -power : factor * 10 ** power;
    if (step >= least * (1 - 1e-9)) return step;
  }
  return 10 ** (power + 1);
}

function styleFor(range: Range, step: number): TimeStyle {
  const largest = Math.max(Math.abs(range.t0), Math.abs(range.t1));
  const unit = unitFor(largest);
  const perUnit = unit === 'µs' ? 1e6 : unit === 'ms' ? 1e3 : 1;
  return { unit, digits: Math.min(9, Math.max(0, Math.ceil(-Math.log10(step * perUnit) - 1e-9))) };
}

function unitFor(largest: number): TimeStyle['unit'] {
  if (largest < 1e-3) return 'µs';
  if (largest < 1) return 'ms';
  if (largest < 100) return 's';
  return largest < 3600 ? 'min:s' : 'h:min:s';
}

function format(time: number, { unit, digits }: TimeStyle): string {
  if (unit === 'µs') return fixed(time * 1e6, digits);
  if (unit === 'ms') return fixed(time * 1e3, digits);
  if (unit === 's') return fixed(time, digits);
  const sign = time < 0 ? '−' : '';
  const size = Number(Math.abs(time).toFixed(digits));
  const whole = Math.floor(size);
  const rest = digits === 0 ? '' : size.toFixed(digits).slice(-digits - 1);
  const seconds = twoDigits(whole % 60) + rest;
  if (unit === 'min:s') return `${sign}${Math.floor(whole / 60)}:${seconds}`;
  return `${sign}${Math.floor(whole / 3600)}:${twoDigits(Math.floor(whole / 60) % 60)}:${seconds}`;
}

function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
