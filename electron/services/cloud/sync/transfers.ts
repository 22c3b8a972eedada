import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { TransferReport, TransferRequest, TransferView } from '../../../../shared/contract/cloud-sync.ts';
import { type ErrorReport, fromErrorReport, NdiError, toErrorReport } from '../../../../shared/model/errors.ts';
import type { StoredRun } from '../../../ndi/cloud/journal/run-journal.ts';
import { Meter, type MeterReading } from '../../../ndi/cloud/transfer/meter.ts';
import { Throttle } from '../../../ndi/cloud/transfer/throttle.ts';
import { Broadcast } from '../../broadcast.ts';
import type { Jobs } from '../../jobs.ts';
import { fullPath } from '../../open-items.ts';
import type { CopySessions } from './copy-session.ts';
import { execute } from './execute.ts';

type State = TransferView['state'];

interface Run {
  readonly id: string;
  readonly request: TransferRequest;
  readonly title: string;
  readonly startedAt: string;
  readonly subject: string;
  path: string;
  datasetId: string;
  state: State;
  endedAt: string | null;
  reading: MeterReading;
  report: TransferReport | null;
  error: ErrorReport | null;
  /** While it works. */
  attempt: { controller: AbortController; end: Promise<void> } | null;
  /** What its abort means. */
  wanted: 'paused' | 'cancelled' | null;
}

export interface TransferList {
  readonly transfers: TransferView[];
  readonly limit: number | null;
}

const PUBLISH_EVERY_MS = 250;
/** How often a transfer that waits for the network tries again. */
const OFFLINE_RETRY_MS = 15_000;
const ended: readonly State[] = ['done', 'partly', 'failed', 'cancelled'];

/** All uploads, downloads and syncs: those that run, those that wait, and those of earlier days. */
export class TransfersService {
  readonly #copies: CopySessions;
  readonly #jobs: Jobs;
  /** Whether the process lives on, so that a transfer may wait for the network or a sign-in. */
  readonly #lasting: boolean;
  readonly #throttle: Throttle;
  readonly #changes = new Broadcast<TransferList>();
  #runs: Map<string, Run> | null = null;
  #publishing: NodeJS.Timeout | null = null;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(copies: CopySessions, jobs: Jobs, lasting: boolean) {
    this.#copies = copies;
    this.#jobs = jobs;
    this.#lasting = lasting;
    this.#throttle = new Throttle(copies.accounts.http.pace);
  }

  /** Begins a transfer; it goes on by itself. */
  async start(request: TransferRequest): Promise<string> {
    const path = fullPath(request.kind === 'download' ? request.folder : request.path);
    const run: Run = {
      id: randomUUID(),
      request: request.kind === 'download' ? { ...request, folder: path } : { ...request, path },
      title: titleOf(request),
      startedAt: new Date().toISOString(),
      subject: await this.#subject(),
      path,
      datasetId: request.kind === 'download' ? request.datasetId : '',
      state: 'running',
      endedAt: null,
      reading: new Meter().read(),
      report: null,
      error: null,
      attempt: null,
      wanted: null,
    };
    this.#all().set(run.id, run);
    this.#begin(run);
    return run.id;
  }

  /**
   * Waits until a transfer has ended, or cannot go on by itself.
   * @throws NdiError what stopped it, where nothing could be done
   */
  async finish(id: string, signal?: AbortSignal): Promise<TransferReport> {
    const run = this.#find(id);
    const cancel = () => void this.cancel(id);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      while (run.attempt !== null) await run.attempt.end;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
    if (run.report !== null && run.state !== 'cancelled') return run.report;
    throw run.error === null ? cancelledError() : fromErrorReport(run.error);
  }

  list(): TransferList {
    return { transfers: [...this.#all().values()].map(viewOf), limit: this.#throttle.bytesASecond };
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<TransferList> {
    yield this.list();
    yield* this.#changes.watch(signal);
  }

  /** Nothing new begins, what is on its way is given up and sent again later. */
  async pause(id: string): Promise<void> {
    await this.#stop(this.#find(id), 'paused');
  }

  /** @throws NdiError auth.otherUser where another account began it */
  async resume(id: string): Promise<void> {
    const run = this.#find(id);
    if (run.attempt !== null || ended.includes(run.state)) return;
    const subject = await this.#subject();
    if (run.subject !== '' && subject !== '' && run.subject !== subject) throw otherUser(run.title);
    this.#begin(run);
  }

  /** What has arrived stays; the journal is kept, so that a new transfer goes on from there. */
  async cancel(id: string): Promise<void> {
    const run = this.#find(id);
    if (ended.includes(run.state)) return;
    await this.#stop(run, 'cancelled');
    this.#end(run, 'cancelled', null, null);
  }

  /** The same once more: what has arrived is found there, so only what failed is done. */
  async retry(id: string): Promise<string> {
    const run = this.#find(id);
    return await this.start(run.request);
  }

  forget(id: string): void {
    const run = this.#find(id);
    if (run.attempt !== null) return;
    this.#all().delete(id);
    this.#copies.journal.runs.forget(id);
    this.#publish();
  }

  limit(bytesASecond: number | null): void {
    this.#throttle.set(bytesASecond);
    this.#publish();
  }

  /** Stops what runs; it is taken up by the next process. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const running = [...(this.#runs?.values() ?? [])].filter((run) => run.attempt !== null);
    await Promise.all(running.map((run) => this.#stop(run, 'paused')));
    if (this.#publishing !== null) clearTimeout(this.#publishing);
  }

  #all(): Map<string, Run> {
    this.#runs ??= new Map(this.#copies.journal.runs.list().map((stored) => [stored.run, fromStored(stored)]));
    return this.#runs;
  }

  #find(id: string): Run {
    const run = this.#all().get(id);
    if (run !== undefined) return run;
    throw new NdiError({
      code: 'job.notFound',
      message: `There is no transfer with the id ${id}.`,
      recovery: 'Look at the list of transfers.',
    });
  }

  async #subject(): Promise<string> {
    return (await this.#copies.accounts.account())?.userId ?? '';
  }

  #begin(run: Run): void {
    const controller = new AbortController();
    run.state = 'running';
    run.error = null;
    run.wanted = null;
    this.#save(run);
    const end = this.#work(run, controller).finally(() => (run.attempt = null));
    run.attempt = { controller, end };
  }

  async #work(run: Run, controller: AbortController): Promise<void> {
    const meter = new Meter(() => this.#publish());
    try {
      const options = { title: run.title, id: run.id, signal: controller.signal };
      const report = await this.#jobs.run(options, async (job, signal) => {
        const showing = setInterval(() => {
          run.reading = meter.read();
          job.report(fractionOf(run.reading), run.reading.phase);
        }, PUBLISH_EVERY_MS);
        // Cancelled in the list of jobs is cancelled here too.
        signal.addEventListener('abort', () => (run.wanted ??= 'cancelled'), { once: true });
        try {
          return await execute(run.request, {
            copies: this.#copies,
            meter,
            throttle: this.#throttle,
            signal,
            onDataset: (datasetId) => (run.datasetId = datasetId),
          });
        } finally {
          clearInterval(showing);
          run.reading = meter.read();
        }
      });
      run.path = report.path;
      this.#end(run, report.failed.length > 0 || report.conflicts.length > 0 ? 'partly' : 'done', report, null);
    } catch (thrown) {
      this.#failed(run, toErrorReport(thrown));
    }
  }

  #failed(run: Run, error: ErrorReport): void {
    if (run.wanted === 'cancelled') this.#end(run, 'cancelled', null, null);
    else if (run.wanted === 'paused') this.#wait(run, 'paused', null);
    else if (this.#lasting && error.code.startsWith('auth.')) {
      this.#wait(run, 'needsSignIn', error);
      void this.#resumeAfterSignIn(run);
    } else if (this.#lasting && error.code === 'cloud.offline') {
      this.#wait(run, 'offline', error);
      this.#tryLater(run);
    } else this.#end(run, 'failed', null, error);
  }

  #tryLater(run: Run): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (run.state === 'offline') this.#begin(run);
    }, OFFLINE_RETRY_MS).unref();
    this.#timers.add(timer);
  }

  async #resumeAfterSignIn(run: Run): Promise<void> {
    try {
      await this.#copies.accounts.whenSignedIn();
      if (run.state === 'needsSignIn') await this.resume(run.id);
    } catch {
      // Signed in as somebody else, or never: it stays as it is and says so.
    }
  }

  async #stop(run: Run, wanted: 'paused' | 'cancelled'): Promise<void> {
    run.wanted = wanted;
    if (run.attempt === null) {
      if (!ended.includes(run.state)) this.#wait(run, wanted === 'paused' ? 'paused' : 'cancelled', null);
      return;
    }
    run.attempt.controller.abort();
    await run.attempt.end;
  }

  #wait(run: Run, state: State, error: ErrorReport | null): void {
    run.state = state;
    run.error = error;
    this.#save(run);
  }

  #end(run: Run, state: State, report: TransferReport | null, error: ErrorReport | null): void {
    run.state = state;
    run.report = report;
    run.error = error;
    run.endedAt = new Date().toISOString();
    this.#save(run);
  }

  #save(run: Run): void {
    this.#copies.journal.runs.save({
      run: run.id,
      path: run.path,
      cloud: run.datasetId,
      server: this.#copies.accounts.api().base,
      title: run.title,
      request: run.request,
      subject: run.subject,
      state: run.state,
      started: run.startedAt,
      ended: run.endedAt,
      progress: { ...run.reading, moving: [] },
      report: { report: run.report, error: run.error },
    });
    this.#publish();
  }

  #publish(): void {
    if (this.#publishing !== null) return;
    this.#publishing = setTimeout(() => {
      this.#publishing = null;
      this.#changes.send(this.list());
    }, PUBLISH_EVERY_MS).unref();
  }
}

/** What was running when its process ended is there to be resumed. */
function fromStored(stored: StoredRun): Run {
  const { report, error } = (stored.report ?? { report: null, error: null }) as Pick<Run, 'report' | 'error'>;
  const state = stored.state as State;
  const waits = !ended.includes(state) && state !== 'paused';
  return {
    id: stored.run,
    request: stored.request as TransferRequest,
    title: stored.title,
    startedAt: stored.started,
    subject: stored.subject,
    path: stored.path,
    datasetId: stored.cloud,
    state: waits ? 'interrupted' : state,
    endedAt: stored.ended,
    reading: stored.progress as MeterReading,
    report,
    error,
    attempt: null,
    wanted: null,
  };
}

function viewOf(run: Run): TransferView {
  const { reading, request, id, title, path, state, startedAt, endedAt, report, error } = run;
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
function fractionOf({ bytes, bytesDone, documents, documentsDone }: MeterReading): number | null {
  if (bytes > 0) return Math.min(1, bytesDone / bytes);
  return documents > 0 ? Math.min(1, documentsDone / documents) : null;
}

function cancelledError(): NdiError {
  return new NdiError({
    code: 'app.cancelled',
    message: 'The transfer was cancelled.',
    recovery: 'Start it again: it goes on from what has arrived.',
  });
}

function otherUser(title: string): NdiError {
  return new NdiError({
    code: 'auth.otherUser',
    message: `“${title}” was begun by another account; it is not continued as this one.`,
    recovery: 'Sign in with the account that began it, or start a new transfer.',
  });
}
