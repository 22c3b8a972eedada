import { Worker } from 'node:worker_threads';
import { type ErrorReport, fromErrorReport } from '../../../shared/model/errors.ts';
import { holdFile } from '../../files/held-files.ts';
import { cancelledError } from '../../signal/cancelled.ts';
import { type JournalMode, journalMode } from '../database/connection.ts';
import type { DocumentType } from '../documents/types.ts';
import type { IndexProgress } from './catch-up.ts';

/** From source the entry lies beside this file; in a bundle it is called index-worker.cjs. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './index-worker.ts' : './index-worker.cjs', import.meta.url);

/** What a thread is started for. */
export type IndexTask = {
  readonly databasePath: string;
  readonly journal: JournalMode;
} & (
  | { readonly kind: 'build'; readonly indexPath: string }
  | {
      readonly kind: 'ask';
      readonly labTypes: ReadonlyMap<string, DocumentType>;
      /** Counts the values that tests in JavaScript have looked at. */
      readonly looked: Int32Array;
    }
);

/** Starts the thread of a task, which has the database open until it ends. */
export function startIndexThread(task: IndexTask): Worker {
  const release = holdFile(task.databasePath);
  return new Worker(entry, { workerData: task }).once('exit', release);
}

export type IndexMessage =
  | { readonly type: 'progress'; readonly progress: IndexProgress }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: ErrorReport };

/**
 * Brings an index up to its database in a thread of its own.
 * @throws NdiError database.*, app.cancelled
 */
export async function buildInBackground(
  indexPath: string,
  databasePath: string,
  onProgress: (progress: IndexProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const worker = startIndexThread({ kind: 'build', indexPath, databasePath, journal: journalMode(databasePath) });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve, reject: (error: Error) => void) => {
      worker.on('message', (message: IndexMessage) => {
        if (message.type === 'progress') onProgress(message.progress);
        else if (message.type === 'done') resolve();
        else reject(fromErrorReport(message.error));
      });
      worker.on('error', reject);
      worker.on('exit', () => {
        reject(signal?.aborted === true ? cancelledError() : new Error('The thread that indexes documents has ended.'));
      });
      if (signal?.aborted === true) stop();
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    void worker.terminate();
  }
}
