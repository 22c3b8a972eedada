import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { workFolderProcess } from './work-folder.ts';

/** Where SQLite's locks begin in a file (https://sqlite.org/src/file/src/os.h, PENDING_BYTE). */
const LOCKS_FROM = 0x40000000;

/**
 * Who holds a database just now, in words; null where the system does not tell. Linux lists the locks of all processes.
 */
export function lockHolder(path: string): string | null {
  try {
    const pids = holdersOf(path, readFileSync('/proc/locks', 'utf8'));
    const [pid] = pids.filter((one) => one !== process.pid);
    return pid === undefined ? null : describe(pid, dirname(path));
  } catch {
    return null;
  }
}

/** Those who write before those who read. A line: `1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 1073741824 1073742335`. */
function holdersOf(path: string, locks: string): number[] {
  const inode = String(statSync(path).ino);
  const found = locks.split('\n').flatMap((line) => {
    const [, , , kind, pid, file, start] = line.trim().split(/\s+/);
    const isOurs = file?.split(':')[2] === inode && Number(start) >= LOCKS_FROM && Number(pid) > 0;
    return isOurs ? [{ pid: Number(pid), writes: kind === 'WRITE' }] : [];
  });
  return [...found.filter((one) => one.writes), ...found.filter((one) => !one.writes)].map((one) => one.pid);
}

function describe(pid: number, ndiFolder: string): string {
  const isOurs = readdirSync(ndiFolder).some((name) => workFolderProcess(name) === pid);
  const name = isOurs ? 'another NDI Desktop' : programName(pid);
  return `${name} (process ${pid})`;
}

/** The file that runs: `comm` would be the name of its main thread, which programs choose as they like. */
function programName(pid: number): string {
  return basename(readlinkSync(`/proc/${pid}/exe`));
}
