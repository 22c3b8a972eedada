import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AskThread, Question } from '../ndi/query-index/ask-thread.ts';
import type { Jobs } from './jobs.ts';

/** A question that takes longer shows as a job. */
const SHOWS_AFTER_MS = 1_000;
const TOLD_EVERY_MS = 300;

/**
 * Asks a thread about documents. What takes long shows as a job that can be cancelled.
 * @param signal the one who asks has gone, or wants something else by now
 * @throws NdiError query.invalid, database.*, app.cancelled
 */
export async function askWatched<Q extends Question>(
  { jobs, path, signal }: { readonly jobs: Jobs; readonly path: string; readonly signal: AbortSignal | undefined },
  thread: AskThread,
  question: Q,
) {
  const control = new AbortController();
  const stop = () => control.abort();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  const answer = thread.ask(question, control.signal);
  const ended = new AbortController();
  const settled = answer
    .catch(() => undefined)
    .finally(() => {
      ended.abort();
      signal?.removeEventListener('abort', stop);
    });
  const pause = (ms: number) => delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([settled, pause(SHOWS_AFTER_MS)]);
  if (ended.signal.aborted) return await answer;
  const title = `Look for documents in ${basename(path)}`;
  return await jobs.run({ title, signal: control.signal }, async (job, cancelled) => {
    cancelled.addEventListener('abort', stop, { once: true });
    while (!ended.signal.aborted) {
      const { looked } = thread;
      job.report(null, looked === 0 ? '' : `${looked.toLocaleString('en')} values looked at`);
      await pause(TOLD_EVERY_MS);
    }
    return await answer;
  });
}
