import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { flushFolder } from '../../files/whole-files.ts';
import { openConnection } from '../database/connection.ts';
import { databaseFile } from '../database/database.ts';
import { withFaults } from '../database/faults.ts';
import { holdsNdi, ndiFolder, ndiFolderName, requireFolder } from '../folder.ts';

const KEPT_PREFIX = `${ndiFolderName}-deleted-`;

/**
 * Takes NDI's data out of a folder (deleteSessionDataStructures): documents, stored files and backups. Recordings, and
 * the small files beside them that hold epoch ids and probe maps, stay as they are.
 * @param keep whether the data are put aside in the folder, so that {@link undelete} brings them back
 * @returns where they are now, or null
 * @throws NdiError session.notFound, database.busy, path.*
 */
export function deleteItem(path: string, keep: boolean): string | null {
  const folder = requireFolder(path);
  if (!holdsNdi(folder)) throw nothingHere(folder);
  refuseBusy(folder);
  const aside = join(folder, `${KEPT_PREFIX}${new Date().toISOString().replaceAll(':', '-')}`);
  try {
    // One step: whoever looks sees all of it or nothing.
    renameSync(ndiFolder(folder), aside);
    if (!keep) rmSync(aside, { recursive: true });
    flushFolder(folder);
    return keep ? aside : null;
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/** What was deleted and put aside in a folder, the newest first. */
export function deletedItems(path: string): string[] {
  const folder = requireFolder(path);
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(KEPT_PREFIX));
    return names
      .sort()
      .reverse()
      .map((name) => join(folder, name));
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/**
 * Brings back what was deleted last.
 * @throws NdiError session.exists where the folder holds another session by now, session.notFound, path.*
 */
export function undelete(path: string): void {
  const folder = requireFolder(path);
  const [newest] = deletedItems(folder);
  if (newest === undefined) throw nothingKept(folder);
  if (existsSync(ndiFolder(folder))) throw inTheWay(folder);
  try {
    renameSync(newest, ndiFolder(folder));
    flushFolder(folder);
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/** Somebody who writes just now would go on writing into what was put aside. */
function refuseBusy(folder: string): void {
  const file = join(ndiFolder(folder), databaseFile);
  try {
    const database = openConnection(file, 'write');
    try {
      withFaults(file, () => database.exec('BEGIN EXCLUSIVE; ROLLBACK'));
    } finally {
      database.close();
    }
  } catch (error) {
    // What is broken can be deleted too.
    const broken = ['database.corrupt', 'database.missing', 'database.foreign'];
    if (!(error instanceof NdiError) || !broken.includes(error.code)) throw error;
  }
}

function nothingHere(folder: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `${folder} holds no NDI session or dataset.`,
    recovery: 'Choose the folder that holds its .ndi folder.',
    details: { path: folder },
  });
}

function nothingKept(folder: string): NdiError {
  return new NdiError({
    code: 'session.notFound',
    message: `Nothing that was deleted is kept in ${folder}.`,
    recovery: 'Restore a backup if there is one: it can be anywhere.',
    details: { path: folder },
  });
}

function inTheWay(folder: string): NdiError {
  return new NdiError({
    code: 'session.exists',
    message: `${folder} holds another session by now.`,
    recovery: 'Copy that one elsewhere and delete it first. Nothing was changed.',
    details: { path: folder },
  });
}
