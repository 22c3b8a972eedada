import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { count } from './options.ts';

/** Which documents, in which order. */
const filters: readonly Option[] = [
  new Option('--class <name>', 'of this class'),
  new Option('--isa <name>', 'of this class or of one that descends from it'),
  new Option('--where <expression>', 'NDI’s query, as JSON or in its readable form; - reads it from standard input'),
  new Option('--depends-on <name=id>', 'that depend on a document'),
  new Option('--id <id>', 'the one with this id'),
  new Option('--text <words>', 'with these words in a text, the class, an id or a date'),
  new Option('--session <id>', 'of this session of a dataset'),
  new Option('--sort <column>', 'by name, class, datestamp, id or a field such as element.type'),
  new Option('--descending', 'the last first'),
];

/** Documents of a session or dataset. */
export const documentDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'documents <path>',
    does: 'List the documents of a session or dataset',
    example: 'ndi documents ~/ndi-demo --isa element --where \'base.name ~contains "tetrode"\'',
    options: [
      ...filters,
      new Option('--full', 'the whole documents'),
      new Option('--linked', 'of a dataset: then those of the sessions to which it links, as NDI searches').conflicts(
        'session',
      ),
      new Option('--limit <n>', 'at most so many').argParser(count),
    ],
    load: async () => (await import('../commands/documents.ts')).documents,
  },
  {
    usage: 'export <path>',
    does: 'Write documents as a table or as JSON',
    example:
      "ndi export ~/ndi-demo --to csv --where 'isa(element)' --columns id,element.name,element.type --out elements.csv",
    options: [
      new Option('--to <format>', 'the form of the file').choices(['csv', 'json', 'parquet']).makeOptionMandatory(),
      new Option(
        '--out <file>',
        'the file; - is standard output. Without it, a new one in this folder, named after the path',
      ),
      new Option('--columns <names>', 'only these: id, class, name, sessionId, datestamp, depends_on_NAME or fields'),
      ...filters,
    ],
    load: async () => (await import('../commands/export.ts')).exportCommand,
  },
];
