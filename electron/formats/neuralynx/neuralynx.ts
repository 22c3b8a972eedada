import { FolderSniffer } from '../folder-sniffer.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, RecordingFormat, Sniff } from '../format.ts';
import { MAGIC } from './header.ts';
import { openFolder } from './folder.ts';

const FORMAT = 'neuralynx';
const OWN_ENDING = /\.(ncs|nse|nst|ntt)$/i;

const folders = new FolderSniffer({
  format: FORMAT,
  maker: 'Neuralynx',
  mark: MAGIC,
  because: `begins with "${MAGIC}", the mark of Neuralynx files.`,
  ending: /\.(ncs|nse|nst|ntt|nev)$/i,
  continuous: /\.ncs$/i,
});

/** Neuralynx (Cheetah, Pegasus): a folder of one file a channel, electrode or kind of events. */
export const neuralynx: RecordingFormat = {
  id: FORMAT,
  name: 'Neuralynx',
  extensions: ['.ncs', '.nev', '.nse', '.nst', '.ntt'],
  sniff,
  sniffFolder: (folder, names) => folders.ofFolder(folder, names),
  open: openFolder,
};

function sniff(candidate: FileCandidate): Sniff | NearMiss | null {
  const { path, head } = candidate;
  const found = folders.ofFile(candidate);
  if (found !== null) return found;
  // .nev is Blackrock's ending as well.
  return OWN_ENDING.test(path) ? { format: FORMAT, path, refused: refusal(head, 'Neuralynx') } : null;
}
