import type { CopyComparison, CopyRepair } from '../../../shared/contract/cloud-copies.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { compareCopy, duplicatesOf } from '../../ndi/cloud/compare/compare.ts';
import { withCopyLock } from '../../ndi/cloud/copy/copy-lock.ts';
import { relink, unlink } from '../../ndi/cloud/copy/relink.ts';
import { listRemote } from '../../ndi/cloud/remote/list-remote.ts';
import { deleteRemote } from '../../ndi/cloud/transfer/delete-remote.ts';
import { Tally } from '../../ndi/cloud/transfer/tally.ts';
import type { Jobs } from '../jobs.ts';
import type { CopySessions } from './sync/copy-session.ts';

/** A copy and its dataset beside the syncs: comparing them, repairing the cloud's side, changing the link. */
export class LinkedCopies {
  readonly #copies: CopySessions;
  readonly #jobs: Jobs;

  constructor(copies: CopySessions, jobs: Jobs) {
    this.#copies = copies;
    this.#jobs = jobs;
  }

  /**
   * @param contents whether the documents that are on both sides are compared too
   * @throws NdiError cloud.notLinked and what listing throws
   */
  async compare(path: string, contents: boolean, signal?: AbortSignal): Promise<CopyComparison> {
    return await this.#jobs.run({ title: 'Comparing with NDI Cloud', signal }, async (_job, aborted) =>
      this.#copies.withLinked(
        path,
        async (session) => {
          const found = await compareCopy(session, { contents, signal: aborted });
          const [localOnly, remoteOnly, common] = [found.localOnlyIds, found.remoteOnlyIds, found.commonIds];
          return {
            cloudDatasetId: session.datasetId,
            contents,
            localOnlyIds: [...localOnly],
            remoteOnlyIds: [...remoteOnly],
            commonIds: [...common],
            ...{ localOnly: localOnly.length, remoteOnly: remoteOnly.length, common: common.length },
            mismatchedIds: [...found.mismatchedIds],
            mismatchDetails: [...found.mismatchDetails],
            duplicates: found.duplicates.map(({ id, kept, extra }) => ({ id, kept, extra: [...extra] })),
            withoutId: found.withoutId,
          };
        },
        aborted,
      ),
    );
  }

  /**
   * Takes away what is in the cloud more than once: the record with the smallest address stays, as every client of NDI
   * decides. The others can be had back for seven days.
   * @throws NdiError sync.consentNeeded unless agreed, sync.busy, cloud.*
   */
  async repair(path: string, agreed: boolean, dryRun: boolean, signal?: AbortSignal): Promise<CopyRepair> {
    return await this.#jobs.run({ title: 'Repairing in NDI Cloud', signal }, async (_job, aborted) =>
      this.#copies.withLinked(
        path,
        async ({ api, datasetId, journal, copy }) =>
          withCopyLock(copy.path, async () => {
            const buried = new Set(journal.tombstones().map(({ cloudId }) => cloudId));
            const { inventory } = await listRemote(api, datasetId, { signal: aborted, buried });
            const duplicates = duplicatesOf(inventory);
            const extra = new Map(duplicates.map((one) => [one.id, one.extra]));
            const count = duplicates.reduce((sum, one) => sum + one.extra.length, 0);
            const tally = new Tally();
            if (count > 0 && !dryRun) {
              if (!agreed) throw consentNeeded(count);
              await deleteRemote({ api, datasetId, journal, tally, signal: aborted }, extra);
            }
            return {
              cloudDatasetId: datasetId,
              dryRun,
              duplicates: duplicates.map((one) => ({ ...one, extra: [...one.extra] })),
              deletedThere: dryRun ? 0 : count - tally.failed.length,
              failed: tally.failed,
            };
          }),
        aborted,
      ),
    );
  }

  /** Links a copy to a dataset that is in the cloud already. @throws NdiError cloud.notFound | deleted, auth.* */
  async link(path: string, datasetId: string, signal?: AbortSignal): Promise<{ cloudDatasetId: string }> {
    const api = await this.#copies.pinnedApi();
    await this.#copies.whileOpen(path, (copy) => relink(copy, api, this.#copies.journal, datasetId, signal), signal);
    return { cloudDatasetId: datasetId };
  }

  /** Takes the link away; nothing changes in the cloud. @throws NdiError cloud.notLinked */
  async unlink(path: string, datasetId: string | undefined): Promise<{ unlinked: string[] }> {
    const api = this.#copies.accounts.api();
    return {
      unlinked: await this.#copies.whileOpen(path, (copy) => unlink(copy, api, this.#copies.journal, datasetId)),
    };
  }
}

function consentNeeded(count: number): NdiError {
  return new NdiError({
    code: 'sync.consentNeeded',
    message: `The repair deletes ${count} records in the cloud that are there twice. Nothing was changed.`,
    recovery: 'Look at them, and agree.',
    details: { there: count },
  });
}
