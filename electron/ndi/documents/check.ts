import { existsSync } from 'node:fs';
import { fileEntries } from '../../../shared/model/document-files.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import {
  definitionName,
  dependencies,
  documentClass,
  documentId,
  documentName,
  listOf,
  type NdiDocument,
  objectOf,
  storedSuperclasses,
  textOf,
} from '../../../shared/model/documents.ts';
import { type ErrorCode, NdiError } from '../../../shared/model/errors.ts';
import { checkValue } from './check-value.ts';
import { type DocumentSchema, findDocumentType } from './types.ts';

/** Where a document breaks a rule: the field, the rule in words, and what was found. */
export interface Breach {
  readonly field: string;
  readonly rule: string;
  readonly value: string;
  /** `document.invalid` unless the fault lies outside of the document. */
  readonly code?: ErrorCode;
}

/**
 * Checks a batch of documents as NDI does before it stores any of them. `exists` tells whether the database already
 * holds a document of that id; dependencies may also point into the batch.
 * @throws NdiError document.invalid naming document, field, rule and value
 */
export function checkDocuments(documents: readonly NdiDocument[], exists: (id: string) => boolean): void {
  const batch = new Set<string>();
  for (const document of documents) {
    const id = documentId(document);
    if (batch.has(id)) throw duplicateInBatch(id);
    batch.add(id);
  }
  for (const document of documents) {
    const breach = findBreach(document, (id) => batch.has(id) || exists(id));
    if (breach !== null) throw breachError(document, breach);
  }
}

/** The first rule that a document breaks, or null. */
export function findBreach(document: NdiDocument, exists: (id: string) => boolean): Breach | null {
  if (documentId(document) === '') return { field: 'base.id', rule: 'every document needs an id', value: '' };
  const holder = objectOf(document['document_class']) ?? {};
  for (const key of ['class_name', 'property_list_name', 'class_version']) {
    if ((holder[key] ?? '') === '') return { field: `document_class.${key}`, rule: 'it must not be empty', value: '' };
  }
  const validation = textOf(holder['validation']);
  if (validation === '') return null;
  const name = documentClass(document);
  const type = findDocumentType(name) ?? findDocumentType(schemaName(validation));
  if (type?.schema === undefined) {
    return { field: 'document_class.validation', rule: 'its schema is not among the known ones', value: validation };
  }
  return checkSchema(document, type.schema, name, exists);
}

/** `$NDISCHEMAPATH/daq/daqsystem_schema.json` -> `daqsystem`. */
function schemaName(validation: string): string {
  return definitionName(validation).replace(/[_.]schema$/, '');
}

type Exists = (id: string) => boolean;

function checkSchema(
  document: NdiDocument,
  schema: DocumentSchema | null,
  name: string,
  exists: Exists,
): Breach | null {
  if (schema === null) {
    const rule = 'the schema of this class is of a kind that NDI cannot check, so NDI does not store it';
    return { field: 'document_class.validation', rule, value: name };
  }
  return (
    checkClass(document, schema) ??
    checkSuperclasses(document, schema, name, exists) ??
    checkDependencies(document, schema, exists) ??
    checkFiles(document, schema) ??
    checkGroups(document, schema)
  );
}

const plainClass = (name: string): string => name.toLowerCase().replace(/^did\./, '');

function checkClass(document: NdiDocument, schema: DocumentSchema): Breach | null {
  const classes = [documentClass(document), ...storedSuperclasses(document)].map(plainClass);
  if (classes.includes(plainClass(schema.className))) return null;
  const rule = `the document must be of class ${schema.className} or descend from it`;
  return { field: 'document_class.class_name', rule, value: documentClass(document) };
}

/** Only for the document's own schema: there, the schemas of all ancestors are applied too. */
function checkSuperclasses(document: NdiDocument, schema: DocumentSchema, name: string, exists: Exists): Breach | null {
  if (
    plainClass(schema.className) !== plainClass(documentClass(document)) ||
    plainClass(name) !== plainClass(schema.className)
  ) {
    return null;
  }
  const wanted = uniqueSorted(schema.superclasses);
  const found = uniqueSorted(storedSuperclasses(document));
  if (wanted !== found) {
    return { field: 'document_class.superclasses', rule: `they must be ${wanted || 'none'}`, value: found };
  }
  for (const superclass of schema.superclasses) {
    const type = findDocumentType(superclass);
    if (type === undefined)
      return { field: 'document_class.superclasses', rule: 'each must be known', value: superclass };
    const breach = checkSchema(document, type.schema, superclass, exists);
    if (breach !== null) return breach;
  }
  return null;
}

function uniqueSorted(names: readonly string[]): string {
  return [...new Set(names.map(plainClass))].sort().join(',');
}

function checkDependencies(document: NdiDocument, schema: DocumentSchema, exists: Exists): Breach | null {
  const found = dependencies(document).map((one) => ({ ...one, name: one.name.toLowerCase() }));
  for (const [name, required] of Object.entries(schema.dependsOn ?? {})) {
    const field = `depends_on.${name}`;
    const wanted = name.toLowerCase();
    if (!found.some((one) => one.name === wanted || one.name.replace(/_\d+$/, '') === wanted)) {
      return { field, rule: 'the document must have this dependency', value: found.map((one) => one.name).join(', ') };
    }
    const exact = found.find((one) => one.name === wanted);
    if (required && (exact?.value ?? '') === '') return { field, rule: 'it must not be empty', value: '' };
    if (exact !== undefined && exact.value !== '' && !exists(exact.value) && !exists(exact.value.toLowerCase())) {
      return { field, rule: 'it must be the id of a stored document', value: exact.value };
    }
  }
  return null;
}

function checkFiles(document: NdiDocument, schema: DocumentSchema): Breach | null {
  const expected = Object.entries(schema.files ?? {});
  // `base` lists no file and is an ancestor of all: an empty list cannot mean that there may be none.
  if (expected.length === 0) return null;
  for (const { name, locations } of fileEntries(document)) {
    const match = expected.find(([pattern]) => fileNameFits(name.toLowerCase(), pattern.toLowerCase()));
    if (match === undefined) {
      return {
        field: 'files',
        rule: `only these files belong to it: ${expected.map(([pattern]) => pattern).join(', ')}`,
        value: name,
      };
    }
    const reachable = locations.some((one) => one.location_type !== 'file' || existsSync(one.location));
    if (match[1] && !reachable)
      return { field: `files.${name}`, rule: 'the file must exist', value: name, code: 'document.fileMissing' };
  }
  return null;
}

/** `x_#` stands for `x_` and digits. */
function fileNameFits(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  return pattern.endsWith('#') && name.startsWith(pattern.slice(0, -1)) && /^\d+$/.test(name.slice(pattern.length - 1));
}

function checkGroups(document: NdiDocument, schema: DocumentSchema): Breach | null {
  for (const [group, rules] of Object.entries(schema.groups)) {
    const held = Object.entries(document).find(([key]) => key.toLowerCase() === group.toLowerCase())?.[1];
    if (held === undefined) return { field: group, rule: 'the document must have this property list', value: '' };
    const names = Object.keys(rules);
    if (names.length === 0) continue;
    for (const item of listOf(held)) {
      const fields = objectOf(item);
      if (fields === null) return { field: group, rule: 'it must hold fields', value: JSON.stringify(item) };
      const breach = checkFields(group, fields, rules);
      if (breach !== null) return breach;
    }
  }
  return null;
}

function checkFields(group: string, fields: JsonObject, rules: DocumentSchema['groups'][string]): Breach | null {
  const [wanted, found] = [uniqueSorted(Object.keys(rules)), uniqueSorted(Object.keys(fields))];
  if (wanted !== found) return { field: group, rule: `its fields must be exactly ${wanted}`, value: found };
  for (const [name, [type, parameters]] of Object.entries(rules)) {
    const value = Object.entries(fields).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null;
    const rule = checkValue(value, type, parameters ?? []);
    if (rule !== null) return { field: `${group}.${name}`, rule, value: JSON.stringify(value) };
  }
  return null;
}

function breachError(document: NdiDocument, breach: Breach): NdiError {
  const [name, className, id] = [documentName(document), documentClass(document), documentId(document)];
  const found = breach.value === '' ? 'it is empty' : `found ${breach.value.slice(0, 200)}`;
  return new NdiError({
    code: breach.code ?? 'document.invalid',
    message: `The ${className} document ${name === '' ? id : `"${name}" (${id})`} is not valid: ${breach.field}: ${breach.rule}; ${found}.`,
    recovery: 'Correct the field; nothing was written.',
    details: { id, class: className, field: breach.field, rule: breach.rule, value: breach.value.slice(0, 1000) },
  });
}

function duplicateInBatch(id: string): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `Two of the documents to add have the id ${id}.`,
    recovery: 'Give one of them a new id; nothing was written.',
    details: { id },
  });
}
