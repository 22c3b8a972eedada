import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { finite, integer } from './options.ts';

const sessionOption = () => new Option('--session <id>', 'in this session of a dataset');

const derivedOptions = () => [
  new Option(
    '--name <name>',
    'name of the new element; one that is there gets the epochs that it lacks',
  ).makeOptionMandatory(),
  new Option('--reference <n>', 'its reference number').default(1).argParser(integer),
  new Option('--dry-run', 'tell what would be written, and write nothing'),
  sessionOption(),
];

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
    does: 'Find the document to which a stored file belongs, by its id; or all files of documents and epochs by a part of their name, place or id',
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
      new Option(
        '--table <file>',
        'CSV, TSV, Excel or MAT: times in the first column, values in the others; or a recording of any format',
      ),
      new Option('--sheet <name>', 'table of a file that has several'),
      new Option('--of <epochs>', 'the epochs of which it was made, with commas between them'),
      sessionOption(),
    ],
    load: async () => (await import('../commands/objects.ts')).addEpoch,
  },
  {
    usage: 'downsample <path> <element>',
    does: 'Make an element of a lower rate from a probe or element: low-passed, every so many-th sample',
    example: 'ndi downsample ~/ndi-demo "cortex|1" --factor 20 --name lfp',
    options: [
      new Option('--factor <n>', 'keep every n-th sample').makeOptionMandatory().argParser(integer),
      ...derivedOptions(),
    ],
    load: async () => (await import('../commands/derived-elements.ts')).downsample,
  },
  {
    usage: 'one-epoch <path> <element>',
    does: 'Make an element whose one epoch joins all epochs of a probe or element',
    example: 'ndi one-epoch ~/ndi-demo "unit1|1" --name unit1_whole',
    options: derivedOptions(),
    load: async () => (await import('../commands/derived-elements.ts')).oneEpoch,
  },
];
