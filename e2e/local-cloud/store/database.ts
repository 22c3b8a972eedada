import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS organizations (id TEXT PRIMARY KEY, name TEXT, can_upload INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, email TEXT UNIQUE, name TEXT, password TEXT, is_admin INTEGER,
    is_validated INTEGER, code TEXT, code_until INTEGER, license TEXT NOT NULL DEFAULT '{}');
  CREATE TABLE IF NOT EXISTS members (user_id TEXT, organization_id TEXT, PRIMARY KEY (user_id, organization_id));
  CREATE TABLE IF NOT EXISTS bookmarks (user_id TEXT, dataset_id TEXT, PRIMARY KEY (user_id, dataset_id));
  CREATE TABLE IF NOT EXISTS datasets (id TEXT PRIMARY KEY, organization_id TEXT, record TEXT, visible_at INTEGER,
    delete_command INTEGER, delete_at INTEGER);
  CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, dataset_id TEXT, ndi_id TEXT, name TEXT, class_name TEXT,
    body TEXT, visible_at INTEGER, delete_command INTEGER, delete_at INTEGER);
  CREATE INDEX IF NOT EXISTS documents_listed ON documents (dataset_id, id, visible_at, delete_command);
  CREATE INDEX IF NOT EXISTS documents_by_ndi ON documents (ndi_id);
  CREATE TABLE IF NOT EXISTS files (dataset_id TEXT, uid TEXT, size INTEGER, uploaded INTEGER, extracted INTEGER,
    source TEXT, tier TEXT NOT NULL DEFAULT 'STANDARD', PRIMARY KEY (dataset_id, uid));
  CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, size INTEGER, etag TEXT, blob TEXT, available_at INTEGER);
  CREATE TABLE IF NOT EXISTS jobs (id TEXT PRIMARY KEY, kind TEXT, dataset_id TEXT, state TEXT, created_at INTEGER,
    started_at INTEGER, completed_at INTEGER, fields TEXT NOT NULL DEFAULT '{}');
`;

export type Row = Record<string, string | number | null>;

/** The cloud's memory: SQLite in its folder. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, 'cloud.sqlite'));
    // A crash of the computer may cost a stand-in its last second, which buys every test its speed.
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${SCHEMA}`);
  }

  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.#prepared(sql).all(...values) as T[];
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  /** The number `n` of a counting query. */
  count(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.get(sql, ...values)?.['n'] ?? 0);
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (thrown) {
      this.#db.exec('ROLLBACK');
      throw thrown;
    }
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
}

const machine = randomBytes(5).toString('hex');
let counter = randomBytes(3).readUIntBE(0, 3);

/** An id as the service makes them: 24 hexadecimal digits that begin with the time. */
export function newId(nowMs: number): string {
  counter = (counter + 1) % 0x1000000;
  const time = Math.floor(nowMs / 1000) % 0x100000000;
  return `${time.toString(16).padStart(8, '0')}${machine}${counter.toString(16).padStart(6, '0')}`;
}
