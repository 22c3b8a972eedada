import { lstat, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { naturalOrder } from '../../shared/model/natural-order.ts';
import { toFileError } from '../files/file-faults.ts';

type ListResult = CallOutputs['folders']['list'];
type LocateRequest = CallInputs['folders']['locate'];

/** Folders looked at before a search for a dropped folder gives up. */
const LOCATE_FOLDERS = 3000;
/** How deep below a known place a dropped folder is looked for. */
const LOCATE_DEPTH = 4;

/** Entries of a folder for the folder dialog: folders first, hidden ones left out. */
export async function listFolder(path: string | undefined, files: boolean): Promise<ListResult> {
  const folder = resolve(path === undefined || path === '~' ? homedir() : path);
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw toFileError(error, folder);
  }
  const listed = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const isFolder = entry.isSymbolicLink() ? await pointsToFolder(join(folder, entry.name)) : entry.isDirectory();
    if (isFolder || files) listed.push({ name: entry.name, path: join(folder, entry.name), folder: isFolder });
  }
  listed.sort((a, b) => Number(b.folder) - Number(a.folder) || naturalOrder.compare(a.name, b.name));
  const parent = dirname(folder);
  return { path: folder, parent: parent === folder ? null : parent, places: await places(), entries: listed };
}

/**
 * Finds where a dropped entry lies among the known places. An entry matches when its name and kind are the same and
 * every child that the browser told of is there with the same size.
 */
export async function locateDropped(request: LocateRequest, knownPaths: readonly string[]): Promise<string[]> {
  const roots = [...new Set([...knownPaths.flatMap((path) => [path, dirname(path)]), process.cwd(), homedir()])];
  const found = new Set<string>();
  const seen = new Set<string>();
  let queue = roots.map((folder) => ({ folder, depth: 0 }));
  while (queue.length > 0 && seen.size < LOCATE_FOLDERS) {
    const next: typeof queue = [];
    for (const { folder, depth } of queue) {
      if (seen.has(folder) || seen.size >= LOCATE_FOLDERS) continue;
      seen.add(folder);
      if (request.folder && basename(folder) === request.name && (await matches(folder, request))) found.add(folder);
      for (const entry of await subentries(folder)) {
        const path = join(folder, entry.name);
        if (entry.name === request.name && (await matches(path, request))) found.add(path);
        if (entry.isDirectory() && depth < LOCATE_DEPTH && !isPrivate(entry.name))
          next.push({ folder: path, depth: depth + 1 });
      }
    }
    queue = next;
  }
  return [...found].sort();
}

async function matches(path: string, request: LocateRequest): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory() !== request.folder) return false;
    if (!request.folder) return request.sizeBytes === null || found.size === request.sizeBytes;
    for (const child of request.children) {
      const inside = await lstat(join(path, basename(child.name)));
      if (child.sizeBytes !== null && inside.isFile() && inside.size !== child.sizeBytes) return false;
    }
    return true;
  } catch {
    // Not there, or not readable: then it is not the entry that was dropped from here.
    return false;
  }
}

async function subentries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder without rights cannot hold what the user just dragged.
    return [];
  }
}

function isPrivate(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

async function pointsToFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A dangling link leads nowhere.
    return false;
  }
}

async function places(): Promise<ListResult['places']> {
  const home = homedir();
  const candidates = [
    { name: 'Home', path: home },
    { name: 'Documents', path: join(home, 'Documents') },
    { name: 'Desktop', path: join(home, 'Desktop') },
    { name: 'Start folder', path: process.cwd() },
    { name: 'Computer', path: resolve('/') },
  ];
  const there = await Promise.all(candidates.map((place) => pointsToFolder(place.path)));
  return candidates.filter((_, index) => there[index]);
}
