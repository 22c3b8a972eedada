import type { NdiDocument } from '../../../../shared/model/documents.ts';
import type { SyncPlan } from '../../../../shared/model/sync.ts';
import { withCopyLock } from '../copy/copy-lock.ts';
import type { PlanInput, PlanOptions } from '../sync/inventory.ts';
import { nextCommon } from '../sync/next-common.ts';
import { countStates } from '../sync/states.ts';
import { writeSyncIndex } from '../sync/sync-index.ts';
import { listRemote } from '../remote/list-remote.ts';
import { sendFiles } from '../transfer/send-files.ts';
import { fetchFiles } from '../transfer/fetch-files.ts';
import { type SentDocuments, sendDocuments } from '../transfer/send-documents.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { waitForOthers } from '../transfer/upload-jobs.ts';
import type { ContentHash } from '../sync/canonical.ts';
import { type Approval, requireApproval } from './approval.ts';
import { carryOutDeletions, receive, removeOwnDoubles, storeMerged, updateThere } from './document-steps.ts';
import { wantedHere, wantedThere } from './file-steps.ts';
import { prepare, type Prepared, sendsAnything } from './prepare.ts';
import { settleEarlier } from './settle.ts';

export interface SyncOptions extends PlanOptions {
  readonly approval?: Approval;
  /** Documents in conflict, put together by a person. */
  readonly merged?: ReadonlyMap<string, NdiDocument>;
}

export interface RunOutcome {
  readonly plan: SyncPlan;
  /** Whether all that was planned was done. */
  readonly success: boolean;
}

/**
 * Brings both sides in step: settle what was under way, look, plan, send, fetch, delete, note (cloud reference, section
 * 14.4). Whenever it is ended, the next run goes on from what has arrived.
 * @throws NdiError sync.*, cloud.*, auth.*, database.*
 */
export async function runSync(transfer: Transfer, options: SyncOptions): Promise<RunOutcome> {
  return await withCopyLock(transfer.copy.path, async () => {
    const { meter } = transfer;
    await settleEarlier(transfer);
    if (sendsAnything(options)) await waitForOthers(transfer);
    const prepared = await prepare(transfer, options, {
      signal: transfer.signal,
      onPhase: (phase) => meter.begin(phase),
    });
    requireApproval(prepared.plan, options.approval ?? {});
    noteRefusals(transfer, prepared.plan);
    await carryOut(transfer, prepared, options);
    return { plan: prepared.plan, success: transfer.tally.failed.length === 0 };
  });
}

/** What cannot be done is said at the end with the rest. */
function noteRefusals({ tally }: Transfer, { steps }: SyncPlan): void {
  for (const { id, reason, refused } of steps) if (refused) tally.fail(id, reason);
}

async function carryOut(transfer: Transfer, { plan, input, listed }: Prepared, options: SyncOptions): Promise<void> {
  const { steps } = plan;
  const of = (action: string) => steps.filter((step) => step.action === action && step.kind === 'document');
  await storeMerged(transfer, of('update'), options.merged ?? new Map());
  const rows = input.remote.documents.size + listed.stillListed.size;
  const agreed: SentDocuments = await sendDocuments(
    transfer,
    of('send').map(({ id }) => id),
    rows,
  );
  await updateThere(transfer, of('update'), input, agreed);
  const changedThere = agreed.size > 0;
  await sendFiles(transfer, await wantedThere(transfer, input, options, agreed));
  const received = await receive(transfer, [...of('fetch'), ...of('update')], input, agreed);
  await fetchFiles(transfer, await wantedHere(transfer, input, options, received));
  const failedBefore = transfer.tally.failed.length > 0;
  if (!failedBefore && options.approval?.withoutDeletions !== true) await carryOutDeletions(transfer, plan, input);
  transfer.meter.begin('noting what is in step');
  await note(transfer, plan, input, agreed, changedThere);
}

/** The index comes last, from what is listed now: only what is on both sides, or what this run left on one side. */
async function note(
  transfer: Transfer,
  plan: SyncPlan,
  input: PlanInput,
  agreed: SentDocuments,
  changedThere: boolean,
): Promise<void> {
  const { api, datasetId, journal, copy, tally, signal } = transfer;
  const buried = new Set(journal.tombstones().map(({ cloudId }) => cloudId));
  let listed = await listRemote(api, datasetId, { signal, buried });
  if (changedThere && (await removeOwnDoubles(transfer, listed.inventory, agreed))) {
    const now = new Set(journal.tombstones().map(({ cloudId }) => cloudId));
    listed = await listRemote(api, datasetId, { signal, buried: now });
  }
  journal.forgetTombstones([...buried].filter((cloudId) => !listed.stillListed.has(cloudId)));
  // What is written from here on was not seen.
  const lookedAt = new Date();
  const local = await copy.inventory(signal, input.local);
  const here = new Map([...local.documents.values()].map(({ id, hash }) => [id, hash]));
  const there = new Map<string, ContentHash | null>();
  for (const { id } of listed.inventory.documents.values()) {
    there.set(id, agreed.get(id) ?? input.remote.documents.get(id)?.content?.hash ?? null);
  }
  const unsettled = new Set(tally.failed.map(({ id }) => id));
  for (const { action, kind, documentId, id } of plan.steps) {
    if (action === 'conflict') unsettled.add(id);
    if (kind === 'file' && tally.hasFailed(id)) unsettled.add(documentId);
  }
  for (const document of local.documents.values()) {
    if (document.files.some(({ uid }) => tally.hasFailed(uid))) unsettled.add(document.id);
  }
  const next = nextCommon({ here, there, unsettled }, input.common);
  journal.setCommonHashes(next.hashes);
  journal.setChecked(countStates(local, listed.inventory, next), lookedAt);
  writeSyncIndex(copy.path, { local: next.local, remote: next.remote });
}
