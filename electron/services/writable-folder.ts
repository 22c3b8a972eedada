import { randomBytes } from 'node:crypto';
import { access, constants, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { NdiError } from '../../shared/model/errors.ts';
import { toFileError } from '../files/file-faults.ts';

/** The typed error of something that could not be written; where the right is missing, that is what it says. */
export function toWriteError(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof Error) || thrown.name === 'AbortError' || !('code' in thrown)) return thrown;
  if (!['EACCES', 'EPERM', 'EROFS'].includes(String(thrown.code))) return toFileError(thrown, path);
  return new NdiError({
    code: 'path.readOnly',
    message: `${path} cannot be written.`,
    recovery: 'Choose a folder that you may write to.',
    details: { path },
    cause: thrown,
  });
}

/**
 * Checks that files can be made in a folder, without making one.
 * @throws NdiError path.readOnly, path.missing
 */
export async function requireWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw toWriteError(error, folder);
  }
}

/**
 * Makes folders down to a path.
 * @returns how to take them away again; folders that were there before stay
 * @throws NdiError path.readOnly, path.notFolder, path.*
 */
export async function makeFolder(folder: string): Promise<() => Promise<void>> {
  try {
    const first = await mkdir(folder, { recursive: true });
    return async () => {
      if (first !== undefined) await rm(first, { recursive: true, force: true });
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw notFolder(folder);
    throw toWriteError(error, folder);
  }
}

/** How a new folder gets its content. */
export interface FolderFilling {
  /** Fills the folder under its temporary name. */
  fill(temporary: string): Promise<void>;
  /** Adds what holds the folder's own path, once it has its name. */
  finish(folder: string): Promise<void>;
}

/**
 * Makes a folder with all its content, or nothing: it is filled under another name beside and renamed.
 * @param path a folder that is empty or does not exist yet
 * @throws NdiError path.notEmpty, path.notFolder, path.readOnly, path.noSpace, and what the filling throws
 */
export async function fillNewFolder(path: string, filling: FolderFilling): Promise<void> {
  const folder = resolve(path);
  const wasThere = await requireVacant(folder);
  const undo = await makeFolder(dirname(folder));
  const temporary = join(dirname(folder), `.${basename(folder).slice(0, 100)}.${randomBytes(6).toString('hex')}.new`);
  let renamed = false;
  try {
    await mkdir(temporary);
    await filling.fill(temporary);
    if (wasThere) await rmdir(folder);
    await rename(temporary, folder);
    renamed = true;
    await filling.finish(folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (renamed) {
      await rm(folder, { recursive: true, force: true });
      if (wasThere) await mkdir(folder);
    }
    await undo();
    throw toWriteError(error, folder);
  }
}

/**
 * Whether the folder is there (and empty).
 * @throws NdiError path.notEmpty, path.notFolder
 */
export async function requireVacant(folder: string): Promise<boolean> {
  let names: string[];
  try {
    if (!(await stat(folder)).isDirectory()) throw notFolder(folder);
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw toFileError(error, folder);
  }
  if (names.length === 0) return true;
  throw new NdiError({
    code: 'path.notEmpty',
    message: `${folder} is not empty: it holds ${names.length === 1 ? names[0] : `${names.length} entries`}.`,
    recovery: 'Choose an empty folder or a new name. Nothing was written.',
    details: { path: folder, entries: names.length },
  });
}

function notFolder(folder: string): NdiError {
  return new NdiError({
    code: 'path.notFolder',
    message: `${folder} is a file, not a folder.`,
    recovery: 'Choose a folder or a new name.',
    details: { path: folder },
  });
}
