import type { DocumentRow, Indexing } from '../../../../shared/contract/documents.ts';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';

/** Documents asked for at once: a few screens. */
export const PAGE_SIZE = 200;

type FetchPage = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{ total: number; documents: DocumentRow[]; indexing?: Indexing }>;

/** What is known of a list at one moment; a new object after every change. */
export interface PagesState {
  /** Documents in the whole list; null until the first answer. */
  readonly total: number | null;
  readonly error: NdiError | null;
  /** How far a large database is indexed, while the list is of what has been seen; null when it is whole. */
  readonly indexing: Indexing;
}

/** While a database is indexed the list grows: it is asked for again so often. */
const ASK_AGAIN_MS = 1_500;

/**
 * A list of documents of any length, fetched by pages as they come into sight. Pages out of sight are no longer
 * waited for, so that a long drag of the scroll bar asks for its end only.
 */
export class DocumentPages {
  readonly #fetchPage: FetchPage;
  readonly #pages = new Map<number, readonly DocumentRow[]>();
  readonly #running = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #state: PagesState = { total: null, error: null, indexing: null };
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(fetchPage: FetchPage) {
    this.#fetchPage = fetchPage;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PagesState => this.#state;

  /** The document at an index; undefined while its page is not there. */
  readonly at = (index: number): DocumentRow | undefined =>
    this.#pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];

  /** Index of a document among those loaded; -1 when it is not among them. */
  indexOf(id: string): number {
    for (const [page, documents] of this.#pages) {
      const place = documents.findIndex((document) => document.id === id);
      if (place >= 0) return page * PAGE_SIZE + place;
    }
    return -1;
  }

  /** Sees to it that the documents of a range come. */
  readonly need = (first: number, last: number): void => {
    const from = Math.floor(first / PAGE_SIZE);
    const to = Math.floor(last / PAGE_SIZE);
    for (const [page, controller] of this.#running) if (page < from || page > to) this.#abort(page, controller);
    for (let page = from; page <= to; page += 1) {
      if (!this.#pages.has(page) && !this.#running.has(page)) void this.#load(page);
    }
  };

  /** Asks again after a failure. */
  readonly retry = (): void => {
    this.#change({ ...this.#state, error: null });
    this.need(0, 0);
  };

  /** Stops waiting for answers. */
  stop(): void {
    clearTimeout(this.#again);
    for (const [page, controller] of this.#running) this.#abort(page, controller);
  }

  async #load(page: number): Promise<void> {
    const controller = new AbortController();
    this.#running.set(page, controller);
    try {
      const answer = await this.#fetchPage(page * PAGE_SIZE, PAGE_SIZE, controller.signal);
      const { total, documents, indexing = null } = answer;
      if (controller.signal.aborted) return;
      this.#pages.set(page, documents);
      this.#running.delete(page);
      this.#change({ total, error: null, indexing });
      if (indexing !== null) this.#askAgain(page);
    } catch (thrown) {
      if (controller.signal.aborted) return;
      this.#running.delete(page);
      this.#change({ ...this.#state, error: toNdiError(thrown) });
    }
  }

  #askAgain(page: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.#pages.clear();
      this.need(page * PAGE_SIZE, page * PAGE_SIZE);
    }, ASK_AGAIN_MS);
  }

  #abort(page: number, controller: AbortController): void {
    this.#running.delete(page);
    controller.abort();
  }

  #change(state: PagesState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
