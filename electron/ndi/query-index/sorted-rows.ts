import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Row = readonly (number | string)[];

/** Tables whose rows are gathered, with the number of their columns: their keys lie all over them. */
const columns = { posting: 3, number: 3, dependency: 3, field_value: 3 } as const;
export type SortedTable = keyof typeof columns;

/** Rows in one statement: fewer calls into SQLite. */
const AT_ONCE = 100;

/**
 * Rows of many documents, written in the order of their tables' keys: one after the other they would go to pages all
 * over a large file.
 */
export class SortedRows {
  readonly #database: DatabaseSync;
  readonly #rows = new Map<SortedTable, Row[]>();
  readonly #insertions = new Map<SortedTable, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** One that is there already counts once. */
  add(table: SortedTable, ...row: Row): void {
    const rows = this.#rows.get(table);
    if (rows === undefined) this.#rows.set(table, [row]);
    else rows.push(row);
  }

  clear(): void {
    this.#rows.clear();
  }

  write(): void {
    for (const [table, rows] of this.#rows) {
      rows.sort(inOrder);
      let at = 0;
      for (; at + AT_ONCE <= rows.length; at += AT_ONCE) this.#many(table).run(...rows.slice(at, at + AT_ONCE).flat());
      if (at < rows.length) this.#insertion(table, rows.length - at).run(...rows.slice(at).flat());
    }
    this.clear();
  }

  #many(table: SortedTable): StatementSync {
    let insertion = this.#insertions.get(table);
    if (insertion === undefined) this.#insertions.set(table, (insertion = this.#insertion(table, AT_ONCE)));
    return insertion;
  }

  #insertion(table: SortedTable, count: number): StatementSync {
    const row = `(${Array.from({ length: columns[table] }, () => '?').join()})`;
    const rows = Array.from({ length: count }, () => row).join();
    return this.#database.prepare(`INSERT OR IGNORE INTO ${table} VALUES ${rows}`);
  }
}

function inOrder(a: Row, b: Row): number {
  for (let at = 0; at < a.length; at += 1) {
    const [left, right] = [a[at] ?? 0, b[at] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
