import type { JsonObject } from '../../../../shared/model/document-json.ts';
import type { RuleKind } from './rule.ts';

/** A sync rule of a session. */
export interface StoredRule {
  readonly id: string;
  readonly className: string;
  readonly parameters: JsonObject;
  /** Null for a class that is not known here. */
  readonly kind: RuleKind | null;
  /** Why it cannot be used, or null. */
  readonly fault: string | null;
}
