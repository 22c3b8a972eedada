import type { TransferList, TransferReport, TransferRequest } from '../../../../shared/contract/cloud-sync.ts';
import type { Ending } from '../../../../shared/model/endings.ts';
import { type ErrorReport, fromErrorReport, toErrorReport } from '../../../../shared/model/errors.ts';
import { Meter } from '../../../ndi/cloud/transfer/meter.ts';
import { Throttle } from '../../../ndi/cloud/transfer/throttle.ts';
import { Broadcast } from '../../broadcast.ts';
import type { Jobs } from '../../jobs.ts';
import { fullPath } from '../../open-items.ts';
import type { CopySessions } from './copy-session.ts';
import { execute } from './execute.ts';
import { KeptNetwork, otherNetwork } from './kept-network.ts';
import { KeptTransfers } from './kept-transfers.ts';
import { fractionOf, settled } from './progress.ts';
import type { TakeIn } from './take-in.ts';
import {
  askedWaitMs,
  cancelledTransfer,
  goesOnAlone,
  hasEnded,
  isConnectionLost,
  mustBeStarter,
  newRun,
  nobody,
  readingOf,
  type Starter,
  type TransferRun,
  type TransferState,
  runsElsewhere,
  viewOf,
} from './transfer-run.ts';

export interface TransfersOptions {
  readonly copies: CopySessions;
  readonly jobs: Jobs;
  readonly takeIn: TakeIn;
  /** Whether the process lives on, so that a transfer may wait for the network or a sign-in. */
  readonly lasting: boolean;
  /** Told of each transfer that has ended. */
  readonly onEnd: (ending: Ending) => void;
}

const PUBLISH_EVERY_MS = 250;
/** How often is written down how far a transfer is, for the next process. */
const SAVE_EVERY_MS = 5000;
/** How often a transfer that waits for the network tries again. */
const OFFLINE_RETRY_MS = 15_000;

/** All uploads, downloads and syncs: those that run, those that wait, and those of earlier days. */
export class TransfersService {
  readonly #copies: CopySessions;
  readonly #jobs: Jobs;
  readonly #takeIn: TakeIn;
  readonly #lasting: boolean;
  readonly #onEnd: (ending: Ending) => void;
  readonly #throttle: Throttle;
  readonly #network = new KeptNetwork();
  readonly #changes = new Broadcast<TransferList>();
  readonly #closing = new AbortController();
  readonly #kept: KeptTransfers;

  constructor({ copies, jobs, takeIn, lasting, onEnd }: TransfersOptions) {
    this.#copies = copies;
    this.#jobs = jobs;
    this.#takeIn = takeIn;
    this.#lasting = lasting;
    this.#onEnd = onEnd;
    this.#throttle = new Throttle(copies.accounts.http.pace);
    this.#kept = new KeptTransfers(copies, () => this.#publish());
  }

  /** Begins a transfer; it goes on by itself. */
  async start(request: TransferRequest): Promise<string> {
    const path = fullPath(request.kind === 'download' ? request.folder : request.path);
    const run = newRun(request, path, (await this.#who()) ?? nobody, this.#lasting);
    this.#kept.add(run);
    this.#begin(run);
    return run.id;
  }

  /**
   * Waits until a transfer has ended, or cannot go on by itself.
   * @throws NdiError what stopped it, where nothing could be done
   */
  async finish(id: string, signal?: AbortSignal): Promise<TransferReport> {
    const run = this.#kept.find(id);
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
    const transfers = this.#kept.all().map(viewOf);
    return { transfers, limit: this.#throttle.bytesASecond, keptToNetwork: this.#network.isKept };
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<TransferList> {
    yield this.list();
    yield* this.#changes.watch(signal);
  }

  /** Nothing new begins, what is on its way is given up and sent again later. */
  async pause(id: string): Promise<void> {
    await this.#stop(this.#kept.find(id), 'paused');
  }

  /**
   * @throws NdiError auth.otherUser where another account began it, auth.required where nobody is signed in, sync.busy
   * where another process carries it out
   */
  async resume(id: string): Promise<void> {
    const run = this.#kept.find(id);
    if (run.attempt !== null || hasEnded(run)) return;
    mustBeStarter(run, await this.#who());
    this.#begin(run);
  }

  /**
   * Goes on with what was running, or waited by itself, when the last process ended: as the same account, or when that
   * signs in. What was paused stays paused; what needs a person's consent waits for a person.
   */
  async continueInterrupted(): Promise<void> {
    if (!this.#copies.hasJournal) return;
    const interrupted = this.#kept.all().filter((run) => run.state === 'interrupted' && goesOnAlone(run));
    for (const run of interrupted) {
      // It fails where another process carries it out.
      await this.resume(run.id).catch((thrown: unknown) => this.#waitForSignIn(run, toErrorReport(thrown)));
    }
  }

  /** What has arrived stays; the journal is kept, so that a new transfer goes on from there. */
  async cancel(id: string): Promise<void> {
    const run = this.#kept.find(id);
    if (hasEnded(run)) return;
    await this.#stop(run, 'cancelled');
    this.#end(run, 'cancelled', null, null);
  }

  /** The same once more: what has arrived is found there, so only what failed is done. */
  async retry(id: string): Promise<string> {
    return await this.start(this.#kept.find(id).request);
  }

  forget(id: string): void {
    this.#kept.forget(this.#kept.find(id));
  }

  limit(bytesASecond: number | null): void {
    this.#throttle.set(bytesASecond);
    this.#publish();
  }

  async keepToNetwork(on: boolean): Promise<void> {
    await this.#network.keep(on);
    this.#publish();
  }

  /** Stops what runs; it is taken up by the next process. */
  async close(): Promise<void> {
    this.#closing.abort();
    const running = this.#kept.known().filter((run) => run.attempt !== null);
    await Promise.all(running.map((run) => this.#stop(run, 'interrupted')));
  }

  /** Null where nobody is signed in. */
  async #who(): Promise<Starter | null> {
    const account = await this.#copies.accounts.account();
    if (account === null || (account.state === 'absent' && !account.renews)) return null;
    return { subject: account.userId ?? '', email: account.email };
  }

  /** @throws NdiError sync.busy where another process carries it out */
  #begin(run: TransferRun): void {
    if (run.attempt !== null) return;
    const hold = this.#copies.journal.runs.hold(run.id);
    if (hold === null) throw runsElsewhere(run);
    const controller = new AbortController();
    run.state = 'running';
    run.error = null;
    run.wanted = null;
    const meter = new Meter(() => this.#publish());
    try {
      this.#kept.save(run);
    } catch (thrown) {
      hold.release();
      throw thrown;
    }
    const attempt = { controller, meter, before: settled(run.reading), end: Promise.resolve() };
    run.attempt = attempt;
    const saving = setInterval(() => {
      hold.touch();
      this.#kept.note(run);
    }, SAVE_EVERY_MS);
    attempt.end = this.#work(run, controller, meter).finally(() => {
      run.attempt = null;
      clearInterval(saving);
      hold.release();
    });
  }

  async #work(run: TransferRun, controller: AbortController, meter: Meter): Promise<void> {
    // What has arrived stays; the rest waits for the network that transfers are kept to.
    const endWatch = this.#network.watch(() => {
      run.wanted ??= 'elsewhere';
      controller.abort();
    });
    try {
      if (await this.#network.isElsewhere()) throw otherNetwork();
      const options = { title: run.title, id: run.id, quiet: true, signal: controller.signal };
      const report = await this.#jobs.run(options, async (job, signal) => {
        const showing = setInterval(() => {
          const reading = readingOf(run);
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
          run.reading = settled(readingOf(run));
        }
      });
      run.path = report.path;
      this.#end(run, report.failed.length > 0 || report.conflicts.length > 0 ? 'partly' : 'done', report, null);
    } catch (thrown) {
      this.#failed(run, toErrorReport(run.wanted === 'elsewhere' ? otherNetwork() : thrown));
    } finally {
      endWatch();
    }
  }

  #failed(run: TransferRun, error: ErrorReport): void {
    if (run.wanted === 'cancelled') this.#end(run, 'cancelled', null, null);
    else if (run.wanted !== null && run.wanted !== 'elsewhere') this.#wait(run, run.wanted, null);
    else if (!this.#lasting) this.#end(run, 'failed', null, error);
    else if (error.code.startsWith('auth.')) this.#waitForSignIn(run, error);
    else if (isConnectionLost(error)) this.#tryLater(run, 'offline', error, OFFLINE_RETRY_MS);
    else {
      const askedMs = askedWaitMs(error, this.#copies.accounts.http.clock.nowMs());
      if (askedMs === null) this.#end(run, 'failed', null, error);
      else this.#tryLater(run, 'paused', error, askedMs);
    }
  }

  #tryLater(run: TransferRun, state: TransferState, error: ErrorReport, waitMs: number): void {
    this.#wait(run, state, error);
    void this.#copies.accounts.http.pace
      .sleep(waitMs, this.#closing.signal)
      // It may have been paused, cancelled or begun meanwhile.
      .then(() => run.attempt === null && run.error === error && this.#begin(run))
      // The process ends: the next one finds it interrupted.
      .catch(() => undefined);
  }

  #waitForSignIn(run: TransferRun, error: ErrorReport): void {
    if (!error.code.startsWith('auth.')) return;
    this.#wait(run, 'needsSignIn', error);
    void this.#resumeAfterSignIn(run);
  }

  async #resumeAfterSignIn(run: TransferRun): Promise<void> {
    try {
      await this.#copies.accounts.whenSignedIn(this.#closing.signal);
      if (run.state === 'needsSignIn') await this.resume(run.id);
    } catch (thrown) {
      // Signed in as somebody else, or never: it stays as it is and says so.
      const waits = !this.#closing.signal.aborted && run.state === 'needsSignIn';
      if (waits) this.#waitForSignIn(run, toErrorReport(thrown));
    }
  }

  async #stop(run: TransferRun, wanted: 'paused' | 'cancelled' | 'interrupted'): Promise<void> {
    run.wanted = wanted;
    if (run.attempt !== null) {
      run.attempt.controller.abort();
      await run.attempt.end;
    } else if (!hasEnded(run)) {
      const hold = this.#copies.journal.runs.hold(run.id);
      if (hold === null) throw runsElsewhere(run);
      hold.release();
      this.#wait(run, wanted, null);
    }
  }

  #wait(run: TransferRun, state: TransferState, error: ErrorReport | null): void {
    run.state = state;
    run.error = error;
    this.#kept.save(run);
  }

  #end(run: TransferRun, state: Ending['state'], report: TransferReport | null, error: ErrorReport | null): void {
    run.state = state;
    run.report = report;
    run.error = error;
    run.endedAt = new Date().toISOString();
    this.#kept.save(run);
    this.#kept.forgetOld();
    this.#onEnd({ kind: 'transfer', title: run.title, state });
  }

  #publish(): void {
    this.#changes.sendSoon(() => this.list(), PUBLISH_EVERY_MS);
  }
}
