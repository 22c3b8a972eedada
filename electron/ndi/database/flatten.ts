import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  documentClass,
  documentDatestamp,
  type NdiDocument,
  objectOf,
  storedSuperclasses,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';

/** One row of `doc_data`: MATLAB searches these, not the JSON. */
export interface FlatField {
  /** `meta` or the property list. */
  readonly group: string;
  /** `group.a.b`. */
  readonly name: string;
  /** A number is stored as REAL, a boolean as INTEGER, empty values as NULL. */
  readonly value: string | number | bigint | null;
}

/** Every field of every document gets a row and, at its first use, an entry in the dictionary that all documents share. */
const MOST_FIELDS = 100_000;
const NOT_FLATTENED = new Set(['depends_on', 'document_class', 'files']);

/**
 * The rows of a document, in NDI's order.
 * @throws NdiError document.invalid for a property list that NDI cannot flatten
 */
export function flattenDocument(document: NdiDocument): FlatField[] {
  const rows = metaFields(document);
  for (const [group, value] of Object.entries(document)) {
    if (NOT_FLATTENED.has(group)) continue;
    const fields = objectOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
    if (fields === null) {
      if (Array.isArray(value) && value.length > 1) throw listTooLong(group, value.length);
      continue;
    }
    const nested = `${group}.`;
    eachLeaf(fields, '', '', (path, leaf) => {
      const name = nested + (path.includes(nested) ? path.replaceAll(nested, '') : path);
      rows.push({ group, name, value: columnValue(leaf) });
    });
  }
  if (rows.length > MOST_FIELDS) throw tooManyFields(rows.length - metaFields(document).length);
  return rows;
}

function metaFields(document: NdiDocument): FlatField[] {
  const superclasses = [...new Set(storedSuperclasses(document))].sort();
  const depends = dependencies(document).map((entry) => `${entry.name},${entry.value};`);
  const row = (name: string, text: string): FlatField => ({
    group: 'meta',
    name: `meta.${name}`,
    value: text === '' ? null : text,
  });
  return [
    row('class', documentClass(document)),
    row('superclass', superclasses.join(', ')),
    row('datestamp', documentDatestamp(document)),
    row('creation', ''),
    row('deletion', ''),
    row('depends_on', depends.join('')),
  ];
}

/** Tells each leaf of an object by its dotted path; the fields of element k of a list of objects end in `_k`. */
function eachLeaf(
  fields: JsonObject,
  prefix: string,
  suffix: string,
  tell: (path: string, value: JsonValue) => void,
): void {
  for (const [key, value] of Object.entries(fields)) {
    const path = prefix + key + suffix;
    const nested = objectOf(value);
    if (nested !== null) eachLeaf(nested, `${path}.`, '', tell);
    else if (isListOfObjects(value)) {
      for (const [at, item] of value.entries()) {
        eachLeaf(item, `${path}.`, value.length > 1 ? `_${at + 1}` : '', tell);
      }
    } else tell(path, value);
  }
}

function isListOfObjects(value: JsonValue): value is JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => objectOf(item) !== null);
}

/** What a leaf becomes in the untyped column; arrays other than text lists keep only their size and class. */
function columnValue(value: JsonValue): FlatField['value'] {
  if (value === null || value === '') return null;
  // Half a character, which JSON can hold, is none in a database: it would come back as another text.
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  return Array.isArray(value) ? listValue(value) : null;
}

function listValue(list: readonly JsonValue[]): FlatField['value'] {
  const [first] = list;
  if (first === undefined) return null;
  if (list.every((item) => typeof item === 'string')) return list.join(',').toWellFormed();
  const numeric = (item: JsonValue) => typeof item === 'number' || item === null;
  if (list.length === 1 && !Array.isArray(first)) return columnValue(first);
  if (list.every(numeric)) return `[1x${list.length}] double`;
  if (Array.isArray(first) && list.every((row) => isRow(row, first.length, numeric))) {
    return `[${list.length}x${first.length}] double`;
  }
  return `[1x${list.length}] ${list.every((item) => typeof item === 'boolean') ? 'logical' : 'cell'}`;
}

function isRow(row: JsonValue, width: number, accepts: (item: JsonValue) => boolean): boolean {
  return Array.isArray(row) && row.length === width && row.every(accepts);
}

function tooManyFields(count: number): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The document has ${count} fields; at most ${MOST_FIELDS} can be searched.`,
    recovery: 'Put long data into lists of numbers, or into a file of the document.',
    details: { fields: count },
  });
}

function listTooLong(group: string, length: number): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The property list "${group}" holds ${length} objects; NDI's database keeps one.`,
    recovery: 'Write one document for each of them.',
    details: { group, length },
  });
}
