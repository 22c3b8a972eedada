import { hash } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { FileLocation } from '../../../shared/model/document-files.ts';
import { formatDocumentJson } from '../../../shared/model/document-json.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { serialDate } from '../../../shared/model/ids.ts';
import { eraseData, type LocatedDocument, locateData, readData, type RowRange } from './data-rows.ts';
import { flattenDocument } from './flatten.ts';
import { prepared } from './prepared.ts';
import { branch, createFilesTable } from './schema.ts';

/** Rows of one location of a document's file. */
export interface FileRow {
  readonly name: string;
  readonly location: FileLocation;
  /** Path in the file store, or empty for what stays where it is. */
  readonly path: string;
}

/** Where a document's rows are, and what they hold. */
export interface DocumentRow extends LocatedDocument {
  /** Only documents of the branch exist for NDI; others are what a removal left behind. */
  readonly inBranch: boolean;
}

/** All rows of a document as they are, to put them back exactly. Integers are bigint, so that types survive. */
export interface CapturedRows {
  readonly docs: readonly SQLInputValue[];
  readonly members: readonly (readonly SQLInputValue[])[];
  /** Field index and value in turn. */
  readonly data: readonly SQLInputValue[];
  readonly files: readonly (readonly SQLInputValue[])[];
}

/** Reads and writes all rows of documents. One object an action. */
export class DocumentRows {
  readonly #database: DatabaseSync;
  readonly #fields = new Map<string, number | bigint>();
  readonly #now = serialDate();
  #located = new Map<number, RowRange[]>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(id: string): DocumentRow | null {
    const row = this.#sql(
      `SELECT d.doc_idx, d.json_code, EXISTS (SELECT 1 FROM branch_docs b WHERE b.doc_idx = d.doc_idx AND b.branch_id = '${branch}') AS member
       FROM docs d WHERE d.doc_id = ?`,
    ).get(id);
    if (row === undefined) return null;
    return { id, docIdx: Number(row['doc_idx']), json: String(row['json_code'] ?? ''), inBranch: row['member'] === 1 };
  }

  has(id: string): boolean {
    return this.#sql('SELECT 1 FROM docs WHERE doc_id = ?').get(id) !== undefined;
  }

  /** To be called with the documents whose rows are about to be captured, replaced or erased, all at once. */
  locate(documents: readonly LocatedDocument[]): void {
    this.#located = locateData(this.#database, documents);
  }

  /** @returns the JSON as it was stored */
  insert(document: NdiDocument, files: readonly FileRow[]): string {
    const json = formatDocumentJson(document);
    const { lastInsertRowid: docIdx } = this.#sql(
      'INSERT INTO docs (doc_id, json_code, timestamp, doc_idx) VALUES (?, ?, ?, NULL)',
    ).run(documentId(document), json, this.#now);
    this.#insertData(docIdx, document);
    this.#sql('INSERT INTO branch_docs (branch_id, doc_idx, timestamp) VALUES (?, ?, ?)').run(
      branch,
      docIdx,
      this.#now,
    );
    for (const file of files) this.#insertFile(docIdx, file);
    return json;
  }

  /** New content under the old row; rows of files that stay are left as their writer made them. @returns the JSON */
  replace(docIdx: number, document: NdiDocument, files: readonly FileRow[]): string {
    const json = formatDocumentJson(document);
    this.#sql('UPDATE docs SET json_code = ?, timestamp = ? WHERE doc_idx = ?').run(json, this.#now, docIdx);
    this.rewriteData(docIdx, document);
    const old = this.#hasFiles() ? this.#sql('SELECT uid, filename FROM files WHERE doc_idx = ?').all(docIdx) : [];
    const stays = (uid: unknown, name: unknown) => files.some((one) => one.location.uid === uid && one.name === name);
    for (const { uid, filename } of old) {
      if (stays(uid, filename)) continue;
      this.#sql('DELETE FROM files WHERE doc_idx = ? AND uid = ?').run(docIdx, uid as string);
    }
    for (const file of files) {
      const known = old.some((row) => row['uid'] === file.location.uid && row['filename'] === file.name);
      if (!known) this.#insertFile(docIdx, file);
    }
    return json;
  }

  /** The flattened rows anew, as the document says. */
  rewriteData(docIdx: number, document: NdiDocument): void {
    eraseData(this.#database, this.#located.get(docIdx) ?? []);
    this.#insertData(docIdx, document);
  }

  /** @returns whether the rows are gone: those of a document in another branch stay, as its only membership does not. */
  remove(docIdx: number): boolean {
    this.#sql('DELETE FROM branch_docs WHERE branch_id = ? AND doc_idx = ?').run(branch, docIdx);
    if (this.#sql(`SELECT 1 FROM branch_docs WHERE ${ANY_BRANCH} AND doc_idx = ?`).get(docIdx) !== undefined)
      return false;
    this.erase(docIdx);
    return true;
  }

  erase(docIdx: number): void {
    eraseData(this.#database, this.#located.get(docIdx) ?? []);
    if (this.#hasFiles()) this.#sql('DELETE FROM files WHERE doc_idx = ?').run(docIdx);
    this.#sql(`DELETE FROM branch_docs WHERE ${ANY_BRANCH} AND doc_idx = ?`).run(docIdx);
    this.#sql('DELETE FROM docs WHERE doc_idx = ?').run(docIdx);
  }

  capture(docIdx: number): CapturedRows {
    const lists = (sql: string) => {
      const statement = this.#sql(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      return statement.all(docIdx) as unknown as SQLInputValue[][];
    };
    return {
      docs: lists('SELECT doc_id, doc_idx, json_code, timestamp FROM docs WHERE doc_idx = ?')[0] ?? [],
      members: lists(`SELECT branch_id, doc_idx, timestamp FROM branch_docs WHERE ${ANY_BRANCH} AND doc_idx = ?`),
      data: readData(this.#database, this.#located.get(docIdx) ?? []),
      files: this.#hasFiles() ? lists(`SELECT ${FILE_COLUMNS} FROM files WHERE doc_idx = ? ORDER BY rowid`) : [],
    };
  }

  restore(rows: CapturedRows): void {
    const [, docIdx = null] = rows.docs;
    this.#sql('INSERT INTO docs (doc_id, doc_idx, json_code, timestamp) VALUES (?, ?, ?, ?)').run(...rows.docs);
    for (let at = 0; at + 1 < rows.data.length; at += 2) {
      this.#insertion(1).run(docIdx, rows.data[at] ?? null, rows.data[at + 1] ?? null);
    }
    for (const member of rows.members) {
      this.#sql('INSERT INTO branch_docs (branch_id, doc_idx, timestamp) VALUES (?, ?, ?)').run(...member);
    }
    for (const file of rows.files) this.#sql(INSERT_FILE).run(...file);
  }

  #insertData(docIdx: number | bigint, document: NdiDocument): void {
    const fields = flattenDocument(document);
    for (let at = 0; at < fields.length; at += ROWS_AT_ONCE) {
      const values: SQLInputValue[] = [];
      for (const { group, name, value } of fields.slice(at, at + ROWS_AT_ONCE)) {
        values.push(docIdx, this.#fieldIndex(group, name), value);
      }
      this.#insertion(values.length / 3).run(...values);
    }
  }

  #insertion(rows: number): StatementSync {
    return this.#sql(insertData(rows));
  }

  /** Index of a flattened field in the database's dictionary, entered at its first use. */
  #fieldIndex(group: string, name: string): number | bigint {
    let index = this.#fields.get(name);
    if (index !== undefined) return index;
    index = this.#sql('SELECT field_idx FROM fields WHERE field_name = ?').get(name)?.['field_idx'] as
      number | undefined;
    index ??= this.#sql('INSERT INTO fields (class, field_name, json_name, field_idx) VALUES (?, ?, ?, NULL)').run(
      group,
      name,
      name.replaceAll('.', '___').replace(/\s/g, '_'),
    ).lastInsertRowid;
    this.#fields.set(name, index);
    return index;
  }

  #insertFile(docIdx: number | bigint, { name, location, path }: FileRow): void {
    this.#freeUid(docIdx, name, location.uid);
    const parameters = location.parameters === '' ? null : location.parameters;
    const { uid, location: origin, location_type: type } = location;
    this.#sql(INSERT_FILE).run(docIdx, name, uid, origin, path, type, parameters);
  }

  /** A uid names one file: rows that a removal left behind give way, a document that is there does not. */
  #freeUid(docIdx: number | bigint, name: string, uid: string): void {
    if (!this.#hasFiles()) this.#database.exec(createFilesTable);
    const taken = this.#sql(
      `SELECT f.doc_idx, d.doc_id, EXISTS (SELECT 1 FROM branch_docs WHERE ${ANY_BRANCH} AND doc_idx = f.doc_idx) AS member
       FROM files f LEFT JOIN docs d ON d.doc_idx = f.doc_idx WHERE f.uid = ?`,
    ).get(uid);
    if (taken === undefined) return;
    if (taken['member'] === 0) {
      this.#sql('DELETE FROM files WHERE uid = ?').run(uid);
      return;
    }
    const own = Number(taken['doc_idx']) === Number(docIdx);
    throw new NdiError({
      code: 'document.duplicate',
      message: `The file "${name}" has the uid ${uid}, which ${own ? 'another file of the document' : `a file of document ${String(taken['doc_id'])}`} has already.`,
      recovery: 'Add the file to the document again, which gives it a new uid. Nothing was written.',
      details: { file: name, uid, id: String(taken['doc_id'] ?? '') },
    });
  }

  #filesTable: boolean | null = null;

  /** Some writers leave the table out. */
  #hasFiles(): boolean {
    if (this.#filesTable === true) return true;
    const found = this.#sql(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'files'`).get();
    this.#filesTable = found !== undefined;
    return this.#filesTable;
  }

  #sql(text: string): StatementSync {
    return prepared(this.#database, text);
  }
}

/** The key of `branch_docs` starts with the branch: without it, every row would be read. */
const ANY_BRANCH = 'branch_id IN (SELECT branch_id FROM branches)';
/** Rows of `doc_data` in one statement: fewer calls into SQLite. */
const ROWS_AT_ONCE = 64;
const insertionTexts: string[] = [];
const insertData = (rows: number) =>
  (insertionTexts[rows] ??=
    `INSERT INTO doc_data (doc_idx, field_idx, value) VALUES ${Array.from({ length: rows }, () => '(?, ?, ?)').join()}`);
const FILE_COLUMNS = 'doc_idx, filename, uid, orig_location, cached_location, type, parameters';
const INSERT_FILE = `INSERT INTO files (${FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** The JSON of captured rows. */
export function capturedJson({ docs }: CapturedRows): string {
  const json = docs[2];
  return typeof json === 'string' ? json : '';
}

/** Tells a stored document's content from any other. */
export function digestOf(json: string): string {
  return hash('sha1', json, 'base64');
}
