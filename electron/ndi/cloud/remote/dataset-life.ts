import { NdiError } from '../../../../shared/model/errors.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import type { Dataset } from '../api/shapes.ts';

/** The service says that a restored dataset is back within a minute (cloud reference, section 5.3). */
const RESTORED_WITHIN_MS = 60_000;

/**
 * Brings a deleted dataset back and waits until it can be read.
 * @throws NdiError cloud.notFound once it is gone for good, auth.*, cloud.*
 */
export async function restoreDataset(api: CloudApi, datasetId: string, signal?: AbortSignal): Promise<Dataset> {
  await api.call('undeleteDataset', { path: { datasetId }, signal }).catch((thrown: unknown) => {
    throw isNotFound(thrown) ? goneForGood(datasetId, thrown) : thrown;
  });
  const { pace } = api.http;
  const began = pace.now();
  for (let waitMs = 500; ; waitMs = Math.min(8000, waitMs * 2)) {
    try {
      return await api.call('getDataset', { path: { datasetId }, signal });
    } catch (thrown) {
      if (!isNotFound(thrown) || pace.now() - began > RESTORED_WITHIN_MS) throw thrown;
      await pace.sleep(waitMs, signal);
    }
  }
}

/**
 * Deletes a dataset in the cloud; until its time comes it can be restored. An answer that leaves the outcome open is
 * looked up before the deletion is asked for again.
 * @param when `7d`, `12h`, `30m` or `now`
 * @throws NdiError cloud.*, auth.*
 */
export async function deleteDataset(
  api: CloudApi,
  datasetId: string,
  when: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const retry = { tries: 1, when: 'unsent' } as const;
      await api.call('deleteDataset', { path: { datasetId }, query: { when }, signal, retry });
      return;
    } catch (thrown) {
      if (!(thrown instanceof NdiError) || thrown.details['outcomeUnknown'] !== true) throw thrown;
      if (await isGone(api, datasetId, signal)) return;
      if (attempt > 0) throw thrown;
    }
  }
}

async function isGone(api: CloudApi, datasetId: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await api.call('getDataset', { path: { datasetId }, signal });
    return false;
  } catch (thrown) {
    if (isNotFound(thrown)) return true;
    throw thrown;
  }
}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof NdiError && thrown.code === 'cloud.notFound';
}

function goneForGood(datasetId: string, cause: unknown): NdiError {
  return new NdiError({
    code: 'cloud.notFound',
    message: `The dataset ${datasetId} cannot be restored: it is not among the deleted ones, or is gone for good.`,
    recovery: 'Upload it as a new dataset from a copy that is left.',
    details: { datasetId },
    cause,
  });
}
