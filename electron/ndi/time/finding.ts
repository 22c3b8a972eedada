import type { Problem } from '../../../shared/contract/common.ts';

/** Something about a session's clocks that a person should know. */
export interface Finding {
  readonly code: FindingCode;
  readonly grade: Problem['grade'];
  readonly message: string;
  /** What was measured, in `unit`; null where it is no number. */
  readonly value: number | null;
  readonly unit: 's' | 'ppm' | 'pulses' | 'epochs' | null;
  /** Ids of the nodes that it is about. */
  readonly nodes: readonly string[];
  readonly ruleId: string | null;
}

type FindingCode =
  | 'time.noPath'
  | 'time.noFit'
  | 'time.ruleUnused'
  | 'time.residual'
  | 'time.jump'
  | 'time.drift'
  | 'time.offset'
  | 'time.pulses'
  | 'time.stamps'
  | 'time.contradiction'
  | 'time.deviceClocks'
  | 'time.staleMapping';
