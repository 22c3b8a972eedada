import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openConnection } from './connection.ts';
import { databaseError, withFaults } from './faults.ts';
import { prepared } from './prepared.ts';

/** The connection to a database's file, made anew where another program has put another file in its place. */
export class FollowedConnection {
  readonly path: string;
  readonly mode: 'read' | 'write';
  readonly #onAnother: () => void;
  #connection: DatabaseSync;
  /** Of the file that is open; null where what lay at its place could not be opened. */
  #inode: bigint | null;
  /** SQLite's count of what others have committed, when the connection was opened. */
  #opened: number;

  /**
   * @param onAnother is called when the connection has become another
   * @throws NdiError database.*, path.*
   */
  constructor(path: string, mode: 'read' | 'write', onAnother: () => void) {
    this.path = path;
    this.mode = mode;
    this.#onAnother = onAnother;
    this.#connection = openConnection(path, mode);
    this.#inode = inodeOf(path);
    this.#opened = this.version();
  }

  get current(): DatabaseSync {
    return this.#connection;
  }

  /** Another program may have replaced the file (restored a copy) or taken it away. @throws NdiError path.vanished, ... */
  follow(): void {
    const inode = inodeOf(this.path);
    if (inode === this.#inode) return;
    if (this.#inode !== null) this.#connection.close();
    this.#inode = null;
    this.#onAnother();
    this.#connection = openConnection(this.path, this.mode);
    this.#inode = inode;
    this.#opened = this.version();
  }

  /** Changes with what others commit, not with what this connection does (https://sqlite.org/pragma.html#pragma_data_version). */
  version(): number {
    const row = withFaults(this.path, () => prepared(this.#connection, 'PRAGMA data_version').get());
    return Number(row?.['data_version']);
  }

  /** Whether the file is the one that was opened, and nobody else has written to it since. */
  isUntouchedByOthers(): boolean {
    const inode = statSync(this.path, { throwIfNoEntry: false, bigint: true })?.ino;
    return inode === this.#inode && this.version() === this.#opened;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  close(): void {
    if (this.#connection.isOpen) this.#connection.close();
  }
}

/** @throws NdiError path.vanished */
function inodeOf(path: string): bigint {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (found !== undefined) return found.ino;
  throw databaseError('path.vanished', path, 'is no longer there', 'Connect its disk again, or close the session.');
}
