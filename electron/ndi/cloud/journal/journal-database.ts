import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { withFaults } from '../../database/faults.ts';
import { journalSchema, journalVersion } from './schema.ts';

type Row = Record<string, SQLOutputValue>;

/** The journal's database: one file, written in transactions that survive a power cut. */
export class JournalDatabase {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #prepared = new Map<string, StatementSync>();

  /** @throws NdiError database.*, path.* */
  constructor(path: string) {
    this.#path = path;
    this.#database = withFaults(path, () => openJournal(path));
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return withFaults(this.#path, () => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return withFaults(this.#path, () => this.#statement(sql).all(...values));
  }

  each(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return withFaults(this.#path, () => this.#database.prepare(sql).iterate(...values));
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    withFaults(this.#path, () => this.#statement(sql).run(...values));
  }

  #statement(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) this.#prepared.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  /** One statement for many rows, all or none. */
  runEach(sql: string, rows: Iterable<readonly SQLInputValue[]>, first?: () => void): void {
    this.inTransaction(() => {
      first?.();
      const statement = this.#database.prepare(sql);
      for (const row of rows) statement.run(...row);
    });
  }

  inTransaction(action: () => void): void {
    withFaults(this.#path, () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        action();
        this.#database.exec('COMMIT');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function openJournal(path: string): DatabaseSync {
  if (existsSync(path) && !isCurrent(path)) renameSync(path, `${path}.old`);
  const database = new DatabaseSync(path, { timeout: 5000 });
  // Its log is taken in every megabyte: at SQLite's four it would be many times as large as what it tells.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 250;');
  database.exec('BEGIN IMMEDIATE');
  database.exec(`${journalSchema} PRAGMA user_version = ${journalVersion};`);
  database.exec('COMMIT');
  return database;
}

/** A damaged journal, or one of another version, must not keep anybody from working: it is put aside. */
function isCurrent(path: string): boolean {
  try {
    const database = new DatabaseSync(path, { timeout: 5000 });
    try {
      const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
      return version === journalVersion || version === 0;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
