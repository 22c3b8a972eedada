import { basename, extname } from 'node:path';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { isFolderLayout } from './devices.ts';

/** Groups the files of the session's folder by file patterns, as NDI's file navigator does. */
export type GroupFiles = (patterns: readonly string[]) => readonly (readonly string[])[];

/**
 * File patterns by which NDI's navigator finds exactly the given recordings of a device, and no other file. The most
 * general ones that do are taken (`#.rhd`), so that recordings which are added later are found too; where other files
 * would be caught (recordings of another device, ones that were left out, damaged ones), the names are listed.
 * @throws NdiError import.ambiguous when names cannot tell the wanted recordings from the others
 */
export function choosePatterns(recordings: readonly RecordingInfo[], group: GroupFiles): string[] {
  const wanted = new Set(recordings.map((recording) => groupKey(epochFiles(recording))));
  let last: readonly (readonly string[])[] = [];
  for (const patterns of candidates(recordings)) {
    last = group(patterns);
    const found = last.map(groupKey);
    if (found.length === wanted.size && found.every((key) => wanted.has(key))) return patterns;
  }
  const strangers = last.filter((files) => !wanted.has(groupKey(files))).map((files) => files[0] ?? '');
  throw new NdiError({
    code: 'import.ambiguous',
    message:
      strangers.length > 0
        ? `NDI finds recordings by the names of their files, and ${strangers[0]} has the name of one that is to be taken.`
        : 'The names of these recordings do not let NDI group their files as they were found.',
    recovery: 'Rename it, move it out of the folder, or take it too. Nothing was written.',
    details: { paths: strangers },
  });
}

/** The files that make the epoch for NDI, main file first: of a folder layout its header and its time stamps. */
export function epochFiles(recording: RecordingInfo): string[] {
  if (!isFolderLayout(recording)) return recording.files;
  const named = (name: string) => recording.files.filter((file) => basename(file) === name);
  return [...named('info.rhd'), ...named('time.dat')];
}

function groupKey(files: readonly string[]): string {
  return [...files].sort().join('\n');
}

/** Pattern lists from the most general to the most exact. */
function candidates(recordings: readonly RecordingInfo[]): string[][] {
  const [first] = recordings;
  if (first === undefined) return [];
  if (isFolderLayout(first)) return [['^info\\.rhd$', '^time\\.dat$']];
  const columns = first.files.map((_, column) => [
    ...new Set(recordings.map(({ files: [main = '', ...more] }) => endingOf([main, ...more][column] ?? '', main))),
  ]);
  const endings = columns.map((column) => `(?:${column.map(escapePattern).join('|')})`);
  const listed = recordings.map((recording) => escapePattern(basename(recording.files[0] ?? '')));
  const anchored = endings.map((ending) => `^#${ending}$`);
  return [
    ...(columns.every((column) => column.length === 1) ? [columns.map((column) => `#${column[0] ?? ''}`)] : []),
    anchored,
    // A look-ahead admits the listed names; the stem is still what `#` stands for in the patterns that follow.
    [`^(?=(?:${[...new Set(listed)].join('|')})$)#${endings[0] ?? ''}$`, ...anchored.slice(1)],
  ];
}

/** What follows, in the name of one of its files, the stem that the files of a recording share (`run1`, `run1.dat.json`). */
function endingOf(file: string, main: string): string {
  const [name, stem] = [basename(file), basename(main, extname(main))];
  return name.startsWith(stem) ? name.slice(stem.length) : extname(name);
}

function escapePattern(text: string): string {
  // NDI's stored form has no escape for a quote; a dot stands for any character.
  return text.replaceAll(/[\\^$.*+?()[\]{}|#]/g, '\\$&').replaceAll("'", '.');
}
