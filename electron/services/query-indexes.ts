import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { QuickAnswers } from '../ndi/database/quick-answers.ts';
import type { IndexProgress } from '../ndi/query-index/catch-up.ts';
import type { Jobs } from './jobs.ts';

interface Build {
  progress: IndexProgress;
  readonly done: Promise<void>;
}

/** Builds the query indexes of large databases in the background: one job for each database, whoever asks. */
export class QueryIndexes {
  readonly #jobs: Jobs;
  readonly #builds = new Map<string, Build>();

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  /**
   * Sees to it that an index is or will be up to date.
   * @param waitMs how long to wait for it
   * @returns null when answers are for the whole database, else how far the index is
   */
  async prepare(path: string, quick: QuickAnswers | null, waitMs: number): Promise<IndexProgress | null> {
    if (quick === null || !quick.isPossible() || quick.isReady()) return null;
    const build = this.#builds.get(path) ?? this.#start(path, quick);
    await Promise.race([build.done, ...(waitMs === Infinity ? [] : [delay(waitMs)])]);
    return this.#builds.get(path)?.progress ?? null;
  }

  #start(path: string, quick: QuickAnswers): Build {
    const title = `Index the documents of ${basename(path)}`;
    const work = this.#jobs.run({ title, quiet: true }, (job, signal) =>
      quick.build((progress) => {
        build.progress = progress;
        const { done, of } = progress;
        job.report(of === 0 ? null : done / of, `${done.toLocaleString('en')} of ${of.toLocaleString('en')} documents`);
      }, signal),
    );
    // A job that failed shows its error in the list of jobs; the documents themselves answer then.
    const done = work.catch(() => undefined).finally(() => this.#builds.delete(path));
    const build: Build = { progress: { done: 0, of: 0 }, done };
    this.#builds.set(path, build);
    return build;
  }
}
