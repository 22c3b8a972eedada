import type { Problem } from '../../../shared/contract/common.ts';
import type { SignalStream } from '../format.ts';
import type { StampSegment } from './segments.ts';

/** Where the data of a recording lie, in whichever of Intan's three layouts. */
export interface IntanLayout {
  readonly streams: readonly SignalStream[];
  readonly segments: readonly StampSegment[];
  readonly problems: readonly Problem[];
}
