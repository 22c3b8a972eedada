import { lstatSync, readlinkSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';

/** Longest path below the session that still fits Windows' 260 characters with some room for where it is put. */
const LONGEST_PATH = 180;
/** Longest name in UTF-8 that leaves room for NDI's hidden files beside it (`.NAME.<32 hex digits>.epochprobemap.ndi`, 255). */
const LONGEST_NAME = 200;
/** Characters and endings that Windows refuses in names. */
const REFUSED_BY_WINDOWS = /[<>:"|?*\p{Cc}]|[. ]$/u;

/** Whether no file system has room for the hidden files that NDI puts beside a recording: it cannot become an epoch. */
export function leavesNoRoom(files: readonly string[]): boolean {
  return files.some((file) => Buffer.byteLength(basename(file)) > LONGEST_NAME);
}

/** What of these files would be in the way when the folder is copied to another machine. */
export function portabilityProblems(folder: string, files: readonly string[]): Problem[] {
  return files.flatMap((file) => {
    const found: Problem[] = [];
    const note = (code: string, message: string) => found.push({ grade: 'note', code, message, paths: [file] });
    const name = basename(file);
    const target = linkTarget(file);
    if (target !== null && isAbsolute(target)) {
      note('path.absoluteLink', `${name} is a link to an absolute path; it breaks when the folder is moved.`);
    } else if (target !== null && relative(folder, resolve(file, '..', target)).startsWith('..')) {
      note(
        'path.outsideLink',
        `${name} is a link that leads out of the folder; a copy of the folder lacks its content.`,
      );
    }
    if (relative(folder, file).length > LONGEST_PATH) {
      note('path.longName', `${name} has a long name or path; some systems cannot hold it.`);
    }
    if (REFUSED_BY_WINDOWS.test(name)) {
      note('path.oddName', `${name} has characters in its name that Windows does not allow.`);
    }
    return found;
  });
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    // The file went away since the scan; that is told when it is opened.
    return null;
  }
}
