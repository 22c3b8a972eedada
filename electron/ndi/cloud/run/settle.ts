import { whenFree } from '../../database/when-free.ts';
import { fileState } from '../transfer/file-body.ts';
import { inParallel } from '../transfer/in-parallel.ts';
import { waitUntilListed } from '../transfer/send-documents.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { waitForJob } from '../transfer/upload-jobs.ts';
import { verifyFile } from '../transfer/verify-file.ts';

/** An archive of documents that was sent longer ago will not arrive any more. */
const CHUNK_MS = 10 * 60_000;
/** An archive whose last byte was leaving may have arrived; then it shows soon. */
const UNSURE_MS = 20_000;
/** Looking for files whose bytes had left: the plan sends again what is not there by then. */
const LOOK_MS = 2000;

/**
 * Brings to an end what an earlier run had sent and not seen arrive, before anything is listed: archives of documents,
 * archives of files that are still being extracted, files whose PUT had ended.
 */
export async function settleEarlier(transfer: Transfer): Promise<void> {
  await settleDocuments(transfer);
  await settleFiles(transfer);
}

async function settleDocuments(transfer: Transfer): Promise<void> {
  const { journal, tally, api } = transfer;
  const chunks = journal.openChunks();
  if (chunks.length === 0) return;
  transfer.meter.begin('waiting for documents that were sent before');
  const young = chunks.filter(({ at }) => Date.now() - at.getTime() < CHUNK_MS);
  for (const sent of [true, false]) {
    const some = young.filter((chunk) => chunk.sent === sent);
    const ids = some.flatMap((chunk) => chunk.ids);
    const age = Math.max(0, Date.now() - Math.max(0, ...some.map(({ at }) => at.getTime())));
    const limit = sent ? {} : { limitMs: UNSURE_MS };
    const missing = await waitUntilListed(transfer, ids, 0, { began: api.http.pace.now() - age, ...limit });
    tally.resumed += ids.length - missing.length;
  }
  for (const { chunk } of chunks) journal.forgetChunk(chunk);
}

async function settleFiles(transfer: Transfer): Promise<void> {
  const { journal, tally, meter } = transfer;
  // What was stopped before its last byte left has not arrived: nothing is there to be waited for.
  const stopped = journal.files('sending');
  journal.noteFiles(stopped.map((part) => ({ ...part, state: 'failed', reason: 'interrupted' })));
  const unsure = journal.files('leaving');
  const sent = [...journal.files('sent'), ...unsure];
  if (sent.length === 0) return;
  meter.begin('waiting for files that were sent before');
  const jobs = new Map<string, string>();
  const doubtful = new Set(unsure.map(({ job }) => job));
  const names = new Set(sent.map((part) => part.job).filter((job) => job !== null));
  await inParallel(names, 4, async (job) => {
    jobs.set(job, await waitForJob(transfer, job, doubtful.has(job) ? UNSURE_MS : undefined));
  });
  const { pace } = transfer.api.http;
  const lookUntil = pace.now() + LOOK_MS;
  const owners = await whenFree(() => ownersOf(transfer, new Set(sent.map(({ uid }) => uid))), transfer);
  await inParallel(sent, 8, async (part) => {
    const documentId = owners.get(part.uid);
    const find = () => (documentId === undefined ? null : transfer.copy.file(documentId, part.uid));
    const path = (await whenFree(find, transfer))?.path ?? null;
    const now = path === null ? null : await fileState(path);
    const same = now?.bytes === part.bytes && now.mtimeMs === part.mtimeMs;
    const hopeless = part.job !== null && jobs.get(part.job) === 'failed';
    if (path !== null && !same) journal.noteCorrupt(part.uid);
    if (path === null || !same || hopeless) {
      journal.noteFiles([{ ...part, state: 'failed', reason: 'interrupted' }]);
      return;
    }
    // All of them together wait no longer than one of them.
    const expected = { uid: part.uid, bytes: part.bytes, md5: null, path };
    const verdict = await verifyFile(transfer, expected, lookUntil - pace.now());
    const whole = verdict.state === 'whole';
    if (verdict.state === 'different') journal.noteCorrupt(part.uid);
    journal.noteFiles([{ ...part, state: whole ? 'verified' : 'failed', reason: whole ? null : 'interrupted' }]);
    if (!whole) return;
    tally.resumed += 1;
    meter.expect({ files: 1, bytes: part.bytes });
    meter.fileDone(part.uid, part.bytes);
  });
}

/** Which document names a file. */
function ownersOf(transfer: Transfer, uids: ReadonlySet<string>): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { id, uid } of transfer.copy.fileUids()) if (uids.has(uid)) owners.set(uid, id);
  return owners;
}
