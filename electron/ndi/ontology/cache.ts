import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ontologies, ontologyNames } from '../../../shared/model/ontologies.ts';
import { makeTerm, type Term } from './provider.ts';

/** A term that was looked up before. */
export interface CachedTerm {
  readonly term: Term;
  /** ISO 8601. */
  readonly retrievedAt: string;
}

/** As many as NDI keeps in memory. */
const IN_MEMORY = 100;
const ON_DISK = 20_000;
/** Another window may be writing. */
const BUSY_MS = 2_000;

const layout = `
  CREATE TABLE IF NOT EXISTS terms (
    lookup TEXT PRIMARY KEY, curie TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, retrieved_at TEXT NOT NULL
  ) WITHOUT ROWID`;

/**
 * Terms that were looked up before: the latest in memory, all of them in a small database of the application's folder,
 * so that they work without a network later. A cache that cannot be read or written is done without: it never keeps a
 * look-up from its answer.
 */
export class TermCache {
  readonly #path: string | null;
  readonly #memory = new Map<string, CachedTerm>();
  #database: DatabaseSync | null | undefined;

  /** @param path of the database; null for memory only */
  constructor(path: string | null) {
    this.#path = path;
  }

  get(lookup: string): CachedTerm | null {
    const inMemory = this.#memory.get(lookup);
    const found = inMemory ?? this.#read((database) => database.prepare(`${select} WHERE lookup = ?`).all(lookup))[0];
    if (found !== undefined) this.#remember(lookup, found);
    return found ?? null;
  }

  /** Keeps a term under what it was looked up by and under its id. */
  put(lookup: string, term: Term, retrievedAt: string): void {
    for (const key of new Set([lookup, cacheKey(term.ontology, term.curie.slice(term.curie.indexOf(':') + 1))])) {
      this.#remember(key, { term, retrievedAt });
      this.#write((database) => {
        database
          .prepare('INSERT OR REPLACE INTO terms (lookup, curie, name, json, retrieved_at) VALUES (?, ?, ?, ?, ?)')
          .run(key, term.curie, term.name, JSON.stringify(term), retrievedAt);
      });
    }
  }

  /** Terms whose name or JSON holds a text, whatever its case. */
  search(text: string, limit: number): CachedTerm[] {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    const found = this.#read((database) =>
      database.prepare(`${select} WHERE json LIKE ? ESCAPE '\\' GROUP BY curie LIMIT ?`).all(pattern, limit),
    );
    if (this.#database !== null) return found;
    const wanted = text.toLowerCase();
    return [...this.#memory.values()].filter(({ term }) => term.name.toLowerCase().includes(wanted)).slice(0, limit);
  }

  clear(): void {
    this.#memory.clear();
    this.#write((database) => database.exec('DELETE FROM terms'));
  }

  close(): void {
    this.#database?.close();
    this.#database = undefined;
  }

  #remember(lookup: string, cached: CachedTerm): void {
    this.#memory.delete(lookup);
    this.#memory.set(lookup, cached);
    const [oldest] = this.#memory.keys();
    if (this.#memory.size > IN_MEMORY && oldest !== undefined) this.#memory.delete(oldest);
  }

  #read(ask: (database: DatabaseSync) => Record<string, unknown>[]): CachedTerm[] {
    try {
      const database = this.#open();
      return database === null ? [] : ask(database).flatMap(cachedTerm);
    } catch {
      return [];
    }
  }

  #write(action: (database: DatabaseSync) => void): void {
    try {
      const database = this.#open();
      if (database !== null) action(database);
    } catch {
      // A full disk or a busy file: the answer is in memory, and asked for again next time.
    }
  }

  #open(): DatabaseSync | null {
    this.#database ??= this.#path === null ? null : openOrRenew(this.#path);
    return this.#database;
  }
}

const select = 'SELECT json, retrieved_at AS retrievedAt FROM terms';

/** What a look-up is kept under. Names of Schema.org's terms differ by their case. */
export function cacheKey(ontology: Term['ontology'], term: string): string {
  return `${ontologies[ontology].prefix}:${ontology === 'SchemaOrg' ? term : term.toLowerCase()}`;
}

/** A damaged file is made anew: it holds nothing that cannot be asked for again. */
function openOrRenew(path: string): DatabaseSync | null {
  for (const attempt of [1, 2]) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const database = new DatabaseSync(path, { timeout: BUSY_MS });
      database.exec(layout);
      const { count } = database.prepare('SELECT count(*) AS count FROM terms').get() as { count: number };
      if (count > ON_DISK) database.exec('DELETE FROM terms');
      return database;
    } catch (error) {
      const isDamaged = [11, 26].includes((error as { errcode?: number }).errcode ?? 0);
      if (attempt === 2 || !isDamaged) return null;
      rmSync(path, { force: true });
    }
  }
  return null;
}

/** A row that this version cannot read is passed over. */
function cachedTerm(row: Record<string, unknown>): CachedTerm[] {
  const kept = JSON.parse(String(row['json'])) as Partial<Term>;
  const { ontology, curie, name, definition, synonyms } = kept;
  if (ontology === undefined || !ontologyNames.includes(ontology)) return [];
  if (typeof curie !== 'string' || typeof name !== 'string') return [];
  const term = makeTerm(ontology, curie, {
    name,
    definition: typeof definition === 'string' ? definition : '',
    synonyms: Array.isArray(synonyms) ? synonyms.map(String) : [],
  });
  return [{ term, retrievedAt: String(row['retrievedAt']) }];
}
