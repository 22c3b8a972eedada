import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { count } from './options.ts';

/** Which documents depend on which. */
export const documentGraphDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'graph <path> [id]',
    does: 'Show what a document depends on and what depends on it; without an id, the dependencies that point nowhere',
    example: 'ndi graph ~/ndi-demo 412694f69aafaba3_40dbbdf6582271b2 --levels 3',
    options: [
      new Option('--levels <n>', 'so many steps along dependencies').default(2).argParser(count),
      new Option('--all <direction>', 'everything in one direction instead').choices(['antecedents', 'dependents']),
    ],
    load: async () => (await import('../commands/document-graph.ts')).graph,
  },
];
