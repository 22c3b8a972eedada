import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { count } from './options.ts';

/** Documents of a session or dataset. */
export const documentDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'documents <path>',
    does: 'List the documents of a session or dataset',
    example: 'ndi documents ~/ndi-demo --isa element --where \'base.name ~contains "tetrode"\'',
    options: [
      new Option('--class <name>', 'of this class'),
      new Option('--isa <name>', 'of this class or of one that descends from it'),
      new Option(
        '--where <expression>',
        'NDI’s query, as JSON or in its readable form; - reads it from standard input',
      ),
      new Option('--depends-on <name=id>', 'that depend on a document'),
      new Option('--id <id>', 'the one with this id'),
      new Option('--session <id>', 'of this session of a dataset'),
      new Option('--full', 'the whole documents'),
      new Option('--limit <n>', 'at most so many').argParser(count),
    ],
    load: async () => (await import('../commands/documents.ts')).documents,
  },
];
