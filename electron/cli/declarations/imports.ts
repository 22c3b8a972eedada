import { Option } from 'commander';
import { matrixTypeSchema } from '../../../shared/contract/raw-matrix.ts';
import type { Declaration } from './declaration.ts';
import { count, finite, integer } from './options.ts';

/** What somebody says of the recordings of a folder, the same for a look and for the session. */
const choiceOptions = () => [
  new Option(
    '--pattern <text>',
    'how paths tell subject, session, date and epoch: “{subject}/{date:0000-00-00}/{epoch}/**”',
  ),
  new Option('--each', 'each subject, date and session of the pattern is a session of its own, linked by a dataset'),
  new Option('--subject-lab <lab>', 'laboratory of the subjects of the pattern: mouse12 becomes mouse12@LAB'),
  new Option('--exclude <key...>', 'recordings to leave out, by the keys that “ndi scan” shows'),
  new Option(
    '--choices <file>',
    'JSON of what else is chosen: {merges: [[key, key]], alone: [key], recordings: {key: {device, reader, epochId, subject, probes}}, tables: [{file, mapping: {onset}, recording: key, probe}]}; - is standard input',
  ),
  new Option('--recipe <name>', 'as it was chosen before: the name of a recipe, or “last” for that of the same rig'),
];

/** From folders of recordings to sessions. */
export const importDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'scan <folder>',
    does: 'Look for recordings in a folder and show what an import would make of them; writes nothing',
    example: 'ndi scan ~/data/2024-05-01 --pattern "{subject}/{epoch}/**"',
    options: choiceOptions(),
    load: async () => (await import('../commands/imports.ts')).scan,
  },
  {
    usage: 'create <sessionDir>',
    does: 'Make a session, from the recordings of a folder if asked',
    example: 'ndi create ~/data/2024-05-01 --reference mouse12 --from ~/data/2024-05-01',
    options: [
      new Option('--reference <name>', 'name of the session').makeOptionMandatory(),
      new Option(
        '--from <folder>',
        'folder of recordings: the session’s own, or one in it; those of any other are copied, as with --copy',
      ),
      new Option('--dataset', 'make a dataset, which holds sessions, instead'),
      new Option('--subject <id>', 'local identifier of the subject, such as mouse12@lab.org'),
      new Option('--lab <name>', 'laboratory whose set-up finds the recordings, instead of a scan'),
      new Option('--copy', 'copy the recordings to the session’s folder, which must be new; each copy is checked'),
      new Option('--ingest', 'also take all samples into the session’s database').conflicts('copy'),
      ...choiceOptions(),
      new Option('--remember <name>', 'keep what was chosen as a recipe for the rig’s next recordings'),
    ],
    load: async () => (await import('../commands/imports.ts')).create,
  },
  {
    usage: 'add-recordings <sessionDir>',
    does: 'Add the recordings of a folder to a session; from outside of its folder they are copied into it, each copy checked',
    example: 'ndi add-recordings ~/data/mouse12 --from /media/rig/2024-05-02',
    options: [
      new Option('--from <folder>', 'folder of recordings').makeOptionMandatory(),
      new Option('--subject <id>', 'local identifier of the subject, such as mouse12@lab.org'),
      ...choiceOptions(),
    ],
    load: async () => (await import('../commands/imports.ts')).addRecordings,
  },
  {
    usage: 'uncreate <sessionDir>',
    does: 'Take back the making of a session, or copies that were added to one: removes what was written, if nothing of it was changed since',
    example: 'ndi uncreate ~/data/2024-05-01',
    load: async () => (await import('../commands/imports.ts')).uncreate,
  },
  {
    usage: 'describe-matrix <files...>',
    does: 'Say what files of bare samples hold, in a text beside each, so that they open; the files are not touched',
    example: 'ndi describe-matrix run1.dat run2.dat --channels 64 --type int16 --rate 30000 --gain 0.195 --units uV',
    options: [
      new Option('--channels <n>', 'number of channels').argParser(count),
      new Option('--type <name>', 'type of the values, by its name in MATLAB').choices(matrixTypeSchema.options),
      new Option('--rate <hz>', 'samples of a channel per second').argParser(finite),
      new Option('--byte-order <order>', 'order of the bytes of a value')
        .choices(['little-endian', 'big-endian'])
        .default('little-endian'),
      new Option('--skip <bytes>', 'bytes before the first value').argParser(integer).default(0),
      new Option('--order <which>', 'whether the values of a sample or those of a channel lie together')
        .choices(['sample', 'channel'])
        .default('sample'),
      new Option('--gain <number>', 'physical value = value x gain + offset').argParser(finite).default(1),
      new Option('--offset <number>', 'see --gain').argParser(finite).default(0),
      new Option('--units <name>', 'units of the physical values').default(''),
      new Option('--remove', 'take the descriptions away instead'),
    ],
    load: async () => (await import('../commands/raw-matrix.ts')).describeMatrix,
  },
  {
    usage: 'recipes',
    does: 'List what is remembered of rigs for their next recordings, or forget it',
    example: 'ndi recipes --forget "Rig 2"',
    options: [new Option('--forget <name>', 'forget the recipe of this name')],
    load: async () => (await import('../commands/recipes.ts')).recipes,
  },
];
