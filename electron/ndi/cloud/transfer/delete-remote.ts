import { NdiError } from '../../../../shared/model/errors.ts';
import { reasonOf, stopsRun, type Transfer } from './transfer.ts';

/** Deleted documents can be had back for this long (cloud reference, section 5.3). */
export const DELETION_DELAY = '7d';
const PER_CALL = 1000;

type Deleting = Pick<Transfer, 'api' | 'datasetId' | 'journal' | 'tally' | 'signal'>;

/**
 * Deletes documents in the cloud. What was accepted is remembered by its address, since it may stay listed for a while.
 * @param documents addresses of each document by its id
 * @returns ids that are gone
 */
export async function deleteRemote(
  transfer: Deleting,
  documents: ReadonlyMap<string, readonly string[]>,
): Promise<Set<string>> {
  const { journal, tally, signal } = transfer;
  const gone = new Set<string>();
  const all = [...documents].flatMap(([id, cloudIds]) => cloudIds.map((cloudId) => ({ id, cloudId })));
  for (let at = 0; at < all.length; at += PER_CALL) {
    const batch = all.slice(at, at + PER_CALL);
    const cloudIds = batch.map(({ cloudId }) => cloudId);
    try {
      const left = await deleteBatch(transfer, cloudIds);
      journal.bury(cloudIds.filter((cloudId) => !left.has(cloudId)));
      for (const { id, cloudId } of batch) {
        if (left.has(cloudId)) tally.fail(id, 'The cloud did not delete the document.');
        else gone.add(id);
      }
    } catch (thrown) {
      if (stopsRun(thrown, signal)) throw thrown;
      for (const { id } of batch) tally.fail(id, reasonOf(thrown));
    }
  }
  for (const { id } of tally.failed) gone.delete(id);
  return gone;
}

/** @returns addresses that are certainly still there: a gateway that lost patience leaves the outcome open */
async function deleteBatch(transfer: Deleting, documentIds: string[]): Promise<ReadonlySet<string>> {
  const { api, datasetId, signal } = transfer;
  let left = documentIds;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const body = { documentIds: left, when: DELETION_DELAY };
    try {
      // Once: an open outcome is looked up before the deletion is asked for again.
      await api.call('bulkDeleteDocuments', { path: { datasetId }, body, signal, retry: { tries: 1, when: 'unsent' } });
      return new Set();
    } catch (thrown) {
      if (!(thrown instanceof NdiError) || thrown.details['outcomeUnknown'] !== true) throw thrown;
      const { rows } = await api.listDocuments(datasetId, { signal });
      const there = new Set(rows.map(({ id }) => id));
      left = left.filter((cloudId) => there.has(cloudId));
      if (left.length === 0) break;
    }
  }
  return new Set(left);
}
