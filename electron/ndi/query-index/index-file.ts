import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { NdiError } from '../../../shared/model/errors.ts';
import { isDamage } from '../database/faults.ts';
import { createIndexTables, layoutVersion } from './layout.ts';

/** All indexes together are kept below this; the one used longest ago goes first. */
const MOST_BYTES = 8 * 2 ** 30;
const MOST_FILES = 200;
const SUFFIXES = ['', '-wal', '-shm'];
/** What a process that was killed has left is older. */
const STALE_MS = 3_600_000;
/** Another process that takes documents in holds the file for the length of one step: what is quick does not wait for it. */
const BUSY_TIMEOUT_MS = 250;

/** An open index. */
export interface IndexFile {
  readonly database: DatabaseSync;
  readonly path: string;
}

/**
 * Opens the index file of a database, or makes a new one where there is none, or a damaged one. It is a cache: losing it
 * costs only the time to build it again.
 *
 * Several processes and threads do so at once, and any of them may be killed, so two things always hold: a file under the
 * name of an index is laid out (it is made under another name), and no name is ever used twice (what somebody removes,
 * with SQLite's files beside it, is never what somebody else has just made).
 */
export function openIndexFile(folder: string, databasePath: string): IndexFile {
  mkdirSync(folder, { recursive: true });
  const start = nameStart(databasePath);
  for (let tries = 3; ; tries -= 1) {
    const path = oldest(folder, start) ?? makeIndexFile(folder, start);
    evictOthers(path, start);
    try {
      const database = openIndexAt(path);
      const now = new Date();
      utimesSync(path, now, now);
      return { database, path };
    } catch (error) {
      if (tries === 0) throw error;
      if (!existsSync(path)) continue;
      if (!isDamage(error)) throw error;
      removeIndexFile(path);
    }
  }
}

/**
 * An index that is there, never made anew.
 * @throws NdiError database.busy where another process has removed it: that says nothing of the database
 */
export function openIndexAt(path: string): DatabaseSync {
  if (!existsSync(path)) throw removedMeanwhile(path);
  const url = pathToFileURL(path);
  // Not made where it is removed just now.
  url.search = '?mode=rw';
  let index: DatabaseSync | null = null;
  try {
    index = new DatabaseSync(url, { timeout: BUSY_TIMEOUT_MS });
    // Readers go on while documents are taken in. A power cut may cost the last steps, which are then done again.
    index.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;
      PRAGMA mmap_size = ${2 ** 31 - 65_536}; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000;
      SELECT count(*) FROM state;`);
    return index;
  } catch (error) {
    index?.close();
    throw existsSync(path) ? error : removedMeanwhile(path);
  }
}

/** @returns the index that all use from now on: another process may have made one at the same moment */
function makeIndexFile(folder: string, start: string): string {
  const random = randomBytes(6).toString('hex');
  const temporary = join(folder, `${start}${random}.tmp`);
  const index = new DatabaseSync(temporary);
  try {
    index.exec(`PRAGMA journal_mode = WAL; BEGIN; ${createIndexTables} COMMIT;`);
  } finally {
    index.close();
  }
  const path = join(folder, `${start}${Date.now().toString(36).padStart(9, '0')}-${random}.sqlite`);
  renameSync(temporary, path);
  return oldest(folder, start) ?? path;
}

/** Names of the indexes of a database begin so. What it holds of another layout, or of another file at the same path, is passed by. */
function nameStart(databasePath: string): string {
  const { ino } = statSync(databasePath, { bigint: true });
  const key = `${layoutVersion}:${ino}:${realpathSync(databasePath)}`;
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.`;
}

/** Names tell when they were given. */
function oldest(folder: string, start: string): string | null {
  const names = readdirSync(folder).filter((name) => name.startsWith(start) && name.endsWith('.sqlite'));
  const [first] = names.sort();
  return first === undefined ? null : join(folder, first);
}

/** The file itself goes first: on systems that keep open files, all or nothing. */
export function removeIndexFile(path: string): void {
  for (const suffix of SUFFIXES) rmSync(path + suffix, { force: true });
}

function evictOthers(path: string, start: string): void {
  const folder = join(path, '..');
  const files = readdirSync(folder).flatMap((name) => {
    const file = join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined || file === path ? [] : [{ file, sizeBytes: found.size, usedMs: found.mtimeMs }];
  });
  const indexes = files.filter(({ file }) => file.endsWith('.sqlite')).sort((a, b) => b.usedMs - a.usedMs);
  let bytes = 0;
  for (const [at, { file, sizeBytes }] of indexes.entries()) {
    bytes += sizeBytes;
    if (bytes > MOST_BYTES || at >= MOST_FILES) tryToRemove(file);
  }
  for (const { file, usedMs } of files) {
    // Made at the same moment as the one that all use since.
    const isDouble = file.endsWith('.sqlite') && basename(file).startsWith(start);
    const isHalfRemoved = !existsSync(file.replace(/-(wal|shm)$/, ''));
    const isLeft = isDouble || isHalfRemoved || file.endsWith('.tmp');
    if (isLeft && Date.now() - usedMs > STALE_MS) tryToRemove(file);
  }
}

export function tryToRemove(file: string): void {
  try {
    removeIndexFile(file);
  } catch {
    // In use by another window, on a system that keeps open files: it goes the next time.
  }
}

export function removedMeanwhile(path: string): NdiError {
  return new NdiError({
    code: 'database.busy',
    message: 'The index of the documents was removed and has to be made again.',
    recovery: 'Try again in a moment.',
    details: { path },
  });
}
