import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { NdiError } from '../../../shared/model/errors.ts';
import { makeId } from '../../../shared/model/ids.ts';
import { toFileError } from '../../files/file-faults.ts';
import { flushFolder, writeWhole } from '../../files/whole-files.ts';
import { openConnection } from '../database/connection.ts';
import { databaseFile } from '../database/database.ts';
import { withFaults } from '../database/faults.ts';
import { whenFree } from '../database/when-free.ts';
import { idFile, ndiFolder, readMarks, referenceFile, requireFolder, typeFile } from '../folder.ts';
import {
  backupsFolder,
  type CopiedFile,
  copyNdiFolder,
  type CopyOptions,
  filesFolder,
  hashOf,
  quickCheck,
} from './copy-folder.ts';

const LAYOUT = 'ndi-desktop-backup/1';

/** What a backup says of itself, in its `backup.json`. */
const backupSchema = z.object({
  layout: z.literal(LAYOUT),
  /** The backup's own folder, absolute. */
  path: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
  /** Folder of the session or dataset. */
  of: z.string(),
  id: z.string(),
  reference: z.string(),
  /** What it was made for: `repair`, `restore`, or the user's wish. */
  why: z.string(),
  databaseBytes: z.number(),
  databaseSha256: z.string(),
  files: z
    .array(
      z.object({
        // Whoever writes a backup must not make a restore write elsewhere.
        name: z.string().refine((name) => name !== '' && basename(name) === name && !/^\.{1,2}$/.test(name)),
        sizeBytes: z.number(),
        sha256: z.string().nullable(),
      }) satisfies z.ZodType<CopiedFile>,
    )
    .readonly(),
});
export type Backup = Readonly<z.infer<typeof backupSchema>>;

const MANIFEST = 'backup.json';

/**
 * Makes a backup of a session or dataset: database and stored files of one instant, verified.
 * @param target a folder that does not exist yet; left out, the backup is kept in `.ndi/backups` and shares its bytes
 *   with the stored files, so that it takes little room (and does not survive the disk)
 * @throws NdiError database.*, path.*, app.cancelled
 */
export async function backUp(
  path: string,
  target: string | null,
  options: Omit<CopyOptions, 'link'> & { readonly why?: string } = {},
): Promise<Backup> {
  const folder = requireFolder(path);
  const createdAt = new Date().toISOString();
  const place = target === null ? ownPlace(folder, createdAt) : resolve(target);
  if (existsSync(place)) throw inTheWay(place);
  const temporary = join(dirname(place), `.ndi-backup-${makeId()}`);
  try {
    mkdirSync(dirname(place), { recursive: true });
    const copy = await copyNdiFolder(ndiFolder(folder), temporary, { ...options, link: target === null });
    const marks = readMarks(folder);
    const backup: Backup = {
      layout: LAYOUT,
      path: place,
      createdAt,
      of: folder,
      id: marks.id ?? '',
      reference: marks.reference ?? '',
      why: options.why ?? 'asked for',
      ...copy,
    };
    writeWhole(join(temporary, MANIFEST), JSON.stringify(backup, null, 1));
    renameSync(temporary, place);
    flushFolder(dirname(place));
    return backup;
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw toFileError(error, place);
  }
}

/** `.ndi/backups/2026-11-25T23-05-12.123Z`: sorts by time and is a legal name everywhere. */
function ownPlace(folder: string, createdAt: string): string {
  return join(ndiFolder(folder), backupsFolder, createdAt.replaceAll(':', '-'));
}

/** Backups kept with a session, the newest first; those that say nothing sound of themselves are passed over. */
export function listBackups(path: string): Backup[] {
  const folder = join(ndiFolder(requireFolder(path)), backupsFolder);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => readManifest(join(folder, name)) ?? []);
  return found.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** @throws NdiError path.missing, format.invalid */
export function readBackup(path: string): Backup {
  const place = requireFolder(path);
  const backup = readManifest(place);
  if (backup === null) throw noBackup(place);
  return backup;
}

function readManifest(place: string): Backup | null {
  try {
    const backup = backupSchema.parse(JSON.parse(readFileSync(join(place, MANIFEST), 'utf8')));
    // The folder may have been moved since.
    return { ...backup, path: place };
  } catch {
    return null;
  }
}

/**
 * Reads a backup through: its database as SQLite checks it and by its hash, each file by its size and, for copies, its
 * hash.
 * @returns what is wrong, in words; empty for a whole backup
 */
export async function verifyBackup(backup: Backup, signal?: AbortSignal): Promise<string[]> {
  const database = join(backup.path, databaseFile);
  if (!existsSync(database)) return ['the database is missing'];
  const wrong = quickCheck(database);
  if ((await hashOf(database)) !== backup.databaseSha256) wrong.push('the database has been changed');
  for (const { name, sizeBytes, sha256 } of backup.files) {
    signal?.throwIfAborted();
    const path = join(backup.path, filesFolder, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) wrong.push(`the file ${name} is missing`);
    else if (size !== sizeBytes) wrong.push(`the file ${name} has ${size} bytes instead of ${sizeBytes}`);
    else if (sha256 !== null && (await hashOf(path)) !== sha256) wrong.push(`the file ${name} has been changed`);
  }
  return wrong;
}

/**
 * Puts a session or dataset back to a backup. Stored files come back first, then the database in one step, so a power
 * cut leaves the state before or after. What is there now is kept as a backup of its own where it can be read.
 * @returns the backup of what was there, or null where that could not be read
 * @throws NdiError format.invalid for a backup that is not whole, database.busy, path.*
 */
export async function restoreBackup(
  path: string,
  from: string,
  options: { signal?: AbortSignal } = {},
): Promise<Backup | null> {
  const folder = requireFolder(path);
  const backup = readBackup(from);
  const wrong = await verifyBackup(backup, options.signal);
  if (wrong.length > 0) throw notWhole(backup, wrong);
  const previous = await keepPresent(folder, options.signal);
  options.signal?.throwIfAborted();
  const ndi = ndiFolder(folder);
  try {
    mkdirSync(join(ndi, filesFolder), { recursive: true });
    for (const { name, sizeBytes } of backup.files) bringBack(backup, ndi, name, sizeBytes);
    await whenFree(() => replaceDatabase(join(backup.path, databaseFile), join(ndi, databaseFile)), options);
    for (const name of [referenceFile, idFile, typeFile]) {
      const text = join(backup.path, name);
      if (existsSync(text)) writeWhole(join(ndi, name), readFileSync(text));
    }
    // The backup of what was there holds them still.
    const wanted = new Set(backup.files.map((file) => file.name));
    for (const { name } of previous?.files ?? [])
      if (!wanted.has(name)) rmSync(join(ndi, filesFolder, name), { force: true });
  } catch (error) {
    throw toFileError(error, folder);
  }
  return previous;
}

/** A damaged database cannot be backed up; that must not keep anybody from restoring it. */
async function keepPresent(folder: string, signal: AbortSignal | undefined): Promise<Backup | null> {
  try {
    return await backUp(folder, null, { why: 'restore', signal });
  } catch (error) {
    if (
      error instanceof NdiError &&
      ['database.corrupt', 'database.missing', 'database.foreign'].includes(error.code)
    ) {
      return null;
    }
    throw error;
  }
}

function bringBack(backup: Backup, ndi: string, name: string, sizeBytes: number): void {
  const target = join(ndi, filesFolder, name);
  if (statSync(target, { throwIfNoEntry: false })?.size === sizeBytes) return;
  const temporary = join(ndi, filesFolder, `.${name.slice(0, 100)}.${makeId()}.tmp`);
  const source = join(backup.path, filesFolder, name);
  try {
    linkSync(source, temporary);
  } catch {
    copyFileSync(source, temporary);
  }
  renameSync(temporary, target);
}

/** Nobody may be writing; a journal of the old file must not be played into the new one. */
function replaceDatabase(source: string, target: string): void {
  const temporary = `${target}.${makeId()}.tmp`;
  copyFileSync(source, temporary);
  try {
    refuseBusy(target);
    for (const suffix of ['-journal', '-wal', '-shm']) rmSync(`${target}${suffix}`, { force: true });
    renameSync(temporary, target);
    flushFolder(dirname(target));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function refuseBusy(target: string): void {
  if (!existsSync(target)) return;
  try {
    const database = openConnection(target, 'write');
    try {
      withFaults(target, () => database.exec('BEGIN EXCLUSIVE; ROLLBACK'));
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof NdiError && error.code.startsWith('database.') && error.code !== 'database.busy') return;
    throw error;
  }
}

function inTheWay(place: string): NdiError {
  return new NdiError({
    code: 'path.notEmpty',
    message: `${place} exists already.`,
    recovery: 'Name a folder that does not exist yet. Nothing was written.',
    details: { path: place },
  });
}

function noBackup(place: string): NdiError {
  return new NdiError({
    code: 'format.invalid',
    message: `${place} holds no backup.`,
    recovery: 'Choose a folder that “backup” or a repair made: it holds a backup.json.',
    details: { path: place },
  });
}

function notWhole(backup: Backup, wrong: readonly string[]): NdiError {
  return new NdiError({
    code: 'format.invalid',
    message: `The backup in ${backup.path} is not whole: ${wrong[0] ?? ''}${wrong.length > 1 ? `, and ${wrong.length - 1} more` : ''}.`,
    recovery: 'Choose another backup. Nothing was changed.',
    details: { path: backup.path, faults: wrong.slice(0, 20) },
  });
}
