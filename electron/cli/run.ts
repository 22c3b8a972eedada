import { resolve } from 'node:path';
import { applicationFolder } from '../services/application-folder.ts';
import type { createDirectClient } from '../services/router.ts';
import type { Services } from '../services/services.ts';
import { Progress } from './progress.ts';

/** The calls of the contract, made directly. */
export type Client = ReturnType<typeof createDirectClient>;

/** What a command answers: `value` is its JSON; `text` says it to people. */
export interface Answer {
  readonly value: unknown;
  readonly text: () => string;
  /** Exit status where it is not 0: the answer tells of something wrong in the data. */
  readonly exit?: number;
}

/** A command: reads its arguments, and answers, or has written what it had to (null). */
export type Command<Options> = (run: Run, args: readonly string[], options: Options) => Promise<Answer | null>;

/** One run of the command line. */
export class Run {
  /** Exactly one JSON value on standard output. */
  readonly json: boolean;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
  #opened: Promise<{ services: Services; client: Client }> | null = null;

  constructor(json: boolean, signal: AbortSignal) {
    this.json = json;
    this.signal = signal;
  }

  /** A path as the user wrote it, absolute. */
  path(given: string): string {
    return resolve(given);
  }

  /** Makes calls of the services, which are loaded now and not before. Failures come as NdiError. */
  async call<T>(work: (client: Client, signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      const { client } = await this.#open();
      this.signal.throwIfAborted();
      return await work(client, this.signal);
    } catch (thrown) {
      const { toNdiError } = await import('../../shared/contract/client-errors.ts');
      throw toNdiError(thrown);
    }
  }

  /** As {@link call}, with the job's progress on a terminal while it lasts. */
  async callLong<T>(title: string, work: (client: Client, signal: AbortSignal) => Promise<T>): Promise<T> {
    const progress = new Progress(title);
    try {
      const { services } = await this.#open();
      const showing = setInterval(() => {
        const job = services.jobs.list().find((candidate) => candidate.state === 'running');
        if (job !== undefined) progress.show(job.fraction, job.detail);
      }, 200);
      try {
        return await this.call(work);
      } finally {
        clearInterval(showing);
      }
    } finally {
      progress.end();
    }
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    await opened?.services.close();
  }

  #open(): Promise<{ services: Services; client: Client }> {
    this.#opened ??= openServices();
    return this.#opened;
  }
}

async function openServices(): Promise<{ services: Services; client: Client }> {
  const [{ createServices }, { createDirectClient }] = await Promise.all([
    import('../services/services.ts'),
    import('../services/router.ts'),
  ]);
  const services = createServices({ door: 'cli', dataFolder: applicationFolder() });
  return { services, client: createDirectClient(services) };
}
