import { formatDocumentJson, type JsonObject } from '../../../../shared/model/document-json.ts';
import { documentId, type NdiDocument } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { PlanStep, SyncPlan } from '../../../../shared/model/sync.ts';
import { toWire } from '../api/document-wire.ts';
import { contentHash, fromService } from '../sync/canonical.ts';
import type { PlanInput, RemoteInventory } from '../sync/inventory.ts';
import { deleteRemote } from '../transfer/delete-remote.ts';
import { inParallel } from '../transfer/in-parallel.ts';
import { whenFree } from '../../database/when-free.ts';
import { integrateStaged, stageDocuments } from '../transfer/receive-documents.ts';
import type { SentDocuments } from '../transfer/send-documents.ts';
import { reasonOf, stopsRun, type Transfer } from '../transfer/transfer.ts';

/** Conflicts that were settled field by field: the result is stored here first, and then sent like an edit. */
export async function storeMerged(
  { copy, journal, signal }: Pick<Transfer, 'copy' | 'journal' | 'signal'>,
  steps: readonly Pick<PlanStep, 'id' | 'side'>[],
  merged: ReadonlyMap<string, NdiDocument>,
): Promise<void> {
  for (const { id, side } of steps) {
    const document = merged.get(id);
    if (side !== 'both' || document === undefined || documentId(document) !== id) continue;
    const before = await whenFree(() => copy.document(id), { signal });
    journal.remember('here', 'merged', [{ id, json: formatDocumentJson(before) }]);
    await whenFree(() => copy.takeOver([document]), { signal });
  }
}

/**
 * Overwrites documents in the cloud with what is here. Each is read again first: what was changed there since the plan
 * was made is not overwritten; what is overwritten is kept in the history.
 */
export async function updateThere(
  transfer: Transfer,
  steps: readonly PlanStep[],
  input: PlanInput,
  agreed: SentDocuments,
): Promise<void> {
  const { api, datasetId, copy, journal, tally, signal } = transfer;
  await inParallel(
    steps.filter((step) => step.side !== 'here'),
    4,
    async ({ id, cloudId }) => {
      try {
        if (cloudId === null || !copy.has(id)) return;
        const path = { datasetId, documentId: cloudId };
        const there = fromService((await api.call('getDocument', { path, signal })) as JsonObject);
        const planned = input.remote.documents.get(id)?.content?.hash;
        if (planned !== undefined && contentHash(there).document !== planned.document) throw changedMeanwhile(id);
        const document = copy.document(id);
        journal.remember('there', 'overwritten', [{ id, json: formatDocumentJson(there) }]);
        await api.call('updateDocument', { path, body: toWire(document) as never, signal });
        const after = fromService((await api.call('getDocument', { path, signal })) as JsonObject);
        if (contentHash(after).document !== contentHash(document).document) throw notTaken(id);
        agreed.set(id, contentHash(document));
        tally.updated += 1;
        tally.verified += 1;
      } catch (thrown) {
        if (stopsRun(thrown, signal)) throw thrown;
        tally.fail(id, reasonOf(thrown));
      }
    },
  );
}

/** Fetches new documents and new content; gives the ids that are stored now. */
export async function receive(
  transfer: Transfer,
  steps: readonly PlanStep[],
  input: PlanInput,
  agreed: SentDocuments,
): Promise<ReadonlySet<string>> {
  const { copy, journal, tally } = transfer;
  const wanted = steps.flatMap(({ action, id, cloudId, side }) => {
    return cloudId !== null && (action === 'fetch' || side === 'here') ? [{ id, cloudId }] : [];
  });
  await stageDocuments(transfer, wanted);
  const updated = new Set(steps.filter(({ action }) => action === 'update').map(({ id }) => id));
  const overwritten = wanted.filter(({ id }) => updated.has(id) && copy.has(id));
  refuseChangedHere(transfer, overwritten, input);
  journal.remember(
    'here',
    'overwritten',
    overwritten.map(({ id }) => ({ id, json: formatDocumentJson(copy.document(id)) })),
  );
  const target = {
    exists: (id: string) => copy.has(id),
    before: (id: string) => (copy.has(id) ? copy.document(id) : undefined),
    store: (documents: readonly NdiDocument[]) => {
      rememberLeftBehind(transfer, documents);
      copy.takeOver(documents);
      for (const document of documents) agreed.set(documentId(document), contentHash(document));
    },
  };
  // What is stored already when somebody else holds the database is stored again, as it is.
  const { stored, quarantined } = await whenFree(() => integrateStaged(transfer, target), transfer);
  journal.unstageAll();
  journal.setQuarantine(quarantined);
  for (const { id, reason } of quarantined) tally.fail(id, reason);
  for (const id of stored) {
    if (updated.has(id)) tally.updated += 1;
    else tally.fetched += 1;
    tally.verified += 1;
  }
  return stored;
}

/** A removal in NDI-matlab keeps the row of a document, which gives way to the one that is fetched. */
function rememberLeftBehind({ copy, journal }: Transfer, documents: readonly NdiDocument[]): void {
  const left = documents.flatMap((document) => {
    const id = documentId(document);
    const before = copy.leftBehind(id);
    return before === null ? [] : [{ id, json: formatDocumentJson(before) }];
  });
  journal.remember('here', 'overwritten', left);
}

/** A document that was edited here while the plan was carried out is left as it is. */
function refuseChangedHere(
  { copy, journal, tally }: Transfer,
  documents: readonly { readonly id: string }[],
  input: PlanInput,
): void {
  for (const { id } of documents) {
    if (contentHash(copy.document(id)).document === input.local.documents.get(id)?.hash.document) continue;
    journal.unstage([id]);
    tally.fail(id, changedMeanwhile(id).message);
  }
}

/** Deletions come last: in the cloud, where they can be had back for seven days, then here. */
export async function carryOutDeletions(transfer: Transfer, plan: SyncPlan, input: PlanInput): Promise<void> {
  const { copy, journal, tally } = transfer;
  const ids = (action: string) => plan.steps.filter((step) => step.action === action).map(({ id }) => id);
  const there = ids('delete-there').filter((id) => !copy.has(id));
  if (there.length > 0) {
    transfer.meter.begin('deleting in the cloud');
    const gone = await deleteRemote(
      transfer,
      new Map(there.map((id) => [id, input.remote.documents.get(id)?.cloudIds ?? []])),
    );
    tally.deletedThere += gone.size;
  }
  const here = ids('delete-here').filter((id) => copy.has(id));
  if (here.length === 0 || tally.failed.length > 0) return;
  transfer.meter.begin('deleting here');
  journal.remember(
    'here',
    'deleted',
    here.map((id) => ({ id, json: formatDocumentJson(copy.document(id)) })),
  );
  await whenFree(() => copy.remove(here), transfer);
  tally.deletedHere += here.length;
}

/**
 * The service keeps two records where two computers sent the same document at once: the one with the larger address
 * goes, as the other computer would decide too.
 * @returns whether there was any
 */
export async function removeOwnDoubles(
  transfer: Transfer,
  remote: RemoteInventory,
  sent: SentDocuments,
): Promise<boolean> {
  const doubles = new Map<string, readonly string[]>();
  for (const id of sent.keys()) {
    const [, ...more] = remote.documents.get(id)?.cloudIds ?? [];
    if (more.length > 0) doubles.set(id, more);
  }
  if (doubles.size > 0) await deleteRemote(transfer, doubles);
  return doubles.size > 0;
}

function changedMeanwhile(id: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The document ${id} was changed while the plan was carried out: it is left as it is.`,
    recovery: 'Make a new plan.',
  });
}

function notTaken(id: string): NdiError {
  return new NdiError({
    code: 'cloud.badAnswer',
    message: `The cloud did not take over the new content of document ${id}.`,
    recovery: 'Try again later.',
  });
}
