import { NdiError } from '../../../../shared/model/errors.ts';
import type { BulkUploadJob } from '../api/shapes.ts';
import type { Transfer } from './transfer.ts';

/** Waiting for the extraction of an archive of ours, and for its beginning. */
const JOB_LIMIT_MS = 600_000;
const JOB_BEGINS_WITHIN_MS = 120_000;
/** Archives of others: looked at for this long, then the work goes on. */
const OTHERS_LIMIT_MS = 30_000;
/** A job that was queued so long ago and never began will never begin: its archive did not come. */
const STALE_MS = 15 * 60_000;
/** A job that was made so near to an asking of ours without an answer is its own: clocks differ, a call takes its time. */
const ASKED_BEFORE_MS = 5000;
const ASKED_AFTER_MS = 45_000;

export type JobEnd = 'complete' | 'failed' | 'unknown';

/**
 * Waits for one extraction; `unknown` where the server keeps no such job, never begins it (its archive did not come) or
 * takes too long.
 */
export async function waitForJob(
  transfer: Transfer,
  jobId: string,
  beginsWithinMs = JOB_BEGINS_WITHIN_MS,
): Promise<JobEnd> {
  const { api, signal } = transfer;
  const { pace } = api.http;
  if (jobId === '') return 'unknown';
  const began = pace.now();
  for (let waitMs = 250; pace.now() - began < JOB_LIMIT_MS; waitMs = Math.min(30_000, waitMs * 1.6)) {
    const job = await api.call('getBulkUpload', { path: { jobId }, signal }).catch((thrown: unknown) => {
      if (thrown instanceof NdiError && thrown.code === 'cloud.notFound') return null;
      throw thrown;
    });
    if (job === null) return 'unknown';
    if (job.state === 'complete' || job.state === 'failed') return job.state;
    const leftMs = job.state === 'queued' ? began + beginsWithinMs - pace.now() : Infinity;
    if (leftMs <= 0) return 'unknown';
    await pace.sleep(Math.min(waitMs, leftMs), signal);
  }
  return 'unknown';
}

/**
 * Waits a little for archives that others are sending to the dataset.
 * @returns whether some are still under way
 */
export async function waitForOthers(transfer: Transfer): Promise<boolean> {
  const { meter, signal } = transfer;
  const { pace } = transfer.api.http;
  const began = pace.now();
  for (let waitMs = 500; (await othersArchives(transfer, signal)).underWay; waitMs = Math.min(10_000, waitMs * 1.6)) {
    if (pace.now() - began > OTHERS_LIMIT_MS) return true;
    meter.begin('waiting for files that others are sending');
    await pace.sleep(waitMs, signal);
  }
  return false;
}

/** Archives of files that others send to a dataset. */
export interface OthersArchives {
  /** Whether some are being taken in, or may begin to be. */
  readonly underWay: boolean;
  /** How many were announced long ago and never came: their jobs wait for ever, and nobody for them. */
  readonly stale: number;
}

/** @throws NdiError cloud.*, auth.* */
export async function othersArchives(
  { api, datasetId, journal }: Pick<Transfer, 'api' | 'datasetId' | 'journal'>,
  signal?: AbortSignal,
): Promise<OthersArchives> {
  const own = journal.jobs();
  const askings = journal.askings();
  try {
    const { jobs } = await api.call('listBulkUploads', { path: { datasetId }, signal });
    const nowMs = api.http.clock.nowMs();
    const others = jobs.filter((job) => !own.has(job.jobId) && !isUnanswered(job, askings));
    const stale = others.filter((job) => isStale(job, nowMs)).length;
    return { underWay: others.some((job) => isOpen(job) && !isStale(job, nowMs)), stale };
  } catch (thrown) {
    // Older servers keep no jobs; readers of a published dataset may not see them.
    if (thrown instanceof NdiError && ['cloud.notFound', 'cloud.forbidden'].includes(thrown.code)) {
      return { underWay: false, stale: 0 };
    }
    throw thrown;
  }
}

function isOpen({ state }: BulkUploadJob): boolean {
  return state === 'queued' || state === 'extracting';
}

function isStale({ state, createdAt, startedAt }: BulkUploadJob, nowMs: number): boolean {
  return state === 'queued' && (startedAt ?? null) === null && nowMs - Date.parse(createdAt ?? '') >= STALE_MS;
}

/** The process ended, or was told to stop, between asking and the answer: nothing was sent to that address. */
function isUnanswered({ state, createdAt, startedAt }: BulkUploadJob, askings: readonly Date[]): boolean {
  if (state !== 'queued' || (startedAt ?? null) !== null) return false;
  const madeMs = Date.parse(createdAt ?? '');
  return askings.some((asked) => {
    const sinceMs = madeMs - asked.getTime();
    return sinceMs > -ASKED_BEFORE_MS && sinceMs < ASKED_AFTER_MS;
  });
}
