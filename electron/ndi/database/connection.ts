import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { toFileError } from '../../files/file-faults.ts';
import { databaseError, withFaults } from './faults.ts';
import { requiredTables } from './schema.ts';

const HEADER = 'SQLite format 3\0';
/** Bytes 18 and 19 of the file are 2 where the last writer left it in write-ahead mode (https://sqlite.org/fileformat.html). */
const WRITE_VERSION_AT = 18;
const WAL_VERSION = 2;
/** First bytes of a rollback journal that still has to be played back. */
const JOURNAL_MAGIC = 'd9d505f920a163d7';
/** Short: whoever calls knows whether to try again. */
const BUSY_TIMEOUT_MS = 250;

/**
 * Opens a database of NDI.
 *
 * Read-only opening changes no byte and leaves no `-journal`, `-wal` or `-shm` file, and works on read-only media. A
 * file left in write-ahead mode is read as it stands (immutable) where no write-ahead log waits beside it.
 * @throws NdiError database.missing | busy | corrupt | foreign | interrupted, path.denied
 */
export function openConnection(path: string, mode: 'read' | 'write'): DatabaseSync {
  const header = readHeader(path);
  return withFaults(path, () => {
    const database = mode === 'write' ? openWritable(path) : openReadable(path, header);
    try {
      checkTables(database, path);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function readHeader(path: string): Buffer {
  if (!existsSync(path)) {
    throw databaseError('database.missing', path, 'is missing', 'Choose a folder that holds an NDI session.');
  }
  const header = Buffer.alloc(100);
  let length: number;
  try {
    const file = openSync(path, 'r');
    try {
      length = readSync(file, header, 0, header.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw toFileError(error, path);
  }
  if (length === 0 || header.toString('latin1', 0, HEADER.length) !== HEADER) {
    const what = length === 0 ? 'is an empty file' : 'is no SQLite database, or is damaged';
    throw databaseError('database.corrupt', path, what, 'Restore the session from a copy. Nothing was changed.');
  }
  return header;
}

function openReadable(path: string, header: Buffer): DatabaseSync {
  refuseUnfinishedWrite(path);
  const url = pathToFileURL(path);
  // A reader of a write-ahead file would make -shm and -wal files, unless it is told that nobody writes.
  url.search = header[WRITE_VERSION_AT] === WAL_VERSION ? '?mode=ro&immutable=1' : '?mode=ro';
  return new DatabaseSync(url, { readOnly: true, timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
}

/** What another program wrote but did not finish cannot be seen without writing: say so instead of showing half of it. */
function refuseUnfinishedWrite(path: string): void {
  const log = `${path}-wal`;
  if (!hasContent(log) && !isHotJournal(`${path}-journal`)) return;
  throw databaseError(
    'database.interrupted',
    path,
    'holds a write that was not finished, by a program that still runs or that was stopped',
    'Wait for the other program; if none runs, open the session once with the program that wrote it, which repairs it.',
  );
}

function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function isHotJournal(path: string): boolean {
  if (!hasContent(path)) return false;
  const start = Buffer.alloc(8);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    // The other program may have finished and deleted its journal in the meantime.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw toFileError(error, path);
  }
  return start.toString('hex') === JOURNAL_MAGIC;
}

function openWritable(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: false });
  try {
    useDurableWrites(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** MATLAB expects rollback journals; FULL makes a commit survive a power cut (MATLAB's own OFF does not). */
export function useDurableWrites(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;');
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
