import { join } from 'node:path';
import { NdiError } from '../../../../shared/model/errors.ts';
import { takeLock } from '../../../files/lock-file.ts';
import { ndiFolder } from '../../folder.ts';

/** A lock of another computer that was not touched for so long is left over. */
const STALE_MS = 10 * 60_000;
const TOUCH_EVERY_MS = 60_000;

/**
 * Runs work while nobody else of us works on the same copy, on this computer or another.
 * @throws NdiError sync.busy, path.*
 */
export async function withCopyLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = takeLock(join(ndiFolder(folder), 'sync', 'ndi-desktop.lock'), STALE_MS);
  if (lock === null) throw busy(folder);
  const touching = setInterval(() => lock.touch(), TOUCH_EVERY_MS).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    lock.release();
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
