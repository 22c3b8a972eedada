import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** Documents that are computed from documents. */
export const calculatorDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'calc <name> <path>',
    does:
      'Compute documents from documents: stimulus-responses (how probes and neurons responded to each stimulus), ' +
      'tuningcurve (responses by a parameter of the stimuli) or simple. What is there already is kept',
    example: 'ndi calc tuningcurve ~/ndi-demo --param independent_parameter=direction',
    options: [
      new Option('--param <name=value...>', 'parameters, as JSON or text; an unknown one tells which there are'),
      new Option('--input <name=id>', 'this document as the input of that name, instead of every one that fits'),
      new Option('--where <expression>', 'NDI’s query: which documents are the input; - reads standard input'),
      new Option(
        '--exists <action>',
        'what is done about a result that is there; to replace it removes what depends on it too',
      )
        .choices(['keep', 'replace', 'error'])
        .default('keep'),
      new Option('--session <id>', 'in this session of a dataset'),
    ],
    load: async () => (await import('../commands/calculators.ts')).calc,
  },
];
