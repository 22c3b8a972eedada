import type { AskThread } from '../query-index/ask-thread.ts';
import { buildIndex, type DocumentIndex } from './document-index.ts';
import type { FollowedConnection } from './followed-connection.ts';
import { unpackIndex } from './packed-index.ts';
import { branch } from './schema.ts';

/** About half a kilobyte each. */
const MOST_PREPARED = 300_000;

/** Summaries of all documents of a database, kept until somebody changes it. */
export class Summaries {
  readonly #file: () => FollowedConnection;
  #kept: { readonly version: number; readonly value: DocumentIndex } | null = null;

  constructor(file: () => FollowedConnection) {
    this.#file = file;
  }

  get(): DocumentIndex {
    const version = this.#file().version();
    if (this.#kept?.version !== version) this.#kept = { version, value: buildIndex(this.#file().current) };
    return this.#kept.value;
  }

  get areAtHand(): boolean {
    return this.#kept !== null && this.#kept.version === this.#file().version();
  }

  /**
   * Has another thread read them; where they would fill the memory, nothing is done.
   * @returns whether they are at hand
   */
  async prepare(thread: AskThread): Promise<boolean> {
    if (this.areAtHand) return true;
    const documents = this.#file()
      .current.prepare('SELECT count(*) AS n FROM (SELECT 1 FROM branch_docs WHERE branch_id = ? LIMIT ?)')
      .get(branch, MOST_PREPARED + 1)?.['n'];
    if (Number(documents) > MOST_PREPARED) return false;
    const version = this.#file().version();
    this.#kept = { version, value: unpackIndex(await thread.ask({ ask: 'summaries' })) };
    return true;
  }

  /** To be called after a change of our own: the version tells of other connections' changes only. */
  forget(): void {
    this.#kept = null;
  }
}
