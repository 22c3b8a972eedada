import { InvalidArgumentError, Option } from 'commander';
import { syncModes } from '../../../shared/model/sync.ts';
import { profileOption } from './cloud.ts';
import type { Declaration } from './declaration.ts';
import { integer } from './options.ts';

/** NDI-matlab's spellings (`TwoWaySync`) are understood too. */
function mode(text: string): string {
  const wanted = text.toLowerCase().replace(/sync$/, '');
  const found = syncModes.find((one) => one.toLowerCase() === wanted);
  if (found === undefined) throw new InvalidArgumentError(`Choose one of ${syncModes.join(', ')}.`);
  return found;
}

const modeOption = () =>
  new Option('--mode <mode>', `one of ${syncModes.join(', ')}`).argParser(mode).default('twoWay');
const filesOption = () => new Option('--files', 'also fetch the bytes of files; sending always sends them');
const deletionsOption = () => new Option('--deletions', 'twoWay: also carry deletions over');
const takeInOption = () =>
  new Option('--take-in', 'first ingest what lies outside of the database, and take linked sessions in');
const editedOption = () => new Option('--update-edited', 'also carry changed content over');

/** Copies of datasets here and in NDI Cloud. */
export const cloudSyncDeclarations: readonly Declaration<never>[] = [
  {
    group: 'cloud',
    usage: 'status <path>',
    does: 'Tell how far a session or dataset and its copy in the cloud are apart',
    example: 'ndi cloud status ~/data/published',
    options: [new Option('--offline', 'what the last look found, without asking the server'), profileOption()],
    load: async () => (await import('../commands/cloud-sync.ts')).status,
  },
  {
    group: 'cloud',
    usage: 'plan <path>',
    does: 'Show what a sync would do; changes nothing',
    example: 'ndi cloud plan ~/data/published --mode twoWay --deletions',
    options: [modeOption(), filesOption(), deletionsOption(), editedOption(), profileOption()],
    load: async () => (await import('../commands/cloud-sync.ts')).plan,
  },
  {
    group: 'cloud',
    usage: 'upload <path>',
    does: 'Send a session or dataset: make its dataset in the cloud if needed, send what is new',
    example: 'ndi cloud upload ~/data/published --name "Orientation tuning in ferret V1"',
    options: [new Option('--name <name>', 'name of a dataset that has to be made'), takeInOption(), profileOption()],
    load: async () => (await import('../commands/cloud-sync.ts')).upload,
  },
  {
    group: 'cloud',
    usage: 'download <id> <dir>',
    does: 'Fetch a dataset into a folder of its own; goes on where an earlier attempt stopped',
    example: 'ndi cloud download 668b0539f13096e04f1feccd ~/data --files',
    options: [
      filesOption(),
      new Option('--session <id>', 'which session is the dataset’s own, where that is not clear'),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-sync.ts')).download,
  },
  {
    group: 'cloud',
    usage: 'sync <path>',
    does: 'Bring a session or dataset and its copy in the cloud in step',
    example: 'ndi cloud sync ~/data/published --mode downloadNew --files',
    options: [
      modeOption(),
      filesOption(),
      deletionsOption(),
      editedOption(),
      new Option('--dry-run', 'show the plan, change nothing'),
      new Option('--yes', 'agree to the deletions of the plan'),
      new Option('--max-deletions <n>', 'with --yes: agree also to many deletions, up to so many').argParser(integer),
      new Option('--confirm <name>', 'agree to any deletions by the name of the dataset'),
      new Option('--take <side>', 'settle all conflicts: here or there').choices(['here', 'there']),
      takeInOption(),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-sync.ts')).sync,
  },
];
