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
      new Option('--table <file>', 'CSV, TSV, .xlsx or .mat of trials to be kept as stimuli of --probe in --epoch'),
      new Option('--sheet <name>', 'sheet of the workbook, or variable of the MAT file'),
      new Option('--device <name>', 'DAQ system on whose clock the times of the table are'),
      new Option('--onset <column>', 'column of the table with the onsets, if its name does not tell'),
      new Option('--offset <column>', 'column with the ends').conflicts('duration'),
      new Option('--duration <column>', 'column with the lengths'),
      new Option('--stimulus <column>', 'column with ids or names of the stimuli'),
      new Option('--unit <unit>', 'unit of the times').choices(['s', 'ms', 'us', 'min', 'h']),
      new Option('--origin <moment>', 'when the clock is 0, for columns of dates: 2024-05-01T14:00:00'),
      new Option('--table-clock <name>', 'clock of the epoch that the times are on, if not its first'),
      new Option('--preview', 'only tell what the table would give'),
      new Option('--decode', 'write what is only in the recordings into documents').conflicts('clock'),
    ],
    load: async () => (await import('../commands/stimuli.ts')).stimuli,
  },
];
