import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { OpenItems } from '../open-items.ts';
import { RuleFiles } from './rule-files.ts';
import { isFresh, readSessionClocks, type SessionClocks } from './session-clocks.ts';

/** Sessions whose clocks are kept for the next question. */
const KEPT = 4;
/** Files are looked at again only after this time: a pan of the traces asks many times a second. */
const TRUSTED_MS = 1000;

interface State {
  readonly session: Session;
  readonly clocks: Promise<SessionClocks>;
  checkedAt: number;
}

/**
 * The clocks of sessions, read when first asked for and again when a document, an epoch or a file has changed. What was
 * read from files that did not change is used again.
 */
export class ClockStates {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #states = new Map<string, State>();
  readonly #files = new Map<string, RuleFiles>();

  constructor(items: OpenItems, workers: DataWorkers) {
    this.#items = items;
    this.#workers = workers;
  }

  /** @throws NdiError session.notFound, path.*, database.* */
  async of(path: string, sessionId: string | undefined): Promise<SessionClocks> {
    const session = this.#items.session(path, sessionId);
    const key = `${session.path}\n${session.id}`;
    const known = this.#states.get(key);
    if (known !== undefined && (await this.#holds(known, session))) return known.clocks;
    const newest = this.#states.get(key);
    // Somebody else noticed the same change in the meantime.
    if (newest !== known && newest?.session === session) return newest.clocks;
    const state = { session, clocks: this.#next(newest, session), checkedAt: Date.now() };
    this.#states.delete(key);
    this.#states.set(key, state);
    this.#forgetOldest();
    try {
      return await state.clocks;
    } catch (error) {
      if (this.#states.get(key) === state) this.#states.delete(key);
      throw error;
    }
  }

  /** One state after the other: both stand on one graph. */
  async #next(last: State | undefined, session: Session): Promise<SessionClocks> {
    const before = (await last?.clocks.catch(() => null)) ?? null;
    return readSessionClocks(session, this.#workers, this.files(session), before);
  }

  files({ path, id }: Session): RuleFiles {
    const key = `${path}\n${id}`;
    const files = this.#files.get(key) ?? new RuleFiles(this.#workers);
    this.#files.set(key, files);
    return files;
  }

  async #holds(state: State, session: Session): Promise<boolean> {
    // A database that was written since is another object.
    if (state.session !== session) return false;
    if (Date.now() - state.checkedAt < TRUSTED_MS) return true;
    try {
      const fresh = isFresh(await state.clocks);
      if (fresh) state.checkedAt = Date.now();
      return fresh;
    } catch {
      return false;
    }
  }

  #forgetOldest(): void {
    for (const key of this.#states.keys()) {
      if (this.#states.size <= KEPT) return;
      this.#states.delete(key);
      this.#files.delete(key);
    }
  }
}
