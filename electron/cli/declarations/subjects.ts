import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

const sessionOption = () => new Option('--session <id>', 'in this session of a dataset');

/** Subjects, what was done to them, and openMINDS objects. */
export const subjectDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'subject <path> <subject>',
    does: 'Show or set species, strain and sex of a subject, kept as openMINDS documents',
    example: 'ndi subject ~/ndi-demo ferret1@sample.lab --species NCBITaxon:9669 --sex female',
    options: [
      new Option('--species <term>', 'PREFIX:id or PREFIX:name; empty takes it away'),
      new Option('--strain <term>', 'PREFIX:id or PREFIX:name; empty takes it away'),
      new Option('--sex <sex>', 'empty takes it away').choices([
        'male',
        'female',
        'hermaphrodite',
        'notDetectable',
        '',
      ]),
      sessionOption(),
    ],
    load: async () => (await import('../commands/subjects.ts')).subject,
  },
  {
    usage: 'treatments <path> <file>',
    does: 'Take a table of treatments in: columns ontologyName, name, numeric_value, string_value, group',
    example: 'ndi treatments ~/ndi-demo treatments.csv --subject ferret1@sample.lab',
    options: [
      new Option('--subject <subject>', 'local identifier or id of the subject').makeOptionMandatory(),
      new Option('--preview', 'only show what the table gives'),
      sessionOption(),
    ],
    load: async () => (await import('../commands/subjects.ts')).treatments,
  },
  {
    usage: 'openminds <path> [file]',
    does: 'Add openMINDS objects (JSON-LD) as documents; - reads standard input. Without a file: write the description of the dataset as openMINDS documents',
    example: 'ndi openminds ~/ndi-demo species.jsonld --about subject --id 412694f69ab1ee31_40dbbe31dde03ada',
    options: [
      new Option('--about <what>', 'what the objects describe').choices(['subject', 'element', 'stimulus']),
      new Option('--id <id>', 'document of what they describe'),
      sessionOption(),
    ],
    load: async () => (await import('../commands/subjects.ts')).openminds,
  },
];
