import type { TimeMapping } from '../../../../shared/model/time-mapping.ts';

/** Why two nodes are joined. */
export type EdgeKind = 'sameEpoch' | 'underlying' | 'equalClock' | 'rule';

/** A step from one node to another. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly cost: number;
  readonly kind: Exclude<EdgeKind, 'equalClock'>;
  /** From times of `from` to times of `to`; null where the link tells. */
  readonly mapping: TimeMapping | null;
  /** The rule's link behind it, or null. */
  readonly link: RuleLink | null;
  /** The link's mapping is used the other way round. */
  readonly reversed: boolean;
}

/** What a rule says about two epochs: one mapping for one clock, or for every clock that both have. */
export interface RuleLink {
  /** Position of the rule in the session's list. */
  readonly rule: number;
  readonly cost: number;
  /** A stored mapping; else null and `fit` tells. */
  readonly mapping: TimeMapping | null;
  /** Worked out when first needed; shared by all epochs that were fitted together. */
  readonly fit: LazyFit | null;
  /** The mapping is stored in the session. */
  readonly saved: boolean;
}

/** A fit that may cost reading files: it is found when a path first wants to use it. */
export interface LazyFit {
  /** Null until asked for; then what was found, or why it could not be. */
  state: FitState | null;
  /** Finds the state; the second call gives the same promise. */
  find(): Promise<FitState>;
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
