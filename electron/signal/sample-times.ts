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

/** Left edge of a column, in seconds: the same number whoever asks, so that parts computed apart fit together. */
export function columnEdge(t0: number, t1: number, columns: number, column: number): number {
  return column === columns ? t1 : t0 + ((t1 - t0) * column) / columns;
}
