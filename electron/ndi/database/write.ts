import { rmSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { formatDocumentJson } from '../../../shared/model/document-json.ts';
import { fileEntries, type FileLocation } from '../../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { serialDate } from '../../../shared/model/ids.ts';
import { checkDocuments } from '../documents/check.ts';
import { readDocument } from './document-index.ts';
import type { FileStore } from './file-store.ts';
import { flattenDocument } from './flatten.ts';
import { branch, createTables } from './schema.ts';

/** Lays out an empty database: tables, indexes and NDI's one branch. */
export function createDatabase(database: DatabaseSync): void {
  inTransaction(database, () => {
    database.exec(createTables);
    database
      .prepare('INSERT INTO branches (branch_id, parent_id, timestamp) VALUES (?, NULL, ?)')
      .run(branch, serialDate());
  });
}

/** One action, one transaction: a power cut leaves the database before or after it. */
function inTransaction(database: DatabaseSync, action: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    action();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

interface StoredFile {
  readonly name: string;
  readonly location: FileLocation;
  /** Path in the file store, or empty for what stays where it is. */
  readonly path: string;
}

/** Checks, copies the files into the store, then writes all rows. See `DocumentDatabase.add`. */
export function addRows(database: DatabaseSync, store: FileStore, documents: readonly NdiDocument[]): void {
  if (documents.length === 0) return;
  const exists = database.prepare('SELECT 1 FROM docs WHERE doc_id = ?');
  checkDocuments(documents, (id) => exists.get(id) !== undefined);
  const ingested: StoredFile[][] = [];
  try {
    for (const document of documents) {
      const stored: StoredFile[] = [];
      ingested.push(stored);
      ingestFiles(store, document, stored);
    }
    inTransaction(database, () => {
      const insert = insertion(database);
      documents.forEach((document, at) => insert(document, ingested[at] ?? []));
    });
  } catch (error) {
    for (const { path } of ingested.flat()) if (path !== '') rmSync(path, { force: true });
    throw error;
  }
  for (const { location } of ingested.flat()) {
    if (location.ingest === 1 && location.delete_original === 1) rmSync(location.location, { force: true });
  }
}

function ingestFiles(store: FileStore, document: NdiDocument, stored: StoredFile[]): void {
  for (const { name, locations } of fileEntries(document)) {
    for (const location of locations) {
      const copies = location.ingest === 1 && location.location_type === 'file';
      stored.push({ name, location, path: copies ? store.ingest(name, location) : '' });
    }
  }
}

type Insert = (document: NdiDocument, files: readonly StoredFile[]) => void;

/** Statements prepared once for a batch. */
function insertion(database: DatabaseSync): Insert {
  const now = serialDate();
  const find = database.prepare('SELECT doc_idx FROM docs WHERE doc_id = ?');
  const doc = database.prepare('INSERT INTO docs (doc_id, json_code, timestamp, doc_idx) VALUES (?, ?, ?, NULL)');
  const member = database.prepare('INSERT INTO branch_docs (branch_id, doc_idx, timestamp) VALUES (?, ?, ?)');
  const data = database.prepare('INSERT INTO doc_data (doc_idx, field_idx, value) VALUES (?, ?, ?)');
  const file = database.prepare(
    'INSERT INTO files (doc_idx, filename, uid, orig_location, cached_location, type, parameters) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const fieldIndex = fieldAllocation(database);
  return (document, files) => {
    const id = documentId(document);
    refuseOrForget(database, find, id);
    const docIdx = doc.run(id, formatDocumentJson(document), now).lastInsertRowid;
    for (const { group, name, value } of flattenDocument(document)) data.run(docIdx, fieldIndex(group, name), value);
    member.run(branch, docIdx, now);
    for (const { name, location, path } of files) {
      const parameters = location.parameters === '' ? null : location.parameters;
      file.run(docIdx, name, location.uid, location.location, path, location.location_type, parameters);
    }
  };
}

/** A document of the branch cannot come twice; what an earlier removal left behind gives way. */
function refuseOrForget(database: DatabaseSync, find: StatementSync, id: string): void {
  const row = find.get(id);
  if (row === undefined) return;
  const docIdx = Number(row['doc_idx']);
  if (database.prepare('SELECT 1 FROM branch_docs WHERE doc_idx = ?').get(docIdx) !== undefined) {
    throw new NdiError({
      code: 'document.duplicate',
      message: `A document with the id ${id} is already in the database.`,
      recovery: 'Give the document a new id, or remove the old one first.',
      details: { id },
    });
  }
  deleteRows(database, docIdx);
}

/** Index of a flattened field in the database's dictionary, entered at its first use. */
function fieldAllocation(database: DatabaseSync): (group: string, name: string) => number | bigint {
  const known = new Map<string, number | bigint>();
  const find = database.prepare('SELECT field_idx FROM fields WHERE field_name = ?');
  const insert = database.prepare(
    'INSERT INTO fields (class, field_name, json_name, field_idx) VALUES (?, ?, ?, NULL)',
  );
  return (group, name) => {
    let index = known.get(name) ?? (find.get(name)?.['field_idx'] as number | undefined);
    index ??= insert.run(group, name, name.replaceAll('.', '___').replace(/\s/g, '_')).lastInsertRowid;
    known.set(name, index);
    return index;
  };
}

/** See `DocumentDatabase.remove`. */
export function removeRows(database: DatabaseSync, store: FileStore, ids: readonly string[]): void {
  const discarded: NdiDocument[] = [];
  inTransaction(database, () => {
    const find = database.prepare('SELECT doc_idx, json_code FROM docs WHERE doc_id = ?');
    const leave = database.prepare('DELETE FROM branch_docs WHERE branch_id = ? AND doc_idx = ?');
    const other = database.prepare('SELECT 1 FROM branch_docs WHERE doc_idx = ?');
    for (const id of ids) {
      const row = find.get(id);
      if (row === undefined) continue;
      const docIdx = Number(row['doc_idx']);
      leave.run(branch, docIdx);
      if (other.get(docIdx) !== undefined) continue;
      discarded.push(...readable(row['json_code']));
      deleteRows(database, docIdx);
    }
  });
  for (const document of discarded) store.discard(document);
}

/** A document whose JSON is damaged can still be removed; which files it had is then unknown. */
function readable(json: unknown): NdiDocument[] {
  try {
    return [readDocument(json)];
  } catch (error) {
    if (error instanceof NdiError) return [];
    throw error;
  }
}

function deleteRows(database: DatabaseSync, docIdx: number): void {
  for (const table of ['doc_data', 'files', 'docs']) {
    database.prepare(`DELETE FROM ${table} WHERE doc_idx = ?`).run(docIdx);
  }
}
