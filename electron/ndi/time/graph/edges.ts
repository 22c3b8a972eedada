import type { TimeMapping } from '../../../../shared/model/time-mapping.ts';
import type { StoredRule } from '../rules/stored-rule.ts';
import type { LazyFit } from './clock-fit.ts';

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
  readonly rule: StoredRule;
  readonly cost: number;
  /** A stored mapping; else null and `fit` tells. */
  readonly mapping: TimeMapping | null;
  /** Worked out when first needed; shared by all epochs that were fitted together. */
  readonly fit: LazyFit | null;
  /** The mapping is stored in the session. */
  readonly saved: boolean;
}
