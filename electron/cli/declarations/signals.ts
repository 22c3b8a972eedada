import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import {
  channelsOption,
  clockOption,
  count,
  deviceOption,
  elementOption,
  epochOption,
  fromOption,
  toOption,
} from './options.ts';

/** Samples and events. */
export const signalDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'read <path>',
    does: 'Give samples in physical units',
    example: 'ndi read run1.rhd --channels ai1-4 --from 0 --to 2 --format npy --out run1.npy',
    options: [
      channelsOption().makeOptionMandatory(false),
      elementOption(),
      new Option('--probe <name>', 'the same as --element'),
      fromOption(),
      toOption(),
      deviceOption(),
      epochOption(),
      clockOption(),
      new Option('--samples', '--from and --to are sample indices of each channel’s own rate'),
      new Option(
        '--format <name>',
        'form of the samples (of --out by its ending; else json with --json, else csv)',
      ).choices(['json', 'csv', 'npy', 'f32']),
      new Option('--out <file>', 'file to write; - is standard output'),
    ],
    load: async () => (await import('../commands/read.ts')).read,
  },
  {
    usage: 'events <path>',
    does: 'Give events in a time range',
    example: 'ndi events run1.nev --channels all --from 0 --to 60',
    options: [
      channelsOption(),
      elementOption(),
      fromOption(),
      toOption(),
      deviceOption(),
      epochOption(),
      clockOption(),
    ],
    load: async () => (await import('../commands/signals.ts')).events,
  },
  {
    usage: 'envelope <path>',
    does: 'Give minima and maxima of equal stretches of time',
    example: 'ndi envelope run1.rhd --channels ai1-32 --from 0 --to 600 --columns 1000',
    options: [
      channelsOption(),
      fromOption(),
      toOption(),
      new Option('--columns <n>', 'number of stretches').makeOptionMandatory().argParser(count),
      elementOption(),
      deviceOption(),
      epochOption(),
    ],
    load: async () => (await import('../commands/signals.ts')).envelope,
  },
  {
    usage: 'overview <path>',
    does: 'Build the overview of a long recording, by which any stretch of it is seen at once',
    example: 'ndi overview run1.rhd',
    options: [
      deviceOption(),
      epochOption(),
      new Option('--store', 'also store it in the session, as pyraview documents of the epoch’s probes'),
    ],
    load: async () => (await import('../commands/signals.ts')).overview,
  },
];
