import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { readInto } from './read-into.ts';

/**
 * SQLite holds off other programs by POSIX locks. They belong to the process: whoever closes any descriptor of the file
 * drops all of them, whichever thread and connection holds them (https://sqlite.org/howtocorrupt.html, 2.2). SQLite
 * waits with its own closing; here whatever else of ours reads a database does the same.
 */
interface Held {
  /** Connections, and threads that have some. */
  holders: number;
  /** Descriptors that are closed with the last of them; the first is read through again. */
  readonly kept: number[];
}

const held = new Map<string, Held>();

/** Windows locks by the handle. */
const CLOSING_DROPS_LOCKS = process.platform !== 'win32';

/**
 * Tells that a database is open from now on. To be told in the main thread, of its own connections and of the threads
 * that have some; it is there that files are read past SQLite, and other threads read none by such names.
 * @returns to be called when it is closed, and not before
 */
export function holdFile(path: string): () => void {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return () => undefined;
  const key = keyOf(found);
  const entry = held.get(key) ?? { holders: 0, kept: [] };
  held.set(key, entry);
  entry.holders += 1;
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    entry.holders -= 1;
    if (entry.holders > 0) return;
    held.delete(key);
    for (const file of entry.kept) closeSync(file);
  };
}

/** Whether a file is a database that is open in this process. */
export function isHeld(path: string): boolean {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && held.has(keyOf(found));
}

/** Bytes of a file that may be a database, from its start on; fewer where it is shorter. Throws what Node throws. */
export function readStart(path: string, bytes: number): Buffer {
  const found = statSync(path, { bigint: true });
  const known = held.get(keyOf(found))?.kept[0];
  const file = known ?? openSync(path, 'r');
  try {
    const into = Buffer.alloc(Math.min(bytes, Number(found.size)));
    return into.subarray(0, readInto(file, into, 0));
  } finally {
    if (known === undefined) closeFile(file);
  }
}

/**
 * Closes a file that may be a database; where it is open, with its last connection. At once, not in a thread of Node's:
 * by then another connection may have locks.
 */
export function closeFile(file: number): void {
  const entry = CLOSING_DROPS_LOCKS ? held.get(keyOf(fstatSync(file, { bigint: true }))) : undefined;
  if (entry === undefined) closeSync(file);
  else entry.kept.push(file);
}

function keyOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}

/**
 * Whether a name is that of a database, or of a file beside one. Threads that read recordings cannot know which are
 * open: they leave all of them alone.
 */
export function isDatabaseName(path: string): boolean {
  return /\.sqlite(-journal|-wal|-shm)?$/i.test(path);
}
