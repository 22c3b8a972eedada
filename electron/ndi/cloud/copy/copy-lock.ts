import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { NdiError } from '../../../../shared/model/errors.ts';
import { toFileError } from '../../../files/file-faults.ts';
import { ndiFolder } from '../../folder.ts';

/** A lock of another computer that was not touched for so long is left over. */
const STALE_MS = 10 * 60_000;
const TOUCH_EVERY_MS = 60_000;

const lockPath = (folder: string): string => join(ndiFolder(folder), 'sync', 'ndi-desktop.lock');

/**
 * Runs work while nobody else of us works on the same copy, on this computer or another.
 * @throws NdiError sync.busy, path.*
 */
export async function withCopyLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = lockPath(folder);
  take(path, folder);
  const touching = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The folder is out of reach for a moment; the work itself will tell.
    }
  }, TOUCH_EVERY_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    rmSync(path, { force: true });
  }
}

function take(path: string, folder: string): void {
  for (let attempt = 0; ; attempt += 1) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(path, 'wx');
      try {
        writeSync(file, JSON.stringify({ pid: process.pid, host: hostname() }));
      } finally {
        closeSync(file);
      }
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw toFileError(error, path);
      if (attempt > 0 || !isLeftOver(path)) throw busy(folder);
      rmSync(path, { force: true });
    }
  }
}

function isLeftOver(path: string): boolean {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  let holder: { pid?: unknown; host?: unknown };
  try {
    holder = JSON.parse(readFileSync(path, 'utf8')) as typeof holder;
  } catch {
    // It is being written, or its writer was killed at that moment.
    return age > 5000;
  }
  if (holder.host !== hostname() || typeof holder.pid !== 'number') return age > STALE_MS;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function busy(folder: string): NdiError {
  return new NdiError({
    code: 'sync.busy',
    message: `${folder} is being sent or fetched already.`,
    recovery: 'Wait until that has ended, or look at the transfers.',
    details: { path: folder },
  });
}
