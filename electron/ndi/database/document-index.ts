import type { DatabaseSync } from 'node:sqlite';
import { parseDocumentJson } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  type Dependency,
  documentClass,
  documentDatestamp,
  documentId,
  documentName,
  documentSessionId,
  type NdiDocument,
  normaliseDocument,
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
  const remember = sharedTexts();
  for (const row of rows) {
    try {
      const entry = entryOf(Number(row['doc_idx']), readDocument(row['json_code']), remember);
      entries.push(entry);
      byId.set(entry.id, entry);
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      unreadable.push({ id: String(row['doc_id']), why: error.message });
    }
  }
  return { entries, byId, unreadable };
}

/** A document from the database's column: parsed tolerantly, lists normalised. */
export function readDocument(json: unknown): NdiDocument {
  return normaliseDocument(parseDocumentJson(typeof json === 'string' ? json : ''));
}

function entryOf(docIdx: number, document: NdiDocument, remember: SharedTexts): DocumentEntry {
  const className = remember.text(documentClass(document));
  return {
    docIdx,
    id: documentId(document),
    class: className,
    name: documentName(document),
    sessionId: remember.text(documentSessionId(document)),
    datestamp: documentDatestamp(document),
    superclasses: remember.list(superclassesOf(document)),
    dependencies: dependencies(document),
  };
}

interface SharedTexts {
  text(value: string): string;
  list(values: readonly string[]): readonly string[];
}

/** The same few class names and session ids occur in all documents: keep each once. */
function sharedTexts(): SharedTexts {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  return {
    text(value) {
      const known = texts.get(value);
      if (known === undefined) texts.set(value, value);
      return known ?? value;
    },
    list(values) {
      const key = values.join('\n');
      const known = lists.get(key);
      if (known === undefined) lists.set(key, values);
      return known ?? values;
    },
  };
}
