import type { DatabaseSync } from 'node:sqlite';
import { type JsonObject, type JsonValue, parseDocumentJson } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  type Dependency,
  documentClass,
  listOf,
  type NdiDocument,
  normaliseDocument,
  objectOf,
  textOf,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { superclassesOf } from '../documents/types.ts';
import { branch } from './schema.ts';

/** What lists, counts and links need of a document, kept in memory. */
export interface DocumentEntry {
  readonly docIdx: number;
  readonly id: string;
  readonly class: string;
  readonly name: string;
  readonly sessionId: string;
  readonly datestamp: string;
  /** All ancestors of the class: stored ones and known ones. */
  readonly superclasses: readonly string[];
  readonly dependencies: readonly Dependency[];
}

/** Every document of the branch, in database order. */
export interface DocumentIndex {
  readonly entries: readonly DocumentEntry[];
  readonly byId: ReadonlyMap<string, DocumentEntry>;
  /** Documents whose JSON cannot be read: they are left out and named here. */
  readonly unreadable: readonly { id: string; why: string }[];
}

/** Reads every document's JSON once. */
export function buildIndex(database: DatabaseSync): DocumentIndex {
  const rows = database
    .prepare(
      `SELECT d.doc_idx, d.doc_id, d.json_code FROM docs d JOIN branch_docs b ON b.doc_idx = d.doc_idx
       WHERE b.branch_id = ? ORDER BY d.doc_idx`,
    )
    .iterate(branch);
  const entries: DocumentEntry[] = [];
  const byId = new Map<string, DocumentEntry>();
  const unreadable: { id: string; why: string }[] = [];
  const shared = sharedTexts();
  for (const row of rows) {
    try {
      const entry = entryOf(Number(row['doc_idx']), parse(row['json_code']), shared);
      entries.push(entry);
      byId.set(entry.id, entry);
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      unreadable.push({ id: String(row['doc_id']), why: error.message });
    }
  }
  return { entries, byId, unreadable };
}

/** See `DocumentDatabase.quickFind`. */
export function findByFlatClass(database: DatabaseSync, className: string): NdiDocument[] {
  const field = database.prepare(`SELECT field_idx FROM fields WHERE field_name = 'meta.class'`).get()?.['field_idx'];
  if (field === undefined) return [];
  // The index on `value` narrows most; the plus signs keep SQLite from walking a whole table instead.
  const rows = database
    .prepare(
      `SELECT d.json_code FROM doc_data v JOIN docs d ON d.doc_idx = v.doc_idx
       JOIN branch_docs b ON b.branch_id = ? AND b.doc_idx = v.doc_idx
       WHERE v.value = ? AND +v.field_idx = ? ORDER BY +d.doc_idx`,
    )
    .all(branch, className, field);
  return rows.map((row) => readDocument(row['json_code'])).filter((one) => documentClass(one) === className);
}

/** See `DocumentDatabase.ofClass`. A document of a class holds the name of the class as a text. */
export function scanForClasses(database: DatabaseSync, names: readonly string[]): NdiDocument[] {
  const holdsOne = names.map(() => 'instr(d.json_code, ?) > 0').join(' OR ');
  const rows = database
    .prepare(
      `SELECT d.json_code FROM branch_docs b CROSS JOIN docs d ON d.doc_idx = b.doc_idx
       WHERE b.branch_id = ? AND (${holdsOne}) ORDER BY b.doc_idx`,
    )
    .all(branch, ...names.map((name) => JSON.stringify(name)));
  return rows.flatMap((row) => {
    const document = readableDocument(row['json_code']);
    return document !== null && names.includes(documentClass(document)) ? [document] : [];
  });
}

/** As {@link readDocument}; null where it cannot be read. */
export function readableDocument(json: unknown): NdiDocument | null {
  try {
    return readDocument(json);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return null;
  }
}

/** A document from the database's column: parsed tolerantly, lists normalised. */
export function readDocument(json: unknown): NdiDocument {
  return normaliseDocument(parse(json));
}

function parse(json: unknown): JsonObject {
  return parseDocumentJson(typeof json === 'string' ? json : '');
}

function entryOf(docIdx: number, document: NdiDocument, shared: SharedTexts): DocumentEntry {
  const base = objectOf(document['base']) ?? {};
  const holder = objectOf(document['document_class']) ?? {};
  const className = shared.text(textOf(holder['class_name']));
  return {
    docIdx,
    id: textOf(base['id']),
    class: className,
    name: textOf(base['name']),
    sessionId: shared.text(textOf(base['session_id'])),
    datestamp: textOf(base['datestamp']),
    superclasses: shared.superclasses(className, listOf(holder['superclasses'])),
    dependencies: dependencies(document),
  };
}

/** The entry of one document alone. */
export function entryOfDocument(docIdx: number, document: NdiDocument): DocumentEntry {
  return entryOf(docIdx, document, sharedTexts());
}

interface SharedTexts {
  text(value: string): string;
  superclasses(className: string, stored: readonly JsonValue[]): readonly string[];
}

/** The same few class names, lists of ancestors and session ids occur in all documents: keep and work out each once. */
function sharedTexts(): SharedTexts {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  return {
    text(value) {
      const known = texts.get(value);
      if (known === undefined) texts.set(value, value);
      return known ?? value;
    },
    superclasses(className, stored) {
      let key = className;
      for (const one of stored) key += `\n${textOf(objectOf(one)?.['definition'])}`;
      let list = lists.get(key);
      if (list === undefined) {
        list = superclassesOf({ document_class: { class_name: className, superclasses: [...stored] } });
        lists.set(key, list);
      }
      return list;
    },
  };
}
