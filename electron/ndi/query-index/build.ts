import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readDocument } from '../database/document-index.ts';
import { fold, isMark } from '../query/free-text.ts';
import { type Extract, extract, type OtherValue } from './extract.ts';
import { SortedRows } from './sorted-rows.ts';
import { keyLength, oddKind, valueType } from './layout.ts';
import { valueKey } from './texts.ts';

/** A document as the database holds it. */
export interface StoredRow {
  readonly docIdx: number;
  readonly id: string;
  readonly json: unknown;
  readonly sizeBytes: number;
  readonly written: number | null;
}

/** Distinct values of a field that are remembered between documents; more are looked up in the index. */
const REMEMBERED_VALUES = 20_000;

/** Writes documents into the tables of an index. The caller holds the transaction. */
export class IndexWriter {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #kinds = new Map<string, number>();
  readonly #fields = new Map<string, { index: number; multiple: boolean; values: Map<string, number> }>();
  readonly #dependencyNames = new Map<string, number>();
  readonly #rows: SortedRows;
  /** Documents of each kind that were added in this transaction. */
  readonly #counts = new Map<number, number>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#rows = new SortedRows(database);
  }

  /** Writes what was gathered. */
  flush(): void {
    this.#rows.write();
  }

  /** Writes what was gathered and counted; the last act of a transaction. */
  finish(): void {
    this.flush();
    for (const [kind, count] of this.#counts) {
      this.#run('UPDATE kind SET documents = documents + ? WHERE kind_idx = ?', count, kind);
    }
    this.#counts.clear();
  }

  /** What was learned in a transaction that failed is not in the tables. */
  forget(): void {
    this.#rows.clear();
    this.#counts.clear();
    this.#kinds.clear();
    this.#fields.clear();
    this.#dependencyNames.clear();
  }

  add(row: StoredRow): void {
    let document: NdiDocument;
    try {
      document = readDocument(row.json);
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      this.#run(
        'INSERT OR REPLACE INTO unreadable VALUES (?, ?, ?, ?, ?)',
        row.docIdx,
        row.id,
        error.message,
        row.sizeBytes,
        row.written,
      );
      return;
    }
    const parts = extract(document);
    if (parts === null) this.#addOdd(row, document);
    else this.#addDocument(row, parts);
  }

  /** Takes documents out. Their values stay in the dictionaries. */
  remove(indexes: readonly number[]): void {
    if (indexes.length === 0) return;
    const list = JSON.stringify(indexes);
    this.#database
      .prepare(
        `UPDATE kind SET documents = documents - (SELECT count(*) FROM doc WHERE doc.kind = kind_idx AND doc_idx IN (SELECT value FROM json_each(?)))`,
      )
      .run(list);
    for (const table of ['doc', 'unreadable', 'posting', 'number', 'dependency']) {
      this.#database.prepare(`DELETE FROM ${table} WHERE doc_idx IN (SELECT value FROM json_each(?))`).run(list);
    }
  }

  #addOdd(row: StoredRow, document: NdiDocument): void {
    const [id = '', name = '', datestamp = ''] = ['base.id', 'base.name', 'base.datestamp'].map((path) =>
      textOf(valueAt(document, path)),
    );
    this.#run('INSERT OR IGNORE INTO kind VALUES (?, ?, ?, ?, ?, ?, 0)', oddKind, 'odd', '', '', '', '');
    this.#insertDoc(row, oddKind, id, name, datestamp);
  }

  #addDocument(row: StoredRow, parts: Extract): void {
    this.#insertDoc(row, this.#kindOf(parts), parts.id, parts.name, parts.datestamp);
    const seen = new Set<string>();
    const field = (path: string) => {
      const found = this.#fieldOf(path);
      if (seen.has(path) && !found.multiple) {
        found.multiple = true;
        this.#run('UPDATE field SET multiple = 1 WHERE field_idx = ?', found.index);
      }
      seen.add(path);
      return found;
    };
    for (const [path, text] of parts.texts) {
      const { index, values } = field(path);
      const value = this.#textValue(index, values, text);
      this.#rows.add('posting', value, index, row.docIdx);
    }
    for (const [path, value] of parts.numbers) this.#rows.add('number', field(path).index, value, row.docIdx);
    for (const other of parts.others) {
      const { index, values } = field(other.path);
      this.#rows.add('posting', this.#otherValue(index, values, other), index, row.docIdx);
    }
    for (const { name, value } of parts.dependencies) {
      this.#rows.add('dependency', value, this.#dependencyName(name), row.docIdx);
    }
  }

  #insertDoc(row: StoredRow, kind: number, id: string, name: string, datestamp: string): void {
    this.#run(
      'INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?)',
      row.docIdx,
      kind,
      id,
      name,
      datestamp,
      row.sizeBytes,
      row.written,
    );
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  #kindOf({ className, sessionId, head, paths }: Extract): number {
    const key = `${className}\0${sessionId}\0${head}\0${paths}`;
    let kind = this.#kinds.get(key);
    if (kind !== undefined) return kind;
    const hash = createHash('sha256').update(key).digest('hex');
    kind = this.#number('SELECT kind_idx AS found FROM kind WHERE hash = ?', hash);
    // Index 0 is that of odd documents.
    kind ??= this.#insert(
      'INSERT INTO kind VALUES ((SELECT coalesce(max(kind_idx), 0) + 1 FROM kind), ?, ?, ?, ?, ?, 0)',
      hash,
      className,
      sessionId,
      head,
      paths,
    );
    if (this.#kinds.size > REMEMBERED_VALUES) this.#kinds.clear();
    this.#kinds.set(key, kind);
    return kind;
  }

  #fieldOf(path: string): { index: number; multiple: boolean; values: Map<string, number> } {
    const known = this.#fields.get(path);
    if (known !== undefined) return known;
    const row = this.#statement('SELECT field_idx, multiple FROM field WHERE path = ?').get(path);
    const index = Number(row?.['field_idx'] ?? this.#insert('INSERT INTO field VALUES (NULL, ?, 0)', path));
    const field = { index, multiple: row?.['multiple'] === 1, values: new Map<string, number>() };
    this.#fields.set(path, field);
    return field;
  }

  #textValue(field: number, values: Map<string, number>, text: string): number {
    const key = `t${text}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    const folded = fold(text);
    let value = this.#find(folded, text, valueType.mark);
    if (value === undefined) {
      const type = isMark(text) ? valueType.mark : valueType.text;
      value = this.#insert(
        'INSERT INTO value VALUES (NULL, ?, ?, ?, NULL, NULL)',
        type,
        text,
        folded === text ? null : folded,
      );
      if (type === valueType.text) this.#run('INSERT INTO found_text (rowid, text) VALUES (?, ?)', value, folded);
    }
    return this.#remember(field, values, key, value, isMark(text) ? valueType.mark : valueType.text);
  }

  #otherValue(field: number, values: Map<string, number>, { json, range }: OtherValue): number {
    const [low, high] = range ?? [null, null];
    const type = json === null ? valueType.large : valueType.other;
    const key = json === null ? null : `o${json}`;
    const known = key === null ? undefined : values.get(key);
    if (known !== undefined) return known;
    const folded = json === null ? '' : fold(json);
    const value =
      (json === null ? undefined : this.#find(folded, json, valueType.other, valueType.other)) ??
      this.#insert(
        'INSERT INTO value VALUES (NULL, ?, ?, ?, ?, ?)',
        type,
        json,
        folded === json ? null : folded,
        low,
        high,
      );
    return this.#remember(field, values, key, value, type);
  }

  #find(folded: string, text: string, most: number, least = 0): number | undefined {
    return this.#number(
      `SELECT value_idx AS found FROM value WHERE text IS NOT NULL AND ${valueKey} = substr(?, 1, ${keyLength})
       AND text = ? AND type BETWEEN ? AND ?`,
      folded,
      text,
      least,
      most,
    );
  }

  #remember(field: number, values: Map<string, number>, key: string | null, value: number, type: number): number {
    this.#rows.add('field_value', field, type, value);
    if (key === null || key.length > 300) return value;
    if (values.size > REMEMBERED_VALUES) values.clear();
    values.set(key, value);
    return value;
  }

  #dependencyName(name: string): number {
    let index = this.#dependencyNames.get(name);
    if (index !== undefined) return index;
    index = this.#number('SELECT name_idx AS found FROM dependency_name WHERE name = ?', name);
    index ??= this.#insert('INSERT INTO dependency_name VALUES (NULL, ?)', name);
    this.#dependencyNames.set(name, index);
    return index;
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#statement(sql).run(...values);
  }

  #insert(sql: string, ...values: (string | number | null)[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  #number(sql: string, ...values: (string | number | null)[]): number | undefined {
    const found = this.#statement(sql).get(...values)?.['found'];
    return found === undefined || found === null ? undefined : Number(found);
  }
}
