import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { NdiError } from '../../shared/model/errors.ts';
import { toFileError } from './file-faults.ts';
import { isRunning } from './running-process.ts';

/** A file that says who works on something; it is there as long as he does. */
export interface LockFile {
  /** Says that its holder is alive, for computers that cannot ask the system. */
  touch(): void;
  release(): void;
}

/** A lock that its holder was writing when he was killed. */
const HALF_WRITTEN_MS = 5000;

/**
 * Takes a lock.
 * @param staleMs a lock of another computer that was not touched for so long is left over
 * @returns null while somebody else holds it
 * @throws NdiError path.*
 */
export function takeLock(path: string, staleMs: number): LockFile | null {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(path, 'wx');
      try {
        writeSync(file, JSON.stringify({ pid: process.pid, host: hostname() }));
      } finally {
        closeSync(file);
      }
      return { touch: () => touch(path), release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw toFileError(error, path);
      if (!isLeftOver(path, staleMs)) return null;
      rmSync(path, { force: true });
    }
  }
  return null;
}

/** Small changes of small files: whoever holds the lock longer than this is stopped or gone. */
const HELD_MS = 10_000;
const ASK_AGAIN_MS = 5;

/**
 * Does something quick while no other process does the same; waits for its turn, blocking.
 * @throws NdiError path.ioFault where the turn does not come, path.*
 */
export function inTurn<T>(path: string, work: () => T): T {
  let [held, since] = ['', Date.now()];
  let lock = takeLock(path, HELD_MS);
  while (lock === null) {
    // However long the queue is: it moves.
    const holding = markOf(path);
    if (holding !== held) [held, since] = [holding, Date.now()];
    if (Date.now() - since > HELD_MS) throw notMyTurn(path);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ASK_AGAIN_MS);
    lock = takeLock(path, HELD_MS);
  }
  try {
    return work();
  } finally {
    lock.release();
  }
}

/** Tells one holding of a lock from the next. */
function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs}`;
}

function notMyTurn(path: string): NdiError {
  return new NdiError({
    code: 'path.ioFault',
    message: `Another process of NDI Desktop has been changing ${path.replace(/\.lock$/, '')} for seconds.`,
    recovery: 'End the process that hangs, then try again.',
    details: { path },
  });
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The folder is out of reach for a moment; the work itself will tell.
  }
}

function isLeftOver(path: string, staleMs: number): boolean {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  let holder: { pid?: unknown; host?: unknown };
  try {
    holder = (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as typeof holder;
  } catch {
    // It is being written, or its writer was killed at that moment.
    return age > HALF_WRITTEN_MS;
  }
  if (holder.host !== hostname() || typeof holder.pid !== 'number') return age > staleMs;
  return !isRunning(holder.pid);
}
