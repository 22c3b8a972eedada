import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { hostname } from 'node:os';
import { NdiError } from '../../../shared/model/errors.ts';
import { vanished } from '../../formats/file-faults.ts';
import { toFileError } from '../../files/file-faults.ts';
import { isRunning } from '../../files/running-process.ts';
import { copyVerified, isCopyOf } from '../../files/verified-copy.ts';
import { flushFolder } from '../../files/whole-files.ts';
import { makeFolder, requireVacant, toWriteError } from '../writable-folder.ts';
import { freeBytesAt } from './folders.ts';
import { folderOf, type Session } from './plan-sessions.ts';

/** Room that a session's own files may take, beside the recordings. */
const SPARE_BYTES = 64 << 20;
const OWNER = 'ndi-copy.json';

interface CopyTask {
  readonly from: string;
  /** Below the folder of the copy. */
  readonly to: string;
}

export interface RecordingsCopy {
  /** A session as it lies in the copy. */
  placed(session: Session): { readonly folder: string; readonly session: Session };
  /** Puts the copies aside again, so that a next try need not copy them anew. */
  takeBack(): Promise<void>;
}

/**
 * Copies the recordings of sessions to a new folder, which comes into being whole: each file is proved by its hash, and
 * the folder gets its name when all are there. What an interrupted copy left is gone on with, and says so; one that was
 * cancelled, or found the disk full, is cleared.
 * @param growsIn folder of the same disk in which the copy grows; default the one of the target
 * @param keepsPart whether what an interrupted copy left stays for the next try
 * @throws NdiError path.notEmpty, path.noSpace, path.*, app.cancelled
 */
export async function copyRecordings(
  target: string,
  scanned: string,
  sessions: readonly Session[],
  {
    report,
    signal,
    growsIn = dirname(target),
    keepsPart = true,
  }: {
    report: (fraction: number, detail: string) => void;
    signal: AbortSignal;
    growsIn?: string;
    keepsPart?: boolean;
  },
): Promise<RecordingsCopy> {
  const wasThere = await requireVacant(target);
  const layout = new Map(
    sessions.map((session) => [session.reference, layoutOf(session, scanned, sessions.length > 1)]),
  );
  const tasks = uniqueTasks([...layout.values()].flatMap((one) => one.tasks));
  const undoParent = await makeFolder(dirname(target));
  const staging = stagingOf(growsIn, target);
  try {
    await takeOver(staging);
    await copyAll(tasks, staging, report, signal);
    await rm(join(staging, OWNER));
    if (wasThere) await rmdir(target);
    renameSync(staging, target);
    flushFolder(dirname(target));
  } catch (thrown) {
    const error = toWriteError(thrown, target);
    const code = error instanceof NdiError ? error.code : null;
    // Another program's copy is its own; a full disk must not stay full of what nobody can use.
    const isOurs = code !== 'database.busy';
    const goes = signal.aborted || code === 'path.noSpace' || !keepsPart;
    if (isOurs && goes) await rm(staging, { recursive: true, force: true });
    if (!existsSync(staging)) await undoParent();
    throw isOurs && existsSync(staging) ? keptPart(error, staging) : error;
  }
  return {
    placed(session) {
      const { folder, base } = layout.get(session.reference) ?? { folder: '', base: scanned };
      const root = join(target, folder);
      return { folder: root, session: moved(session, (path) => resolve(root, relative(base, path))) };
    },
    async takeBack() {
      if (!existsSync(target)) return;
      await writeOwner(target);
      renameSync(target, staging);
      if (wasThere) await mkdir(target);
    },
  };
}

/** Says where an interrupted copy waits for the next try. */
function keptPart(error: unknown, staging: string): unknown {
  if (!(error instanceof NdiError)) return error;
  const { code, message, recovery, details, cause } = error;
  return new NdiError({
    ...{ code, message, details, cause },
    recovery: `${recovery} The next try goes on with what is copied already; until then that lies in ${staging}.`,
  });
}

/** The folder in which a copy grows before it gets its name. */
export function stagingOf(growsIn: string, target: string): string {
  return join(growsIn, `.${basename(target)}.ndi-copy`);
}

function layoutOf(session: Session, scanned: string, isOneOfSeveral: boolean) {
  const own = folderOf(scanned, session);
  const files = session.epochs.flatMap(({ recordings }) => recordings.flatMap(({ found }) => found.files));
  // Recordings of a session that lie in several folders keep their places below the scanned one.
  const base = files.every((file) => !relative(own, file).startsWith('..')) ? own : scanned;
  const folder = isOneOfSeveral ? folderName(session.reference) : '';
  return { base, folder, tasks: files.map((from): CopyTask => ({ from, to: join(folder, relative(base, from)) })) };
}

/** A name that every system takes. */
function folderName(reference: string): string {
  return reference.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_').replace(/[. ]+$/, '_') || 'session';
}

function uniqueTasks(tasks: readonly CopyTask[]): CopyTask[] {
  return [...new Map(tasks.map((task) => [task.to, task])).values()];
}

/** A session whose recordings lie elsewhere. */
export function moved(session: Session, place: (path: string) => string): Session {
  const epochs = session.epochs.map((epoch) => ({
    ...epoch,
    recordings: epoch.recordings.map((one) => {
      const { info } = one.found;
      const files = info.files.map(place);
      return { ...one, found: { ...one.found, info: { ...info, path: place(info.path), files } } };
    }),
  }));
  return { ...session, epochs };
}

/** The folder in which the copy grows; one that another running program fills is left to it. */
async function takeOver(staging: string): Promise<void> {
  const owner = readOwner(staging);
  if (owner !== null && owner.host === hostname() && owner.pid !== process.pid && isRunning(owner.pid)) {
    throw new NdiError({
      code: 'database.busy',
      message: `Another program is copying to ${staging}.`,
      recovery: 'Wait until it has ended, or choose another folder.',
      details: { path: staging },
    });
  }
  await mkdir(staging, { recursive: true });
  await writeOwner(staging);
}

async function writeOwner(folder: string): Promise<void> {
  await writeFile(join(folder, OWNER), JSON.stringify({ pid: process.pid, host: hostname() }));
}

function readOwner(staging: string): { pid: number; host: string } | null {
  try {
    const read = JSON.parse(readFileSync(join(staging, OWNER), 'utf8')) as { pid?: unknown; host?: unknown };
    return { pid: Number(read.pid), host: String(read.host) };
  } catch {
    return null;
  }
}

async function copyAll(
  tasks: readonly CopyTask[],
  staging: string,
  report: (fraction: number, detail: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await removeStrangers(staging, new Set(tasks.map(({ to }) => to)));
  const sized = tasks.map((task) => ({ ...task, sizeBytes: sizeOf(task.from) }));
  const waiting: typeof sized = [];
  for (const task of sized) if (!(await isCopyOf(task.from, join(staging, task.to)))) waiting.push(task);
  const total = sized.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const needed = waiting.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const free = await freeBytesAt(staging);
  if (needed + SPARE_BYTES > free) throw noRoom(staging, needed, free);
  let done = total - needed;
  for (const [at, { from, to }] of waiting.entries()) {
    const detail = `${at + 1} / ${waiting.length} · ${basename(from)}`;
    const onBytes = (bytes: number) => {
      done += bytes;
      report(total === 0 ? 1 : done / total, detail);
    };
    await copyVerified(from, join(staging, to), { onBytes, signal });
  }
  for (const folder of new Set(sized.map(({ to }) => dirname(join(staging, to))))) flushFolder(folder);
}

/** @throws NdiError path.vanished for what the scan has found and is gone, path.* */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? vanished(path, error) : toFileError(error, path);
  }
}

/** What an earlier copy with other recordings left goes, so that the new folder holds the wanted ones only. */
async function removeStrangers(staging: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const entry of await readdir(staging, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(staging, path);
    if (!entry.isDirectory() && name !== OWNER && !wanted.has(name)) rmSync(path, { force: true });
  }
}

function noRoom(folder: string, needed: number, free: number): NdiError {
  const inMb = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  return new NdiError({
    code: 'path.noSpace',
    message: `The copy needs ${inMb(needed)} and the disk of ${dirname(folder)} has ${inMb(free)} left.`,
    recovery: 'Choose a folder on another disk, or leave the recordings where they are.',
    details: { path: dirname(folder), neededBytes: needed, freeBytes: free },
  });
}
