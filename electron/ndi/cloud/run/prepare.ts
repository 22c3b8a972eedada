import type { PlanNote, SyncPlan } from '../../../../shared/model/sync.ts';
import { fileEntries } from '../../../../shared/model/document-files.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import type { LocalCopy } from '../copy/local-copy.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
import { fetchDocuments } from '../remote/fetch-documents.ts';
import { type ListedRemote, listRemote, resolveFiles, type SeenFiles } from '../remote/list-remote.ts';
import { directions } from '../sync/actions.ts';
import { fromService, measureContent } from '../sync/canonical.ts';
import type {
  CommonState,
  LocalInventory,
  PlanInput,
  PlanOptions,
  RemoteContent,
  RemoteDocument,
  RemoteInventory,
} from '../sync/inventory.ts';
import { makePlan } from '../sync/plan.ts';
import { inBase } from '../sync/states.ts';
import { type OthersArchives, othersArchives } from '../transfer/upload-jobs.ts';
import { readSyncIndex } from '../sync/sync-index.ts';

/** Both sides, compared. */
export interface Prepared {
  readonly plan: SyncPlan;
  readonly input: PlanInput;
  readonly listed: ListedRemote;
}

export interface PrepareOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onPhase?: ((phase: string) => void) | undefined;
}

/** A deletion that was accepted and is listed for longer than this is reported. */
const BURIED_FOR_MS = 24 * 3_600_000;

/**
 * Looks at both sides and makes the plan. Changes nothing, here or there.
 * @throws NdiError cloud.*, auth.*, database.*: a list that is not whole makes no plan
 */
export async function prepare(
  at: { readonly api: CloudApi; readonly datasetId: string; readonly copy: LocalCopy; readonly journal: CopyJournal },
  options: PlanOptions,
  { signal, onPhase }: PrepareOptions = {},
): Promise<Prepared> {
  const { api, datasetId, copy, journal } = at;
  onPhase?.('reading the documents here');
  const local = await copy.inventory(signal);
  onPhase?.('listing the cloud');
  const buried = journal.tombstones();
  const listed = await listRemote(api, datasetId, {
    signal,
    buried: new Set(buried.map(({ cloudId }) => cloudId)),
  });
  const index = readSyncIndex(copy.path);
  const common: CommonState = { local: index.local, remote: index.remote, hashes: journal.commonHashes() };
  onPhase?.('comparing');
  const needed = documentsToCompare(local, listed.inventory, common, options);
  const withFiles = await resolveFiles(api, datasetId, listed, uidsOf(local), seenFiles(journal), signal);
  const remote = await withContents(api, datasetId, withFiles, needed, signal);
  const input: PlanInput = { local, remote, common, options };
  const plan = makePlan(input);
  const warnings = [...plan.warnings];
  if (sendsAnything(options)) warnings.push(...archiveNotes(await othersArchives({ api, datasetId, journal }, signal)));
  if (index.damaged) {
    warnings.push({
      code: 'sync.indexDamaged',
      message: 'NDI’s note of the last sync is damaged: taken as never synced.',
    });
  }
  const stubborn = buried.filter(
    ({ cloudId, at: since }) => listed.stillListed.has(cloudId) && Date.now() - since.getTime() > BURIED_FOR_MS,
  );
  if (stubborn.length > 0) {
    warnings.push({
      code: 'sync.stillListed',
      message: `${stubborn.length} documents were deleted in the cloud over a day ago and are still listed.`,
    });
  }
  return { plan: { ...plan, warnings }, input, listed };
}

function archiveNotes({ underWay, stale }: OthersArchives): PlanNote[] {
  const notes: PlanNote[] = [];
  if (underWay) notes.push({ code: 'sync.othersSending', message: 'Files that others are sending may still arrive.' });
  if (stale > 0) {
    const what = stale === 1 ? 'An upload of files was' : `${stale} uploads of files were`;
    const message = `${what} announced to the cloud long ago and never came: nobody waits for it any more.`;
    notes.push({ code: 'sync.staleUpload', message });
  }
  return notes;
}

/** What the journal knows of files in the cloud. */
export function seenFiles(journal: CopyJournal): SeenFiles {
  return {
    arrived: new Map(journal.files('verified').map(({ uid, bytes }) => [uid, bytes])),
    corrupt: journal.corruptFiles(),
  };
}

function uidsOf(local: LocalInventory): string[] {
  return [...local.documents.values()].flatMap(({ files }) => files.map(({ uid }) => uid));
}

/** Addresses of the documents whose content there has to be known for the plan. */
function documentsToCompare(
  local: LocalInventory,
  remote: RemoteInventory,
  common: CommonState,
  options: PlanOptions,
): string[] {
  const all = options.updateEdited === true || (options.resolutions?.size ?? 0) > 0;
  // What was deleted here and edited there must be noticed by the modes that would carry the deletion over, or ask.
  const gone = (options.mode === 'twoWay' && options.deletions === true) || options.mode === 'downloadNew';
  const wanted: string[] = [];
  for (const { id, cloudIds } of remote.documents.values()) {
    const known = inBase(id, common) && common.hashes.has(id);
    const compare = local.documents.has(id) ? all || !known : gone && known;
    if (compare && cloudIds[0] !== undefined) wanted.push(cloudIds[0]);
  }
  return wanted;
}

async function withContents(
  api: CloudApi,
  datasetId: string,
  remote: RemoteInventory,
  cloudIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<RemoteInventory> {
  if (cloudIds.length === 0) return remote;
  const contents = new Map<string, RemoteContent>();
  for await (const { cloudId, document } of fetchDocuments(api, datasetId, cloudIds, signal)) {
    if (document === null) continue;
    const own = fromService(document);
    const fileUids = fileEntries(own).flatMap(({ locations }) => locations.map(({ uid }) => uid));
    contents.set(cloudId, { ...measureContent(own), fileUids });
  }
  const documents = new Map<string, RemoteDocument>();
  for (const [id, document] of remote.documents) {
    const content = contents.get(document.cloudIds[0] ?? '');
    documents.set(id, content === undefined ? document : { ...document, content });
  }
  return { ...remote, documents };
}

/** Whether a run in this mode needs everything to be in the dataset's own database. */
export function sendsAnything(options: PlanOptions): boolean {
  return directions(options).sends;
}
