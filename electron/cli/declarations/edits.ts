import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

const typesOption = () => new Option('--types <folder>', 'definitions of document types of your own');
const sessionOption = () => new Option('--session <id>', 'in this session of a dataset');

/** Changes of documents. */
export const editDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'add <path> <file>',
    does: 'Add documents to a session or dataset, all or none, from a JSON file; - reads standard input. A document without base.id is a draft: it gets an id, the date and the defaults of its class',
    example: 'ndi add ~/ndi-demo subject.json',
    options: [sessionOption(), typesOption()],
    load: async () => (await import('../commands/edits.ts')).add,
  },
  {
    usage: 'remove <path> <id>',
    does: 'Remove a document and its files; refused while others depend on it',
    example: 'ndi remove ~/ndi-demo 412694f69ab1ee31_40dbbe31dde03ada --cascade',
    options: [new Option('--cascade', 'remove all that depend on it too'), sessionOption()],
    load: async () => (await import('../commands/edits.ts')).remove,
  },
  {
    usage: 'edit <path> <id> <set...>',
    does:
      'Change fields of a document: FIELD=VALUE (JSON or text), depends_on.NAME=ID, files.NAME=PATH; ' +
      'nothing after = takes a dependency or file away',
    example: `ndi edit ~/ndi-demo ID 'subject.description="female, P60"' depends_on.subject_id=ID`,
    options: [sessionOption(), typesOption()],
    load: async () => (await import('../commands/edits.ts')).edit,
  },
  {
    usage: 'validate <path>',
    does: 'Check documents against the rules of their types; exit 4 where one breaks a rule',
    example: 'ndi validate ~/ndi-demo',
    options: [new Option('--id <id>', 'this document only'), sessionOption(), typesOption()],
    load: async () => (await import('../commands/validate.ts')).validate,
  },
  {
    usage: 'types [name]',
    does: 'List the document types, or show a document of one with every field at its default',
    example: 'ndi types subject',
    options: [typesOption()],
    load: async () => (await import('../commands/types.ts')).types,
  },
];
