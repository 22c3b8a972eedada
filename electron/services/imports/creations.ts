import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { NdiError } from '../../../shared/model/errors.ts';
import { readStart } from '../../files/held-files.ts';
import { readSmallText, writeWhole } from '../../files/whole-files.ts';
import { ndiFolderName } from '../../ndi/folder.ts';
import { fullPath } from '../open-items.ts';
import type { Services } from '../services.ts';

/** Files up to this size are known again by their content, larger ones by size and time. */
const HASHED_BYTES = 16 << 20;
/** Creations that can be taken back. */
const KEPT = 20;

const fileSchema = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  mtimeMs: z.number(),
  sha1: z.string().nullable(),
});
type WrittenFile = z.infer<typeof fileSchema>;

const recordSchema = z.object({ folder: z.string(), files: z.array(fileSchema), folders: z.array(z.string()) });
type CreationRecord = z.infer<typeof recordSchema>;

/**
 * Notes what a creation wrote, so that it can be taken back: by this program or by another that is started later.
 * @param written files and folders; of a folder everything in it
 */
export function recordCreation(dataFolder: string, folder: string, written: readonly string[]): void {
  const found = written.map(treeOf);
  const record: CreationRecord = {
    folder,
    files: found.flatMap(({ files }) => files.map(describeFile)),
    folders: [...new Set(found.flatMap(({ folders }) => folders))],
  };
  try {
    mkdirSync(notesFolder(dataFolder), { recursive: true });
    writeWhole(notesFile(dataFolder, folder), JSON.stringify(record));
    forgetOld(notesFolder(dataFolder));
  } catch {
    // Without a note the session is as good; it just cannot be taken back.
  }
}

function forgetOld(notes: string): void {
  const byAge = readdirSync(notes)
    .map((name) => ({ path: join(notes, name), at: lstatSync(join(notes, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(KEPT)) rmSync(path, { force: true });
}

/**
 * Takes a creation back: removes the files that it wrote, if all of them are still as it wrote them, and its folders
 * where nothing else has come into them. Nothing else is touched.
 * @throws NdiError edit.nothing where no creation is known, edit.conflict where anything was changed since, path.*
 */
export async function undoCreation(services: Services, path: string): Promise<{ path: string; removed: number }> {
  const folder = fullPath(path);
  const record = readRecord(services.dataFolder, folder);
  if (record === null) throw nothingKnown(folder);
  refuseChanged(record);
  // An open database cannot be removed everywhere.
  await services.clearCaches();
  for (const made of record.folders.filter((one) => basename(one) === ndiFolderName))
    services.edits.forget(dirname(made));
  for (const file of record.files) rmSync(file.path, { force: true });
  for (const made of record.folders.sort((a, b) => b.length - a.length)) removeEmpty(made);
  rmSync(notesFile(services.dataFolder, folder), { force: true });
  await services.recents.remove(folder);
  return { path: folder, removed: record.files.length };
}

function notesFolder(dataFolder: string): string {
  return join(dataFolder, 'creations');
}

function notesFile(dataFolder: string, folder: string): string {
  return join(notesFolder(dataFolder), `${createHash('md5').update(folder).digest('hex')}.json`);
}

function readRecord(dataFolder: string, folder: string): CreationRecord | null {
  try {
    const record = recordSchema.parse(JSON.parse(readSmallText(notesFile(dataFolder, folder)) ?? 'null'));
    return record.folder === folder ? record : null;
  } catch {
    // Notes that were damaged are as good as none.
    return null;
  }
}

function refuseChanged(record: CreationRecord): void {
  for (const file of record.files) {
    const now = lstatSync(file.path, { throwIfNoEntry: false });
    if (now === undefined) throw changed(record.folder, `${file.path} is not there any more`);
    if (!isSame(file, now)) throw changed(record.folder, `${file.path} was changed`);
  }
  const known = new Set(record.files.map(({ path }) => path));
  for (const folder of record.folders) {
    const stranger = treeOf(folder).files.find((path) => !known.has(path));
    if (stranger !== undefined) throw changed(record.folder, `${stranger} came into it`);
  }
}

function isSame(file: WrittenFile, now: Stats): boolean {
  if (now.size !== file.sizeBytes) return false;
  return file.sha1 === null ? now.mtimeMs === file.mtimeMs : file.sha1 === hashOf(file.path);
}

function describeFile(path: string): WrittenFile {
  const { size, mtimeMs } = lstatSync(path);
  return { path, sizeBytes: size, mtimeMs, sha1: size <= HASHED_BYTES ? hashOf(path) : null };
}

function hashOf(path: string): string {
  // The session's database is among them, and may be open.
  return createHash('sha1').update(readStart(path, HASHED_BYTES)).digest('hex');
}

/** Notes of a program that writes: they come and go. */
const NOTES_OF_WRITERS = /^ndi-desktop-/;

function treeOf(path: string): { files: string[]; folders: string[] } {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return { files: [], folders: [] };
  if (!found.isDirectory()) return { files: [path], folders: [] };
  const below = readdirSync(path)
    .filter((name) => !NOTES_OF_WRITERS.test(name))
    .map((name) => treeOf(join(path, name)));
  return {
    files: below.flatMap(({ files }) => files),
    folders: [path, ...below.flatMap(({ folders }) => folders)],
  };
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // It holds what is not ours, or is not there.
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'ENOENT' && code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
  }
}

function nothingKnown(folder: string): NdiError {
  return new NdiError({
    code: 'edit.nothing',
    message: `It is not known what was written when the session in ${folder} was made.`,
    recovery: 'Only sessions that were made here lately can be taken back.',
    details: { path: folder },
  });
}

function changed(folder: string, what: string): NdiError {
  return new NdiError({
    code: 'edit.conflict',
    message: `The session in ${folder} is not as it was made: ${what}.`,
    recovery: 'It stays as it is. Undo the changes first, or remove it by hand.',
    details: { path: folder },
  });
}
