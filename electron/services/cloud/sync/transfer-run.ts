import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { TransferReport, TransferRequest, TransferView } from '../../../../shared/contract/cloud-sync.ts';
import { type ErrorReport, NdiError } from '../../../../shared/model/errors.ts';
import { signInNeeded } from '../../../ndi/cloud/api/call-errors.ts';
import type { NetworkFaultKind } from '../../../ndi/cloud/http/network-fault.ts';
import type { StoredRun } from '../../../ndi/cloud/journal/run-journal.ts';
import { Meter, type MeterReading } from '../../../ndi/cloud/transfer/meter.ts';
import { complete, settled, together } from './progress.ts';

export type TransferState = TransferView['state'];

/** One upload, download or sync: what was asked for, how far it is, how it ended. */
export interface TransferRun {
  readonly id: string;
  readonly request: TransferRequest;
  readonly title: string;
  readonly startedAt: string;
  /** The account that began it: it is never continued as another. */
  readonly startedBy: Starter;
  /** Whether a process began it that lives on: then the next one goes on with it by itself. */
  readonly lasting: boolean;
  path: string;
  datasetId: string;
  state: TransferState;
  endedAt: string | null;
  /** How far it was when it last stopped, over all attempts. */
  reading: MeterReading;
  report: TransferReport | null;
  error: ErrorReport | null;
  /** While it works. */
  attempt: {
    readonly controller: AbortController;
    readonly meter: Meter;
    /** What earlier attempts have settled. */
    readonly before: MeterReading;
    end: Promise<void>;
  } | null;
  /** What its abort means. */
  wanted: 'paused' | 'cancelled' | 'interrupted' | 'elsewhere' | null;
}

export interface Starter {
  readonly subject: string;
  readonly email: string;
}

/** Where nobody was signed in. */
export const nobody: Starter = { subject: '', email: '' };

const ended: readonly TransferState[] = ['done', 'partly', 'failed', 'cancelled'];

export function hasEnded({ state }: Pick<TransferRun, 'state'>): boolean {
  return ended.includes(state);
}

/** @param path of the copy, or of the folder into which it is downloaded; absolute */
export function newRun(request: TransferRequest, path: string, startedBy: Starter, lasting: boolean): TransferRun {
  const isDownload = request.kind === 'download';
  return {
    id: randomUUID(),
    request: isDownload ? { ...request, folder: path } : { ...request, path },
    title: titleOf(request),
    startedAt: new Date().toISOString(),
    startedBy,
    lasting,
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
    progress: settled(readingOf(run)),
    report: { report: run.report, error: run.error, email: run.startedBy.email, lasting: run.lasting },
  };
}

/** What was running, or waited by itself, when its process ended is there to be resumed. */
export function fromStored(stored: StoredRun): TransferRun {
  const held = (stored.report ?? {}) as Partial<TransferRun & Starter>;
  const { report = null, error = null, email = '', lasting = false } = held;
  const state = stored.state as TransferState;
  const stays = hasEnded({ state }) || (state === 'paused' && error === null);
  return {
    id: stored.run,
    request: stored.request as TransferRequest,
    title: stored.title,
    startedAt: stored.started,
    startedBy: { subject: stored.subject, email },
    lasting,
    path: stored.path,
    datasetId: stored.cloud,
    state: stays ? state : 'interrupted',
    endedAt: stored.ended,
    reading: stored.progress as MeterReading,
    report,
    error,
    attempt: null,
    wanted: null,
  };
}

/** How far it is, over all attempts. */
export function readingOf({ attempt, reading, state }: TransferRun): MeterReading {
  const now = attempt === null ? reading : together(attempt.before, attempt.meter.read());
  return state === 'done' ? complete(now) : now;
}

export function viewOf(run: TransferRun): TransferView {
  const { request, id, title, path, state, startedAt, endedAt, report, error } = run;
  const reading = readingOf(run);
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

export function unknownTransfer(id: string): NdiError {
  return new NdiError({
    code: 'job.notFound',
    message: `There is no transfer with the id ${id}.`,
    recovery: 'Look at the list of transfers.',
  });
}

export function runsElsewhere({ title }: TransferRun): NdiError {
  return new NdiError({
    code: 'sync.busy',
    message: `“${title}” is carried out by another process of NDI Desktop.`,
    recovery: 'Wait until that has ended, or stop it there.',
  });
}

export function cancelledTransfer(): NdiError {
  return new NdiError({
    code: 'app.cancelled',
    message: 'The transfer was cancelled.',
    recovery: 'Start it again: it goes on from what has arrived.',
  });
}

/**
 * Whether it may go on without anybody looking: what a person agreed to for what he saw then, deletions and settled
 * conflicts, he has to agree to again for what is there now.
 */
export function goesOnAlone({ request, lasting }: TransferRun): boolean {
  if (!lasting || request.kind !== 'sync') return lasting;
  const { options, resolutions = {} } = request;
  const deletes = options.mode.startsWith('mirror') || options.deletions;
  return !deletes && Object.keys(resolutions).length === 0;
}

const ASKED_AT_MOST_MS = 24 * 3_600_000;
const ASKED_WITHOUT_TIME_MS = 60_000;

/**
 * For how long a server wants to be left alone; null where it has not asked for that.
 * @param nowMs by the server's clock
 */
export function askedWaitMs({ code, details }: ErrorReport, nowMs: number): number | null {
  if (code !== 'cloud.waitAsked') return null;
  const until = Date.parse(String(details['until']));
  return Number.isNaN(until) ? ASKED_WITHOUT_TIME_MS : Math.min(ASKED_AT_MOST_MS, Math.max(0, until - nowMs));
}

/** Kinds of faults below HTTP that end of themselves once the network is well again. */
const passing = new Set<unknown>(['reset', 'stalled', 'totalTimeout'] satisfies NetworkFaultKind[]);

/** Whether the server could not be reached, or the connection to it broke: time mends that. */
export function isConnectionLost({ code, details }: ErrorReport): boolean {
  return code === 'cloud.offline' || passing.has(details['kind']);
}

/**
 * @param now null where nobody is signed in
 * @throws NdiError auth.otherUser, auth.required
 */
export function mustBeStarter({ title, startedBy }: TransferRun, now: Starter | null): void {
  if (startedBy.email === '') return;
  if (now === null) throw signInNeeded();
  const bothKnown = startedBy.subject !== '' && now.subject !== '';
  if (bothKnown ? startedBy.subject === now.subject : startedBy.email === now.email) return;
  const before = startedBy.email;
  throw new NdiError({
    code: 'auth.otherUser',
    message: `“${title}” was begun as ${before}; it is not continued as ${now.email}.`,
    recovery: `Sign in as ${before} to go on with it, or start a new transfer.`,
    details: { before, now: now.email },
  });
}
