import { join } from 'node:path';
import { type LockFile, takeLock } from '../../../files/lock-file.ts';
import type { JournalDatabase } from './journal-database.ts';

/** One upload, download or sync, as it is remembered beyond the process that began it. */
export interface StoredRun {
  readonly run: string;
  readonly path: string;
  readonly cloud: string;
  readonly server: string;
  readonly title: string;
  /** What was asked for, to begin it again. */
  readonly request: unknown;
  /** Account that began it: it is never continued as another. */
  readonly subject: string;
  readonly state: string;
  readonly started: string;
  readonly ended: string | null;
  readonly progress: unknown;
  readonly report: unknown;
}

export interface Intent {
  readonly organization: string;
  readonly name: string;
  /** Empty until the dataset is known to be there. */
  readonly cloud: string;
  readonly at: Date;
}

const KEPT_DAYS = 30;
/** A run of another computer with the same folder that was not touched for so long has ended. */
const HELD_MS = 10 * 60_000;

/** Runs, and datasets whose creation was begun. */
export class RunJournal {
  readonly #journal: JournalDatabase;
  readonly #folder: string;

  /** @param folder of the journal */
  constructor(journal: JournalDatabase, folder: string) {
    this.#journal = journal;
    this.#folder = folder;
  }

  /**
   * Takes a run for this process while it carries it out; null while another one does.
   * @throws NdiError path.*
   */
  hold(run: string): LockFile | null {
    return takeLock(join(this.#folder, 'running', `${run}.lock`), HELD_MS);
  }

  save(run: StoredRun): void {
    this.#journal.run(
      `INSERT OR REPLACE INTO runs (run, path, cloud, server, title, request, subject, state, started, ended, progress, report)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.run,
      run.path,
      run.cloud,
      run.server,
      run.title,
      JSON.stringify(run.request),
      run.subject,
      run.state,
      run.started,
      run.ended,
      JSON.stringify(run.progress),
      run.report === null ? null : JSON.stringify(run.report),
    );
  }

  /** Oldest first; ended ones are forgotten after a month. */
  list(now = new Date()): StoredRun[] {
    const until = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
    this.#journal.run('DELETE FROM runs WHERE ended IS NOT NULL AND ended < ?', until);
    return this.#journal.all('SELECT * FROM runs ORDER BY started').map((row) => ({
      run: String(row['run']),
      path: String(row['path']),
      cloud: String(row['cloud']),
      server: String(row['server']),
      title: String(row['title']),
      request: JSON.parse(String(row['request'])) as unknown,
      subject: String(row['subject']),
      state: String(row['state']),
      started: String(row['started']),
      ended: row['ended'] === null ? null : String(row['ended']),
      progress: JSON.parse(String(row['progress'])) as unknown,
      report: row['report'] === null ? null : (JSON.parse(String(row['report'])) as unknown),
    }));
  }

  forget(run: string): void {
    this.#journal.run('DELETE FROM runs WHERE run = ?', run);
  }

  /** The dataset that is being created for a folder: noted before the server is asked. */
  intent(path: string, dataset: string, server: string): Intent | null {
    const row = this.#journal.get(
      'SELECT * FROM intents WHERE path = ? AND dataset = ? AND server = ?',
      path,
      dataset,
      server,
    );
    if (row === undefined) return null;
    return {
      organization: String(row['organization']),
      name: String(row['name']),
      cloud: String(row['cloud']),
      at: new Date(String(row['at'])),
    };
  }

  setIntent(path: string, dataset: string, server: string, intent: Intent): void {
    const { organization, name, cloud, at } = intent;
    this.#journal.run(
      'INSERT OR REPLACE INTO intents VALUES (?, ?, ?, ?, ?, ?, ?)',
      path,
      dataset,
      server,
      organization,
      name,
      cloud,
      at.toISOString(),
    );
  }

  clearIntent(path: string, dataset: string, server: string): void {
    this.#journal.run('DELETE FROM intents WHERE path = ? AND dataset = ? AND server = ?', path, dataset, server);
  }
}
