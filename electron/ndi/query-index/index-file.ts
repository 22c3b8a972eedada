import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NdiError } from '../../../shared/model/errors.ts';
import { readState, setState } from './catch-up.ts';
import { createIndexTables, layoutVersion } from './layout.ts';

/** All indexes together are kept below this; the one used longest ago goes first. */
const MOST_BYTES = 8 << 30;
const MOST_FILES = 200;
const SUFFIXES = ['', '-wal', '-shm'];
/** Another process that takes documents in holds the file for the length of one step. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens the index file of a database, or lays a new one out where there is none, or one of another layout, another
 * database at the same path, or a damaged one. It is a cache: losing it costs only the time to build it again.
 */
export function openIndexFile(folder: string, databasePath: string): DatabaseSync {
  mkdirSync(folder, { recursive: true });
  const path = indexPath(folder, databasePath);
  const owner = `${layoutVersion}:${statSync(databasePath, { bigint: true }).ino}`;
  try {
    return openFor(path, owner);
  } catch {
    removeIndexFile(path);
    return openFor(path, owner);
  }
}

/**
 * The index of a database that another thread keeps, never made anew.
 * @throws NdiError database.busy where it is not there or not laid out yet: that says nothing of the database
 */
export function openIndexAsItIs(folder: string, databasePath: string): DatabaseSync {
  const path = indexPath(folder, databasePath);
  const index = existsSync(path) ? connect(path) : null;
  if (index?.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'state'`).get() !== undefined) return index;
  index?.close();
  throw new NdiError({
    code: 'database.busy',
    message: `The index of ${databasePath} is being made.`,
    recovery: 'Try again in a moment.',
    details: { path: databasePath },
  });
}

function openFor(path: string, owner: string): DatabaseSync {
  evictOthers(path);
  const index = connect(path);
  try {
    const tables = index.prepare(`SELECT count(*) AS n FROM sqlite_schema WHERE name = 'state'`).get()?.['n'];
    if (tables === 0) layOut(index, owner);
    if (readState(index, 'owner') !== owner) throw new Error('The index belongs to another state of the database.');
    const now = new Date();
    utimesSync(path, now, now);
    return index;
  } catch (error) {
    index.close();
    throw error;
  }
}

function connect(path: string): DatabaseSync {
  const index = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  // Readers go on while documents are taken in. A power cut may cost the last steps, which are then done again.
  index.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;
    PRAGMA mmap_size = ${2 ** 31 - 65_536}; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 8000;`);
  return index;
}

/** Two processes may do so at once: the second finds the tables of the first. */
function layOut(index: DatabaseSync, owner: string): void {
  index.exec('BEGIN IMMEDIATE');
  try {
    if (index.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'state'`).get() === undefined) {
      index.exec(createIndexTables);
      setState(index, 'owner', owner);
    }
    index.exec('COMMIT');
  } catch (error) {
    if (index.isTransaction) index.exec('ROLLBACK');
    throw error;
  }
}

export function indexPath(folder: string, databasePath: string): string {
  const name = createHash('sha256').update(realpathSync(databasePath)).digest('hex').slice(0, 32);
  return join(folder, `${name}.sqlite`);
}

export function removeIndexFile(path: string): void {
  for (const suffix of SUFFIXES) rmSync(path + suffix, { force: true });
}

function evictOthers(path: string): void {
  const folder = join(path, '..');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => join(folder, name))
    .flatMap((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found === undefined || file === path ? [] : [{ file, sizeBytes: found.size, usedMs: found.mtimeMs }];
    })
    .sort((a, b) => b.usedMs - a.usedMs);
  let bytes = 0;
  for (const [at, { file, sizeBytes }] of files.entries()) {
    bytes += sizeBytes;
    if (bytes <= MOST_BYTES && at < MOST_FILES) continue;
    try {
      removeIndexFile(file);
    } catch {
      // In use by another window, on a system that keeps open files: it goes the next time.
    }
  }
}
