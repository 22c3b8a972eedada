import type { Worker } from 'node:worker_threads';
import { type ErrorReport, fromErrorReport } from '../../../shared/model/errors.ts';
import { cancelledError } from '../../signal/cancelled.ts';
import { journalMode } from '../database/connection.ts';
import type { DocumentEntry } from '../database/document-index.ts';
import type { PackedIndex } from '../database/packed-index.ts';
import type { ClassCount, PageRequest } from '../database/page.ts';
import type { DocumentFilter } from '../database/select.ts';
import { labTypes, typesRevision } from '../documents/types.ts';
import { startIndexThread } from './background.ts';

/** A document of a list, without what has to be read from the document itself. */
export type ListedEntry = Omit<DocumentEntry, 'dependencies'>;

/** What can be asked, and what the answer is. */
interface Answers {
  page: { readonly total: number; readonly entries: ListedEntry[] };
  classes: ClassCount[];
  /** Entries of all documents, read from the documents themselves. */
  summaries: PackedIndex;
}
export type Question =
  | { readonly ask: 'page'; readonly filter: DocumentFilter; readonly request: PageRequest }
  | { readonly ask: 'classes'; readonly filter: DocumentFilter }
  | { readonly ask: 'summaries' };

export interface Request {
  readonly id: number;
  /** The index as it is now: another may have taken the place of the one that the thread knows. */
  readonly indexPath: string;
  readonly question: Question;
}
export type Reply = { readonly id: number } & ({ readonly answer: unknown } | { readonly error: ErrorReport });

interface Waiting {
  readonly id: number;
  readonly question: Question;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A question that was given up may end by itself within this time; after it, its thread is given up too. */
const GRACE_MS = 100;
/** A thread without a question ends after this time. */
const IDLE_MS = 60_000;

/**
 * Asks about the documents of one database in a thread of its own, one question after the other, so that however long
 * one takes the process answers everything else. Giving a question up frees the thread for the next one at once.
 */
export class AskThread {
  readonly #databasePath: string;
  readonly #indexPath: () => string;
  #worker: Worker | null = null;
  #types = -1;
  readonly #looked = new Int32Array(new SharedArrayBuffer(4));
  readonly #queue: Waiting[] = [];
  #running: Waiting | null = null;
  #ids = 0;
  #closing = false;
  #idle: NodeJS.Timeout | null = null;

  /** @param indexPath of the index that questions are asked of */
  constructor(databasePath: string, indexPath: () => string) {
    this.#databasePath = databasePath;
    this.#indexPath = indexPath;
  }

  /** Values and documents that the question which runs now has looked at one by one. */
  get looked(): number {
    return Atomics.load(this.#looked, 0);
  }

  /** @throws NdiError query.invalid, database.*, app.cancelled */
  async ask<Q extends Question>(question: Q, signal?: AbortSignal): Promise<Answers[Q['ask']]> {
    if (signal?.aborted === true) throw cancelledError();
    const answer = await new Promise<unknown>((resolve, reject) => {
      const waiting: Waiting = { id: ++this.#ids, question, resolve, reject };
      const giveUp = () => this.#giveUp(waiting);
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#queue.push({
        ...waiting,
        resolve: (value) => {
          signal?.removeEventListener('abort', giveUp);
          resolve(value);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', giveUp);
          reject(error);
        },
      });
      this.#next();
    });
    return answer as Answers[Q['ask']];
  }

  /** What has been asked is still answered. */
  close(): void {
    this.#closing = true;
    if (this.#running === null) this.#stop();
  }

  #next(): void {
    if (this.#running !== null) return;
    const next = this.#queue.shift();
    if (next === undefined) {
      // What waits for an answer keeps the process alive; an idle thread does not.
      this.#worker?.unref();
      if (this.#closing) this.#stop();
      else this.#idle ??= setTimeout(() => this.#stop(), IDLE_MS).unref();
      return;
    }
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#running = next;
    try {
      const request: Request = { id: next.id, question: next.question, indexPath: this.#indexPath() };
      const worker = this.#thread();
      worker.ref();
      worker.postMessage(request);
    } catch (error) {
      this.#running = null;
      next.reject(error as Error);
      this.#next();
    }
  }

  #giveUp({ id }: Waiting): void {
    const at = this.#queue.findIndex((one) => one.id === id);
    const [queued] = at < 0 ? [] : this.#queue.splice(at, 1);
    queued?.reject(cancelledError());
    if (this.#running?.id !== id) return;
    this.#running.reject(cancelledError());
    setTimeout(() => {
      if (this.#running?.id === id) this.#stop();
      this.#next();
    }, GRACE_MS).unref();
  }

  #thread(): Worker {
    if (this.#types !== typesRevision()) this.#discard();
    if (this.#worker !== null) return this.#worker;
    this.#types = typesRevision();
    const worker = startIndexThread({
      kind: 'ask',
      databasePath: this.#databasePath,
      journal: journalMode(this.#databasePath),
      labTypes: labTypes(),
      looked: this.#looked,
    });
    worker.on('message', (reply: Reply) => this.#receive(worker, reply));
    worker.on('error', (error: Error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, new Error('The thread that looks for documents has ended.')));
    this.#worker = worker;
    return worker;
  }

  #receive(worker: Worker, reply: Reply): void {
    const one = this.#running;
    if (worker !== this.#worker || one?.id !== reply.id) return;
    this.#running = null;
    if ('error' in reply) one.reject(fromErrorReport(reply.error));
    else one.resolve(reply.answer);
    this.#next();
  }

  #fail(worker: Worker, error: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const one = this.#running;
    this.#running = null;
    one?.reject(error);
    this.#next();
  }

  #stop(): void {
    this.#running = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#discard();
  }

  /** SQLite cannot be interrupted from outside: a thread in the middle of a long step ends when that is over. */
  #discard(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }
}
