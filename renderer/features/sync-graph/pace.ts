import type { ClockFitInfo } from '../../../shared/contract/sync.ts';

/** A pulse: when the first device saw it, what is left of it over the fitted pieces, and over one line; seconds. */
export type Residual = readonly [time: number, residual: number, ofLine: number];

/** How fast one clock ran against the other at a moment. */
export interface Pace {
  /** Seconds on the first device's clock. */
  readonly time: number;
  readonly ppm: number;
}

/** A window has this share of a stretch's pulses, within bounds: a pulse is only so exact. */
const WINDOWS = 8;
const LEAST_PULSES = 5;
const MOST_PULSES = 41;

/**
 * How the drift of the second clock goes on over time: the slope through the pulses of a window that moves along, never
 * over a jump of the clock. null separates the stretches.
 */
export function paceOverTime(residuals: readonly Residual[], fit: ClockFitInfo): (Pace | null)[] {
  const [scale] = fit.mapping;
  if (fit.mapping.length !== 2 || scale === undefined) return [];
  return stretches(residuals, fit.jumps).flatMap((pulses) => {
    const width = Math.min(pulses.length, Math.max(LEAST_PULSES, Math.min(MOST_PULSES, pulses.length / WINDOWS)) | 0);
    if (width < 2) return [];
    const paces: (Pace | null)[] = [];
    for (let at = 0; at + width <= pulses.length; at++) {
      const part = pulses.slice(at, at + width);
      const time = part.reduce((sum, [one]) => sum + one, 0) / width;
      const slope = slopeOf(part, time);
      if (Number.isFinite(slope)) paces.push({ time, ppm: (scale + slope - 1) * 1e6 });
    }
    return [...paces, null];
  });
}

function stretches(residuals: readonly Residual[], jumps: ClockFitInfo['jumps']): Residual[][] {
  const sorted = [...residuals].sort(([a], [b]) => a - b);
  const ends = [...jumps.map(({ afterSec }) => afterSec), Infinity];
  return ends.map((end, at) => sorted.filter(([time]) => time <= end && time > (ends[at - 1] ?? -Infinity)));
}

/** Least squares through what one line leaves over. */
function slopeOf(pulses: readonly Residual[], mean: number): number {
  const middle = pulses.reduce((sum, [, , left]) => sum + left, 0) / pulses.length;
  let [products, squares] = [0, 0];
  for (const [time, , left] of pulses) {
    products += (time - mean) * (left - middle);
    squares += (time - mean) ** 2;
  }
  return products / squares;
}
