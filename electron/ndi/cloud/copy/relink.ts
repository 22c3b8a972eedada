import { formatDocumentJson } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { whenFree } from '../../database/when-free.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import { isCloudId } from '../api/shapes.ts';
import type { Journal } from '../journal/journal.ts';
import { forgetSyncIndex } from '../sync/sync-index.ts';
import { addLink, getDataset } from './link.ts';
import type { LocalCopy } from './local-copy.ts';

/**
 * Takes links of a copy away; nothing changes in the cloud. The link documents are kept in the history.
 * @param datasetId only the link to this dataset, where there are several
 * @returns ids of the datasets that it was linked to
 * @throws NdiError cloud.notLinked
 */
export async function unlink(copy: LocalCopy, api: CloudApi, journal: Journal, datasetId?: string): Promise<string[]> {
  const links = await whenFree(() => copy.links());
  const meant = links.filter(({ cloudId }) => datasetId === undefined || cloudId === datasetId);
  if (meant.length === 0) {
    throw new NdiError({
      code: 'cloud.notLinked',
      message: `${copy.reference || copy.path} is not linked to ${datasetId ?? 'a dataset in NDI Cloud'}.`,
      recovery: 'Nothing has to be taken away.',
    });
  }
  for (const { cloudId, documentId } of meant) {
    const kept = journal.copy({ path: copy.path, dataset: copy.id, server: api.base, cloud: cloudId });
    const document = await whenFree(() => copy.document(documentId));
    kept.remember('here', 'unlinked', [{ id: documentId, json: formatDocumentJson(document) }]);
  }
  forgetSyncIndex(copy.path);
  const ids = meant.map(({ documentId }) => documentId);
  await whenFree(() => copy.remove(ids));
  return meant.map(({ cloudId }) => cloudId);
}

/**
 * Links a copy to a dataset that is in the cloud already, in place of whatever it was linked to: a person has decided.
 * @throws NdiError cloud.notFound | deleted, auth.*, cloud.*
 */
export async function relink(
  copy: LocalCopy,
  api: CloudApi,
  journal: Journal,
  datasetId: string,
  signal?: AbortSignal,
): Promise<void> {
  if (!isCloudId(datasetId)) {
    throw new NdiError({
      code: 'cloud.notFound',
      message: `There is no dataset “${datasetId}” in NDI Cloud: an id has 24 hexadecimal digits.`,
      recovery: 'Check the id; the list of datasets shows it.',
    });
  }
  const { organizationId = '' } = await getDataset(api, datasetId, signal);
  const links = await whenFree(() => copy.links(), { signal });
  if (links.length > 0) await unlink(copy, api, journal);
  forgetSyncIndex(copy.path);
  await addLink(copy, datasetId, organizationId);
  // Where it was downloaded from says nothing any more.
  for (const origin of journal.origins(copy.path, copy.id, api.base)) {
    if (origin === datasetId) continue;
    journal.copy({ path: copy.path, dataset: copy.id, server: api.base, cloud: origin }).setDownloaded(false);
  }
}
