import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { deviceOption, epochOption, finite } from './options.ts';

/** Sorted units and their spikes. */
export const unitDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'units <path>',
    does: 'List the sorted units whose spikes fall into an epoch or a recording',
    example: 'ndi units ~/ndi-demo --device intan1 --epoch 1',
    options: [deviceOption(), epochOption()],
    load: async () => (await import('../commands/units.ts')).units,
  },
  {
    usage: 'spikes <path>',
    does: 'Give the spike times of units, those of other devices on the clock of the epoch',
    example: 'ndi spikes ~/ndi-demo --device intan1 --epoch 1 --unit cortex_1_1 --from 0 --to 2',
    options: [
      new Option('--unit <name...>', 'names or ids of units; without it all of them'),
      new Option('--from <time>', 'start, in seconds').argParser(finite),
      new Option('--to <time>', 'end, in seconds; not included').argParser(finite),
      deviceOption(),
      epochOption(),
    ],
    load: async () => (await import('../commands/units.ts')).spikes,
  },
];
