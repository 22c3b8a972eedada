import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  cpSync,
  createReadStream,
  linkSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { flushFile, flushFolder } from '../../files/whole-files.ts';
import { openConnection } from '../database/connection.ts';
import { databaseFile } from '../database/database.ts';
import { withFaults } from '../database/faults.ts';
import { whenFree } from '../database/when-free.ts';

/** Folder of the backups that are kept with a session; NDI looks at none of it. */
export const backupsFolder = 'backups';
export const filesFolder = 'files';

export interface CopyOptions {
  /**
   * Share the bytes of the stored files instead of copying them: files of the store are never changed in place, so a
   * link outlives their removal. Where the disk knows no links they are copied.
   */
  readonly link?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((fraction: number, detail: string) => void) | undefined;
}

export interface CopiedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Of the copy, as it was read back; null for a link. */
  readonly sha256: string | null;
}

export interface FolderCopy {
  readonly databaseBytes: number;
  readonly databaseSha256: string;
  readonly files: readonly CopiedFile[];
}

/**
 * Copies a `.ndi` folder, without its backups, to a folder that does not exist yet: the database as it stood at one
 * instant, every stored file, and whatever else lies in it. Other programs cannot change the database meanwhile (they
 * are told that it is busy). What was copied is read back and compared.
 * @throws NdiError database.*, path.*, app.cancelled; then nothing is left of the copy
 */
export async function copyNdiFolder(source: string, target: string, options: CopyOptions = {}): Promise<FolderCopy> {
  const database = await whenFree(() => openHeld(join(source, databaseFile)), options);
  try {
    mkdirSync(target);
    const copy = join(target, databaseFile);
    await copyDatabase(database, copy);
    requireWhole(copy, source);
    copyTheRest(source, target);
    const files = await copyFiles(join(source, filesFolder), join(target, filesFolder), options);
    flushFile(copy);
    flushFolder(target);
    return { databaseBytes: statSync(copy).size, databaseSha256: await hashOf(copy), files };
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw toFileError(error, target);
  } finally {
    database.close();
  }
}

/** Open for reading, in a transaction that keeps others from changing it. */
function openHeld(path: string): DatabaseSync {
  const database = openConnection(path, 'read');
  try {
    withFaults(path, () => database.exec('BEGIN; SELECT count(*) FROM branches;'));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @throws NdiError database.corrupt */
function requireWhole(copy: string, source: string): void {
  const found = quickCheck(copy);
  if (found.length === 0) return;
  throw new NdiError({
    code: 'database.corrupt',
    message: `The database of ${source} is damaged: ${found[0] ?? ''}.`,
    recovery: 'Restore it from an earlier backup. Nothing was changed.',
    details: { path: source, faults: found.slice(0, 20) },
  });
}

/** Faults of indexes lose nothing: a repair builds them anew from the rows. */
export const isIndexFault = (fault: string): boolean => /\bindex\b/.test(fault);

/** What SQLite finds wrong with the rows of a database file, in its own words; empty where nothing is. */
export function quickCheck(path: string): string[] {
  return withFaults(path, () => {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return integrityFaults(database).filter((fault) => !isIndexFault(fault));
    } finally {
      database.close();
    }
  });
}

export function integrityFaults(database: DatabaseSync): string[] {
  const rows = database.prepare('PRAGMA integrity_check(100)').all();
  return rows.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
}

const NOT_THE_REST = new Set([databaseFile, filesFolder, backupsFolder]);

function copyTheRest(source: string, target: string): void {
  for (const name of readdirSync(source)) {
    // A journal belongs to the file that was copied page by page, not to the copy.
    // The work folders are those of programs that write now, or died at it.
    if (NOT_THE_REST.has(name) || name.startsWith(`${databaseFile}-`) || name.startsWith('ndi-desktop-')) continue;
    cpSync(join(source, name), join(target, name), { recursive: true });
  }
}

async function copyFiles(source: string, target: string, options: CopyOptions): Promise<CopiedFile[]> {
  mkdirSync(target);
  const names = storedNames(source);
  const copied: CopiedFile[] = [];
  for (const [at, name] of names.entries()) {
    options.signal?.throwIfAborted();
    options.report?.(at / names.length, name);
    copied.push(await copyOne(join(source, name), join(target, name), name, options.link === true));
  }
  flushFolder(target);
  return copied;
}

/** Names of the files in a store; an unfinished write of ours begins with a dot. */
export function storedNames(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw toFileError(error, folder);
  }
}

async function copyOne(from: string, to: string, name: string, link: boolean): Promise<CopiedFile> {
  if (link && linked(from, to)) return { name, sizeBytes: statSync(to).size, sha256: null };
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  flushFile(to);
  const [before, after] = [await hashOf(from), await hashOf(to)];
  if (before === after) return { name, sizeBytes: statSync(to).size, sha256: after };
  throw new NdiError({
    code: 'path.ioFault',
    message: `The copy of ${from} is not the same as the original.`,
    recovery: 'Check the disk, then try again.',
    details: { path: from },
  });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    throw toFileError(error, path);
  }
  return hash.digest('hex');
}
