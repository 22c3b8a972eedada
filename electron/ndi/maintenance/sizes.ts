import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '../database/connection.ts';
import { databaseFile } from '../database/database.ts';
import { withFaults } from '../database/faults.ts';
import { ndiFolder, requireFolder } from '../folder.ts';
import { listBackups } from './backup.ts';
import { backupsFolder, filesFolder, storedNames } from './copy-folder.ts';

export interface Sizes {
  readonly databaseBytes: number;
  /** Of the database: empty pages that compacting gives back. */
  readonly freeBytes: number;
  readonly files: number;
  readonly fileBytes: number;
  readonly backups: number;
  /** What the backups take besides the bytes that they share with the stored files. */
  readonly backupBytes: number;
}

/** What a session or dataset takes on the disk. @throws NdiError database.*, path.* */
export function sizes(path: string): Sizes {
  const ndi = ndiFolder(requireFolder(path));
  const file = join(ndi, databaseFile);
  const database = openConnection(file, 'read');
  let freeBytes: number;
  try {
    freeBytes = withFaults(file, () => {
      const pragma = (name: string) => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
      return pragma('freelist_count') * pragma('page_size');
    });
  } finally {
    database.close();
  }
  const files = storedNames(join(ndi, filesFolder)).map((name) => statSync(join(ndi, filesFolder, name)).size);
  return {
    databaseBytes: statSync(file).size,
    freeBytes,
    files: files.length,
    fileBytes: files.reduce((sum, size) => sum + size, 0),
    backups: listBackups(path).length,
    backupBytes: ownBytes(join(ndi, backupsFolder)),
  };
}

/** Bytes below a folder that nothing else shares. */
function ownBytes(folder: string): number {
  let sum = 0;
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return sum;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const found = statSync(join(entry.parentPath, entry.name));
    if (found.nlink === 1) sum += found.size;
  }
  return sum;
}

/**
 * Gives the empty pages of the database back to the disk and puts its rows in order. A power cut leaves it as it was.
 * @returns bytes of the database before and after
 * @throws NdiError database.busy, path.readOnly, path.noSpace
 */
export function compact(path: string): { beforeBytes: number; afterBytes: number } {
  const file = join(ndiFolder(requireFolder(path)), databaseFile);
  const beforeBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const database = openConnection(file, 'write');
  try {
    withFaults(file, () => database.exec('VACUUM'));
  } finally {
    database.close();
  }
  return { beforeBytes, afterBytes: statSync(file).size };
}
