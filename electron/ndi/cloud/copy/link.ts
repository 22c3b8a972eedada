import type { NdiDocument } from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { whenFree } from '../../database/when-free.ts';
import { newDocument } from '../../documents/build.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import { cloudIdOf, type Dataset, type DatasetMetadata } from '../api/shapes.ts';
import type { Journal } from '../journal/journal.ts';
import { linkClass } from '../sync/inventory.ts';
import { forgetSyncIndex } from '../sync/sync-index.ts';
import type { LocalCopy } from './local-copy.ts';

/** Where a local copy belongs in the cloud. */
export interface Linked {
  readonly datasetId: string;
  readonly organizationId: string;
  readonly record: Dataset;
}

/** Created datasets may answer 404 for a while (cloud reference, section 1). */
const APPEARS_WITHIN_MS = 30_000;
/** A creation whose answer was lost is looked for from a little before it was asked for: clocks differ. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * The dataset in the cloud to which the copy's link document leads.
 * @throws NdiError cloud.notLinked | severalLinks | foreignLink | deleted | notFound, auth.*, cloud.*
 */
export async function resolveLink(
  copy: LocalCopy,
  api: CloudApi,
  journal: Journal,
  signal?: AbortSignal,
): Promise<Linked> {
  const datasetId = await whenFree(() => requireLink(copy, api, journal), { signal });
  const record = await getDataset(api, datasetId, signal);
  return { datasetId, organizationId: record.organizationId ?? '', record };
}

/** The id alone, without asking the server. */
export function requireLink(copy: LocalCopy, api: CloudApi, journal: Journal): string {
  const [link, ...others] = copy.links();
  // Two computers may each have made a link to the same dataset: that is one.
  const more = others.filter(({ cloudId }) => cloudId !== link?.cloudId);
  if (link === undefined) {
    throw new NdiError({
      code: 'cloud.notLinked',
      message: `${copy.reference || copy.path} is not linked to a dataset in NDI Cloud.`,
      recovery: 'Upload it first.',
      details: { path: copy.path },
    });
  }
  if (more.length > 0) {
    const all = [link, ...more];
    throw new NdiError({
      code: 'cloud.severalLinks',
      message: `It is linked to ${all.length} datasets in NDI Cloud: ${all.map(({ cloudId, datestamp }) => `${cloudId} (${datestamp.slice(0, 10)})`).join(', ')}.`,
      recovery: 'Remove the link documents that are not meant.',
      details: { links: all.map(({ cloudId }) => cloudId), documents: all.map(({ documentId }) => documentId) },
    });
  }
  const [origin] = journal.origins(copy.path, copy.id, api.base);
  if (origin !== undefined && origin !== link.cloudId) {
    throw new NdiError({
      code: 'cloud.foreignLink',
      message: `The link document names dataset ${link.cloudId}, but this copy was downloaded from ${origin}.`,
      recovery: 'Decide which is meant: link it anew to where it came from, or remove the copy.',
      details: { linked: link.cloudId, origin, document: link.documentId },
    });
  }
  return link.cloudId;
}

/**
 * The record of a dataset; what was deleted and can be had back is told apart from what was never there.
 * @throws NdiError cloud.deleted | notFound, auth.*, cloud.*
 */
export async function getDataset(api: CloudApi, datasetId: string, signal?: AbortSignal): Promise<Dataset> {
  try {
    return await api.call('getDataset', { path: { datasetId }, signal });
  } catch (thrown) {
    if (!(thrown instanceof NdiError) || thrown.code !== 'cloud.notFound') throw thrown;
    const until = await deletionTime(api, datasetId, signal);
    if (until === null) throw thrown;
    throw new NdiError({
      code: 'cloud.deleted',
      message: `The dataset ${datasetId} was deleted in NDI Cloud; it can be had back until ${until}.`,
      recovery: 'Restore it there, or remove the link and upload it as a new dataset.',
      details: { datasetId, until },
    });
  }
}

async function deletionTime(api: CloudApi, datasetId: string, signal?: AbortSignal): Promise<string | null> {
  try {
    for await (const { rows } of api.listDatasets('listDeletedDatasets', { signal })) {
      const row = rows.find(({ id }) => id === datasetId);
      if (row !== undefined) return row.deleteOccurrenceTime ?? '';
    }
  } catch (thrown) {
    // Signed out, the list cannot be seen: then it is simply not found.
    if (!(thrown instanceof NdiError) || !thrown.code.startsWith('auth.')) throw thrown;
  }
  return null;
}

/**
 * Makes the dataset in the cloud and the link document here. Whether an earlier attempt has made it already is looked
 * up first: its answer may have been lost.
 * @throws NdiError usage.invalid, auth.*, cloud.*
 */
export async function createLinked(
  copy: LocalCopy,
  api: CloudApi,
  journal: Journal,
  wanted: { readonly organizationId: string; readonly metadata: DatasetMetadata },
  signal?: AbortSignal,
): Promise<Linked> {
  const name = (wanted.metadata.name ?? '').trim();
  if (name === '') {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'A dataset in NDI Cloud needs a name.',
      recovery: 'Give it one.',
    });
  }
  const { runs } = journal;
  const before = runs.intent(copy.path, copy.id, api.base);
  const { organizationId } = wanted;
  const resumed = before?.organization === organizationId && before.name === name ? before : null;
  // Its answer tells the server's time: the clock of this computer may be wrong.
  if (resumed === null) await api.call('getCurrentUser', { signal });
  const intent = resumed ?? { organization: organizationId, name, cloud: '', at: new Date(api.http.clock.nowMs()) };
  if (resumed === null) runs.setIntent(copy.path, copy.id, api.base, intent);
  let datasetId = intent.cloud;
  if (datasetId === '' && resumed !== null) datasetId = (await findCreated(api, intent, signal)) ?? '';
  if (datasetId === '') datasetId = await create(api, organizationId, { ...wanted.metadata, name }, intent, signal);
  runs.setIntent(copy.path, copy.id, api.base, { ...intent, cloud: datasetId });
  const record = await getCreated(api, datasetId, signal);
  forgetSyncIndex(copy.path);
  await addLink(copy, datasetId, record.organizationId ?? organizationId);
  runs.clearIntent(copy.path, copy.id, api.base);
  return { datasetId, organizationId: record.organizationId ?? organizationId, record };
}

/** The link document, in the dataset's own session. */
export async function addLink(copy: LocalCopy, datasetId: string, organizationId: string): Promise<void> {
  await whenFree(() => copy.add(linkDocument(copy.id, datasetId, organizationId)));
}

/** @param sessionId the dataset's own */
export function linkDocument(sessionId: string, datasetId: string, organizationId: string): NdiDocument {
  return newDocument(linkClass, {
    'base.session_id': sessionId,
    [`${linkClass}.dataset_id`]: datasetId,
    [`${linkClass}.organization_id`]: organizationId,
  });
}

interface Wanted {
  readonly organization: string;
  readonly name: string;
  readonly at: Date;
}

async function create(
  api: CloudApi,
  organizationId: string,
  metadata: DatasetMetadata,
  intent: Wanted,
  signal?: AbortSignal,
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const made = await api.call('createDataset', { path: { organizationId }, body: metadata, signal });
      return cloudIdOf(made);
    } catch (thrown) {
      if (!(thrown instanceof NdiError) || thrown.details['outcomeUnknown'] !== true) throw thrown;
      const found = await findCreated(api, intent, signal);
      if (found !== null) return found;
      if (attempt > 0) throw thrown;
    }
  }
}

/** A dataset of that name that came into being since the attempt began; the newest, should there be more. */
async function findCreated(
  api: CloudApi,
  { organization, name, at }: Wanted,
  signal?: AbortSignal,
): Promise<string | null> {
  const since = at.getTime() - CLOCKS_DIFFER_MS;
  const found: { id: string; createdAt: string }[] = [];
  for await (const { rows } of api.listDatasets('listOrganizationDatasets', { organizationId: organization, signal })) {
    for (const { id, name: other, createdAt = '' } of rows) {
      if (other === name && Date.parse(createdAt) >= since) found.push({ id, createdAt });
    }
  }
  return found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]?.id ?? null;
}

async function getCreated(api: CloudApi, datasetId: string, signal?: AbortSignal): Promise<Dataset> {
  const { pace } = api.http;
  const began = pace.now();
  for (let waitMs = 250; ; waitMs = Math.min(5000, waitMs * 2)) {
    try {
      return await api.call('getDataset', { path: { datasetId }, signal });
    } catch (thrown) {
      const young = thrown instanceof NdiError && thrown.code === 'cloud.notFound';
      if (!young || pace.now() - began > APPEARS_WITHIN_MS) throw thrown;
      await pace.sleep(waitMs, signal);
    }
  }
}
