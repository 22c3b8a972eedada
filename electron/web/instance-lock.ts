import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const instanceSchema = z.object({ pid: z.number().int(), port: z.number().int(), secret: z.string().min(1) });

/** The web door that runs for an application folder: its port, and the secret by which a second start may speak to it. */
export type Instance = z.infer<typeof instanceSchema>;

/** The instance that the lock file names; null when there is no readable one. It may be stale: ask it. */
export function readInstance(folder: string): Instance | null {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(lockPath(folder), 'utf8')));
  } catch {
    // No file: nobody runs. A damaged one: whoever wrote it is gone, or is about to have written it.
    return null;
  }
}

/**
 * Takes the lock for this process. `stale` is the instance that was asked and did not answer; its lock is replaced.
 * @returns false when another process holds the lock
 */
export function claimInstance(folder: string, instance: Instance, stale: Instance | null): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (writeNew(folder, instance)) return true;
  const holder = readInstance(folder);
  if (holder !== null && holder.secret !== stale?.secret) return false;
  // Moved away rather than removed: of two processes that find the same stale lock, one succeeds.
  const aside = `${lockPath(folder)}.${process.pid}.stale`;
  try {
    renameSync(lockPath(folder), aside);
  } catch {
    // Another process was faster.
    return false;
  }
  rmSync(aside, { force: true });
  return writeNew(folder, instance);
}

/** Gives the lock back, if it is still this instance's. */
export function releaseInstance(folder: string, instance: Instance): void {
  if (readInstance(folder)?.secret === instance.secret) rmSync(lockPath(folder), { force: true });
}

function lockPath(folder: string): string {
  return join(folder, 'web-door.lock');
}

function writeNew(folder: string, instance: Instance): boolean {
  try {
    writeFileSync(lockPath(folder), JSON.stringify(instance), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
