import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { requireFile, toFileError } from './file-faults.ts';

/** Faults that say that there is no such file, and with too long a name cannot be. */
const absent: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];

/** Text of a small file without white space around it, or null where there is none. @throws NdiError path.* */
export function readSmallText(path: string): string | null {
  try {
    requireFile(path, statSync(path));
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.includes(error.code)) return null;
    throw toFileError(error, path);
  }
}

/** Writes a file so that a power cut leaves the old one or the new one, never a half. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  replaceWhole(path, (temporary) => writeFileSync(temporary, content, { flag: 'wx' }));
}

/** As {@link writeWhole}, readable by its owner alone from the first byte on. */
export function writeWholePrivate(path: string, content: string): void {
  replaceWhole(path, (temporary) => writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 }));
}

/** Copies a file in the same way. */
export function copyWhole(from: string, to: string): void {
  replaceWhole(to, (temporary) => {
    try {
      copyFileSync(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      // A copy of a write-protected original is ours to write.
      chmodSync(temporary, 0o644);
    } catch (error) {
      throw toFileError(error, from);
    }
  });
}

function replaceWhole(path: string, write: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    write(temporary);
    flushFile(temporary);
    renameSync(temporary, path);
    flushFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw toFileError(error, path);
  }
}

/** Makes what was written to a file survive a power cut. */
export function flushFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a rename in a folder survive a power cut. Windows has no such call and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
