import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAppLink } from '../../shared/model/query-link.ts';

export interface Launch {
  /** The arguments as the process got them, the program first. */
  readonly argv: readonly string[];
  readonly workingFolder: string;
  /** Folder or archive of the application: `electron .` has it among its arguments. */
  readonly applicationPath: string;
}

/** Absolute paths, and links to lists of documents, that a start asks to open. Switches are not paths, unless they come after `--`. */
export function launchPaths({ argv, workingFolder, applicationPath }: Launch): string[] {
  const own = argv.findIndex((argument, index) => index > 0 && resolve(workingFolder, argument) === applicationPath);
  // With the application named in the arguments, what comes before it was meant for Electron.
  const given = argv.slice(Math.max(own, 0) + 1);
  const end = given.indexOf('--');
  const asked = end < 0 ? given : [...given.slice(0, end), ...given.slice(end + 1)];
  const named = asked.filter(
    (argument, index) => argument !== '' && (!argument.startsWith('-') || (end >= 0 && index >= end)),
  );
  // Windows puts a link between quotes as it stands: what follows one may have been written into it, and is not opened
  // unasked as a path is.
  const [first] = named;
  const opened = first !== undefined && isAppLink(first) ? named.filter(isAppLink) : named;
  return opened.map((argument) => toPath(argument, workingFolder)).filter((path) => path !== null);
}

/** A file manager may write a file's address instead of its path; other addresses are not ours to open. */
function toPath(argument: string, workingFolder: string): string | null {
  // What is wrong with a broken one is told where it would have opened.
  if (isAppLink(argument)) return argument;
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(argument)) return resolve(workingFolder, argument);
  try {
    return fileURLToPath(argument);
  } catch {
    return null;
  }
}

/** The paths that a second start hands over, out of what arrived; anything else is left out. */
export function handedPaths(handed: unknown): string[] {
  const paths: unknown = typeof handed === 'object' && handed !== null && 'paths' in handed ? handed.paths : [];
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string' && path !== '') : [];
}
