import { randomUUID } from 'node:crypto';
import type { Job } from '../../shared/contract/application.ts';
import type { Ending } from '../../shared/model/endings.ts';
import { NdiError, toErrorReport } from '../../shared/model/errors.ts';
import { Broadcast } from './broadcast.ts';

/** What a piece of long work says of itself while it runs. */
export interface JobProgress {
  /** @param fraction done, 0 to 1, or null while unknown */
  report(fraction: number | null, detail: string): void;
}

export interface JobOptions {
  readonly title: string;
  readonly id?: string | undefined;
  readonly cancellable?: boolean;
  /** Nobody is told of its end: nobody has asked for the work, or whoever does it tells himself. */
  readonly quiet?: boolean;
  /** Aborting it cancels the job: the call that started it has gone. */
  readonly signal?: AbortSignal | undefined;
}

/** Ended jobs kept for the list; older ones are forgotten. */
const ENDED_JOBS_KEPT = 50;
/** A burst of progress reaches the page at most this often. */
const PUBLISH_EVERY_MS = 150;

/** All long work of the services: who runs, how far it is, and how to stop it. */
export class Jobs {
  readonly #jobs = new Map<string, { state: Job; controller: AbortController }>();
  readonly #changes = new Broadcast<Job[]>();
  readonly #onEnd: (ending: Ending) => void;

  /** @param onEnd told of each job that has ended */
  constructor(onEnd: (ending: Ending) => void = () => {}) {
    this.#onEnd = onEnd;
  }

  /**
   * Runs work as a job and gives its result.
   * @throws whatever the work throws; `app.cancelled` when it was cancelled
   */
  async run<T>(options: JobOptions, work: (progress: JobProgress, signal: AbortSignal) => Promise<T>): Promise<T> {
    const id = options.id ?? randomUUID();
    if (this.#jobs.get(id)?.state.state === 'running') {
      throw new NdiError({
        code: 'usage.invalid',
        message: `A job with the id ${id} is running already.`,
        recovery: 'Use another id.',
      });
    }
    const controller = new AbortController();
    const follow = () => controller.abort();
    options.signal?.addEventListener('abort', follow, { once: true });
    if (options.signal?.aborted === true) follow();
    this.#jobs.delete(id);
    this.#jobs.set(id, {
      controller,
      state: {
        id,
        title: options.title,
        state: 'running',
        fraction: null,
        detail: '',
        cancellable: options.cancellable ?? true,
        startedAt: new Date().toISOString(),
        error: null,
      },
    });
    this.#publish();
    const startedMs = performance.now();
    let state: Exclude<Ending['state'], 'partly'> = 'done';
    const progress: JobProgress = { report: (fraction, detail) => this.#update(id, { fraction, detail }) };
    try {
      const result = await work(progress, controller.signal);
      this.#update(id, { state, fraction: 1 });
      return result;
    } catch (thrown) {
      const report = controller.signal.aborted ? toErrorReport(abortError()) : toErrorReport(thrown);
      const cancelled = report.code === 'app.cancelled';
      state = cancelled ? 'cancelled' : 'failed';
      this.#update(id, { state, error: report });
      throw cancelled ? new NdiError(report) : thrown;
    } finally {
      options.signal?.removeEventListener('abort', follow);
      this.#forgetOld();
      const tookMs = performance.now() - startedMs;
      if (options.quiet !== true) this.#onEnd({ kind: 'job', title: options.title, state, tookMs });
    }
  }

  list(): Job[] {
    return [...this.#jobs.values()].map((job) => job.state);
  }

  /** @throws NdiError job.notFound */
  cancel(id: string): boolean {
    const job = this.#jobs.get(id);
    if (job === undefined) {
      throw new NdiError({
        code: 'job.notFound',
        message: `There is no job with the id ${id}.`,
        recovery: 'It may have been cleared; look at the list of jobs.',
      });
    }
    if (job.state.state !== 'running' || !job.state.cancellable) return false;
    job.controller.abort();
    return true;
  }

  /** Forgets ended jobs; gives their number. */
  clear(): number {
    const ended = this.list().filter((job) => job.state !== 'running');
    for (const job of ended) this.#jobs.delete(job.id);
    this.#publish();
    return ended.length;
  }

  /** The list now, and again whenever it changes. */
  async *watch(signal?: AbortSignal): AsyncGenerator<Job[]> {
    yield this.list();
    yield* this.#changes.watch(signal);
  }

  cancelAll(): void {
    for (const job of this.#jobs.values()) if (job.state.state === 'running') job.controller.abort();
  }

  #update(id: string, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    job.state = { ...job.state, ...change };
    this.#publish();
  }

  #publish(): void {
    this.#changes.sendSoon(() => this.list(), PUBLISH_EVERY_MS);
  }

  #forgetOld(): void {
    const ended = this.list().filter((job) => job.state !== 'running');
    for (const job of ended.slice(0, Math.max(0, ended.length - ENDED_JOBS_KEPT))) this.#jobs.delete(job.id);
  }
}

function abortError(): Error {
  return new DOMException('The job was cancelled.', 'AbortError');
}
