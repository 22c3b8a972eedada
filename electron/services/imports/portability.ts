import { lstatSync, readlinkSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';

/** Longest path below the session that still fits Windows' 260 characters with some room for where it is put. */
const LONGEST_PATH = 180;
/** Longest name in UTF-8 that leaves room for NDI's hidden files beside it (`.NAME.<32 hex digits>.epochprobemap.ndi`, 255). */
const LONGEST_NAME = 200;
/** Characters, endings and whole names that Windows refuses. */
const REFUSED_BY_WINDOWS = /[<>:"|?*\p{Cc}]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

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
    const odd = relative(folder, file)
      .split(sep)
      .find((part) => REFUSED_BY_WINDOWS.test(part));
    if (odd !== undefined) note('path.oddName', `${odd} is no name that Windows allows.`);
    return found;
  });
}

/** Files whose paths differ by case, or by how their accents are written, only: many systems hold one of them. */
export function twinProblems(files: readonly string[]): Problem[] {
  const alike = Map.groupBy(files, (file) => file.normalize('NFC').toLowerCase());
  return [...alike.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({
      grade: 'shouldFix',
      code: 'path.twins',
      message:
        'Their names differ only by upper and lower case or by how accents are written; many disks can hold but one of them.',
      paths: same,
    }));
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    // The file went away since the scan; that is told when it is opened.
    return null;
  }
}
