import { readdirSync, statSync } from 'node:fs';
import { toReadFault } from './file-faults.ts';

interface Listing {
  readonly stamp: string;
  readonly readAtMs: number;
  readonly names: readonly string[];
}

const MOST_FOLDERS = 32;
/** A change so soon after the last one may bear the same time: FAT counts time in steps of two seconds. */
const STEP_MS = 2500;
/** Of disks that do not note when a folder changes (FAT under Windows): a scan gains enough by so long a moment. */
const FRESH_MS = 2000;
const listings = new Map<string, Listing>();

/**
 * The names in a folder. They are kept for a moment while the folder has the times that it had: every recording of it
 * is asked about its neighbours, and listing thousands for each of thousands would take minutes.
 * @throws NdiError path.*
 */
export function folderNames(folder: string): readonly string[] {
  try {
    const { mtimeMs, ctimeMs, ino } = statSync(folder);
    const stamp = `${mtimeMs} ${ctimeMs} ${ino}`;
    const known = listings.get(folder);
    listings.delete(folder);
    const now = Date.now();
    const isFresh = known?.stamp === stamp && now - known.readAtMs < FRESH_MS;
    const listing = isFresh ? known : { stamp, readAtMs: now, names: readdirSync(folder) };
    if (isFresh || now - mtimeMs > STEP_MS) listings.set(folder, listing);
    for (const oldest of listings.keys()) {
      if (listings.size <= MOST_FOLDERS) break;
      listings.delete(oldest);
    }
    return listing.names;
  } catch (error) {
    throw toReadFault(error, folder);
  }
}

/** The next question lists every folder anew. */
export function forgetFolderNames(): void {
  listings.clear();
}

/** Names of a folder by their stems; they are looked up for every file of it. */
const stems = new WeakMap<readonly string[], Map<string, string[]>>();

/** Those of a folder's names that differ from a stem by their ending only. */
export function namesOfStem(names: readonly string[], stem: string): readonly string[] {
  const known = stems.get(names) ?? Map.groupBy(names, stemOf);
  stems.set(names, known);
  return known.get(stem) ?? [];
}

/** A name without its last ending. */
export function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
