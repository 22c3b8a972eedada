import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { fileList } from '../../../shared/model/document-files.ts';
import {
  dependencies,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  withValues,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { datestamp, emptySessionId, makeId } from '../../../shared/model/ids.ts';
import { documentType, typesRevision } from './types.ts';

/**
 * A document of a class with every field at its default: the class's groups and those of all its ancestors.
 * @throws NdiError document.invalid for an unknown class
 */
export function blankDocument(className: string): NdiDocument {
  if (blanksOf !== typesRevision()) blanks.clear();
  blanksOf = typesRevision();
  let blank = blanks.get(className);
  if (blank === undefined) blanks.set(className, (blank = makeBlank(className)));
  return copyOf(blank) as NdiDocument;
}

/** Made once a class: imports make thousands of documents of the same. */
const blanks = new Map<string, NdiDocument>();
let blanksOf = -1;

function copyOf(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

function makeBlank(className: string): NdiDocument {
  const type = documentType(className);
  const propertyList = type.propertyList ?? className;
  const blank: JsonObject = { [propertyList]: type.defaults as JsonValue };
  if (type.dependsOn !== undefined) blank['depends_on'] = type.dependsOn.map((name) => ({ name, value: '' }));
  if (type.files !== undefined) blank['files'] = { file_list: [...type.files] };
  let superclasses = type.parents.map((parent) => documentType(parent).definition);
  for (const parent of type.parents) superclasses = [...superclasses, ...inheritFrom(blank, blankDocument(parent))];
  blank['document_class'] = {
    definition: type.definition,
    validation: type.validation,
    class_name: className,
    property_list_name: propertyList,
    class_version: type.version,
    superclasses: [...new Set(superclasses)].sort().map((definition) => ({ definition })),
  };
  return sortedByKey(blank);
}

/** Copies what a superclass's blank document has into `blank`; gives the definitions of the superclass's ancestors. */
function inheritFrom(blank: JsonObject, parent: NdiDocument): string[] {
  for (const [key, value] of Object.entries(parent)) {
    if (key === 'document_class') continue;
    if (key === 'depends_on' && blank[key] !== undefined) blank[key] = joinDependencies(listOf(blank[key]), value);
    else if (key === 'files' && blank[key] !== undefined) blank[key] = { file_list: joinFileLists(blank, parent) };
    else blank[key] = value;
  }
  const listed = listOf(objectOf(parent['document_class'])?.['superclasses']);
  return listed.map((entry) => textOf(objectOf(entry)?.['definition']));
}

function joinDependencies(own: JsonValue[], inherited: JsonValue): JsonValue[] {
  const all = [...dependencies({ depends_on: own }), ...dependencies({ depends_on: inherited })];
  const unique = all.filter((entry, at) => all.findIndex((other) => other.name === entry.name) === at);
  return unique.sort((a, b) => compareText(a.name, b.name)).map((entry) => ({ ...entry }));
}

function joinFileLists(own: NdiDocument, inherited: NdiDocument): string[] {
  return [...new Set([...fileList(own), ...fileList(inherited)])].sort();
}

function sortedByKey(document: NdiDocument): NdiDocument {
  return Object.fromEntries(Object.entries(document).sort(([a], [b]) => compareText(a, b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A new document of a class: new id, datestamp of now, the empty session id, and values by dotted path.
 * @throws NdiError document.invalid for an unknown class or a path that cannot be set
 */
export function newDocument(className: string, values: Readonly<Record<string, JsonValue>> = {}): NdiDocument {
  const identity = { 'base.id': makeId(), 'base.datestamp': datestamp(), 'base.session_id': emptySessionId };
  return withValues(blankDocument(className), { ...identity, ...values });
}

/**
 * NDI's `A + B`: superclasses of both, dependencies and files joined, every other group of B in place of A's. So the
 * id, name and session of the result are B's.
 * @throws NdiError document.invalid when both hold a file of the same name
 */
export function mergeDocuments(a: NdiDocument, b: NdiDocument): NdiDocument {
  const { document_class: classOfB, ...groupsOfB } = b;
  const superclasses = [a['document_class'], classOfB].flatMap((one) => listOf(objectOf(one)?.['superclasses']));
  const merged: JsonObject = { ...a, ...groupsOfB };
  merged['document_class'] = { ...objectOf(a['document_class']), superclasses };
  if (a['depends_on'] !== undefined && b['depends_on'] !== undefined) merged['depends_on'] = replaceDependencies(a, b);
  if (a['files'] !== undefined && b['files'] !== undefined) merged['files'] = joinFiles(a, b);
  return sortedByKey(merged);
}

function replaceDependencies(a: NdiDocument, b: NdiDocument): JsonValue[] {
  const later = dependencies(b);
  const kept = dependencies(a).map((entry) => later.find((other) => other.name === entry.name) ?? entry);
  const added = later.filter((entry) => !kept.some((other) => other.name === entry.name));
  return [...kept, ...added].map((entry) => ({ ...entry }));
}

function joinFiles(a: NdiDocument, b: NdiDocument): JsonObject {
  const both = fileList(a).filter((name) => fileList(b).includes(name));
  if (both.length > 0) {
    throw new NdiError({
      code: 'document.invalid',
      message: `Both documents hold a file named "${both.join('", "')}".`,
      recovery: 'Remove the file from one of them before joining them.',
      details: { files: both },
    });
  }
  const [filesA, filesB] = [objectOf(a['files']) ?? {}, objectOf(b['files']) ?? {}];
  const info = [...listOf(filesA['file_info']), ...listOf(filesB['file_info'])];
  const joined: JsonObject = { file_list: [...fileList(a), ...fileList(b)] };
  return info.length > 0 ? { ...joined, file_info: info } : joined;
}
