import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toFileError } from '../files/file-faults.ts';
import { ndiFolder } from '../ndi/folder.ts';

/** Older than anything that is still written. */
const STALE_MS = 24 * 3_600_000;

/**
 * Runs work with a folder of its own for the files that it is about to store, on the disk of the file store, into which
 * they are copied: where it can, the disk shares their blocks. What an interrupted run left goes.
 * @param purpose `ingest`: a part of the folder's name
 * @throws NdiError path.*, and what the work throws
 */
export async function inScratchFolder<T>(
  sessionPath: string,
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeFolder(ndiFolder(sessionPath), `tmp-${purpose}-`);
  try {
    return await work(folder);
  } catch (error) {
    throw toFileError(error, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(parent: string, prefix: string): string {
  try {
    mkdirSync(parent, { recursive: true });
    for (const name of readdirSync(parent).filter((one) => one.startsWith(prefix))) {
      const path = join(parent, name);
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
      if (age > STALE_MS) rmSync(path, { recursive: true, force: true });
    }
    return mkdtempSync(join(parent, prefix));
  } catch (error) {
    throw toFileError(error, parent);
  }
}
