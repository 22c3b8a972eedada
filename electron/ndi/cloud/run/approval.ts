import { NdiError } from '../../../../shared/model/errors.ts';
import type { SyncPlan } from '../../../../shared/model/sync.ts';

/** What a person has agreed to. */
export interface Approval {
  /** Deletions as such. */
  readonly yes?: boolean;
  /** Up to this many deletions, also many or a large share. */
  readonly maxDeletions?: number;
  /** The name of the dataset was typed. */
  readonly typedName?: boolean;
  /** Deletions are left out of the run. */
  readonly withoutDeletions?: boolean;
}

/**
 * Stops a run whose deletions nobody has agreed to, before anything is done.
 * @throws NdiError sync.remoteEmpty, sync.consentNeeded
 */
export function requireApproval(plan: SyncPlan, approval: Approval): void {
  if (plan.blocked !== null) {
    throw new NdiError({
      code: 'sync.remoteEmpty',
      message: `${plan.blocked.message} Nothing was changed.`,
      recovery:
        'Check the server and the account. If the cloud copy is really meant to be empty, confirm with its name.',
    });
  }
  const count = plan.totals['delete-here'].documents + plan.totals['delete-there'].documents;
  if (plan.consent === 'none' || approval.typedName === true || approval.withoutDeletions === true) return;
  if (plan.consent === 'yes' && (approval.yes === true || count <= (approval.maxDeletions ?? 0))) return;
  if (approval.yes === true && count <= (approval.maxDeletions ?? 0)) return;
  const { 'delete-here': here, 'delete-there': there } = plan.totals;
  throw new NdiError({
    code: 'sync.consentNeeded',
    message: `The plan deletes ${here.documents} documents here and ${there.documents} in the cloud. Nothing was changed.`,
    recovery:
      plan.consent === 'typed'
        ? 'Look at the plan. To agree, type the name of the dataset.'
        : 'Look at the plan, and agree.',
    details: { here: here.documents, there: there.documents, consent: plan.consent },
  });
}
