import type { TimeMapping } from '../../../../shared/model/time-mapping.ts';

/** A fit that may cost reading files: it is found when a path first wants to use it. */
export interface LazyFit {
  /** Null until asked for; then what was found, or why it could not be. */
  state: FitState | null;
  /** Finds the state; the second call gives the same promise. */
  find(): Promise<FitState>;
  /** Tells the listener if the fit turns out not to exist. */
  onFailure(listener: () => void): void;
}

export type FitState = { readonly ok: true; readonly fit: ClockFit } | { readonly ok: false; readonly why: string };

/** How the times of a rule's first device become those of its second, and how well that is known. */
export interface ClockFit {
  readonly mapping: TimeMapping;
  /** From when on (first device's clock, seconds) another line holds: more than one entry where a clock jumps. */
  readonly pieces: readonly FitPiece[];
  readonly jumps: readonly ClockJump[];
  readonly pulses: PulseCounts | null;
  /** Seconds between the pulses of the second device and what the mapping (the pieces, where it jumps) says. */
  readonly residualMaxSec: number | null;
  readonly residualRmsSec: number | null;
  /** The same of the single line. */
  readonly lineResidualMaxSec: number | null;
  /** Pulse by pulse: time on the first device, residual of the pieces and of the line; seconds. */
  readonly residuals: readonly (readonly [time: number, residual: number, ofLine: number])[];
}

export interface FitPiece {
  readonly fromSec: number;
  readonly mapping: TimeMapping;
}

export interface ClockJump {
  /** Between these two pulses, in seconds on the first device's clock. */
  readonly afterSec: number;
  readonly beforeSec: number;
  /** How far the second device's clock went ahead. */
  readonly seconds: number;
}

export interface PulseCounts {
  readonly first: number;
  readonly second: number;
  readonly matched: number;
  readonly duplicated: number;
}

/** A fit without pulses behind it. */
export function plainFit(mapping: TimeMapping): ClockFit {
  return {
    mapping,
    pieces: [{ fromSec: -Infinity, mapping }],
    jumps: [],
    pulses: null,
    residualMaxSec: null,
    residualRmsSec: null,
    lineResidualMaxSec: null,
    residuals: [],
  };
}
