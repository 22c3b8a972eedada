import { Worker } from 'node:worker_threads';
import { type ErrorReport, fromErrorReport } from '../../../shared/model/errors.ts';
import { cancelledError } from '../../signal/cancelled.ts';
import type { IndexProgress } from './catch-up.ts';

/** From source the entry lies beside this file; in a bundle it is called index-worker.cjs. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './index-worker.ts' : './index-worker.cjs', import.meta.url);

export interface IndexTask {
  readonly folder: string;
  readonly databasePath: string;
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
  folder: string,
  databasePath: string,
  onProgress: (progress: IndexProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const task: IndexTask = { folder, databasePath };
  const worker = new Worker(entry, { workerData: task });
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
