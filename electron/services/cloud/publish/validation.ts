import { type CheckItem, good } from '../../../ndi/cloud/publish/check-list.ts';
import { findTarget } from '../../edits/target.ts';
import { validate } from '../../edits/validate.ts';
import type { Jobs } from '../../jobs.ts';
import { databaseStamp, fullPath, type OpenItems } from '../../open-items.ts';

interface Found {
  /** The state of the database that was looked at. */
  readonly stamp: string | null;
  readonly documents: number;
  readonly problems: number;
  /** The first of them, in words. */
  readonly first: string;
}

/** Holds every document against its schema, and remembers the answer until the database changes. */
export class Validation {
  readonly #items: OpenItems;
  readonly #jobs: Jobs;
  readonly #found = new Map<string, Found>();

  constructor(items: OpenItems, jobs: Jobs) {
    this.#items = items;
    this.#jobs = jobs;
  }

  /** As a job, unless the database is as it was the last time. @throws NdiError app.cancelled, database.*, path.* */
  async run(path: string, signal?: AbortSignal): Promise<void> {
    const folder = fullPath(path);
    const stamp = databaseStamp(folder);
    if (this.#found.get(folder)?.stamp === stamp) return;
    await this.#jobs.run({ title: 'Validating documents', signal }, async (job, aborted) => {
      const target = findTarget(this.#items, { path: folder });
      const report = (fraction: number, detail: string) => job.report(fraction, detail);
      const { documents, found, problems } = await validate(target, { signal: aborted, report });
      this.#found.set(folder, { stamp, documents, problems: found, first: problems[0]?.message ?? '' });
    });
  }

  /** What is known of a folder's documents as they are now. */
  item(path: string): CheckItem {
    const folder = fullPath(path);
    const found = this.#found.get(folder);
    if (found === undefined || found.stamp !== databaseStamp(folder)) {
      const message = 'The documents have not been held against their schemas yet.';
      return { code: 'validator', state: 'unknown', message, mend: 'validate', field: null };
    }
    if (found.problems === 0) return good('validator', `${found.documents} documents, all valid.`);
    const rest = found.problems === 1 ? '' : ` And ${found.problems - 1} more.`;
    return { code: 'validator', state: 'missing', message: `${found.first}${rest}`, mend: 'showProblems', field: null };
  }
}
