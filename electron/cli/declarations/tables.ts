import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** Documents as tables by what they are about. */
export const tableDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'table <path>',
    does: 'Show subjects, probes, epochs, openMINDS documents or ontology table rows as a table',
    example: 'ndi table ~/ndi-demo --by epoch --with stimulus_presentation --to csv --out epochs.csv',
    options: [
      new Option('--by <what>', 'what the rows are')
        .choices(['subject', 'probe', 'epoch', 'element', 'treatment', 'openminds', 'ontologyTableRow'])
        .makeOptionMandatory(),
      new Option(
        '--kind <name>',
        'openminds: one type, such as Strain; ontologyTableRow: its variables; all without it',
      ),
      new Option('--where <expression>', 'NDI’s query: which subjects, probes or elements'),
      new Option('--with <classes>', 'add the fields of documents of these classes that depend on what a row is about'),
      new Option('--session <id>', 'of this session of a dataset'),
      new Option('--to <format>', 'write a file of this form').choices(['csv', 'json', 'parquet']),
      new Option('--out <file>', 'the file'),
    ],
    load: async () => (await import('../commands/table.ts')).tableCommand,
  },
];
