import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CopyJournal } from './copy-journal.ts';
import { JournalDatabase } from './journal-database.ts';
import { RunJournal } from './run-journal.ts';

/** What a local copy is bound to: moved to another folder or linked anew, nothing of the old is believed. */
export interface CopyKey {
  /** Absolute path of the folder. */
  readonly path: string;
  /** Id of the dataset or session. */
  readonly dataset: string;
  /** Address of the API. */
  readonly server: string;
  /** Id of the dataset in the cloud. */
  readonly cloud: string;
}

export const journalPath = (dataFolder: string): string => join(dataFolder, 'cloud', 'journal.sqlite');

/** The journal of transfers, in the application's folder. */
export class Journal {
  readonly #database: JournalDatabase;
  readonly runs: RunJournal;

  /** @throws NdiError database.*, path.* */
  constructor(dataFolder: string) {
    const path = journalPath(dataFolder);
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    this.#database = new JournalDatabase(path);
    this.runs = new RunJournal(this.#database, folder);
  }

  /** The journal of one local copy; made at the first call. */
  copy(key: CopyKey): CopyJournal {
    const values = [key.path, key.dataset, key.server, key.cloud];
    this.#database.run('INSERT OR IGNORE INTO copies (path, dataset, server, cloud) VALUES (?, ?, ?, ?)', ...values);
    const row = this.#database.get(
      'SELECT copy FROM copies WHERE path = ? AND dataset = ? AND server = ? AND cloud = ?',
      ...values,
    );
    return new CopyJournal(this.#database, Number(row?.['copy']));
  }

  /** Datasets from which a folder was downloaded. */
  origins(path: string, dataset: string, server: string): string[] {
    const rows = this.#database.all(
      'SELECT cloud FROM copies WHERE path = ? AND dataset = ? AND server = ? AND downloaded = 1',
      path,
      dataset,
      server,
    );
    return rows.map((row) => String(row['cloud']));
  }

  close(): void {
    this.#database.close();
  }
}
