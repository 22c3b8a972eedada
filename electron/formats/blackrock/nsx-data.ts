import type { Problem } from '../../../shared/contract/common.ts';

/** Samples that follow each other without a pause. */
export interface NsxSegment {
  /** Byte of the first row, and bytes from row to row. */
  readonly offset: number;
  readonly rowBytes: number;
  readonly samples: number;
  /** Seconds of the first sample. */
  readonly t0: number;
}

export interface NsxData {
  readonly segments: readonly NsxSegment[];
  /** Seconds to add to the times of events after the k-th restart of the clock (entry 0: before any, always 0). */
  readonly clockShifts: readonly number[];
  readonly problems: readonly Problem[];
}
