import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** How sessions, datasets, documents and files differ. */
export const comparisonDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'diff <a> <b>',
    does: 'Tell how two sessions, datasets, documents or files differ; “equal” in its JSON says whether they do',
    example: 'ndi diff ~/data/2024-05-01 /media/backup/2024-05-01',
    options: [
      new Option('--session <id>', 'of this session of the first, where that is a dataset'),
      new Option('--other-session <id>', 'of this session of the second'),
      new Option('--no-files', 'do not compare the bytes of files'),
      new Option('--ignore <fields>', 'fields that do not count, with commas between them; base.session_id without it'),
      new Option('--id <id>', 'compare this document only'),
      new Option('--other-id <id>', 'with this one of the second, where it has another id'),
      new Option('--recipe <file>', 'compare two documents field by field, as NDI’s recipe in a JSON file says'),
      new Option('--make-recipe', 'print the recipe of a document, in which nothing is compared yet'),
    ],
    load: async () => (await import('../commands/comparisons.ts')).diff,
  },
  {
    usage: 'summary <path>',
    does: 'Print the summary by which implementations of NDI compare sessions and datasets, or compare it',
    example: 'ndi summary ~/ndi-demo --compare ~/matlab/sessionSummary.json',
    options: [
      new Option('--session <id>', 'of this session of a dataset'),
      new Option('--compare <other>', 'folder of another session or dataset, or a summary in a JSON file'),
      new Option('--exclude <names>', 'files that do not count, with commas between them'),
      new Option('--out <folder>', 'write the summary and all documents as JSON into a new folder').conflicts(
        'compare',
      ),
    ],
    load: async () => (await import('../commands/comparisons.ts')).summary,
  },
];
