import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { branch } from '../database/schema.ts';
import { buildInBackground } from './background.ts';
import { catchUp, type IndexProgress, readState } from './catch-up.ts';
import { openIndexFile, removeIndexFile } from './index-file.ts';
import { IndexSearch } from './search.ts';

/** A database with fewer documents is brought up on the spot, in a fraction of a second. */
const AT_ONCE = 1_500;

/**
 * The query index of one database, in the application's folder. It knows whether it stands where the database stands;
 * only then does it answer for all documents.
 */
export class QueryIndex {
  readonly search: IndexSearch;
  /** Of its file. */
  readonly path: string;
  readonly #databasePath: string;
  readonly #database: DatabaseSync;
  #building: Promise<void> | null = null;

  /** @param read gives a whole document by its number in NDI's database */
  constructor(folder: string, databasePath: string, read: (docIdx: number) => NdiDocument) {
    this.#databasePath = databasePath;
    ({ database: this.#database, path: this.path } = openIndexFile(folder, databasePath));
    this.search = new IndexSearch(this.#database, read);
  }

  /** Whether the file is still there: another process may have made room, or thrown it away as damaged. */
  isThere(): boolean {
    return existsSync(this.path);
  }

  /** Whether every document of the database as it is now is in the index. */
  isCurrent(): boolean {
    return readState(this.#database, 'stamp') === stampOf(this.#databasePath);
  }

  /** Takes in what is new where that is little; whether the index is current then. */
  follow(source: DatabaseSync): boolean {
    if (this.isCurrent()) return true;
    if (this.#building !== null || behind(this.#database, source) > AT_ONCE) return false;
    const steps = catchUp(this.#database, source, () => stampOf(this.#databasePath));
    while (steps.next().done !== true);
    return this.isCurrent();
  }

  /** Takes in all that is new, in a thread of its own. Calls while it runs wait for the same. */
  async build(onProgress: (progress: IndexProgress) => void, signal?: AbortSignal): Promise<void> {
    this.#building ??= buildInBackground(this.path, this.#databasePath, onProgress, signal).finally(() => {
      this.#building = null;
    });
    await this.#building;
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** After a fault of the index itself: it will be built anew. */
  discard(): void {
    this.close();
    removeIndexFile(this.path);
  }
}

/** What tells one state of a database from the next: every transaction changes the file's time. */
export function stampOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? 'gone' : `${found.ino}:${found.size}:${found.mtimeNs}`;
}

/** About how many documents have to be looked at. */
function behind(index: DatabaseSync, source: DatabaseSync): number {
  const through = Number(readState(index, 'through') ?? 0);
  const rows = source.prepare(
    'SELECT count(*) AS n FROM (SELECT 1 FROM branch_docs WHERE branch_id = ? AND doc_idx > ? LIMIT ?)',
  );
  const unseen = Number(rows.get(branch, through, AT_ONCE + 1)?.['n'] ?? 0);
  // What was seen is compared by number: far less work a document.
  const seen = Number(index.prepare('SELECT coalesce(sum(documents), 0) AS n FROM kind').get()?.['n'] ?? 0);
  return unseen + seen / 50;
}
