import { formatDocumentJson, type JsonObject, parseDocumentJson } from '../../../../shared/model/document-json.ts';
import {
  dependencies,
  documentClass,
  documentId,
  type NdiDocument,
  normaliseDocument,
} from '../../../../shared/model/documents.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { StagedDocument } from '../journal/copy-journal.ts';
import { fetchDocuments } from '../remote/fetch-documents.ts';
import { fromService } from '../sync/canonical.ts';
import { withCloudLocations } from './cloud-locations.ts';
import { orderByDependency } from './dependency-order.ts';
import type { Transfer } from './transfer.ts';

export interface WantedDocument {
  readonly id: string;
  readonly cloudId: string;
}

/** Documents that are written in one transaction. */
const BATCH = 1000;

/**
 * Fetches documents into the journal, where they wait until all are here: a killed run goes on where it stopped.
 * Documents that cannot be had are in the tally.
 */
export async function stageDocuments(
  transfer: Pick<Transfer, 'api' | 'datasetId' | 'journal' | 'tally' | 'meter' | 'signal'>,
  wanted: readonly WantedDocument[],
): Promise<void> {
  const { api, datasetId, journal, tally, meter, signal } = transfer;
  const staged = journal.stagedIds();
  const missing = wanted.filter(({ id, cloudId }) => staged.get(id)?.cloudId !== cloudId);
  tally.resumed += wanted.length - missing.length;
  meter.begin('fetching documents');
  meter.expect({ documents: missing.length });
  const ids = new Map(missing.map(({ id, cloudId }) => [cloudId, id]));
  let batch: StagedDocument[] = [];
  const flush = () => {
    journal.stage(batch);
    meter.documentsDone(batch.length);
    batch = [];
  };
  for await (const fetched of fetchDocuments(api, datasetId, [...ids.keys()], signal)) {
    const id = ids.get(fetched.cloudId) ?? '';
    if (fetched.document === null) tally.fail(id, `The document is ${fetched.reason}.`);
    else batch.push(toStaged(id, fetched.cloudId, fetched.document));
    if (batch.length >= BATCH) flush();
  }
  flush();
}

function toStaged(id: string, cloudId: string, came: JsonObject): StagedDocument {
  const document = fromService(came);
  const dependsOn = dependencies(document)
    .map(({ value }) => value)
    .filter((value) => value !== '');
  return { id, cloudId, json: formatDocumentJson(document), dependsOn };
}

export interface Integration {
  /** Ids that are stored now. */
  readonly stored: ReadonlySet<string>;
  readonly quarantined: readonly { id: string; cloudId: string; reason: string }[];
}

/**
 * Stores what was staged: first what others depend on, in transactions; what cannot be stored goes to quarantine with
 * its reason and is tried again by the next run. The caller takes the staged ones away once all is safe.
 * @param exists whether a document is here already
 * @param store writes documents, all or none
 */
export function integrateStaged(
  { journal, datasetId }: Pick<Transfer, 'journal' | 'datasetId'>,
  target: {
    exists: (id: string) => boolean;
    before: (id: string) => NdiDocument | undefined;
    store: (documents: readonly NdiDocument[]) => void;
  },
): Integration {
  const staged = journal.stagedIds();
  const { order, unobtainable } = orderByDependency(
    new Map([...staged].map(([id, { dependsOn }]) => [id, dependsOn])),
    target.exists,
  );
  const quarantined = [...unobtainable].map(([id, needs]) => ({
    id,
    cloudId: staged.get(id)?.cloudId ?? '',
    reason: `It needs ${needs}, which is neither here nor in the cloud.`,
  }));
  const stored = new Set<string>();
  const read = (id: string): NdiDocument => {
    const document = normaliseDocument(parseDocumentJson(journal.stagedJson(id)));
    return withCloudLocations(document, datasetId, target.before(id));
  };
  for (let at = 0; at < order.length; at += BATCH) {
    const ids = order.slice(at, at + BATCH);
    for (const { id, reason } of storeBatch(ids, read, target.store)) {
      if (reason === null) stored.add(id);
      else quarantined.push({ id, cloudId: staged.get(id)?.cloudId ?? '', reason });
    }
  }
  return { stored, quarantined };
}

/** Together, or where that fails one by one, to find the one that cannot be stored. */
function* storeBatch(
  ids: readonly string[],
  read: (id: string) => NdiDocument,
  store: (documents: readonly NdiDocument[]) => void,
): Generator<{ id: string; reason: string | null }> {
  const good: NdiDocument[] = [];
  for (const id of ids) {
    const document = read(id);
    const fault = faultOf(id, document);
    if (fault === null) good.push(document);
    else yield { id, reason: fault };
  }
  try {
    store(good);
    for (const document of good) yield { id: documentId(document), reason: null };
  } catch (thrown) {
    if (!isAboutDocuments(thrown)) throw thrown;
    for (const document of good) yield storeOne(document, store);
  }
}

function storeOne(document: NdiDocument, store: (documents: readonly NdiDocument[]) => void) {
  const id = documentId(document);
  try {
    store([document]);
    return { id, reason: null };
  } catch (thrown) {
    if (!isAboutDocuments(thrown)) throw thrown;
    return { id, reason: thrown.message };
  }
}

function isAboutDocuments(thrown: unknown): thrown is NdiError {
  return thrown instanceof NdiError && thrown.code.startsWith('document.');
}

/** What makes a document unusable whoever wrote it. */
function faultOf(id: string, document: NdiDocument): string | null {
  if (documentId(document) === '') return 'It has no id of its own.';
  if (documentId(document) !== id) return `It says that its id is ${documentId(document)}.`;
  return documentClass(document) === '' ? 'It does not say of which class it is.' : null;
}
