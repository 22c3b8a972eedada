import type { SyncPlanView, TransferRequest } from '../../../../shared/contract/cloud-sync.ts';
import type { ActionTotal } from '../../../../shared/model/sync.ts';

export type SyncRequest = Extract<TransferRequest, { kind: 'sync' }>;

/** How a person settled a conflict. */
export type Settled = NonNullable<SyncRequest['resolutions']>[string];

/** What begins beside the options that the plan was made with. */
export type Begin = Pick<SyncRequest, 'approval' | 'resolutions'> & {
  /** Of the dataset that the upload makes. */
  readonly name?: string;
};

/** What a plan deletes: its own deletions, and the conflicts that were settled by deleting. */
export function deletionsOf(
  { totals, steps }: Pick<SyncPlanView, 'totals' | 'steps'>,
  settled: Readonly<Record<string, Settled>>,
): number {
  const planned = totals['delete-here'].documents + totals['delete-there'].documents;
  const chosen = steps.filter(({ id, action, state }) => {
    if (action !== 'conflict') return false;
    return (
      (state === 'deletedThereEditedHere' && settled[id] === 'there') ||
      (state === 'deletedHereEditedThere' && settled[id] === 'here')
    );
  });
  return planned + chosen.length;
}

/** Whether a plan does anything apart from its deletions, and from conflicts that were settled by deleting. */
export function doesMore(
  plan: Pick<SyncPlanView, 'totals' | 'steps'>,
  settled: Readonly<Record<string, Settled>>,
): boolean {
  const { send, fetch, update } = plan.totals;
  const count = ({ documents, files }: ActionTotal) => documents + files;
  const kept = Object.keys(settled).length - (deletionsOf(plan, settled) - deletionsOf(plan, {}));
  return count(send) + count(fetch) + count(update) + kept > 0;
}
