import type { BlockRun } from '../formats/format.ts';

/** Samples within this of an edge, in samples, are on it. */
const TOLERANCE_SAMPLES = 1e-6;
/** Relative spacing of doubles: times far from zero (PTP: 1.7e9 s) are only that exact. */
const DOUBLE_SPACING = 2 ** -52;

/**
 * Index within a run of the first sample at or after a time, not below 0 nor above the number of samples. Sample s is
 * at t0 + s/rate; so [from, to) is `sampleAt(from)` up to and without `sampleAt(to)`.
 */
export function sampleAt(run: Pick<BlockRun, 't0' | 'samples'>, rate: number, time: number): number {
  const exactness = Math.max(Math.abs(time), Math.abs(run.t0)) * DOUBLE_SPACING * rate * 2;
  const index = Math.ceil((time - run.t0) * rate - TOLERANCE_SAMPLES - exactness);
  // NaN (from times that are not numbers) counts as no sample.
  if (!(index > 0)) return 0;
  return Math.min(index, run.samples);
}

/**
 * Index (from 0) of the sample nearest to a time, as NDI tells it: halves away from zero, an infinite time is the first or
 * the last sample (daq-epochs-time reference, section 7.2, which counts from 1).
 * @returns null for a time beyond the first or last sample, and for no number
 */
export function nearestSample(run: Pick<BlockRun, 't0' | 'samples'>, rate: number, time: number): number | null {
  if (run.samples === 0) return null;
  if (time === -Infinity) return 0;
  if (time === Infinity) return run.samples - 1;
  const place = (time - run.t0) * rate;
  // 0.0005 s at 1 kHz is half a sample, whatever the last digit says.
  const half = Math.sign(place) * (0.5 + TOLERANCE_SAMPLES);
  const index = Math.trunc(place + half);
  // Not -0 just before the first.
  return index >= 0 && index < run.samples ? Math.abs(index) : null;
}

/** Time of a sample, by its index from 0. */
export const sampleTime = (run: Pick<BlockRun, 't0'>, rate: number, sample: number): number => run.t0 + sample / rate;

/** Left edge of a column, in seconds: the same number whoever asks, so that parts computed apart fit together. */
export function columnEdge(t0: number, t1: number, columns: number, column: number): number {
  return column === columns ? t1 : t0 + ((t1 - t0) * column) / columns;
}
