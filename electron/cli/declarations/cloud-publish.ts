import { Option } from 'commander';
import { profileOption } from './cloud.ts';
import type { Declaration } from './declaration.ts';

const emailOption = () => new Option('--email <address>', 'address of the depositor, to which Crossref writes');

/** Publishing, DOIs and citations; files that were fetched when they were needed. */
export const cloudPublishDeclarations: readonly Declaration<never>[] = [
  {
    group: 'cloud',
    usage: 'publish <path>',
    does: 'Submit an uploaded dataset for publication, after checking what it needs',
    example: 'ndi cloud publish ~/data/published --check',
    options: [
      new Option('--check', 'only tell what is there and what is missing'),
      new Option('--describe', 'put the description of the dataset into its record in the cloud first'),
      new Option(
        '--remove-placeholder',
        'take the placeholder of a DOI that NDI-matlab writes out of the record first',
      ),
      new Option('--publish', 'publish it (administrators)').conflicts(['unpublish']),
      new Option('--unpublish', 'take it back (administrators)'),
      new Option('--branch <name>', 'make a branch of it in the cloud'),
      new Option('--branches', 'list its branches'),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-publish.ts')).publish,
  },
  {
    group: 'cloud',
    usage: 'doi <path>',
    does: 'Register a DOI for a published dataset; without an option, tell how far that is',
    example: 'ndi cloud doi ~/data/published --deposit --email data@example.org',
    options: [
      new Option('--xml', 'print the deposit for Crossref; nothing is sent').conflicts(['deposit', 'result']),
      new Option('--deposit', 'hand the deposit to Crossref; its login is in CROSSREF_USERNAME and CROSSREF_PASSWORD'),
      new Option('--production', 'with --deposit: for good, instead of at Crossref’s test system'),
      new Option('--result', 'ask what became of the deposit; a DOI that lives is written into the record'),
      emailOption(),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-publish.ts')).doi,
  },
  {
    group: 'cloud',
    usage: 'cache',
    does: 'Tell how much files of NDI Cloud that were needed once take on this computer, or clear them away',
    example: 'ndi cloud cache --clear',
    options: [new Option('--clear', 'remove them; they are fetched again when they are needed')],
    load: async () => (await import('../commands/cloud-files.ts')).cache,
  },
  {
    usage: 'cite <dataset>',
    does: 'Print how a dataset is cited: the folder of one, or the id of one in NDI Cloud',
    example: 'ndi cite ~/data/published --format bibtex',
    options: [
      new Option('--format <format>', 'text, bibtex or ris').choices(['text', 'bibtex', 'ris']).default('text'),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-publish.ts')).cite,
  },
];
