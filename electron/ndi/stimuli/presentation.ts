import type { JsonObject } from '../../../shared/model/document-json.ts';

/** A stimulus as it was shown: seconds on a clock, NaN where not known. */
export interface Presentation {
  readonly stimulusId: number;
  readonly onset: number;
  readonly offset: number;
  /** When the stimulus was set up and cleared away; the onset and the offset where nothing tells. */
  readonly open: number;
  readonly close: number;
  /** What happened meanwhile: time and which of the stimulator's event channels (1, 2, ...). */
  readonly events: readonly (readonly [time: number, channel: number])[];
}

/** What a stimulator did in an epoch. */
export interface StimulatorReading {
  readonly presentations: readonly Presentation[];
  /** Parameters by stimulus id - 1; empty where the device string names no metadata. */
  readonly parameters: readonly JsonObject[];
}
