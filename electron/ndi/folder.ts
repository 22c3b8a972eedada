import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NdiError } from '../../shared/model/errors.ts';
import { databaseFile } from './database/database.ts';
import { toFileError } from '../files/file-faults.ts';
import { readSmallText, writeWhole } from '../files/whole-files.ts';

/** Names in a session's folder (ndi-core reference, section 5.1). */
export const ndiFolderName = '.ndi';
export const referenceFile = 'reference.txt';
export const idFile = 'unique_reference.txt';
export const typeFile = 'ndi_object_type.txt';

export const ndiFolder = (path: string): string => join(path, ndiFolderName);

/**
 * The folder at a path, absolute.
 * @throws NdiError path.missing | notFolder | denied
 */
export function requireFolder(path: string): string {
  const folder = resolve(path);
  let found;
  try {
    found = statSync(folder);
  } catch (error) {
    throw toFileError(error, folder);
  }
  if (found.isDirectory()) return folder;
  throw new NdiError({
    code: 'path.notFolder',
    message: `${folder} is not a folder.`,
    recovery: 'Choose the folder that holds the session.',
    details: { path: folder },
  });
}

/**
 * Whether a folder holds a session or a dataset.
 * @throws NdiError path.denied where nobody may look: “no” would be a guess
 */
export function holdsNdi(path: string): boolean {
  try {
    return [referenceFile, databaseFile].some(
      (name) => statSync(join(ndiFolder(path), name), { throwIfNoEntry: false }) !== undefined,
    );
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** The texts of `.ndi`, trimmed; null where a file is missing or empty. */
export function readMarks(path: string): { reference: string | null; id: string | null; type: string | null } {
  const read = (name: string) => readSmallText(join(ndiFolder(path), name)) || null;
  return { reference: read(referenceFile), id: read(idFile), type: read(typeFile) };
}

/**
 * Puts the texts of `.ndi` right; those that are right stay untouched.
 * @throws NdiError path.readOnly, path.noSpace
 */
export function writeMarks(path: string, marks: { reference: string; id: string; type: 'session' | 'dataset' }): void {
  const old = readMarks(path);
  const write = (name: string, text: string, before: string | null) => {
    if (before !== text) writeWhole(join(ndiFolder(path), name), text);
  };
  write(referenceFile, marks.reference, old.reference);
  write(idFile, marks.id, old.id);
  write(typeFile, marks.type, old.type);
}
