import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** The description of a dataset. */
export const metadataDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'metadata <path>',
    does: 'Show or change what describes a dataset: title, authors, license and more',
    example: 'ndi metadata ~/ndi-demo --set title="What ferrets see" --set license=ccBy4_0',
    options: [
      new Option('--set <field=value>', 'change a field; lists such as authors as JSON').argParser(
        (value: string, before: string[] | undefined) => [...(before ?? []), value],
      ),
    ],
    load: async () => (await import('../commands/metadata.ts')).metadata,
  },
];
