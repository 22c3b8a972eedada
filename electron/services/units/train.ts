import type { Problem } from '../../../shared/contract/common.ts';
import type { MeanWaveform, Unit } from '../../../shared/contract/units.ts';

/** The spikes of one unit in one epoch of its device (or in a recording), before they are carried anywhere. */
export interface UnitTrain extends Pick<Unit, 'id' | 'name' | 'origin' | 'quality' | 'probe' | 'depth'> {
  readonly channels: readonly string[];
  readonly spikes: number;
  /** Seconds on the clock of the epoch, rising. @throws NdiError path.*, format.*, document.* */
  readonly times: () => Float64Array;
  /** The waveform that the sorter kept. */
  readonly kept?: MeanWaveform | undefined;
}

export interface Trains {
  readonly trains: readonly UnitTrain[];
  readonly problems: readonly Problem[];
}

/** Times in order, and none that is no number. */
export function risingTimes(times: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const isRising = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? NaN));
  return isRising ? times : times.filter(Number.isFinite).sort();
}
