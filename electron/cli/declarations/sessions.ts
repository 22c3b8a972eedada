import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { deviceOption, integer } from './options.ts';

/** What a path is, and sessions made of it. */
export const sessionDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'info <path>',
    does: 'Tell what a path is and holds: session, dataset, recording or folder',
    example: 'ndi info ~/data/2024-05-01/run1.rhd',
    load: async () => (await import('../commands/info.ts')).info,
  },
  {
    usage: 'demo <dir>',
    does: 'Write the sample session into an empty or new folder',
    example: 'ndi demo ~/ndi-demo',
    options: [new Option('--seed <n>', 'another number, another experiment').default(1).argParser(integer)],
    load: async () => (await import('../commands/sessions.ts')).demo,
  },
  {
    usage: 'epochs <path>',
    does: 'List the epochs of a session',
    example: 'ndi epochs ~/ndi-demo --device intan',
    options: [
      deviceOption(),
      new Option('--first <epoch>', 'from this epoch on, by its id or number; needs --device'),
      new Option('--last <epoch>', 'to this epoch, included'),
      new Option('--clock <name>', 'clock on which all of them must have an extent').default('dev_local_time'),
    ],
    load: async () => (await import('../commands/epochs.ts')).epochs,
  },
  {
    usage: 'probes <path>',
    does: 'List the probes of a session',
    example: 'ndi probes ~/ndi-demo',
    load: async () => (await import('../commands/epochs.ts')).probes,
  },
  {
    usage: 'elements <path>',
    does: 'List the probes of a session and what was derived from them, with their epochs',
    example: 'ndi elements ~/ndi-demo',
    options: [new Option('--session <id>', 'one of the sessions of a dataset')],
    load: async () => (await import('../commands/elements.ts')).elements,
  },
  {
    usage: 'ingest <path>',
    does: 'Take the recordings of a session into its database, so that it works without them',
    example: 'ndi ingest ~/ndi-demo',
    options: [new Option('--session <id>', 'one of the sessions of a dataset')],
    load: async () => (await import('../commands/ingest.ts')).ingest,
  },
];
