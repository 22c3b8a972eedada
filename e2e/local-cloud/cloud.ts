import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Crossref } from './crossref.ts';
import { Faults } from './faults.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { SignedUrls } from './signed-urls.ts';
import { Database, newId } from './store/database.ts';
import { Objects } from './store/objects.ts';
import { Tokens } from './tokens.ts';

/** A request as it was answered; the body of an upload is only counted. */
export interface LogEntry {
  readonly method: string;
  /** Below the base, with its query; storage: `/_s3/…` without the signature. */
  readonly path: string;
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  /** `sub` of the token. */
  readonly user: string | null;
  readonly hasToken: boolean;
  readonly bodyBytes: number;
  /** Range header; empty without one. */
  readonly range: string;
  readonly at: number;
}

/** Everything that the routes share: memory, clock, keys, what goes wrong. */
export class Cloud {
  readonly settings: Settings;
  readonly db: Database;
  readonly objects: Objects;
  readonly tokens = new Tokens();
  readonly urls = new SignedUrls();
  readonly faults = new Faults();
  /** Where DOIs are deposited: another service, which lives here too. */
  readonly crossref = new Crossref();
  readonly log: LogEntry[] = [];
  /** What nobody is told: archives that could not be read, codes that went out by mail. */
  readonly notes: string[] = [];
  /** `http://127.0.0.1:8787`, once it listens. */
  origin = '';
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();

  constructor(folder: string, settings: Partial<Settings> = {}) {
    mkdirSync(join(folder, 'objects'), { recursive: true });
    this.settings = { ...defaultSettings, ...settings };
    this.db = new Database(folder);
    this.objects = new Objects(this.db, join(folder, 'objects'));
  }

  /** Milliseconds since 1970 of the server's clock. */
  now(): number {
    return Date.now() + this.settings.clockOffsetMs;
  }

  newId(): string {
    return newId(this.now());
  }

  /** When something made now can be read. */
  visibleAt(): number {
    return this.now() + this.settings.visibilityLagMs;
  }

  /** Does something after the answer, as the service's workers do. */
  later(milliseconds: number, work: () => void | Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const running = Promise.resolve()
        .then(work)
        .catch((thrown: unknown) => void this.notes.push(String(thrown)))
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** What is under way ends, what waits does not begin. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
    this.db.close();
  }
}

/** Times as the service writes them; absent for 0 and null. */
export function isoOf(ms: number | string | null | undefined): string | undefined {
  return ms === null || ms === undefined || ms === 0 ? undefined : new Date(Number(ms)).toISOString();
}
