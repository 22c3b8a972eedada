import { existsSync } from 'node:fs';
import { fileEntries, type FileLocation } from '../../../shared/model/document-files.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  definitionName,
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
import { checkJsonSchema } from './json-schema.ts';
import { type DocumentSchema, type DocumentType, findDocumentType } from './types.ts';

/** Where a document breaks a rule: the field, the rule in words, and what was found. */
export interface Breach {
  readonly field: string;
  readonly rule: string;
  readonly value: string;
  /** `document.invalid` unless the fault lies outside of the document. */
  readonly code?: ErrorCode;
}

/** What a check has to know of the world around a document. */
export interface CheckContext {
  /** Whether the database holds a document of that id. */
  readonly exists: (id: string) => boolean;
  /** Whether the bytes of a location are already in the session's file store. */
  readonly hasFile?: (document: NdiDocument, name: string, location: FileLocation) => boolean;
}

/** A document to store, and the one that it replaces. */
export interface CheckedDocument {
  readonly document: NdiDocument;
  readonly before?: NdiDocument;
}

/**
 * Checks a batch of documents as NDI does before it stores any of them. Dependencies may also point into the batch. A
 * document that replaces another may break the rules that the old one broke: others wrote it, and it must stay editable.
 * @throws NdiError document.invalid naming document, field, rule and value; document.duplicate
 */
export function checkDocuments(batch: readonly CheckedDocument[], context: CheckContext): void {
  const ids = new Set<string>();
  for (const { document } of batch) {
    const id = documentId(document);
    if (ids.has(id)) throw duplicateInBatch(id);
    ids.add(id);
  }
  const around = { ...context, exists: (id: string) => ids.has(id) || context.exists(id) };
  const faulty: { document: NdiDocument; breaches: Breach[] }[] = [];
  for (const { document, before } of batch) {
    let breaches = findBreaches(document, around);
    if (breaches.length > 0 && before !== undefined) {
      const old = new Set(findBreaches(before, around).map(keyOf));
      breaches = breaches.filter((one) => !old.has(keyOf(one)));
    }
    if (breaches.length > 0) faulty.push({ document, breaches });
  }
  if (faulty.length > 0) throw breachError(faulty);
}

const keyOf = (breach: Breach): string => `${breach.field}\n${breach.rule}\n${breach.value}`;

/** Every rule that a document breaks. */
export function findBreaches(document: NdiDocument, context: CheckContext): Breach[] {
  if (documentId(document) === '') return [{ field: 'base.id', rule: 'every document needs an id', value: '' }];
  const holder = objectOf(document['document_class']) ?? {};
  const empty = ['class_name', 'property_list_name', 'class_version'].filter((key) => (holder[key] ?? '') === '');
  if (empty.length > 0) {
    return empty.map((key) => ({ field: `document_class.${key}`, rule: 'it must not be empty', value: '' }));
  }
  const validation = textOf(holder['validation']);
  if (validation === '') return [];
  const name = documentClass(document);
  const type = findDocumentType(name) ?? findDocumentType(schemaName(validation));
  if (type?.schema === undefined) {
    return [{ field: 'document_class.validation', rule: 'its schema is not among the known ones', value: validation }];
  }
  return [...checkSchema(document, type, name, context)];
}

/** `$NDISCHEMAPATH/daq/daqsystem_schema.json` -> `daqsystem`. */
function schemaName(validation: string): string {
  return definitionName(validation).replace(/[_.]schema$/, '');
}

function* checkSchema(
  document: NdiDocument,
  { schema, jsonSchema }: DocumentType,
  name: string,
  context: CheckContext,
): Generator<Breach> {
  if (schema === undefined || schema === null) {
    const rule = 'the schema of this class is of a kind that NDI cannot check, so NDI does not store it';
    yield { field: 'document_class.validation', rule, value: name };
    for (const { field, rule: broken, value } of jsonSchema === undefined
      ? []
      : checkJsonSchema(document, name, jsonSchema)) {
      yield { field, rule: broken, value: describeValue(value) };
    }
    return;
  }
  yield* checkClass(document, schema);
  yield* checkSuperclasses(document, schema, name, context);
  yield* checkDependencies(document, schema, context);
  yield* checkFiles(document, schema, context);
  yield* checkGroups(document, schema);
}

const plainClass = (name: string): string => name.toLowerCase().replace(/^did\./, '');

function* checkClass(document: NdiDocument, schema: DocumentSchema): Generator<Breach> {
  const classes = [documentClass(document), ...storedSuperclasses(document)].map(plainClass);
  if (classes.includes(plainClass(schema.className))) return;
  const rule = `the document must be of class ${schema.className} or descend from it`;
  yield { field: 'document_class.class_name', rule, value: documentClass(document) };
}

/** Only for the document's own schema: there, the schemas of all ancestors are applied too. */
function* checkSuperclasses(
  document: NdiDocument,
  schema: DocumentSchema,
  name: string,
  context: CheckContext,
): Generator<Breach> {
  const own = plainClass(schema.className);
  if (own !== plainClass(documentClass(document)) || own !== plainClass(name)) return;
  const wanted = uniqueSorted(schema.superclasses);
  const found = uniqueSorted(storedSuperclasses(document));
  if (wanted !== found) {
    yield { field: 'document_class.superclasses', rule: `they must be ${wanted || 'none'}`, value: found };
  }
  for (const superclass of schema.superclasses) {
    const type = findDocumentType(superclass);
    if (type !== undefined) yield* checkSchema(document, type, superclass, context);
    else yield { field: 'document_class.superclasses', rule: 'each must be known', value: superclass };
  }
}

function uniqueSorted(names: readonly string[]): string {
  return [...new Set(names.map(plainClass))].sort().join(',');
}

function* checkDependencies(document: NdiDocument, schema: DocumentSchema, context: CheckContext): Generator<Breach> {
  const entries = listOf(document['depends_on']).map((entry) => objectOf(entry) ?? {});
  const found = entries.map((entry) => ({ name: textOf(entry['name']).toLowerCase(), value: entry['value'] ?? '' }));
  for (const [name, required] of Object.entries(schema.dependsOn ?? {})) {
    const field = `depends_on.${name}`;
    const wanted = name.toLowerCase();
    if (!found.some((one) => one.name === wanted || one.name.replace(/_\d+$/, '') === wanted)) {
      const value = found.map((one) => one.name).join(', ');
      yield { field, rule: 'the document must have this dependency', value };
      continue;
    }
    const value = found.find((one) => one.name === wanted)?.value ?? '';
    if (value === '' || (Array.isArray(value) && value.length === 0)) {
      if (required) yield { field, rule: 'it must not be empty', value: '' };
    } else if (typeof value !== 'string') {
      yield { field, rule: 'it must be an id, as text', value: JSON.stringify(value) };
    } else if (!context.exists(value) && !context.exists(value.toLowerCase())) {
      yield { field, rule: 'it must be the id of a stored document', value };
    }
  }
}

function* checkFiles(document: NdiDocument, schema: DocumentSchema, context: CheckContext): Generator<Breach> {
  const expected = Object.entries(schema.files ?? {});
  // `base` lists no file and is an ancestor of all: an empty list cannot mean that there may be none.
  if (expected.length === 0) return;
  for (const { name, locations } of fileEntries(document)) {
    const match = expected.find(([pattern]) => fileNameFits(name.toLowerCase(), pattern.toLowerCase()));
    if (match === undefined) {
      const rule = `only these files belong to it: ${expected.map(([pattern]) => pattern).join(', ')}`;
      yield { field: 'files', rule, value: name };
      continue;
    }
    const reachable = locations.some(
      (one) =>
        one.location_type !== 'file' || existsSync(one.location) || context.hasFile?.(document, name, one) === true,
    );
    if (match[1] && !reachable) {
      yield { field: `files.${name}`, rule: 'the file must exist', value: name, code: 'document.fileMissing' };
    }
  }
}

/** `x_#` stands for `x_` and digits. */
function fileNameFits(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  return pattern.endsWith('#') && name.startsWith(pattern.slice(0, -1)) && /^\d+$/.test(name.slice(pattern.length - 1));
}

function* checkGroups(document: NdiDocument, schema: DocumentSchema): Generator<Breach> {
  for (const [group, rules] of Object.entries(schema.groups)) {
    const held = Object.entries(document).find(([key]) => key.toLowerCase() === group.toLowerCase())?.[1];
    if (held === undefined) {
      yield { field: group, rule: 'the document must have this property list', value: '' };
      continue;
    }
    if (Object.keys(rules).length === 0) continue;
    const items = Array.isArray(held) ? held : [held];
    for (const item of items.length === 0 ? [{}] : items) {
      const fields = objectOf(item);
      if (fields !== null) yield* checkFields(group, fields, rules);
      else yield { field: group, rule: 'it must hold fields', value: JSON.stringify(item) };
    }
  }
}

function* checkFields(group: string, fields: JsonObject, rules: DocumentSchema['groups'][string]): Generator<Breach> {
  const [wanted, found] = [uniqueSorted(Object.keys(rules)), uniqueSorted(Object.keys(fields))];
  if (wanted !== found) yield { field: group, rule: `its fields must be exactly ${wanted}`, value: found };
  const held = new Map(Object.entries(fields).map(([key, value]) => [key.toLowerCase(), value]));
  for (const [name, [type, parameters]] of Object.entries(rules)) {
    const value = held.get(name.toLowerCase());
    const rule = value === undefined ? null : checkValue(value, type, parameters ?? []);
    if (rule !== null) yield { field: `${group}.${name}`, rule, value: describeValue(value) };
  }
}

/** JSON of a value, with the tokens for numbers that are not finite. */
function describeValue(value: JsonValue | undefined): string {
  return value === undefined ? '' : typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** Breaches told in one sentence. */
const TOLD = 3;

function breachError(faulty: readonly { document: NdiDocument; breaches: readonly Breach[] }[]): NdiError {
  const all = faulty.flatMap(({ document, breaches }) => breaches.map((breach) => ({ document, breach })));
  const [first] = all;
  if (first === undefined) throw new Error('no breach to tell');
  const { document, breach } = first;
  const [name, className, id] = [documentName(document), documentClass(document), documentId(document)];
  const told = all
    .slice(0, TOLD)
    .map((one) => (one.document === document ? '' : `${documentId(one.document)} `) + tell(one.breach));
  const more = all.length > TOLD ? `; and ${all.length - TOLD} more` : '';
  return new NdiError({
    code: breach.code ?? 'document.invalid',
    message: `The ${className} document ${name === '' ? id : `"${name}" (${id})`} is not valid: ${told.join('; ')}${more}.`,
    recovery: `Correct the ${all.length === 1 ? 'field' : 'fields'}; nothing was written.`,
    details: {
      id,
      class: className,
      field: breach.field,
      rule: breach.rule,
      value: breach.value.slice(0, 1000),
      problems: all.slice(0, 1000).map((one) => `${documentId(one.document)} ${tell(one.breach)}`),
    },
  });
}

function tell(breach: Breach): string {
  const found = breach.value === '' ? 'it is empty' : `found ${breach.value.slice(0, 200)}`;
  return `${breach.field}: ${breach.rule}; ${found}`;
}

function duplicateInBatch(id: string): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `Two of the documents to add have the id ${id}.`,
    recovery: 'Give one of them a new id; nothing was written.',
    details: { id },
  });
}
