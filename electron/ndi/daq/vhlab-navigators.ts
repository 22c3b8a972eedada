import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { compilePattern, escapePattern } from '../../../shared/model/query.ts';
import type { FileGroup } from './file-groups.ts';
import { visibleEntries } from './folder-entries.ts';
import { filePattern } from './patterns.ts';

/** An epoch of folders that belong together: its id is made of their names. */
export interface NamedGroup extends FileGroup {
  readonly name: string;
}

/** A run of SpikeGLX: the first gate is the only one. */
const RUN = /_g0$/;

/**
 * `vhlab_np_epochdir`: a run of SpikeGLX (a folder `*_g0` of the session) holds sets of stimuli, a folder each. Every set whose
 * files and those of its run together fit all patterns is an epoch, the files of the set first, its log before all
 * (daq-epochs-time reference, section 3.5).
 */
export function findStimulusSets(root: string, patterns: readonly string[]): NamedGroup[] {
  const compiled = patterns.map((pattern) => filePattern(pattern, pattern.replaceAll('#', '.*')));
  const fits = (path: string) => compiled.some((pattern) => pattern.test(basename(path)));
  return foldersIn(root)
    .filter((run) => RUN.test(run))
    .flatMap((run) => {
      const shared = filesIn(join(root, run)).filter(fits);
      return foldersIn(join(root, run)).flatMap((set) => {
        const folder = join(root, run, set);
        const own = filesBelow(folder).filter(fits);
        const log = own.find((path) => extname(path).toLowerCase() === '.tsv');
        const files = [...(log === undefined ? [] : [log]), ...own.filter((path) => path !== log), ...shared];
        const isWhole =
          own.length > 0 && compiled.every((pattern) => files.some((path) => pattern.test(basename(path))));
        return isWhole ? [{ folder, files, name: `${run}_${set}` }] : [];
      });
    });
}

/**
 * `vhPrairie2p`: a folder with a `reference.txt` whose pictures lie in folders beside it, `NAME-001`, `NAME-002`, ...: of
 * these, everything but the pictures belongs to the epoch.
 */
export function findPictureSeries(root: string): NamedGroup[] {
  const names = foldersIn(root);
  return names.flatMap((name) => {
    const folder = join(root, name);
    const series = compilePattern(`^${escapePattern(name)}-\\d+$`);
    const pictures = names.filter((other) => series.test(other));
    if (pictures.length === 0 || !existsSync(join(folder, 'reference.txt'))) return [];
    const own = ['reference.txt', 'frametrigger.txt']
      .map((file) => join(folder, file))
      .filter((path) => existsSync(path));
    const beside = pictures.flatMap((one) => filesIn(join(root, one)).filter((path) => !/\.tiff?$/i.test(path)));
    return [{ folder, files: [...own, ...beside], name }];
  });
}

function foldersIn(folder: string): string[] {
  return visibleEntries(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function filesIn(folder: string): string[] {
  return visibleEntries(folder)
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));
}

function filesBelow(folder: string): string[] {
  return [...filesIn(folder), ...foldersIn(folder).flatMap((name) => filesBelow(join(folder, name)))];
}
