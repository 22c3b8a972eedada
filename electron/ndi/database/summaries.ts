import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AskThread } from '../query-index/ask-thread.ts';
import { buildIndex, type DocumentIndex } from './document-index.ts';
import { unpackIndex } from './packed-index.ts';
import { branch } from './schema.ts';

/** About half a kilobyte each. */
const MOST_PREPARED = 300_000;

/** Summaries of all documents of a database, kept until somebody changes it. */
export class Summaries {
  readonly #connection: () => DatabaseSync;
  #asking: { readonly connection: DatabaseSync; readonly version: StatementSync } | null = null;
  #kept: { readonly version: number; readonly value: DocumentIndex } | null = null;

  constructor(connection: () => DatabaseSync) {
    this.#connection = connection;
  }

  get(): DocumentIndex {
    const version = this.#version();
    if (this.#kept?.version !== version) this.#kept = { version, value: buildIndex(this.#connection()) };
    return this.#kept.value;
  }

  get areAtHand(): boolean {
    return this.#kept !== null && this.#kept.version === this.#version();
  }

  /**
   * Has another thread read them; where they would fill the memory, nothing is done.
   * @returns whether they are at hand
   */
  async prepare(thread: AskThread): Promise<boolean> {
    if (this.areAtHand) return true;
    const documents = this.#connection()
      .prepare('SELECT count(*) AS n FROM (SELECT 1 FROM branch_docs WHERE branch_id = ? LIMIT ?)')
      .get(branch, MOST_PREPARED + 1)?.['n'];
    if (Number(documents) > MOST_PREPARED) return false;
    const version = this.#version();
    this.#kept = { version, value: unpackIndex(await thread.ask({ ask: 'summaries' })) };
    return true;
  }

  /** To be called after a change of our own: the version tells of other connections' changes only. */
  forget(): void {
    this.#kept = null;
  }

  #version(): number {
    const connection = this.#connection();
    // Asked before every answer: it is prepared once a connection.
    if (this.#asking?.connection !== connection) {
      this.#asking = { connection, version: connection.prepare('PRAGMA data_version') };
    }
    return Number(this.#asking.version.get()?.['data_version']);
  }
}
