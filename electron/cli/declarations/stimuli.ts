import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** What stimulators showed. */
export const stimulusDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'stimuli <path>',
    does: 'List what the stimulators of a session showed and when, or keep it as documents',
    example: 'ndi stimuli ~/ndi-demo --clock blackrock1',
    options: [
      new Option('--session <id>', 'one of the sessions of a dataset'),
      new Option('--probe <name>', 'one stimulator, by its name or its name and reference (“screen | 1”)'),
      new Option('--epoch <id>', 'one epoch'),
      new Option('--clock <device>', 'DAQ system on whose clock the times are wanted'),
      new Option('--decode', 'write what is only in the recordings into documents').conflicts('clock'),
    ],
    load: async () => (await import('../commands/stimuli.ts')).stimuli,
  },
];
