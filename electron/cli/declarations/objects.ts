import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { finite } from './options.ts';

const sessionOption = () => new Option('--session <id>', 'in this session of a dataset');

/** What documents stand for, whose files are, and epochs that elements hold. */
export const objectDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'object <path> <id>',
    does: 'Tell which object of NDI a document stands for: a probe, a DAQ system, a sync rule …',
    example: 'ndi object ~/ndi-demo 412694f69ab1ee31_40dbbe31dde03ada',
    options: [sessionOption()],
    load: async () => (await import('../commands/objects.ts')).object,
  },
  {
    usage: 'find-file <path> <uid>',
    does: 'Find the document to which a stored file belongs',
    example: 'ndi find-file ~/ndi-demo 412694f69ab27668_c0ce4d32f2417873',
    options: [sessionOption()],
    load: async () => (await import('../commands/objects.ts')).findFile,
  },
  {
    usage: 'add-epoch <path> <element>',
    does: 'Add an epoch to an element that holds its own, such as a neuron, with samples of a table',
    example: 'ndi add-epoch ~/ndi-demo "unit1|1" --epoch t1 --from 0 --to 10 --table spikes.csv',
    options: [
      new Option('--epoch <id>', 'id of the epoch').makeOptionMandatory(),
      new Option('--clock <type>', 'its clock').default('dev_local_time'),
      new Option('--from <time>', 'start, in seconds').makeOptionMandatory().argParser(finite),
      new Option('--to <time>', 'end, in seconds').makeOptionMandatory().argParser(finite),
      new Option('--table <file>', 'CSV or TSV with a header: times in the first column, values in the others'),
      new Option('--of <epochs>', 'the epochs of which it was made, with commas between them'),
      sessionOption(),
    ],
    load: async () => (await import('../commands/objects.ts')).addEpoch,
  },
];
