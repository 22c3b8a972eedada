import type { Segment } from '../../shared/contract/recordings.ts';
import type { BlockRun } from './format.ts';

/** What is told of the runs of a stream: each a segment, to the time of its last sample. */
export function segmentsOf(runs: readonly BlockRun[], sampleRate: number): Segment[] {
  return runs.map(({ firstSample, samples, t0 }) => ({
    start: firstSample,
    samples,
    t0,
    t1: t0 + (samples - 1) / sampleRate,
  }));
}
