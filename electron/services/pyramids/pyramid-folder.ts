import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../files/whole-files.ts';

/** Raise it whenever the levels themselves change. */
const VERSION = 1;
const STATE = 'pyramid.json';
const LOCK = 'building.lock';

const stateSchema = z.object({
  version: z.literal(VERSION),
  /** The recording, and what its files were. */
  path: z.string(),
  stamp: z.string(),
  bytes: z.number(),
  /** One byte a part, base64: 1 when it is on the disk. */
  done: z.base64(),
});
export type PyramidState = Omit<z.infer<typeof stateSchema>, 'version' | 'done'> & { readonly done: Uint8Array };

/** A pyramid on the disk, as the list of them says it. */
export interface StoredPyramid {
  readonly folder: string;
  readonly path: string;
  readonly bytes: number;
  readonly usedAtMs: number;
}

/** The folder of the pyramid of a recording among all pyramids. */
export function pyramidFolder(cacheFolder: string, path: string): string {
  return join(cacheFolder, createHash('sha256').update(path).digest('hex').slice(0, 32));
}

/** What a folder says of itself; null where there is no sound pyramid. */
export function readPyramidState(folder: string): PyramidState | null {
  try {
    const { done, ...state } = stateSchema.parse(JSON.parse(readFileSync(join(folder, STATE), 'utf8')));
    return { ...state, done: new Uint8Array(Buffer.from(done, 'base64')) };
  } catch {
    // Missing, cut off, or of another version: it is made anew.
    return null;
  }
}

/** @throws NdiError path.* */
export function writePyramidState(folder: string, { done, ...state }: PyramidState): void {
  const text = JSON.stringify({ version: VERSION, ...state, done: Buffer.from(done).toString('base64') });
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, STATE), text);
}

/** Remembers that a pyramid was of use just now. */
export function touchPyramid(folder: string): void {
  const now = new Date();
  try {
    utimesSync(join(folder, STATE), now, now);
  } catch {
    // It was removed meanwhile, or cannot be written: then it is not remembered.
  }
}

export function removePyramid(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** All pyramids, the one used longest ago first. Folders without a sound state are listed as such, with an empty path. */
export function listPyramids(cacheFolder: string): StoredPyramid[] {
  const found: StoredPyramid[] = [];
  for (const name of namesIn(cacheFolder)) {
    const folder = join(cacheFolder, name);
    const state = readPyramidState(folder);
    const usedAtMs = statSync(join(folder, STATE), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    found.push({ folder, path: state?.path ?? '', bytes: state?.bytes ?? 0, usedAtMs });
  }
  return found.sort((a, b) => a.usedAtMs - b.usedAtMs);
}

/**
 * Makes this process the one that builds a pyramid. A process that died in the middle of it does not count.
 * @returns false where another one builds it
 */
export function lockPyramid(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, LOCK);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(file)) return false;
      rmSync(file, { force: true });
    }
  }
  return false;
}

export function unlockPyramid(folder: string): void {
  rmSync(join(folder, LOCK), { force: true });
}

function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === process.pid) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is there, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
