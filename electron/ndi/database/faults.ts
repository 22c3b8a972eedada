import { dirname } from 'node:path';
import { type ErrorCode, NdiError } from '../../../shared/model/errors.ts';
import { lockHolder } from './lock-holder.ts';

/** SQLite's primary result codes (https://sqlite.org/rescode.html); the extended code holds them in its low byte. */
const ERROR = 1;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

interface Fault {
  readonly code: ErrorCode;
  readonly what: string;
  readonly recovery: string;
}

const faults = new Map<number, Fault>([
  [CORRUPT, damaged('is damaged')],
  [NOTADB, damaged('is no SQLite database, or is damaged')],
  [READONLY, readOnly()],
  [CANTOPEN, denied()],
  [FULL, full()],
  [IOERR, { code: 'path.ioFault', what: 'could not be read or written', recovery: 'Check the disk, then try again.' }],
]);

function busy(path: string): Fault {
  return {
    code: 'database.busy',
    what: `is in use by ${lockHolder(path) ?? 'another program'}`,
    recovery: 'Wait until the other program has finished writing, then try again.',
  };
}

function damaged(what: string): Fault {
  return { code: 'database.corrupt', what, recovery: 'Restore the session from a copy. Nothing was changed.' };
}

function readOnly(): Fault {
  return {
    code: 'path.readOnly',
    what: 'cannot be written',
    recovery: 'Copy the session to a folder that you may write to.',
  };
}

function denied(): Fault {
  return {
    code: 'path.denied',
    what: 'cannot be opened',
    recovery: 'Ask for the right to read and write this folder.',
  };
}

function full(): Fault {
  return {
    code: 'path.noSpace',
    what: 'could not be written: the disk is full',
    recovery: 'Free space, then try again.',
  };
}

/** The error that `path`'s database gives for what SQLite threw; other errors pass unchanged. */
function databaseFault(path: string, thrown: unknown): unknown {
  const resultCode = sqliteCode(thrown);
  if (resultCode === null) return thrown;
  const fault = faultOf(resultCode & 0xff, path, thrown);
  return fault === undefined ? thrown : databaseError(fault.code, path, fault.what, fault.recovery, thrown);
}

function faultOf(primaryCode: number, path: string, thrown: unknown): Fault | undefined {
  if (primaryCode === BUSY || primaryCode === LOCKED) return busy(path);
  return primaryCode === ERROR ? layoutFault(thrown) : faults.get(primaryCode);
}

/**
 * SQLite has one code for all that it cannot make sense of. These of its sentences are said of the file: damage in the
 * text of its tables, or another layout than NDI's.
 */
const layoutSentences = /^(unsupported file format|no such (table|column))/;

function layoutFault(thrown: unknown): Fault | undefined {
  const isLayout = thrown instanceof Error && layoutSentences.test(thrown.message);
  return isLayout ? damaged('has another layout than NDI’s, or is damaged') : undefined;
}

function sqliteCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return null;
  return typeof thrown.errcode === 'number' ? thrown.errcode : null;
}

export function isBusy(thrown: unknown): boolean {
  const code = (sqliteCode(thrown) ?? 0) & 0xff;
  return code === BUSY || code === LOCKED;
}

/** Whether a file is no longer what SQLite wrote. */
export function isDamage(thrown: unknown): boolean {
  const code = (sqliteCode(thrown) ?? 0) & 0xff;
  return [CORRUPT, NOTADB, IOERR].includes(code) || (code === ERROR && layoutFault(thrown) !== undefined);
}

/** SQLITE_READONLY_ROLLBACK: a journal has to be played back, which a reader may not. */
const READONLY_ROLLBACK = 776;

export function isInterrupted(thrown: unknown): boolean {
  return sqliteCode(thrown) === READONLY_ROLLBACK;
}

/** An error about the database at `path`, in one sentence that names its session folder. */
export function databaseError(
  code: ErrorCode,
  path: string,
  what: string,
  recovery: string,
  cause?: unknown,
): NdiError {
  const session = dirname(dirname(path));
  return new NdiError({ code, message: `The database of ${session} ${what}.`, recovery, details: { path }, cause });
}

/** Runs `action` with SQLite's errors turned into ours. */
export function withFaults<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw databaseFault(path, error);
  }
}
