import type { DatabaseSync } from 'node:sqlite';

type Row = readonly [number, number, number];

/**
 * Rows of `posting` and `number` of many documents, written in the order of their tables: one after the other they
 * would go to pages all over a large file.
 */
export class SortedRows {
  readonly #postings: Row[] = [];
  readonly #numbers: Row[] = [];

  posting(value: number, field: number, docIdx: number): void {
    this.#postings.push([value, field, docIdx]);
  }

  number(field: number, value: number, docIdx: number): void {
    this.#numbers.push([field, value, docIdx]);
  }

  clear(): void {
    this.#postings.length = 0;
    this.#numbers.length = 0;
  }

  write(database: DatabaseSync): void {
    insertAll(database, 'posting', this.#postings);
    insertAll(database, 'number', this.#numbers);
    this.clear();
  }
}

/** Rows in one statement: fewer calls into SQLite. */
const AT_ONCE = 100;

function insertAll(database: DatabaseSync, table: 'posting' | 'number', rows: Row[]): void {
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const insertion = (count: number) =>
    database.prepare(
      `INSERT OR IGNORE INTO ${table} VALUES ${Array.from({ length: count }, () => '(?, ?, ?)').join()}`,
    );
  const many = rows.length < AT_ONCE ? null : insertion(AT_ONCE);
  let at = 0;
  for (; many !== null && at + AT_ONCE <= rows.length; at += AT_ONCE) many.run(...rows.slice(at, at + AT_ONCE).flat());
  if (at < rows.length) insertion(rows.length - at).run(...rows.slice(at).flat());
}
