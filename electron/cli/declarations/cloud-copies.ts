import { Option } from 'commander';
import { profileOption } from './cloud.ts';
import type { Declaration } from './declaration.ts';

const commands = () => import('../commands/cloud-copies.ts');

/** Copies and their datasets in NDI Cloud beside the syncs. */
export const cloudCopiesDeclarations: readonly Declaration<never>[] = [
  {
    group: 'cloud',
    usage: 'compare <path>',
    does: 'List what is only here, only in the cloud, different, or there twice; changes nothing; exit 5 where they differ',
    example: 'ndi cloud compare ~/data/published --contents',
    options: [new Option('--contents', 'also compare the documents that are on both sides'), profileOption()],
    load: async () => (await commands()).compare,
  },
  {
    group: 'cloud',
    usage: 'repair <path>',
    does: 'Delete what is in the cloud more than once; the first record of each document stays',
    example: 'ndi cloud repair ~/data/published --dry-run',
    options: [
      new Option('--dry-run', 'show what would go, change nothing'),
      new Option('--yes', 'agree to the deletions'),
      profileOption(),
    ],
    load: async () => (await commands()).repair,
  },
  {
    group: 'cloud',
    usage: 'link <path> <id>',
    does: 'Link a session or dataset to a dataset that is in the cloud already',
    example: 'ndi cloud link ~/data/published 668b0539f13096e04f1feccd',
    options: [profileOption()],
    load: async () => (await commands()).link,
  },
  {
    group: 'cloud',
    usage: 'unlink <path>',
    does: 'Take the link to the cloud away; nothing changes there',
    example: 'ndi cloud unlink ~/data/published',
    options: [new Option('--dataset <id>', 'only the link to this dataset, where there are several'), profileOption()],
    load: async () => (await commands()).unlink,
  },
  {
    group: 'cloud',
    usage: 'restore <id>',
    does: 'Bring a dataset back that was deleted in the cloud',
    example: 'ndi cloud restore 668b0539f13096e04f1feccd',
    options: [profileOption()],
    load: async () => (await commands()).restore,
  },
  {
    group: 'cloud',
    usage: 'delete <id>',
    does: 'Delete a dataset in the cloud; it can be restored for a while',
    example: 'ndi cloud delete 668b0539f13096e04f1feccd --confirm "Mouse 12, pilot"',
    options: [
      new Option('--confirm <name>', 'its name, exactly').makeOptionMandatory(),
      new Option('--when <time>', 'when it is gone for good: 7d, 12h, 30m or now').default('7d'),
      profileOption(),
    ],
    load: async () => (await commands()).remove,
  },
];
