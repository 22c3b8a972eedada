import type { Problem } from '../../../shared/contract/common.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import type { Raster } from '../../../shared/model/raster.ts';
import type { ImageAddress } from '../../formats/images/open-images.ts';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';

/** The frames of an epoch of an image DAQ system (reference, section 10). */
export interface EpochImages {
  readonly address: ImageAddress;
  /** Seconds, one a frame; null without a clock. */
  readonly times: Float64Array | null;
  readonly raster: Raster | null;
}

/** One epoch of a DAQ system. */
export interface Epoch {
  readonly epochId: string;
  /** 1-based position in the table. */
  readonly number: number;
  /** Name of the DAQ system. */
  readonly device: string;
  /** Absolute paths in the order of the navigator's patterns; for an ingested epoch, where they were. */
  readonly files: readonly string[];
  /** `no_time` with NaN where the recording cannot be read. */
  readonly clocks: readonly ClockSpan[];
  readonly probeMap: readonly ProbeMapEntry[];
  /** Path by which the recording is opened, or null where it cannot be. */
  readonly recordingPath: string | null;
  /** Added to the recording's own times to get the times of `clocks[0]`. */
  readonly timeShift: number;
  /** Of an image DAQ system: where its frames are, and when they were taken. */
  readonly images?: EpochImages;
  readonly problems: readonly Problem[];
}

/** An epoch before the table is put in order. */
export type EpochRow = Omit<Epoch, 'number'>;
