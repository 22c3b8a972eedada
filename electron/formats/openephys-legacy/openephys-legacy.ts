import { FolderSniffer } from '../folder-sniffer.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, RecordingFormat, Sniff } from '../format.ts';
import { openFolder } from './folder.ts';
import { MAGIC } from './header.ts';

const FORMAT = 'openephys-legacy';

const folders = new FolderSniffer({
  format: FORMAT,
  maker: 'Open Ephys',
  mark: MAGIC,
  because: `begins with "${MAGIC}".`,
  ending: /\.(continuous|events|spikes)$/i,
  continuous: /\.continuous$/i,
});

/** The Open Ephys format of versions 0.2 to 0.6: a folder of one `.continuous` file a channel. */
export const openEphysLegacy: RecordingFormat = {
  id: FORMAT,
  name: 'Open Ephys (legacy)',
  extensions: ['.continuous', '.events', '.spikes'],
  sniff,
  sniffFolder: (folder, names) => folders.ofFolder(folder, names),
  open: openFolder,
};

function sniff(candidate: FileCandidate): Sniff | NearMiss | null {
  const { path, head } = candidate;
  const found = folders.ofFile(candidate);
  if (found !== null) return found;
  // The other endings are of too many makers to be a promise, and messages have no header.
  return /\.continuous$/i.test(path) ? { format: FORMAT, path, refused: refusal(head, 'Open Ephys') } : null;
}
