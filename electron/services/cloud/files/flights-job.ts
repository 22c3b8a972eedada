import { FETCH_JOB } from '../../../../shared/contract/cloud-files.ts';
import { type ErrorReport, fromErrorReport, toErrorReport } from '../../../../shared/model/errors.ts';
import type { JobProgress, Jobs } from '../../jobs.ts';

/** A file on its way, as the job shows it; its size is 0 until it is known. */
export interface Flying {
  readonly name: string;
  readonly bytes: number;
  readonly done: number;
}

interface FlightsJobOptions {
  readonly jobs: Jobs;
  /** The files that are on their way now. */
  readonly flying: () => readonly Flying[];
  /** The job was cancelled. */
  readonly onCancel: () => void;
}

interface Shown {
  progress: JobProgress | null;
  readonly end: (fault: ErrorReport | null) => void;
  landedBytes: number;
  /** Of the first flight that failed. */
  fault: ErrorReport | null;
}

/** The one job that stands for all files that are being fetched: it lasts as long as any of them flies. */
export class FlightsJob {
  readonly #options: FlightsJobOptions;
  #shown: Shown | null = null;

  constructor(options: FlightsJobOptions) {
    this.#options = options;
  }

  /** A flight has begun. */
  show(): void {
    if (this.#shown !== null) return;
    const { jobs, onCancel } = this.#options;
    const { promise: ended, resolve: end } = Promise.withResolvers<ErrorReport | null>();
    const shown: Shown = { progress: null, end, landedBytes: 0, fault: null };
    this.#shown = shown;
    void jobs
      .run({ title: 'Fetching files from NDI Cloud', id: FETCH_JOB, quiet: true }, async (progress, signal) => {
        shown.progress = progress;
        signal.addEventListener('abort', onCancel, { once: true });
        const fault = await ended;
        if (fault !== null) throw fromErrorReport(fault);
      })
      // Whoever waits for the file hears of it; the job is there to be seen.
      .catch(() => undefined);
  }

  /** A flight has got further. */
  report(): void {
    const flying = this.#options.flying();
    const landed = this.#shown?.landedBytes ?? 0;
    const bytes = flying.reduce((sum, one) => sum + one.bytes, landed);
    const done = flying.reduce((sum, one) => sum + one.done, landed);
    const names = flying.map(({ name }) => name).join(', ');
    this.#shown?.progress?.report(bytes > 0 ? Math.min(1, done / bytes) : null, names);
  }

  /**
   * A flight has ended, and is not among the flying any more.
   * @param fault what ended it, null where it arrived or was given up
   */
  landed(bytes: number, fault: unknown): void {
    if (this.#shown === null) return;
    this.#shown.landedBytes += bytes;
    if (fault !== null) this.#shown.fault ??= toErrorReport(fault);
    if (this.#options.flying().length > 0) return;
    this.#shown.end(this.#shown.fault);
    this.#shown = null;
  }
}
