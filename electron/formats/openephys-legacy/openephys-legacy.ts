import { basename, dirname, join } from 'node:path';
import { firstBytes, sortChannelFiles } from '../channel-files.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, RecordingFormat, Sniff } from '../format.ts';
import { openFolder } from './folder.ts';
import { MAGIC } from './header.ts';

const FORMAT = 'openephys-legacy';
const ENDING = /\.(continuous|events|spikes)$/i;
const MAGIC_BYTES = Array.from(MAGIC, (character) => character.charCodeAt(0));
/** Of a folder's files so many are looked at before it is given up. */
const MAX_LOOKS = 32;

/** The Open Ephys format of versions 0.2 to 0.6: a folder of one `.continuous` file a channel. */
export const openEphysLegacy: RecordingFormat = {
  id: FORMAT,
  name: 'Open Ephys (legacy)',
  extensions: ['.continuous', '.events', '.spikes'],
  sniff,
  sniffFolder,
  open: openFolder,
};

function sniff({ path, head, siblings }: FileCandidate): Sniff | NearMiss | null {
  if (startsWith(head, MAGIC_BYTES) && ENDING.test(path)) return folderSniff(dirname(path), basename(path), siblings);
  // The other endings are of too many makers to be a promise, and messages have no header.
  return /\.continuous$/i.test(path) ? { format: FORMAT, path, refused: refusal(head, 'Open Ephys') } : null;
}

function sniffFolder(folder: string, names: readonly string[]): Sniff | null {
  const found = sortedFiles(names)
    .slice(0, MAX_LOOKS)
    .find((name) => startsWith(firstBytes(join(folder, name), MAGIC.length), MAGIC_BYTES));
  return found === undefined ? null : folderSniff(folder, found, names);
}

function folderSniff(folder: string, known: string, names: readonly string[]): Sniff {
  const files = sortedFiles(names);
  const why = [`${known} begins with "${MAGIC}".`];
  if (files.length > 1) why.push(`The ${files.length} Open Ephys files of the folder are one recording.`);
  return { format: FORMAT, path: folder, files: files.map((name) => join(folder, name)), why };
}

const sortedFiles = (names: readonly string[]) => sortChannelFiles(names, ENDING, /\.continuous$/i);
