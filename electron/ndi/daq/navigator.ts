import { createHash } from 'node:crypto';
import { basename, dirname, extname, join, relative } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { readSmallText } from '../../files/whole-files.ts';
import { findFileGroups } from './file-groups.ts';
import { visibleEntries } from './folder-entries.ts';
import { compileFilePattern, patternHash } from './patterns.ts';
import { findSeries } from './rhd-series.ts';
import { findPictureSeries, findStimulusSets, type NamedGroup } from './vhlab-navigators.ts';

/** The rule that groups files into epochs, as a `filenavigator` document holds it. */
export interface Navigator {
  readonly id: string;
  readonly className: string;
  /** Ordered: the files of an epoch come in this order. */
  readonly filePatterns: readonly string[];
  /** The patterns' text as stored: its MD5 is in the names of hidden files. */
  readonly filePatternText: string;
  readonly probeMapClass: string;
  readonly probeMapPatterns: readonly string[];
}

/** The files of one epoch, with the id that belongs to them. */
export interface EpochFiles {
  readonly epochId: string;
  /** True while the epoch has no id of its own on disk: the id is made from the path and may not be stored. */
  readonly provisional: boolean;
  readonly files: readonly string[];
}

export const BASE_NAVIGATOR = 'ndi.file.navigator';
const EPOCHDIR_NAVIGATOR = 'ndi.file.navigator.epochdir';

/** Class names are compared without dots and underscores: older documents and the Python port spell them so. */
export function sameClass(a: string, b: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[._]/g, '');
  return plain(a) === plain(b);
}

/** Classes whose grouping is known; others are listed with a problem. */
const groupings = [
  { names: [BASE_NAVIGATOR, 'ndi_filenavigator', 'ndi.filenavigator'], find: baseEpochs },
  { names: [EPOCHDIR_NAVIGATOR, 'ndi_filenavigator_epochdir'], find: folderEpochs },
  { names: ['ndi.file.navigator.rhd_series'], find: seriesEpochs },
  { names: ['ndi.file.navigator.rhd_series_epochdir'], find: seriesFolderEpochs },
  { names: ['ndi.setup.file.navigator.vhlab_np_epochdir'], find: stimulusSetEpochs },
  { names: ['ndi.setup.file.navigator.vhPrairie2p'], find: pictureEpochs },
];

/** Whether epochs of a navigator class get an id file (the others take a name from their folder or files). */
export function usesIdFiles(navigator: Navigator): boolean {
  return findGrouping(navigator)?.find === baseEpochs;
}

function findGrouping(navigator: Navigator) {
  return groupings.find((one) => one.names.some((name) => sameClass(name, navigator.className)));
}

/** Whether epochs are found by navigators of a class. */
export const isKnownNavigator = (className: string): boolean =>
  groupings.some(({ names }) => names.some((name) => sameClass(name, className)));

/**
 * Epochs on disk below a session's folder. Writes nothing: an epoch whose id file is missing gets a provisional id.
 * @throws NdiError for patterns that cannot be used
 */
export function findEpochFiles(root: string, navigator: Navigator): { epochs: EpochFiles[]; problems: Problem[] } {
  const grouping = findGrouping(navigator);
  if (grouping !== undefined) return grouping.find(root, navigator);
  const message = `The epochs of file navigator class ${navigator.className} cannot be found yet.`;
  return { epochs: [], problems: [{ grade: 'shouldFix', code: 'format.unsupported', message, paths: [root] }] };
}

interface Found {
  readonly epochs: EpochFiles[];
  readonly problems: Problem[];
}

function baseEpochs(root: string, navigator: Navigator): Found {
  const { groups, problems } = findFileGroups(root, navigator.filePatterns, { searchRoot: true, depth: Infinity });
  const epochs = groups.map(({ files }) => {
    const stored = storedEpochId(files, navigator);
    return { files, epochId: stored ?? provisionalId(root, files), provisional: stored === null };
  });
  return { epochs, problems: [...problems] };
}

function folderEpochs(root: string, navigator: Navigator): Found {
  const { groups, problems } = findFileGroups(root, navigator.filePatterns, { searchRoot: false, depth: 1 });
  const epochs = groups.map(({ folder, files }) => ({ files, epochId: basename(folder), provisional: false }));
  return { epochs, problems: [...problems] };
}

function seriesEpochs(root: string, navigator: Navigator): Found {
  const groups = findSeries(root, navigator.filePatterns);
  return { epochs: groups.map(({ prefix, files }) => ({ files, epochId: prefix, provisional: false })), problems: [] };
}

function seriesFolderEpochs(root: string, navigator: Navigator): Found {
  const folders = visibleEntries(root).filter((entry) => entry.isDirectory());
  const epochs = folders.flatMap(({ name }) => {
    const groups = findSeries(join(root, name), navigator.filePatterns);
    return groups.map(({ files }) => ({ files, epochId: name, provisional: false }));
  });
  return { epochs, problems: [] };
}

function stimulusSetEpochs(root: string, navigator: Navigator): Found {
  return named(findStimulusSets(root, navigator.filePatterns));
}

function pictureEpochs(root: string): Found {
  return named(findPictureSeries(root));
}

function named(groups: readonly NamedGroup[]): Found {
  return { epochs: groups.map(({ name, files }) => ({ files, epochId: name, provisional: false })), problems: [] };
}

type HiddenFile = 'epochid' | 'epochprobemap';

/** `.<stem of the first file>.<MD5 of the patterns>.<kind>.ndi` beside the first file of an epoch. */
export function hiddenFile(files: readonly string[], navigator: Navigator, kind: HiddenFile): string {
  return hiddenPath(files, stemOf(basename(files[0] ?? '')), patternHash(navigator.filePatternText), kind);
}

function hiddenPath(files: readonly string[], stem: string, hash: string, kind: HiddenFile): string {
  return join(dirname(files[0] ?? ''), `.${stem}.${hash}.${kind}.ndi`);
}

/** The hidden file as MATLAB names it, or else as the Python port does (another stem, MD5 of the patterns joined). */
function readHidden(files: readonly string[], navigator: Navigator, kind: HiddenFile): string | null {
  const names = files.map((file) => basename(file));
  const [first = ''] = names;
  const stems = new Set([stemOf(first), commonStart(names).replace(/\.+$/, '') || first]);
  const hashes = [navigator.filePatternText, navigator.filePatterns.join('')].map(patternHash);
  for (const hash of hashes) {
    for (const stem of stems) {
      const found = readSmallText(hiddenPath(files, stem, hash, kind));
      if (found !== null && found !== '') return found;
    }
  }
  return null;
}

/** A file's name without its last extension. */
const stemOf = (name: string): string => basename(name, extname(name));

function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  while (!others.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

function storedEpochId(files: readonly string[], navigator: Navigator): string | null {
  return (
    readHidden(files, navigator, 'epochid')
      ?.split(/\r\n|\r|\n/)[0]
      ?.trim() ?? null
  );
}

/** Made from the path, so that it is the same at every opening; no id of NDI looks so. */
function provisionalId(root: string, files: readonly string[]): string {
  const path = relative(root, files[0] ?? '').replaceAll('\\', '/');
  return `provisional_${createHash('md5').update(path).digest('hex').slice(0, 16)}`;
}

/** Path of the epoch probe map among an epoch's files, or null where none of them is it. */
export function probeMapAmong(files: readonly string[], navigator: Navigator): string | null {
  const names = files.filter((file) => !basename(file).startsWith('._'));
  for (const pattern of navigator.probeMapPatterns.map(compileFilePattern)) {
    const found = names.find((file) => pattern.match(basename(file), null) !== undefined);
    if (found !== undefined) return found;
  }
  return null;
}

/** Text of an epoch's probe map, or null where it has none. */
export function readProbeMapText(files: readonly string[], navigator: Navigator): string | null {
  const among = probeMapAmong(files, navigator);
  return among === null ? readHidden(files, navigator, 'epochprobemap') : readSmallText(among);
}
