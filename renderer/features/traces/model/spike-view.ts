import type { SpikeFrame } from '../../../../shared/model/spike-frame.ts';

/** The spikes of the chosen units in a range. */
export interface SpikeView {
  readonly ids: readonly string[];
  readonly frame: SpikeFrame;
  /** Seconds of one of its columns: of spikes that fall into one, the first is there. */
  readonly column: number;
}
