import type { DatabaseSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { operationOf, type Query, subQuery } from '../../../shared/model/query.ts';
import { AskThread } from '../query-index/ask-thread.ts';
import type { IndexProgress } from '../query-index/catch-up.ts';
import { QueryIndex } from '../query-index/query-index.ts';
import type { IndexSearch } from '../query-index/search.ts';
import { isBusy } from './faults.ts';
import type { DocumentFilter } from './select.ts';

function holdsPattern(query: Query): boolean {
  return query.some((one) => {
    const { operation } = operationOf(one);
    return operation === 'or'
      ? [one.param1, one.param2].some((side) => holdsPattern(subQuery(side)))
      : operation === 'regexp';
  });
}

interface Source {
  connection(): DatabaseSync;
  read(docIdx: number): NdiDocument;
}

/** Of so few documents every question is answered in a few milliseconds. */
const FEW = 5_000;

/**
 * The query index beside a database, made when it is first needed. A fault of the index is no fault of the database:
 * then the index is thrown away and the documents themselves answer.
 */
export class QuickAnswers {
  readonly #folder: string;
  readonly #path: string;
  readonly #source: Source;
  #index: QueryIndex | null = null;
  #broken = false;
  #thread: AskThread | null = null;

  constructor(folder: string, path: string, source: Source) {
    this.#folder = folder;
    this.#path = path;
    this.#source = source;
  }

  /** An answer for the database as it is now; undefined where the index does not stand there yet. */
  ask<T>(question: (search: IndexSearch) => T): { readonly answer: T } | undefined {
    return this.#guard((index) =>
      index.follow(this.#source.connection()) ? { answer: question(index.search) } : undefined,
    );
  }

  /** An answer for the documents that the index has seen so far. */
  askPartly<T>(question: (search: IndexSearch) => T): { readonly answer: T } | undefined {
    return this.#guard((index) => ({ answer: question(index.search) }));
  }

  /** Whether an answer for the database as it is now is at hand. */
  isReady(): boolean {
    return this.ask(() => true) !== undefined;
  }

  /** Whether there is an index at all: a full disk, say, allows none. */
  isPossible(): boolean {
    return this.#guard(() => true) === true;
  }

  /** Takes in all documents, in a thread of its own. @throws NdiError database.*, app.cancelled */
  async build(onProgress: (progress: IndexProgress) => void, signal?: AbortSignal): Promise<void> {
    await this.#guard((index) => index)?.build(onProgress, signal);
  }

  /**
   * The thread that answers in place of this one where a question may take long; null where the answer is quick. A
   * pattern can take for ever on a single text.
   */
  aside({ query = [] }: DocumentFilter): AskThread | null {
    const documents = this.#guard((index) => index.search.catalogue().documents);
    if (documents === undefined) return null;
    return documents < FEW && !holdsPattern(query) ? null : this.thread;
  }

  get thread(): AskThread {
    return (this.#thread ??= new AskThread(this.#path, () => this.#index?.path ?? ''));
  }

  close(): void {
    this.#index?.close();
    this.#index = null;
    this.#thread?.close();
    this.#thread = null;
  }

  #guard<T>(use: (index: QueryIndex) => T | undefined): T | undefined {
    if (this.#broken) return undefined;
    try {
      if (this.#index?.isThere() === false) {
        this.#index.close();
        this.#index = null;
      }
      this.#index ??= new QueryIndex(this.#folder, this.#path, (docIdx) => this.#source.read(docIdx));
      return use(this.#index);
    } catch (error) {
      // A wrong query, or a fault of the database itself, is the caller's.
      if (error instanceof NdiError) throw error;
      // Another process takes documents in just now.
      if (isBusy(error)) return undefined;
      this.#broken = true;
      try {
        this.#index?.discard();
      } catch {
        // Another process holds the file; it answers for itself.
      }
      this.#index = null;
      return undefined;
    }
  }
}
