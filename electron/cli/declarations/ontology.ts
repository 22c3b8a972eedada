import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** Terms of ontologies. */
export const ontologyDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'lookup <term>',
    does: 'Look up an ontology term by PREFIX:id or PREFIX:name',
    example: 'ndi lookup UBERON:"primary visual cortex"',
    options: [new Option('--refresh', 'ask the ontology’s server though the term is known here')],
    load: async () => (await import('../commands/lookup.ts')).lookup,
  },
];
