import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { toFileError } from '../files/file-faults.ts';
import { databaseFile, type DatabaseOptions } from '../ndi/database/database.ts';
import type { Dataset } from '../ndi/dataset.ts';
import { ndiFolder } from '../ndi/folder.ts';
import { openItem } from '../ndi/open-item.ts';
import type { Session } from '../ndi/session.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { OpenForWriting } from './open-for-writing.ts';

/** A session or dataset that is open for reading. */
export type OpenedItem =
  { readonly kind: 'session'; readonly session: Session } | { readonly kind: 'dataset'; readonly dataset: Dataset };

interface Kept {
  readonly item: OpenedItem;
  /** Changes with every write to the database. */
  readonly stamp: string;
}

/** Open databases kept for the next question; the one used longest ago is closed first. */
const KEPT = 16;

/**
 * Sessions and datasets that are open, by path. For reading all are open read-only; one whose database has been written
 * since is opened anew, so everybody sees the newest state.
 */
export class OpenItems {
  readonly forWriting = new OpenForWriting();
  readonly #kept = new Map<string, Kept>();
  readonly #options: DatabaseOptions;

  constructor(options: DatabaseOptions = {}) {
    this.#options = options;
  }

  /**
   * What lies at a path for NDI, or null where it is no session or dataset.
   * @throws NdiError path.*, database.*, session.invalid
   */
  find(path: string): OpenedItem | null {
    const full = fullPath(path);
    const stamp = databaseStamp(full);
    const kept = this.#kept.get(full);
    if (kept !== undefined && stamp !== null && kept.stamp === stamp) {
      this.#kept.delete(full);
      this.#kept.set(full, kept);
      return kept.item;
    }
    this.#closeReading(full);
    const opened = openItem(full, this.#options);
    if (opened.kind === 'none') return null;
    if (stamp !== null) this.#kept.set(full, { item: opened, stamp });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#closeReading(oldest);
    }
    return opened;
  }

  /**
   * A session: the one at a path, or one of the dataset there. Without an id a dataset answers with its only session.
   * @throws NdiError session.notFound where the path holds none
   */
  session(path: string, sessionId?: string): Session {
    const item = this.find(path);
    if (item === null) throw noSession(fullPath(path));
    if (item.kind === 'session') return item.session;
    const sessions = item.dataset.sessions();
    const only = sessions.length === 1 ? sessions[0]?.id : undefined;
    const id = sessionId ?? only;
    if (id !== undefined) return item.dataset.session(id);
    throw new NdiError({
      code: 'session.notFound',
      message: `${item.dataset.path} is a dataset of ${sessions.length} sessions: which one is meant?`,
      recovery: 'Name one of its sessions by its id.',
      details: { path: item.dataset.path, sessions: sessions.map((session) => session.id) },
    });
  }

  /** Closes a path's database, so that it can be replaced, moved or deleted. */
  close(path: string): void {
    const full = fullPath(path);
    this.forWriting.close(full);
    this.#closeReading(full);
  }

  closeAll(): void {
    this.forWriting.closeAll();
    for (const path of [...this.#kept.keys()]) this.#closeReading(path);
  }

  #closeReading(full: string): void {
    const kept = this.#kept.get(full);
    if (kept === undefined) return;
    this.#kept.delete(full);
    if (kept.item.kind === 'session') kept.item.session.close();
    else kept.item.dataset.close();
  }
}

/** The absolute path of what somebody named; `~` is the home folder. */
export function fullPath(path: string): string {
  return resolve(path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path);
}

/** Changes with every write to the database of a folder; null where there is none. @throws NdiError path.* */
export function databaseStamp(path: string): string | null {
  try {
    const found = statSync(join(ndiFolder(path), databaseFile), { throwIfNoEntry: false, bigint: true });
    return found === undefined ? null : `${found.ino}:${found.size}:${found.mtimeNs}`;
  } catch (error) {
    throw toFileError(error, path);
  }
}

function noSession(path: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `${path} holds no NDI session.`,
    recovery: 'Choose the folder that holds its .ndi folder, or create a session from it.',
    details: { path },
  });
}
