import type { PlanStep } from '../../../../shared/model/sync.ts';
import { listRemoteFiles, resolveFiles } from '../remote/list-remote.ts';
import { directions } from '../sync/actions.ts';
import type { LocalDocument, PlanInput, PlanOptions, RemoteInventory } from '../sync/inventory.ts';
import { type CommonDocument, filesToFetch, filesToSend } from '../sync/plan-files.ts';
import { documentStates } from '../sync/states.ts';
import type { FileToFetch } from '../transfer/fetch-files.ts';
import type { SentDocuments } from '../transfer/send-documents.ts';
import type { FileToSend } from '../transfer/send-files.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { seenFiles } from './prepare.ts';

/**
 * Files that are to be sent, planned anew once the documents have travelled: others may have sent some meanwhile.
 * @param sent documents that are in the cloud as they are here
 */
export async function wantedThere(
  transfer: Transfer,
  input: PlanInput,
  options: PlanOptions,
  sent: SentDocuments,
): Promise<FileToSend[]> {
  if (!directions(options).sends) return [];
  const documents = [...input.local.documents.values()].filter(
    ({ id, files }) => files.length > 0 && (sent.has(id) || input.remote.documents.has(id)),
  );
  const files: FileToSend[] = [];
  for (const { documentId, id, name, bytes } of await steps(transfer, input, documents, sent, filesToSend)) {
    files.push({ documentId, uid: id, name, bytes: bytes ?? 0 });
  }
  return files;
}

/**
 * Files that are to be fetched, of the documents that are on both sides now.
 * @param received documents that came in this run
 */
export async function wantedHere(
  transfer: Transfer,
  input: PlanInput,
  options: PlanOptions,
  received: ReadonlySet<string>,
): Promise<FileToFetch[]> {
  if (!directions(options).fetches || options.files !== true) return [];
  const local = received.size === 0 ? input.local : await transfer.copy.inventory(transfer.signal, input.local);
  const documents = [...local.documents.values()].filter(({ id, files }) => {
    return files.some(({ bytes }) => bytes === null) && (received.has(id) || input.remote.documents.has(id));
  });
  const found = await steps(transfer, input, documents, new Map(), filesToFetch);
  return found.map(({ id, name, bytes }) => ({ uid: id, name, bytes }));
}

async function steps(
  transfer: Transfer,
  input: PlanInput,
  documents: readonly LocalDocument[],
  sent: SentDocuments,
  plan: (common: CommonDocument, remote: RemoteInventory) => Iterable<PlanStep>,
): Promise<PlanStep[]> {
  if (documents.length === 0) return [];
  const { api, datasetId, journal, signal, tally } = transfer;
  const { files, unsureFiles } = await listRemoteFiles(api, datasetId, signal);
  const listed = { inventory: { ...input.remote, files }, unsureFiles };
  const uids = documents.flatMap((document) => document.files.map(({ uid }) => uid));
  const remote = await resolveFiles(api, datasetId, listed, uids, seenFiles(journal), signal);
  const states = new Map(
    [...documentStates(input.local, input.remote, input.common)].map(({ id, state }) => [id, state]),
  );
  const found = new Map<string, PlanStep>();
  for (const document of documents) {
    const { id } = document;
    const there = input.remote.documents.get(id);
    const common = { document, there, state: states.get(id) ?? 'same', sent: sent.has(id) } as const;
    for (const step of plan(common, remote)) {
      if (step.refused) tally.fail(step.id, step.reason);
      else found.set(step.id, step);
    }
  }
  return [...found.values()];
}
