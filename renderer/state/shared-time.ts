// What is told of time from view to view, also between windows.
import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Place } from './place.ts';

/** The moment under the pointer (or the cursor) of one view, for every other view to show on its own clock. */
export interface LinkedTime {
  readonly source: SignalSource;
  /** Seconds on the clock of the source. */
  readonly time: number;
  /** Somebody went there, and did not only point: views that do not show it go along. */
  readonly leads?: boolean;
}

/**
 * The stretch of time of a session that a person chose: the one that all views follow. Its times stand on one named
 * clock; each view converts them to its own.
 */
export interface TimeSpan extends Place {
  /** DAQ system whose clock it is; null for a clock that every device knows itself, such as `utc`. */
  readonly device: string | null;
  /** Epoch of the device, where its clock starts anew in each; null where the clock goes on through all. */
  readonly epoch: string | null;
  /** Clock type of NDI. */
  readonly clock: string;
  /** Seconds on that clock. */
  readonly t0: number;
  readonly t1: number;
  /** Epochs of DAQ systems that lie in it, at least in part. */
  readonly epochs: readonly { readonly device: string; readonly epochId: string }[];
}
