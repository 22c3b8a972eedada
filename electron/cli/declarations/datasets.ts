import { Argument, Option } from 'commander';
import type { Declaration } from './declaration.ts';

const uncheckedOption = () =>
  new Option('--unchecked', 'copy documents whatever rules of NDI they break, and name those that do');

/** Datasets, and copies of sessions and documents. */
export const datasetDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'dataset',
    does: 'List, add, take in, convert or remove the sessions of a dataset',
    example: 'ndi dataset add ~/data/published ~/data/2024-05-01 --ingest',
    args: [
      new Argument('<action>', 'what to do').choices(['list', 'add', 'convert', 'remove']),
      new Argument('<path>', 'folder of the dataset'),
      new Argument('[session]', 'add: folder of a session; convert, remove: id of a member'),
    ],
    options: [
      new Option('--ingest', 'add: copy the session’s documents and files into the dataset, instead of linking it'),
      new Option('--session <id>', 'add: which session, where the folder holds a dataset'),
      new Option('--yes', 'remove: delete the documents and files of a session that the dataset holds'),
      uncheckedOption(),
    ],
    load: async () => (await import('../commands/datasets.ts')).dataset,
  },
  {
    usage: 'copy <path> <dest>',
    does: 'Copy a session or dataset, or some of its documents, with all files',
    example: "ndi copy ~/data/published ~/data/one --session 412694f69aafaba3_40dbbdf6582271b2 --where 'isa(subject)'",
    options: [
      new Option('--session <id>', 'of this session of a dataset'),
      new Option('--where <expression>', 'only documents that fulfil NDI’s query, and what they depend on'),
      new Option('--new-ids', 'give the copies new ids; links among them follow'),
      new Option('--without-files', 'leave the files of the documents behind'),
      uncheckedOption(),
    ],
    load: async () => (await import('../commands/datasets.ts')).copy,
  },
];
