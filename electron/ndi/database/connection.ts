import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NdiError } from '../../../shared/model/errors.ts';
import { requireFile, toFileError } from '../../files/file-faults.ts';
import { holdFile, readStart } from '../../files/held-files.ts';
import { databaseError, isInterrupted, withFaults } from './faults.ts';
import { requiredTables } from './schema.ts';
import { hasLeftovers } from './work-folder.ts';

const HEADER = 'SQLite format 3\0';
/** Bytes 18 and 19 of the file are 2 where the last writer left it in write-ahead mode (https://sqlite.org/fileformat.html). */
const WRITE_VERSION_AT = 18;
const WAL_VERSION = 2;
/** Short: whoever calls knows whether to try again. */
const BUSY_TIMEOUT_MS = 250;

const WRITE_CACHE_KB = 128 * 1024;

/** How the last writer left a file: with rollback journals, as NDI wants it, or in write-ahead mode. */
export type JournalMode = 'rollback' | 'wal';

/**
 * Opens a database of NDI.
 *
 * Read-only opening changes no byte and leaves no `-journal`, `-wal` or `-shm` file, and works on read-only media. A
 * file left in write-ahead mode is read as it stands (immutable) where no write-ahead log waits beside it.
 * @param known see `journalMode`; to be given in threads
 * @throws NdiError database.missing | busy | corrupt | foreign | interrupted, path.denied
 */
export function openConnection(path: string, mode: 'read' | 'write', known?: JournalMode): DatabaseSync {
  const journal = known ?? journalMode(path);
  return withFaults(path, () => {
    const database = mode === 'write' ? openWritable(path) : openReadable(path, journal);
    try {
      checkTables(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Closed as any, but for what has to wait for it (`holdFile`). */
class Connection extends DatabaseSync {
  readonly #release: () => void;

  constructor(path: string, location: string | URL, options: { readonly readOnly?: boolean } = {}) {
    super(location, { ...options, timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
    this.#release = holdFile(path);
  }

  override close(): void {
    super.close();
    this.#release();
  }
}

/**
 * Reads the header of a database. For the main thread, which knows what is open: others are told the answer.
 * @throws NdiError database.missing | corrupt, path.denied
 */
export function journalMode(path: string): JournalMode {
  return readHeader(path)[WRITE_VERSION_AT] === WAL_VERSION ? 'wal' : 'rollback';
}

function readHeader(path: string): Buffer {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw databaseError('database.missing', path, 'is missing', 'Choose a folder that holds an NDI session.');
  }
  requireFile(path, stats);
  let header: Buffer;
  try {
    header = readStart(path, 100);
  } catch (error) {
    throw toFileError(error, path);
  }
  if (header.toString('latin1', 0, HEADER.length) !== HEADER) {
    const what = header.length === 0 ? 'is an empty file' : 'is no SQLite database, or is damaged';
    throw databaseError('database.corrupt', path, what, 'Restore the session from a copy. Nothing was changed.');
  }
  return header;
}

function openReadable(path: string, journal: JournalMode): DatabaseSync {
  refuseWaitingLog(path);
  const url = pathToFileURL(path);
  // A reader of a write-ahead file would make -shm and -wal files, unless it is told that nobody writes.
  url.search = journal === 'wal' ? '?mode=ro&immutable=1' : '?mode=ro';
  const database = new Connection(path, url, { readOnly: true });
  try {
    // The first reading tells of a journal that has to be played back.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    if (!isInterrupted(error)) throw error;
    if (!hasLeftovers(dirname(path))) throw interrupted(path);
    // A process of ours was killed while it wrote: its write is undone, as the next writer would.
    openWritable(path).close();
    return openReadable(path, journal);
  }
}

/** What another program wrote but did not finish cannot be seen without writing: say so instead of showing half of it. */
function refuseWaitingLog(path: string): void {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw interrupted(path);
}

function interrupted(path: string): NdiError {
  return databaseError(
    'database.interrupted',
    path,
    'holds a write that was not finished, by a program that was stopped',
    'Open the session once with the program that wrote it, which repairs it.',
  );
}

function openWritable(path: string): DatabaseSync {
  const database = new Connection(path, path);
  try {
    useDurableWrites(database);
    // The index by value is written all over: with too small a cache, its pages go to the disk again and again.
    database.exec(`PRAGMA cache_size = -${WRITE_CACHE_KB}`);
    // Reading plays an unfinished journal back.
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * MATLAB expects rollback journals. EXTRA makes a commit survive a power cut: with FULL the journal, whose removal is the
 * commit, may be there again afterwards and take it back (https://sqlite.org/pragma.html#pragma_synchronous), when files
 * that the action moved or dropped are gone already. MATLAB's own OFF keeps less.
 */
export function useDurableWrites(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;');
}

function checkTables(database: DatabaseSync, path: string): void {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const names = new Set(rows.map((row) => row['name']));
  const missing = requiredTables.filter((table) => !names.has(table));
  if (missing.length === 0) return;
  const recovery = 'Choose a folder that holds an NDI session. Nothing was changed.';
  throw databaseError(
    'database.foreign',
    path,
    `belongs to another program (no table ${missing.join(', ')})`,
    recovery,
  );
}
