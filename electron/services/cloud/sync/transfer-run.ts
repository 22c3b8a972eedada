import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { TransferReport, TransferRequest, TransferView } from '../../../../shared/contract/cloud-sync.ts';
import { type ErrorReport, NdiError } from '../../../../shared/model/errors.ts';
import type { NetworkFaultKind } from '../../../ndi/cloud/http/network-fault.ts';
import type { StoredRun } from '../../../ndi/cloud/journal/run-journal.ts';
import { Meter, type MeterReading } from '../../../ndi/cloud/transfer/meter.ts';

export type TransferState = TransferView['state'];

/** One upload, download or sync: what was asked for, how far it is, how it ended. */
export interface TransferRun {
  readonly id: string;
  readonly request: TransferRequest;
  readonly title: string;
  readonly startedAt: string;
  /** The account that began it: it is never continued as another. */
  readonly startedBy: Starter;
  path: string;
  datasetId: string;
  state: TransferState;
  endedAt: string | null;
  reading: MeterReading;
  report: TransferReport | null;
  error: ErrorReport | null;
  /** While it works. */
  attempt: { controller: AbortController; meter: Meter; end: Promise<void> } | null;
  /** What its abort means. */
  wanted: 'paused' | 'cancelled' | null;
}

/** Both empty where nobody was signed in. */
export interface Starter {
  readonly subject: string;
  readonly email: string;
}

const ended: readonly TransferState[] = ['done', 'partly', 'failed', 'cancelled'];

export function hasEnded({ state }: Pick<TransferRun, 'state'>): boolean {
  return ended.includes(state);
}

/** @param path of the copy, or of the folder into which it is downloaded; absolute */
export function newRun(request: TransferRequest, path: string, startedBy: Starter): TransferRun {
  const isDownload = request.kind === 'download';
  return {
    id: randomUUID(),
    request: isDownload ? { ...request, folder: path } : { ...request, path },
    title: titleOf(request),
    startedAt: new Date().toISOString(),
    startedBy,
    path,
    datasetId: isDownload ? request.datasetId : '',
    state: 'running',
    endedAt: null,
    reading: new Meter().read(),
    report: null,
    error: null,
    attempt: null,
    wanted: null,
  };
}

/** As it is kept beyond this process. */
export function toStored(run: TransferRun, server: string): StoredRun {
  return {
    run: run.id,
    path: run.path,
    cloud: run.datasetId,
    server,
    title: run.title,
    request: run.request,
    subject: run.startedBy.subject,
    state: run.state,
    started: run.startedAt,
    ended: run.endedAt,
    progress: { ...run.reading, moving: [] },
    report: { report: run.report, error: run.error, email: run.startedBy.email },
  };
}

/** What was running when its process ended is there to be resumed. */
export function fromStored(stored: StoredRun): TransferRun {
  const { report = null, error = null, email = '' } = (stored.report ?? {}) as Partial<TransferRun & Starter>;
  const state = stored.state as TransferState;
  return {
    id: stored.run,
    request: stored.request as TransferRequest,
    title: stored.title,
    startedAt: stored.started,
    startedBy: { subject: stored.subject, email },
    path: stored.path,
    datasetId: stored.cloud,
    state: hasEnded({ state }) || state === 'paused' ? state : 'interrupted',
    endedAt: stored.ended,
    reading: stored.progress as MeterReading,
    report,
    error,
    attempt: null,
    wanted: null,
  };
}

export function viewOf(run: TransferRun): TransferView {
  const { request, id, title, path, state, startedAt, endedAt, report, error } = run;
  const reading = run.attempt?.meter.read() ?? run.reading;
  return {
    ...{ id, title, path, state, startedAt, endedAt, report, error },
    kind: request.kind,
    cloudDatasetId: run.datasetId,
    ...reading,
    rate: run.attempt === null ? 0 : reading.rate,
    moving: [...reading.moving],
  };
}

function titleOf(request: TransferRequest): string {
  switch (request.kind) {
    case 'upload':
      return `Uploading ${basename(request.path)}`;
    case 'sync':
      return `Syncing ${basename(request.path)}`;
    case 'download':
      return `Downloading ${request.datasetId}`;
  }
}

/** By bytes where files travel, else by documents. */
export function fractionOf({ bytes, bytesDone, documents, documentsDone }: MeterReading): number | null {
  if (bytes > 0) return Math.min(1, bytesDone / bytes);
  return documents > 0 ? Math.min(1, documentsDone / documents) : null;
}

export function unknownTransfer(id: string): NdiError {
  return new NdiError({
    code: 'job.notFound',
    message: `There is no transfer with the id ${id}.`,
    recovery: 'Look at the list of transfers.',
  });
}

export function cancelledTransfer(): NdiError {
  return new NdiError({
    code: 'app.cancelled',
    message: 'The transfer was cancelled.',
    recovery: 'Start it again: it goes on from what has arrived.',
  });
}

/** Kinds of faults below HTTP that end of themselves once the network is well again. */
const passing = new Set<unknown>(['reset', 'stalled', 'totalTimeout'] satisfies NetworkFaultKind[]);

/** Whether the server could not be reached, or the connection to it broke: time mends that. */
export function isConnectionLost({ code, details }: ErrorReport): boolean {
  return code === 'cloud.offline' || passing.has(details['kind']);
}

/** @throws NdiError auth.otherUser */
export function mustBeStarter({ title, startedBy }: TransferRun, now: Starter): void {
  if (startedBy.subject === '' || now.subject === '' || startedBy.subject === now.subject) return;
  const before = startedBy.email || 'another account';
  throw new NdiError({
    code: 'auth.otherUser',
    message: `“${title}” was begun as ${before}; it is not continued as ${now.email}.`,
    recovery: `Sign in as ${before} to go on with it, or start a new transfer.`,
    details: { before, now: now.email },
  });
}
