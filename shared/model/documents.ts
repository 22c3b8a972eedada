import type { JsonObject, JsonValue } from './document-json.ts';
import { NdiError } from './errors.ts';

/**
 * One NDI document: `document_class`, `base`, one group a property list, `depends_on` and `files`. MATLAB writes a list
 * of one object as the bare object and an empty list as `[]`, `""` or `{}`: `normaliseDocument` undoes that for the four
 * lists whose type is known. Documents are values: every change gives a new one.
 */
export interface NdiDocument {
  readonly [group: string]: JsonValue;
}

export interface Dependency {
  readonly name: string;
  /** Id of a document, or empty. */
  readonly value: string;
}

/** Turns the known lists into real lists, whoever wrote the document. */
export function normaliseDocument(document: JsonObject): NdiDocument {
  const result: JsonObject = { ...document };
  const documentClass = objectOf(document['document_class']);
  if (documentClass !== null) {
    result['document_class'] = { ...documentClass, superclasses: listOf(documentClass['superclasses']) };
  }
  if ('depends_on' in document) result['depends_on'] = listOf(document['depends_on']);
  const files = objectOf(document['files']);
  if (files !== null) result['files'] = normaliseFiles(files);
  return result;
}

function normaliseFiles(files: JsonObject): JsonObject {
  const result: JsonObject = { ...files };
  if ('file_list' in files) result['file_list'] = listOf(files['file_list']);
  if ('file_info' in files) {
    result['file_info'] = listOf(files['file_info']).map((entry) => {
      const known = objectOf(entry);
      return known === null ? entry : { ...known, locations: listOf(known['locations']) };
    });
  }
  return result;
}

/** A value as a list: null, `""`, `{}` and `[]` are empty, anything else alone is a list of one. */
export function listOf(value: JsonValue | undefined): JsonValue[] {
  if (Array.isArray(value)) return value;
  if (value === undefined || value === null || value === '') return [];
  if (typeof value === 'object' && Object.keys(value).length === 0) return [];
  return [value];
}

/** A value as an object, or null when it is none. */
export function objectOf(value: JsonValue | undefined): JsonObject | null {
  return value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null;
}

/** A value as text; anything but text is empty. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Value at a dotted path (`base.name`), or undefined. Lists of one object are looked through. */
export function valueAt(document: NdiDocument, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const part of path.split('.')) {
    const holder = objectOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
    if (holder === null || !Object.hasOwn(holder, part)) return undefined;
    value = holder[part];
  }
  return value;
}

export const documentId = (document: NdiDocument): string => textOf(valueAt(document, 'base.id'));
export const documentName = (document: NdiDocument): string => textOf(valueAt(document, 'base.name'));
export const documentSessionId = (document: NdiDocument): string => textOf(valueAt(document, 'base.session_id'));
export const documentDatestamp = (document: NdiDocument): string => textOf(valueAt(document, 'base.datestamp'));
export const documentClass = (document: NdiDocument): string => textOf(valueAt(document, 'document_class.class_name'));

/** Names of the ancestors that the document lists itself, in its order (some writers list the parents only). */
export function storedSuperclasses(document: NdiDocument): string[] {
  const list = listOf(valueAt(document, 'document_class.superclasses'));
  return list.map((entry) => definitionName(textOf(objectOf(entry)?.['definition']))).filter((name) => name !== '');
}

/** `$NDIDOCUMENTPATH/daq/daqsystem.json` -> `daqsystem`. */
export function definitionName(definition: string): string {
  const file = definition.slice(definition.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return dot > 0 ? file.slice(0, dot) : file;
}

export function dependencies(document: NdiDocument): Dependency[] {
  return listOf(document['depends_on']).flatMap((entry) => {
    const known = objectOf(entry);
    return known === null ? [] : [{ name: textOf(known['name']), value: textOf(known['value']) }];
  });
}

/** Value of a dependency (name compared ignoring case, first match), or empty. */
export function dependencyValue(document: NdiDocument, name: string): string {
  return dependencies(document).find((entry) => sameText(entry.name, name))?.value ?? '';
}

/** Values of `name_1`, `name_2`, ... up to the first gap; a bare `name` counts when `name_1` is missing. */
export function dependencyValues(document: NdiDocument, name: string): string[] {
  const values: string[] = [];
  const byName = new Map(
    dependencies(document)
      .map((entry): [string, string] => [entry.name.toLowerCase(), entry.value])
      .reverse(),
  );
  for (let number = 1; ; number += 1) {
    const value = byName.get(`${name}_${number}`.toLowerCase());
    if (value === undefined) break;
    values.push(value);
  }
  if (values.length > 0) return values;
  const bare = dependencyValue(document, name);
  return bare === '' ? [] : [bare];
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Sets a dependency, appending it where the document has none of that name. */
export function withDependency(document: NdiDocument, name: string, value: string): NdiDocument {
  const all = dependencies(document).map((entry) => ({ ...entry }));
  const at = all.findIndex((entry) => sameText(entry.name, name));
  if (at >= 0) all[at] = { name: all[at]?.name ?? name, value };
  else all.push({ name, value });
  return { ...document, depends_on: all };
}

/** The document without a dependency; unchanged where it has none of that name. */
export function withoutDependency(document: NdiDocument, name: string): NdiDocument {
  const all = dependencies(document).filter((entry) => !sameText(entry.name, name));
  return { ...document, depends_on: all.map((entry) => ({ ...entry })) };
}

/** Adds the next of a numbered set of dependencies: `name_(n+1)`; of several values one after the other. */
export function withNextDependency(document: NdiDocument, name: string, ...values: readonly string[]): NdiDocument {
  const all = dependencies(document).map((entry) => ({ ...entry }));
  const taken = new Set(all.map((entry) => entry.name.toLowerCase()));
  let number = 1;
  for (const value of values) {
    while (taken.has(`${name}_${number}`.toLowerCase())) number += 1;
    all.push({ name: `${name}_${number}`, value });
    number += 1;
  }
  return { ...document, depends_on: all };
}

/**
 * Takes one of a numbered set of dependencies away; those after it move down by one. Unchanged where it is not there.
 * @param number from 1
 */
export function withoutNumberedDependency(document: NdiDocument, name: string, number: number): NdiDocument {
  const values = dependencyValues(document, name);
  const numbered = dependencies(document).some((entry) => sameText(entry.name, `${name}_1`));
  if (!numbered || number < 1 || number > values.length) return document;
  const moved = new Map(
    values.map((_, at) => [`${name}_${at + 1}`.toLowerCase(), values[at + 1 < number ? at : at + 1]]),
  );
  const last = `${name}_${values.length}`;
  const rest = dependencies(document).filter((entry) => !sameText(entry.name, last));
  return {
    ...document,
    depends_on: rest.map((entry) => ({ ...entry, value: moved.get(entry.name.toLowerCase()) ?? entry.value })),
  };
}

/**
 * Sets values by dotted paths below the root (`base.name`, `element.reference`, or a whole group at once).
 * @throws NdiError document.invalid naming the path
 */
export function withValues(document: NdiDocument, values: Readonly<Record<string, JsonValue>>): NdiDocument {
  let result = document;
  for (const [path, value] of Object.entries(values)) result = setAt(result, path.split('.'), value, path);
  return result;
}

const LEGAL_NAME = /^[A-Za-z]\w*$/;

function setAt(holder: NdiDocument, parts: readonly string[], value: JsonValue, path: string): NdiDocument {
  const [part = '', ...rest] = parts;
  if (!LEGAL_NAME.test(part)) throw cannotSet(path, `"${part}" is no field name`);
  if (rest.length === 0) return { ...holder, [part]: value };
  const old = Object.hasOwn(holder, part) ? holder[part] : undefined;
  const inner = old === undefined ? {} : objectOf(Array.isArray(old) && old.length === 1 ? old[0] : old);
  if (inner === null) throw cannotSet(path, `"${part}" holds no fields`);
  const next = setAt(inner, rest, value, path);
  return { ...holder, [part]: Array.isArray(old) ? [next] : next };
}

function cannotSet(path: string, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The field ${path} cannot be set: ${why}.`,
    recovery: 'Use the fields that the document type defines.',
    details: { field: path },
  });
}
