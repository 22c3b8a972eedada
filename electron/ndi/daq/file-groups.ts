import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { type Bound, compileFilePattern, type FilePattern } from './patterns.ts';

/** Files of one epoch: full paths in the order of the patterns, all in one folder. */
export interface FileGroup {
  readonly folder: string;
  readonly files: readonly string[];
}

export interface FileGroups {
  readonly groups: readonly FileGroup[];
  readonly problems: readonly Problem[];
}

const NEVER = new Set(['.DS_Store', '.git', '.ndi']);
const MOST_GROUPS = 100_000;

/**
 * Groups the files below a folder as NDI does (`findfilegroups`): in each folder, every file that fits the first
 * pattern begins a group, which grows by one copy for each file that fits the next pattern under the same `#`. A folder
 * that cannot be read is left out and named. Groups with a hidden file are dropped.
 * @throws NdiError for patterns that cannot be used; path.* when the folder itself cannot be read
 */
export function findFileGroups(
  root: string,
  patterns: readonly string[],
  options: { searchRoot: boolean; depth: number },
): FileGroups {
  const compiled = patterns.map(compileFilePattern);
  const groups: FileGroup[] = [];
  const problems: Problem[] = [];
  const visited = new Set<string>();
  if (compiled.length === 0) return { groups, problems };
  /** @param real where the folder lies, null where a link leads to it */
  const visit = (folder: string, real: string | null, depth: number): void => {
    const listing = list(folder, real, visited, depth === 0 ? null : problems);
    if (depth > 0 || options.searchRoot) groups.push(...groupsIn(folder, listing.files, compiled));
    if (groups.length > MOST_GROUPS) throw tooMany(root);
    if (depth === options.depth) return;
    for (const [name, isLink] of listing.folders) {
      visit(join(folder, name), isLink ? null : join(listing.real, name), depth + 1);
    }
  };
  visit(root, null, 0);
  return { groups, problems };
}

interface Listing {
  readonly real: string;
  readonly files: readonly string[];
  /** Names, and whether they are links. */
  readonly folders: readonly (readonly [name: string, isLink: boolean])[];
}

/** Files and folders of a folder in order of name; empty for one seen before (links may lead in a circle). */
function list(folder: string, known: string | null, visited: Set<string>, problems: Problem[] | null): Listing {
  try {
    // Asked of links only: the system looks at every folder above, which would take long for deep ones.
    const real = known ?? realpathSync(folder);
    if (visited.has(real)) return { real, files: [], folders: [] };
    visited.add(real);
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !NEVER.has(entry.name));
    const kinds = entries
      .map((entry) => [entry.name, kindOf(folder, entry), entry.isSymbolicLink()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      real,
      files: kinds.filter(([, kind]) => kind === 'file').map(([name]) => name),
      folders: kinds.filter(([, kind]) => kind === 'folder').map(([name, , isLink]) => [name, isLink]),
    };
  } catch (error) {
    const typed = toFileError(error, folder);
    if (problems === null || !(typed instanceof NdiError)) throw typed;
    problems.push({ grade: 'note', code: typed.code, message: `${typed.message} It is left out.`, paths: [folder] });
    return { real: folder, files: [], folders: [] };
  }
}

function kindOf(folder: string, entry: Dirent): 'file' | 'folder' | 'other' {
  const found = entry.isSymbolicLink() ? target(join(folder, entry.name)) : entry;
  if (found?.isDirectory() === true) return 'folder';
  return found?.isFile() === true ? 'file' : 'other';
}

/** Undefined for a link that leads nowhere, to itself, or where nobody may look: it keeps nobody from what lies beside it. */
function target(link: string): Stats | undefined {
  try {
    return statSync(link);
  } catch {
    return undefined;
  }
}

interface Growing {
  readonly files: readonly string[];
  readonly bound: Bound;
}

function groupsIn(folder: string, names: readonly string[], patterns: readonly FilePattern[]): FileGroup[] {
  let growing: Growing[] = [{ files: [], bound: null }];
  for (const pattern of patterns) {
    growing = growing.flatMap(({ files, bound }) =>
      names.flatMap((name) => {
        const next = pattern.match(name, bound);
        return next === undefined ? [] : [{ files: [...files, name], bound: next }];
      }),
    );
    if (growing.length > MOST_GROUPS) throw tooMany(folder);
  }
  return growing
    .filter(({ files }) => !files.some((name) => basename(name).startsWith('.')))
    .map(({ files }) => ({ folder, files: files.map((name) => join(folder, name)) }));
}

function tooMany(folder: string): NdiError {
  return new NdiError({
    code: 'session.invalid',
    message: `The file patterns of a DAQ system give more than ${MOST_GROUPS} groups of files in ${folder}.`,
    recovery: 'Make the patterns of its file navigator narrower.',
    details: { path: folder },
  });
}
