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
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type ErrorCode, NdiError } from '../../shared/model/errors.ts';

/** Codes of the operating system that a person can do something about. */
const faults: Readonly<Record<string, readonly [ErrorCode, string, string]>> = {
  ENOENT: ['path.missing', 'does not exist', 'Choose another path.'],
  ENOTDIR: ['path.notFolder', 'is not a folder', 'Choose a folder.'],
  EACCES: ['path.denied', 'may not be opened', 'Ask for the right to open it, or choose another path.'],
  EPERM: ['path.denied', 'may not be opened', 'Ask for the right to open it, or choose another path.'],
  EROFS: ['path.readOnly', 'is on a disk that cannot be written', 'Choose a folder that you may write to.'],
  ENOSPC: ['path.noSpace', 'does not fit: the disk is full', 'Free space, then try again.'],
  EDQUOT: ['path.noSpace', 'does not fit: your quota is used up', 'Free space, then try again.'],
  EIO: ['path.ioFault', 'could not be read', 'Check the disk, then try again.'],
  ENAMETOOLONG: ['usage.invalid', 'has a name that is too long', 'Choose a shorter name.'],
};

/** The typed error for what a file call threw. Errors that are not about files pass unchanged. */
export function fileError(path: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const fault = faults[code];
  if (fault === undefined) return thrown;
  const [errorCode, what, recovery] = fault;
  return new NdiError({ code: errorCode, message: `${path} ${what}.`, recovery, details: { path }, cause: thrown });
}

/** Text of a small file without white space around it, or null where there is none. */
export function readSmallText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw fileError(path, error);
  }
}

/** Writes a file so that a power cut leaves the old one or the new one, never a half. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  replaceWhole(path, (temporary) => writeFileSync(temporary, content, { flag: 'wx' }));
}

/** Copies a file in the same way. */
export function copyWhole(from: string, to: string): void {
  replaceWhole(to, (temporary) => {
    try {
      copyFileSync(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      // A copy of a write-protected original is ours to write.
      chmodSync(temporary, 0o644);
    } catch (error) {
      throw fileError(from, error);
    }
  });
}

function replaceWhole(path: string, write: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    write(temporary);
    flush(temporary);
    renameSync(temporary, path);
    flushFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw fileError(path, error);
  }
}

function flush(path: string): void {
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
