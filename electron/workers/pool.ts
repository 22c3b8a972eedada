import { Worker } from 'node:worker_threads';
import { NdiError, fromErrorReport } from '../../shared/model/errors.ts';
import { stalled } from '../files/file-faults.ts';
import { cancelledError } from '../signal/cancelled.ts';
import type { ReplyMessage, RequestInput, RequestKind, RequestMessage, RequestOutput } from './requests.ts';
import type { ScanProgress } from './scan-folder.ts';

/** From source the entry lies beside this file; in a bundle it is called worker.cjs. */
const workerEntry = new URL(import.meta.url.endsWith('.ts') ? './worker-entry.ts' : './worker.cjs', import.meta.url);

/** A thread without a sign of life for so long is given up: its disk or network drive does not answer. */
const STALL_MS = 20_000;
/** How long an ending waits for threads that do not answer. */
const CLOSE_MS = 1000;

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Parts of long work wait behind everything else. */
  readonly background?: boolean;
  readonly onProgress?: (progress: ScanProgress) => void;
  /** Told once no thread works on it any more, which after a cancel may be later; never where its thread was given up. */
  readonly onLeft?: () => void;
}

interface Job {
  readonly message: RequestMessage;
  readonly onProgress: ((progress: ScanProgress) => void) | undefined;
  readonly settle: (result: { output: unknown } | { error: NdiError }) => void;
}

/** Worker threads that take requests one at a time. A thread that dies fails its request and is replaced. */
export class WorkerPool {
  readonly #slots: Slot[];
  readonly #waiting: Job[] = [];
  readonly #waitingInBackground: Job[] = [];
  #closed = false;

  constructor(threads: number, entry: URL = workerEntry, stallMs = STALL_MS) {
    this.#slots = Array.from({ length: threads }, () => new Slot(entry, stallMs, () => this.#dispatch()));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** About how much memory the threads keep in caches. */
  get cacheBytes(): number {
    return this.#slots.reduce((sum, slot) => sum + slot.cacheBytes, 0);
  }

  /** Whether nobody waits for an answer. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#slots.every((slot) => slot.isIdle);
  }

  /** @throws NdiError of the worker, or app.cancelled as soon as the signal fires */
  async run<K extends RequestKind>(
    kind: K,
    input: RequestInput<K>,
    options: RunOptions = {},
  ): Promise<RequestOutput<K>> {
    return await this.#enqueue(kind, input, options, (job) => {
      (options.background ? this.#waitingInBackground : this.#waiting).push(job);
      this.#dispatch();
    });
  }

  /** Asks every thread. */
  async runOnAll<K extends RequestKind>(kind: K, input: RequestInput<K>): Promise<void> {
    await Promise.all(this.#slots.map((slot) => this.#enqueue(kind, input, {}, (job) => slot.startNext(job))));
  }

  async #enqueue<K extends RequestKind>(
    kind: K,
    input: RequestInput<K>,
    { signal, onProgress, onLeft }: RunOptions,
    start: (job: Job) => void,
  ): Promise<RequestOutput<K>> {
    if (this.#closed || signal?.aborted) {
      onLeft?.();
      throw cancelledError();
    }
    return await new Promise((resolve, reject: (error: NdiError) => void) => {
      const cancelFlag = new SharedArrayBuffer(8);
      const cancel = () => {
        Atomics.store(new Int32Array(cancelFlag), 0, 1);
        reject(cancelledError());
        if (this.#forget(job)) onLeft?.();
      };
      const settle: Job['settle'] = (result) => {
        signal?.removeEventListener('abort', cancel);
        if ('error' in result) reject(result.error);
        else resolve(result.output as RequestOutput<K>);
        if (!('error' in result) || result.error.code !== 'path.stalled') onLeft?.();
      };
      const job: Job = { message: { kind, input, cancelFlag }, onProgress, settle };
      signal?.addEventListener('abort', cancel, { once: true });
      start(job);
    });
  }

  /** @returns whether it was still waiting */
  #forget(job: Job): boolean {
    const queue = [this.#waiting, this.#waitingInBackground].find((jobs) => jobs.includes(job));
    queue?.splice(queue.indexOf(job), 1);
    return queue !== undefined;
  }

  #dispatch(): void {
    for (const slot of this.#slots) {
      if (!slot.isIdle) continue;
      const job = this.#waiting.shift() ?? this.#waitingInBackground.shift();
      if (job === undefined) return;
      slot.start(job);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const waiting = [...this.#waiting.splice(0), ...this.#waitingInBackground.splice(0)];
    for (const job of waiting) job.settle({ error: cancelledError() });
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }
}

/** One place for a thread: starts it when first needed and again after it died. */
class Slot {
  readonly #entry: URL;
  readonly #stallMs: number;
  readonly #onIdle: () => void;
  #watch: NodeJS.Timeout | undefined;
  #worker: Worker | null = null;
  #job: Job | null = null;
  readonly #next: Job[] = [];
  cacheBytes = 0;

  constructor(entry: URL, stallMs: number, onIdle: () => void) {
    this.#entry = entry;
    this.#stallMs = stallMs;
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#job === null;
  }

  /** Takes a job before any other, once the current one is done. */
  startNext(job: Job): void {
    if (this.isIdle) this.start(job);
    else this.#next.push(job);
  }

  start(job: Job): void {
    this.#job = job;
    this.#worker ??= this.#spawn();
    this.#worker.ref();
    this.#worker.postMessage(job.message);
    this.#watchOver(new Int32Array(job.message.cancelFlag));
  }

  /** Gives the thread up when it has no sign of life for too long. */
  #watchOver(flag: Int32Array): void {
    clearInterval(this.#watch);
    let seen = Atomics.load(flag, 1);
    this.#watch = setInterval(() => {
      const beats = Atomics.load(flag, 1);
      if (beats !== seen) seen = beats;
      else this.#abandon();
    }, this.#stallMs).unref();
  }

  /** A thread within a call of the system cannot be ended; another takes its place, and the others go on. */
  #abandon(): void {
    const worker = this.#worker;
    const input = this.#job?.message.input;
    this.#worker = null;
    worker?.unref();
    void worker?.terminate();
    this.#finish({ error: stalled(pathOf(input)) });
  }

  #spawn(): Worker {
    const worker = new Worker(this.#entry);
    // The time that a thread needs to start is not its disk's.
    worker.once('online', () => {
      if (this.#worker === worker && this.#job !== null) this.#watchOver(new Int32Array(this.#job.message.cancelFlag));
    });
    worker.on('message', (reply: ReplyMessage) => this.#receive(reply));
    worker.on('error', (error: Error) => this.#lose(worker, error));
    worker.on('exit', (code) => this.#lose(worker, new Error(`it ended with code ${code}`)));
    return worker;
  }

  #receive(reply: ReplyMessage): void {
    if (reply.type === 'progress') {
      if (this.#job !== null) Atomics.add(new Int32Array(this.#job.message.cancelFlag), 1, 1);
      this.#job?.onProgress?.(reply.progress);
      return;
    }
    this.cacheBytes = reply.cacheBytes;
    this.#finish(reply.type === 'done' ? { output: reply.output } : { error: fromErrorReport(reply.error) });
  }

  #lose(worker: Worker, cause: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.cacheBytes = 0;
    this.#finish({ error: lostWorker(cause) });
  }

  #finish(result: Parameters<Job['settle']>[0]): void {
    const job = this.#job;
    this.#job = null;
    clearInterval(this.#watch);
    // An idle thread does not keep the process alive.
    this.#worker?.unref();
    job?.settle(result);
    const next = this.#next.shift();
    if (next !== undefined) this.start(next);
    else this.#onIdle();
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    for (const job of [this.#job, ...this.#next.splice(0)]) job?.settle({ error: cancelledError() });
    this.#job = null;
    clearInterval(this.#watch);
    if (worker === null) return;
    const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref());
    await Promise.race([worker.terminate(), late]);
  }
}

function lostWorker(cause: Error): NdiError {
  return new NdiError({
    code: 'app.unexpected',
    message: `A reader stopped in the middle of its work: ${cause.message}.`,
    recovery: 'Try again; if it happens again, report it with the text of this error.',
    cause,
  });
}

function pathOf(input: RequestMessage['input'] | undefined): string | undefined {
  return input !== null && input !== undefined && 'path' in input ? input.path : undefined;
}
