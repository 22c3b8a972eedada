import { join, resolve } from 'node:path';
import { existsSync, mkdirSync } from 'node:fs';
import { parseDocumentJson } from '../../../../shared/model/document-json.ts';
import {
  documentClass,
  documentId,
  documentSessionId,
  listOf,
  type NdiDocument,
  normaliseDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../../../shared/model/documents.ts';
import { noStates } from '../../../../shared/model/sync.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { toFileError } from '../../../files/file-faults.ts';
import { createFilled } from '../../create-session.ts';
import { holdsNdi } from '../../folder.ts';
import { isCloudId } from '../api/shapes.ts';
import type { CloudApi } from '../api/cloud-api.ts';
import { getDataset, linkDocument } from '../copy/link.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { listRemote } from '../remote/list-remote.ts';
import { contentHash, type ContentHash } from '../sync/canonical.ts';
import { linkClass } from '../sync/inventory.ts';
import { duplicatesNotes } from '../sync/plan.ts';
import { writeSyncIndex } from '../sync/sync-index.ts';
import type { Meter } from '../transfer/meter.ts';
import { integrateStaged, stageDocuments } from '../transfer/receive-documents.ts';
import type { Tally } from '../transfer/tally.ts';

export interface NewDownload {
  readonly datasetId: string;
  /** The dataset goes into a folder of its own in here, named by its id. */
  readonly folder: string;
  /** Which session is the dataset's own, where its documents leave that open. */
  readonly ownSessionId?: string;
}

export interface DownloadTools {
  readonly api: CloudApi;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly meter: Meter;
  readonly tally: Tally;
}

/** Where a download of a dataset goes. */
export function downloadTarget({ datasetId, folder }: NewDownload): string {
  return join(resolve(folder), datasetId);
}

/**
 * Makes the local copy of a dataset from its documents: all of them wait in the journal, then the folder appears whole.
 * A copy that is there already is left as it is (a sync brings it up to date).
 * @returns its path
 * @throws NdiError cloud.notFound | deleted | sessionUnclear, auth.*, cloud.*, path.*
 */
export async function makeLocalCopy(tools: DownloadTools, wanted: NewDownload): Promise<string> {
  const { api, journal, signal, tally } = tools;
  const { datasetId } = wanted;
  if (!isCloudId(datasetId)) throw unknownDataset(datasetId);
  const record = await getDataset(api, datasetId, signal);
  const target = downloadTarget(wanted);
  if (existsSync(target) && holdsNdi(target)) return target;
  // Until its own id is known, the copy is kept under the dataset's.
  const waiting = journal.copy({ path: target, dataset: '', server: api.base, cloud: datasetId });
  tools.meter.begin('listing the cloud');
  const { inventory } = await listRemote(api, datasetId, { signal });
  const rows = [...inventory.documents.values()];
  tally.notes.push(...duplicatesNotes(inventory));
  await stageDocuments(
    { ...tools, datasetId, journal: waiting },
    rows.flatMap(({ id, cloudIds: [cloudId = ''] }) => (cloudId === '' ? [] : [{ id, cloudId }])),
  );
  const own = findOwnSession(waiting, wanted.ownSessionId);
  tools.meter.begin('making the local copy');
  makeFolder(target);
  const hashes = new Map<string, ContentHash>();
  // A session that was sent by itself has no members: it stays a session, whose epochs and signals can be seen.
  const alone = !own.hasMembers && rows.some(({ className }) => sessionClasses.has(className));
  const type = alone ? 'session' : 'dataset';
  createFilled(target, { reference: own.reference || (record.name ?? ''), id: own.id, type }, (database) => {
    const here = new Set<string>();
    const classes = new Set<string>();
    const { stored, quarantined } = integrateStaged(
      { journal: waiting, datasetId },
      {
        exists: (id) => here.has(id),
        before: () => undefined,
        store: (documents) => {
          database.apply({ add: documents, unchecked: true });
          for (const document of documents) {
            classes.add(documentClass(document));
            here.add(documentId(document));
            hashes.set(documentId(document), contentHash(document));
          }
        },
      },
    );
    tally.fetched += stored.size;
    tally.verified += stored.size;
    waiting.setQuarantine(quarantined);
    for (const { id, reason } of quarantined) tally.fail(id, reason);
    // The index does not name it: the next run that sends takes it along.
    if (!classes.has(linkClass)) database.add([linkDocument(own.id, datasetId, record.organizationId ?? '')]);
  });
  const kept = journal.copy({ path: target, dataset: own.id, server: api.base, cloud: datasetId });
  kept.setDownloaded(true);
  kept.setQuarantine(waiting.quarantine());
  kept.setCommonHashes(hashes);
  kept.setChecked({ ...noStates(), same: hashes.size });
  writeSyncIndex(target, { local: hashes.keys(), remote: hashes.keys() });
  waiting.unstageAll();
  return target;
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** What only a session itself holds. */
const sessionClasses = new Set(['daqsystem', 'element', 'subject']);

interface Candidate {
  readonly id: string;
  readonly reference: string;
}

/**
 * The dataset's own session: of all session documents the one that is no member (cloud reference, section 13.1).
 * @throws NdiError cloud.sessionUnclear naming the candidates
 */
function findOwnSession(
  journal: CopyJournal,
  chosen: string | undefined,
): Candidate & { readonly hasMembers: boolean } {
  const sessions = new Map<string, Candidate>();
  const members = new Set<string>();
  for (const id of journal.stagedIds().keys()) {
    const json = journal.stagedJson(id);
    // Few of many: the rest need not be parsed.
    if (!/"session(_in_a_dataset)?"|"dataset_session_info"/.test(json)) continue;
    const document = normaliseDocument(parseDocumentJson(json));
    const owner = documentSessionId(document);
    if (documentClass(document) === 'session' && !sessions.has(owner)) {
      sessions.set(owner, { id: owner, reference: textOf(valueAt(document, 'session.reference')) });
    }
    for (const member of membersOf(document)) members.add(member);
  }
  const candidates = [...sessions.values()].filter(({ id }) => !members.has(id));
  const [only] = candidates;
  const found = chosen === undefined ? undefined : sessions.get(chosen);
  const hasMembers = members.size > 0;
  if (found !== undefined) return { ...found, hasMembers };
  if (only !== undefined && candidates.length === 1 && chosen === undefined) return { ...only, hasMembers };
  throw new NdiError({
    code: 'cloud.sessionUnclear',
    message:
      candidates.length === 0
        ? 'The dataset holds no session of its own: it cannot be opened as a dataset.'
        : `Which session is the dataset’s own is not clear: ${candidates.map(({ id, reference }) => `“${reference}” (${id})`).join(', ')}.`,
    recovery:
      candidates.length === 0 ? 'Ask whoever uploaded it to send it again.' : 'Name one of them. Nothing was kept.',
    details: { candidates: candidates.map(({ id }) => id), references: candidates.map(({ reference }) => reference) },
  });
}

function membersOf(document: NdiDocument): string[] {
  const className = documentClass(document);
  if (className === 'session_in_a_dataset') return [textOf(valueAt(document, `${className}.session_id`))];
  if (className !== 'dataset_session_info') return [];
  return listOf(valueAt(document, `${className}.${className}`)).map((one) => textOf(objectOf(one)?.['session_id']));
}

function unknownDataset(datasetId: string): NdiError {
  return new NdiError({
    code: 'cloud.notFound',
    message: `There is no dataset “${datasetId}” in NDI Cloud: an id has 24 hexadecimal digits.`,
    recovery: 'Check the id; the list of datasets shows it.',
    details: { datasetId },
  });
}
