import type { TransferReport, TransferRequest, TransferView } from '../../../../shared/contract/cloud-sync.ts';
import { type ErrorReport, fromErrorReport, toErrorReport } from '../../../../shared/model/errors.ts';
import { Meter } from '../../../ndi/cloud/transfer/meter.ts';
import { Throttle } from '../../../ndi/cloud/transfer/throttle.ts';
import { Broadcast } from '../../broadcast.ts';
import type { Jobs } from '../../jobs.ts';
import { fullPath } from '../../open-items.ts';
import type { CopySessions } from './copy-session.ts';
import { execute } from './execute.ts';
import type { TakeIn } from './take-in.ts';
import {
  cancelledTransfer,
  fractionOf,
  fromStored,
  hasEnded,
  isConnectionLost,
  mustBeStarter,
  newRun,
  type Starter,
  toStored,
  type TransferRun,
  type TransferState,
  unknownTransfer,
  viewOf,
} from './transfer-run.ts';

export interface TransferList {
  readonly transfers: TransferView[];
  readonly limit: number | null;
}

export interface TransfersOptions {
  readonly copies: CopySessions;
  readonly jobs: Jobs;
  readonly takeIn: TakeIn;
  /** Whether the process lives on, so that a transfer may wait for the network or a sign-in. */
  readonly lasting: boolean;
}

const PUBLISH_EVERY_MS = 250;
/** Ended transfers that are remembered; older ones are forgotten. */
const ENDED_KEPT = 200;
/** How often a transfer that waits for the network tries again. */
const OFFLINE_RETRY_MS = 15_000;

/** All uploads, downloads and syncs: those that run, those that wait, and those of earlier days. */
export class TransfersService {
  readonly #copies: CopySessions;
  readonly #jobs: Jobs;
  readonly #takeIn: TakeIn;
  readonly #lasting: boolean;
  readonly #throttle: Throttle;
  readonly #changes = new Broadcast<TransferList>();
  readonly #closing = new AbortController();
  #runs: Map<string, TransferRun> | null = null;

  constructor({ copies, jobs, takeIn, lasting }: TransfersOptions) {
    this.#copies = copies;
    this.#jobs = jobs;
    this.#takeIn = takeIn;
    this.#lasting = lasting;
    this.#throttle = new Throttle(copies.accounts.http.pace);
  }

  /** Begins a transfer; it goes on by itself. */
  async start(request: TransferRequest): Promise<string> {
    const path = fullPath(request.kind === 'download' ? request.folder : request.path);
    const run = newRun(request, path, await this.#who());
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
    throw run.error === null ? cancelledTransfer() : fromErrorReport(run.error);
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
    if (run.attempt !== null || hasEnded(run)) return;
    mustBeStarter(run, await this.#who());
    this.#begin(run);
  }

  /** What has arrived stays; the journal is kept, so that a new transfer goes on from there. */
  async cancel(id: string): Promise<void> {
    const run = this.#find(id);
    if (hasEnded(run)) return;
    await this.#stop(run, 'cancelled');
    this.#end(run, 'cancelled', null, null);
  }

  /** The same once more: what has arrived is found there, so only what failed is done. */
  async retry(id: string): Promise<string> {
    return await this.start(this.#find(id).request);
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
    this.#closing.abort();
    const running = [...(this.#runs?.values() ?? [])].filter((run) => run.attempt !== null);
    await Promise.all(running.map((run) => this.#stop(run, 'paused')));
  }

  #all(): Map<string, TransferRun> {
    this.#runs ??= new Map(this.#copies.journal.runs.list().map((stored) => [stored.run, fromStored(stored)]));
    return this.#runs;
  }

  #find(id: string): TransferRun {
    const run = this.#all().get(id);
    if (run === undefined) throw unknownTransfer(id);
    return run;
  }

  async #who(): Promise<Starter> {
    const account = await this.#copies.accounts.account();
    return { subject: account?.userId ?? '', email: account?.email ?? '' };
  }

  #begin(run: TransferRun): void {
    const controller = new AbortController();
    run.state = 'running';
    run.error = null;
    run.wanted = null;
    this.#save(run);
    const meter = new Meter(() => this.#publish());
    const end = this.#work(run, controller, meter).finally(() => (run.attempt = null));
    run.attempt = { controller, meter, end };
  }

  async #work(run: TransferRun, controller: AbortController, meter: Meter): Promise<void> {
    try {
      const options = { title: run.title, id: run.id, signal: controller.signal };
      const report = await this.#jobs.run(options, async (job, signal) => {
        const showing = setInterval(() => {
          const reading = meter.read();
          job.report(fractionOf(reading), reading.phase);
        }, PUBLISH_EVERY_MS);
        // Cancelled in the list of jobs is cancelled here too.
        signal.addEventListener('abort', () => (run.wanted ??= 'cancelled'), { once: true });
        try {
          return await execute(run.request, {
            copies: this.#copies,
            meter,
            throttle: this.#throttle,
            takeIn: this.#takeIn,
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

  #failed(run: TransferRun, error: ErrorReport): void {
    if (run.wanted === 'cancelled') this.#end(run, 'cancelled', null, null);
    else if (run.wanted === 'paused') this.#wait(run, 'paused', null);
    else if (this.#lasting && error.code.startsWith('auth.')) {
      this.#wait(run, 'needsSignIn', error);
      void this.#resumeAfterSignIn(run);
    } else if (this.#lasting && isConnectionLost(error)) {
      this.#wait(run, 'offline', error);
      void this.#tryLater(run);
    } else this.#end(run, 'failed', null, error);
  }

  async #tryLater(run: TransferRun): Promise<void> {
    try {
      await this.#copies.accounts.http.pace.sleep(OFFLINE_RETRY_MS, this.#closing.signal);
      if (run.state === 'offline') this.#begin(run);
    } catch {
      // The process ends: the next one finds it interrupted.
    }
  }

  async #resumeAfterSignIn(run: TransferRun): Promise<void> {
    try {
      await this.#copies.accounts.whenSignedIn(this.#closing.signal);
      if (run.state === 'needsSignIn') await this.resume(run.id);
    } catch (thrown) {
      // Signed in as somebody else, or never: it stays as it is and says so.
      if (!this.#closing.signal.aborted && run.state === 'needsSignIn') {
        this.#wait(run, 'needsSignIn', toErrorReport(thrown));
        void this.#resumeAfterSignIn(run);
      }
    }
  }

  async #stop(run: TransferRun, wanted: 'paused' | 'cancelled'): Promise<void> {
    run.wanted = wanted;
    if (run.attempt === null) {
      if (!hasEnded(run)) this.#wait(run, wanted === 'paused' ? 'paused' : 'cancelled', null);
      return;
    }
    run.attempt.controller.abort();
    await run.attempt.end;
  }

  #wait(run: TransferRun, state: TransferState, error: ErrorReport | null): void {
    run.state = state;
    run.error = error;
    this.#save(run);
  }

  #end(run: TransferRun, state: TransferState, report: TransferReport | null, error: ErrorReport | null): void {
    run.state = state;
    run.report = report;
    run.error = error;
    run.endedAt = new Date().toISOString();
    this.#save(run);
    const old = [...this.#all().values()].filter(hasEnded);
    for (const { id } of old.slice(0, Math.max(0, old.length - ENDED_KEPT))) this.forget(id);
  }

  #save(run: TransferRun): void {
    this.#copies.journal.runs.save(toStored(run, this.#copies.accounts.api().base));
    this.#publish();
  }

  #publish(): void {
    this.#changes.sendSoon(() => this.list(), PUBLISH_EVERY_MS);
  }
}
