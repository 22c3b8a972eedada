import { StoredZip } from '../../../files/zip-writer.ts';
import { whenFree } from '../../database/when-free.ts';
import type { FilePart } from '../journal/copy-journal.ts';
import { beingWritten, FileBody, type FileState, fileState, hasChanged } from './file-body.ts';
import { DIRECT_BYTES, fileBatches } from './file-batches.ts';
import { inParallel } from './in-parallel.ts';
import { beforeLastByte } from './last-byte.ts';
import { waitForJob } from './upload-jobs.ts';
import { reasonOf, stopsRun, type Transfer } from './transfer.ts';
import { type Verdict, verifyFile } from './verify-file.ts';

export interface FileToSend {
  readonly documentId: string;
  readonly uid: string;
  readonly name: string;
  readonly bytes: number;
}

const AT_ONCE = 4;
const VERIFIED_AT_ONCE = 8;
/** Attempts at a file that arrives damaged or changes while it is read. */
const MOST_ATTEMPTS = 3;

interface OpenFile extends FileToSend {
  readonly state: FileState;
}

/**
 * Sends files, large ones by themselves, small ones in archives that are written while they are sent, and looks at each
 * of them in the cloud. Failures of single files are in the tally, under their uid.
 * @throws NdiError auth.*, cloud.* where everything stops
 */
export async function sendFiles(transfer: Transfer, files: readonly FileToSend[]): Promise<void> {
  if (files.length === 0) return;
  const { meter } = transfer;
  meter.begin('sending files');
  meter.expect({ files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) });
  const small = files.filter(({ bytes }) => bytes < DIRECT_BYTES);
  const large = files.filter(({ bytes }) => bytes >= DIRECT_BYTES);
  const settling: Promise<void>[] = [];
  const units = [...fileBatches(small), ...large.map((file) => [file])];
  const sending = inParallel(units, AT_ONCE, async (unit) => {
    const opened = await openAll(transfer, unit);
    const [only] = opened;
    if (only === undefined) return;
    if (opened.length === 1) await sendDirectly(transfer, only);
    else {
      const settle = await sendArchive(transfer, opened);
      // Its extraction is waited for while the next ones are sent.
      settling.push(settle());
    }
  });
  // What is under way when something fails is brought to its end first: it needs no token any more.
  const [ended] = await Promise.allSettled([sending]);
  const ends = [ended, ...(await Promise.allSettled(settling))];
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function openAll(transfer: Transfer, files: readonly FileToSend[]): Promise<OpenFile[]> {
  const opened: OpenFile[] = [];
  for (const file of files) {
    const { copy } = transfer;
    const find = () => (copy.has(file.documentId) ? copy.file(file.documentId, file.uid) : null);
    const path = (await whenFree(find, transfer))?.path ?? null;
    const state = path === null ? null : await fileState(path);
    if (state === null) giveUp(transfer, file, `The file “${file.name}” is not on this computer any more.`);
    else opened.push({ ...file, state });
  }
  return opened;
}

/** One file, one PUT; again from the beginning where it arrives damaged or changes while it leaves. */
async function sendDirectly(transfer: Transfer, file: OpenFile): Promise<void> {
  const { api, datasetId, organizationId, signal, throttle } = transfer;
  let state = file.state;
  let why = '';
  // What is in the cloud is not what is here, though its list says “uploaded”: noted until it is made good.
  const notWhole = (reason: string) => {
    why = reason;
    transfer.journal.noteCorrupt(file.uid);
  };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const sending = state;
    const body = new FileBody(sending, throttle, signal);
    try {
      await api.storage.put({
        url: async (aborted) => {
          const path = { organizationId, datasetId, fileUid: file.uid };
          return (await api.call('fileUploadUrl', { path, signal: aborted })).url;
        },
        // Ended between its last byte and the look at it, it is looked at by the next run.
        body: beforeLastByte(body, () => note(transfer, file, sending, 'leaving')),
        signal,
        onProgress: (done) => moving(transfer, file, done),
      });
      if (await hasChanged(state)) {
        notWhole(beingWritten(state.path).message);
        state = (await fileState(state.path)) ?? state;
        continue;
      }
      const { md5, sha256 } = body.hashes();
      note(transfer, file, state, 'sent', { sha256 });
      const verdict = await verifyFile(transfer, { uid: file.uid, bytes: state.bytes, md5, path: state.path });
      if (verdict.state === 'whole') {
        arrived(transfer, file, state, sha256);
        return;
      }
      if (verdict.state === 'absent') {
        why = problemOf(verdict);
        break;
      }
      notWhole(problemOf(verdict));
    } catch (thrown) {
      if (stopsRun(thrown, signal)) throw thrown;
      why = reasonOf(thrown);
      if (!(await hasChanged(state))) break;
      state = (await fileState(state.path)) ?? state;
    }
  }
  giveUp(transfer, file, why);
}

/**
 * Sends an archive; gives the rest of the work: waiting for its extraction and looking at each file, sending again by
 * itself what is not there.
 */
async function sendArchive(transfer: Transfer, files: readonly OpenFile[]): Promise<() => Promise<void>> {
  const { api, datasetId, organizationId, signal, throttle, journal } = transfer;
  const bodies = new Map(files.map((file) => [file.uid, new FileBody(file.state, throttle, signal)]));
  const entries = files.map((file) => {
    const body = bodies.get(file.uid) as FileBody;
    return { name: file.uid, sizeBytes: file.state.bytes, chunks: () => reported(transfer, file, body) };
  });
  let jobId = '';
  try {
    await api.storage.put({
      url: async (aborted) => {
        const asking = journal.noteAsking(new Date(api.http.clock.nowMs()));
        const answer = await api.call('fileCollectionUploadUrl', {
          path: { organizationId, datasetId },
          signal: aborted,
        });
        jobId = answer.jobId ?? '';
        // One address is one job: noted before anything is sent, so that a later run can wait for it.
        journal.noteJob(jobId, asking);
        noteAll(transfer, files, 'sending', jobId);
        return answer.url;
      },
      body: beforeLastByte(new StoredZip(entries), () => noteAll(transfer, files, 'leaving', jobId)),
      signal,
    });
    noteAll(transfer, files, 'sent', jobId);
  } catch (thrown) {
    if (stopsRun(thrown, signal)) throw thrown;
    return () => inParallel(files, 1, (file) => sendDirectly(transfer, file));
  }
  return () => settleArchive(transfer, files, bodies, jobId);
}

async function settleArchive(
  transfer: Transfer,
  files: readonly OpenFile[],
  bodies: ReadonlyMap<string, FileBody>,
  jobId: string,
): Promise<void> {
  const extracted = await waitForJob(transfer, jobId);
  await inParallel(files, VERIFIED_AT_ONCE, async (file) => {
    const { state, uid } = file;
    if (await hasChanged(state)) {
      await sendDirectly(transfer, { ...file, state: (await fileState(state.path)) ?? state });
      return;
    }
    const { md5, sha256 } = (bodies.get(uid) as FileBody).hashes();
    const expected = { uid, bytes: state.bytes, md5, path: state.path };
    const verdict = extracted === 'failed' ? null : await verifyFile(transfer, expected);
    if (verdict?.state === 'whole') {
      arrived(transfer, file, state, sha256);
      return;
    }
    if (verdict?.state === 'different') transfer.journal.noteCorrupt(file.uid);
    await sendDirectly(transfer, file);
  });
}

async function* reported(transfer: Transfer, file: OpenFile, body: FileBody): AsyncGenerator<Uint8Array> {
  let done = 0;
  moving(transfer, file, 0);
  for await (const chunk of body.chunks()) {
    yield chunk;
    done += chunk.byteLength;
    moving(transfer, file, done);
  }
}

function moving({ meter }: Transfer, { uid, name, bytes }: FileToSend, done: number): void {
  meter.move({ uid, name, bytes, done, direction: 'send' });
}

function arrived(transfer: Transfer, file: FileToSend, state: FileState, sha256: string): void {
  note(transfer, file, state, 'verified', { sha256 });
  transfer.tally.mend(file.uid);
  transfer.tally.sentFiles += 1;
  transfer.tally.sentBytes += state.bytes;
  transfer.tally.verified += 1;
  transfer.meter.fileDone(file.uid, file.bytes);
}

function giveUp(transfer: Transfer, file: FileToSend, reason: string): void {
  const state = { path: '', bytes: file.bytes, mtimeMs: 0 };
  note(transfer, file, state, 'failed', { reason });
  transfer.tally.fail(file.uid, reason);
  transfer.meter.fileDone(file.uid, 0);
}

function noteAll({ journal }: Transfer, files: readonly OpenFile[], state: FilePart['state'], job: string): void {
  journal.noteFiles(
    files.map(({ uid, state: { bytes, mtimeMs } }) => {
      return { uid, bytes, mtimeMs, state, sha256: null, job, reason: null };
    }),
  );
}

function note(
  { journal }: Transfer,
  { uid }: FileToSend,
  { bytes, mtimeMs }: FileState,
  state: FilePart['state'],
  more: { sha256?: string; reason?: string } = {},
): void {
  const { sha256 = null, reason = null } = more;
  journal.noteFiles([{ uid, bytes, mtimeMs, state, sha256, job: null, reason }]);
}

function problemOf(verdict: Exclude<Verdict, { state: 'whole' }>): string {
  if (verdict.state === 'absent') return 'The file was sent but cannot be had from the cloud.';
  return `The file arrived damaged: ${verdict.why}.`;
}
