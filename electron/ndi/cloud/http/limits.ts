/** Time limits of one exchange, in milliseconds. */
export interface Limits {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** For the whole exchange with its body; null for transfers, which may last as long as they move. */
  readonly totalMs: number | null;
  /** Without one byte moving in either direction. */
  readonly stallMs: number;
}

/** The gateway gives up at 29 s and answers 504 itself; a little later, nothing more is to be expected. */
export const callLimits: Limits = { connectMs: 10_000, totalMs: 35_000, stallMs: 35_000 };
/** Counts of classes take up to 90 s on datasets of a hundred thousand documents. */
export const slowCallLimits: Limits = { connectMs: 10_000, totalMs: 100_000, stallMs: 100_000 };
/** A 4 GiB file at 1 MB/s takes over an hour and is not cut, yet a transfer that stands still is. */
export const transferLimits: Limits = { connectMs: 10_000, totalMs: null, stallMs: 60_000 };
