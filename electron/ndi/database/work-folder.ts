import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { toFileError } from '../../files/file-faults.ts';
import { isRunning } from '../../files/running-process.ts';
import { readSmallText } from '../../files/whole-files.ts';

/** A stored file that an action writes or drops, with the document that refers to it, or did. */
export interface NotedFile {
  readonly name: string;
  readonly document: string;
}

const PREFIX = 'ndi-desktop-';
/** One note a line: a line that was not written to its end was not acted on. */
const NOTES = 'notes.jsonl';
const HOST = createHash('sha1').update(hostname()).digest('hex').slice(0, 8);
const OWN_NAME = `${PREFIX}${HOST}-${process.pid}-${Math.round(Date.now() - process.uptime() * 1000).toString(36)}`;
/** Of a process on another computer nobody here can tell whether it still runs. */
const STALE_MS = 24 * 3_600_000;

/**
 * This process's own folder in a `.ndi` folder while it writes there. It notes which stored files an action is about,
 * before anything happens to them, and keeps files that an undo may want back. A folder whose process has died tells the
 * next writer what to clear away; SQLite's journal does the same for the rows.
 */
export class WorkFolder {
  readonly #ndiFolder: string;
  readonly #folder: string;
  #noted = false;
  #number = 0;

  constructor(ndiFolder: string) {
    this.#ndiFolder = ndiFolder;
    this.#folder = join(ndiFolder, OWN_NAME);
  }

  /** To be called before an action writes: from now on the next writer knows that this process was at it. */
  open(): void {
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch (error) {
      throw toFileError(error, this.#ndiFolder);
    }
  }

  /** Notes files before they are written or dropped. Not flushed: a power cut may leave a file that nobody refers to. */
  note(files: readonly NotedFile[]): void {
    if (files.length === 0) return;
    this.#noted = true;
    try {
      appendFileSync(
        join(this.#folder, NOTES),
        files.map(({ name, document }) => `${JSON.stringify({ name, document })}\n`).join(''),
      );
    } catch (error) {
      throw toFileError(error, this.#folder);
    }
  }

  /** The action is over: rows and files agree. */
  settled(): void {
    if (!this.#noted) return;
    this.#noted = false;
    rmSync(join(this.#folder, NOTES), { force: true });
  }

  /** Moves a stored file aside. @returns where it is kept */
  keep(path: string): string {
    let kept;
    do {
      this.#number += 1;
      kept = join(this.#folder, `${basename(path)}.${this.#number}`);
    } while (existsSync(kept));
    renameSync(path, kept);
    return kept;
  }

  /** A file that was kept goes back into the store. */
  putBack(kept: string, path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    renameSync(kept, path);
  }

  /** Undoes `putBack`. */
  takeAgain(path: string, kept: string): void {
    renameSync(path, kept);
  }

  /** Leaves nothing behind, unless the folder is held or files are still kept for an undo. */
  close(): void {
    if (held.has(this.#ndiFolder)) return;
    try {
      rmdirSync(this.#folder);
    } catch {
      // Files are kept in it, or it was never made.
    }
  }
}

/** `.ndi` folders in which this process writes again and again. */
const held = new Set<string>();

/** Keeps the work folder of a `.ndi` folder from one action to the next, until `forgetKept`. */
export function holdWorkFolder(ndiFolder: string): void {
  held.add(ndiFolder);
}

/** Drops what this process keeps for an undo in a `.ndi` folder. */
export function forgetKept(ndiFolder: string): void {
  held.delete(ndiFolder);
  rmSync(join(ndiFolder, OWN_NAME), { recursive: true, force: true });
}

/** Whether a process of ours has died in a `.ndi` folder while it wrote, or with files kept. */
export function hasLeftovers(ndiFolder: string): boolean {
  return deadFolders(ndiFolder).length > 0;
}

/**
 * Clears away what killed processes left. To be called while holding the database's write lock.
 * @param refers whether a document that is there refers to a stored file of that name
 */
export function clearLeftovers(ndiFolder: string, refers: (file: NotedFile) => boolean): void {
  for (const folder of deadFolders(ndiFolder)) {
    const dropped = readNotes(folder).filter((file) => !refers(file));
    const store = join(ndiFolder, 'files');
    for (const { name } of dropped) if (basename(name) === name) rmSync(join(store, name), { force: true });
    if (dropped.length > 0) removeHalfCopies(store, dropped);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `copyWhole` writes to `.NAME.RANDOM.tmp` first. */
function removeHalfCopies(store: string, files: readonly NotedFile[]): void {
  if (!existsSync(store)) return;
  const starts = new Set(files.map(({ name }) => name.slice(0, 100)));
  for (const entry of readdirSync(store)) {
    const start = /^\.(.+)\.[0-9a-f]{12}\.tmp$/.exec(entry)?.[1];
    if (start !== undefined && starts.has(start)) rmSync(join(store, entry), { force: true });
  }
}

function deadFolders(ndiFolder: string): string[] {
  const names = readdirSync(ndiFolder).filter((name) => name.startsWith(PREFIX) && name !== OWN_NAME);
  return names.map((name) => join(ndiFolder, name)).filter((folder) => !isOwned(folder));
}

/** The process of this computer whose work folder has a name; null for any other name. */
export function workFolderProcess(name: string): number | null {
  const [, host, pid] = /^ndi-desktop-([0-9a-f]{8})-(\d+)-/.exec(name) ?? [];
  return host === HOST ? Number(pid) : null;
}

function isOwned(folder: string): boolean {
  const number = workFolderProcess(basename(folder));
  if (number === null) return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) < STALE_MS;
  // The same number in another run: processes of containers start from 1 again.
  return number !== process.pid && isRunning(number);
}

function readNotes(folder: string): NotedFile[] {
  const lines = (readSmallText(join(folder, NOTES)) ?? '').split('\n');
  return lines.flatMap((line) => {
    try {
      const { name, document } = (JSON.parse(line) ?? {}) as Partial<NotedFile>;
      return typeof name === 'string' && typeof document === 'string' ? [{ name, document }] : [];
    } catch {
      return [];
    }
  });
}
