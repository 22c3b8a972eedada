import { basename, dirname, join } from 'node:path';
import { firstBytes, sortChannelFiles } from '../channel-files.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, RecordingFormat, Sniff } from '../format.ts';
import { MAGIC } from './header.ts';
import { openFolder } from './folder.ts';

const FORMAT = 'neuralynx';
const OWN_ENDING = /\.(ncs|nse|nst|ntt)$/i;
const ENDING = /\.(ncs|nse|nst|ntt|nev)$/i;
const MAGIC_BYTES = Array.from(MAGIC, (character) => character.charCodeAt(0));
/** Of a folder's files so many are looked at before it is given up. */
const MAX_LOOKS = 32;

/** Neuralynx (Cheetah, Pegasus): a folder of one file a channel, electrode or kind of events. */
export const neuralynx: RecordingFormat = {
  id: FORMAT,
  name: 'Neuralynx',
  extensions: ['.ncs', '.nev', '.nse', '.nst', '.ntt'],
  sniff,
  sniffFolder,
  open: openFolder,
};

function sniff({ path, head, siblings }: FileCandidate): Sniff | NearMiss | null {
  if (startsWith(head, MAGIC_BYTES) && ENDING.test(path)) return folderSniff(dirname(path), basename(path), siblings);
  // .nev is Blackrock's ending as well.
  return OWN_ENDING.test(path) ? { format: FORMAT, path, refused: refusal(head, 'Neuralynx') } : null;
}

function sniffFolder(folder: string, names: readonly string[]): Sniff | null {
  const found = sortedFiles(names)
    .slice(0, MAX_LOOKS)
    .find((name) => startsWith(firstBytes(join(folder, name), MAGIC.length), MAGIC_BYTES));
  return found === undefined ? null : folderSniff(folder, found, names);
}

function folderSniff(folder: string, known: string, names: readonly string[]): Sniff {
  const files = sortedFiles(names);
  const why = [`${known} begins with "${MAGIC}", the mark of Neuralynx files.`];
  if (files.length > 1) why.push(`The ${files.length} Neuralynx files of the folder are one recording.`);
  return { format: FORMAT, path: folder, files: files.map((name) => join(folder, name)), why };
}

const sortedFiles = (names: readonly string[]) => sortChannelFiles(names, ENDING, /\.ncs$/i);
