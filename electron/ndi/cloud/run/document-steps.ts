import { formatDocumentJson, type JsonObject } from '../../../../shared/model/document-json.ts';
import { documentId, type NdiDocument } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { PlanStep, SyncPlan } from '../../../../shared/model/sync.ts';
import { toWire } from '../api/document-wire.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
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
    const remember = rememberOnce(journal, 'merged');
    // In one go, so that nothing comes in between that would be lost.
    const store = () => {
      remember([copy.document(id)]);
      copy.takeOver([document]);
    };
    await whenFree(store, { signal });
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
        if (cloudId === null) return;
        const document = await whenFree(() => (copy.has(id) ? copy.document(id) : null), transfer);
        if (document === null) return;
        const path = { datasetId, documentId: cloudId };
        const there = fromService((await api.call('getDocument', { path, signal })) as JsonObject);
        const planned = input.remote.documents.get(id)?.content?.hash;
        if (planned !== undefined && contentHash(there).document !== planned.document) throw changedMeanwhile(id);
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
  const remember = rememberOnce(journal, 'overwritten');
  const taken = new Set<string>();
  const target = {
    exists: (id: string) => copy.has(id),
    before: (id: string) => (copy.has(id) ? copy.document(id) : undefined),
    store: (documents: readonly NdiDocument[]) => {
      // A removal in NDI-matlab keeps the row of a document, which gives way to the one that is fetched.
      remember(documents.map((document) => copy.leftBehind(documentId(document))).filter((left) => left !== null));
      copy.takeOver(documents);
      for (const document of documents) {
        taken.add(documentId(document));
        agreed.set(documentId(document), contentHash(document));
      }
    },
  };
  // What is overwritten is looked at and overwritten in one go: nothing may come in between. What is stored already when
  // somebody else holds the database is stored again, as it is.
  const { stored, quarantined } = await whenFree(() => {
    const staged = journal.stagedIds();
    const overwritten = wanted.filter(({ id }) => staged.has(id) && !taken.has(id) && copy.has(id));
    const { same, changed } = byChange(transfer, overwritten, input);
    journal.unstage(changed);
    remember(same);
    return integrateStaged(transfer, target);
  }, transfer);
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

/** Keeps what a side loses; what is tried again, because somebody holds the database, is kept once. */
function rememberOnce(journal: CopyJournal, why: string): (lost: readonly NdiDocument[]) => void {
  const kept = new Map<string, string>();
  return (lost) => {
    const versions = lost.map((document) => ({ id: documentId(document), json: formatDocumentJson(document) }));
    const fresh = versions.filter(({ id, json }) => kept.get(id) !== json);
    journal.remember('here', why, fresh);
    for (const { id, json } of fresh) kept.set(id, json);
  };
}

/** Tells documents here that are as the plan saw them from those that were edited since, which are left as they are. */
function byChange(
  { copy, tally }: Transfer,
  documents: readonly { readonly id: string }[],
  input: PlanInput,
): { readonly same: NdiDocument[]; readonly changed: string[] } {
  const same: NdiDocument[] = [];
  const changed: string[] = [];
  for (const { id } of documents) {
    const document = copy.document(id);
    if (contentHash(document).document === input.local.documents.get(id)?.hash.document) same.push(document);
    else {
      changed.push(id);
      tally.fail(id, changedMeanwhile(id).message);
    }
  }
  return { same, changed };
}

/** Deletions come last: in the cloud, where they can be had back for seven days, then here. */
export async function carryOutDeletions(transfer: Transfer, plan: SyncPlan, input: PlanInput): Promise<void> {
  const { copy, journal, tally } = transfer;
  const planned = (action: string) => plan.steps.filter((step) => step.action === action);
  const here = (steps: readonly PlanStep[], isHere: boolean) =>
    whenFree(() => steps.filter(({ id }) => copy.has(id) === isHere), transfer);
  const there = await here(planned('delete-there'), false);
  if (there.length > 0) {
    transfer.meter.begin('deleting in the cloud');
    const gone = await deleteRemote(
      transfer,
      new Map(there.map(({ id }) => [id, input.remote.documents.get(id)?.cloudIds ?? []])),
    );
    tally.deletedThere += gone.size;
  }
  const doomed = await here(planned('delete-here'), true);
  if (doomed.length === 0 || tally.failed.length > 0) return;
  transfer.meter.begin('deleting here');
  const remember = rememberOnce(journal, 'deleted');
  // Looked at and removed in one go, as in `receive`.
  tally.deletedHere += await whenFree(() => {
    const still = doomed.filter(({ id }) => copy.has(id));
    const { same } = byChange(transfer, still, input);
    remember(same);
    copy.remove(same.map(documentId));
    return same.length;
  }, transfer);
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
