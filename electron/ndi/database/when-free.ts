import { setTimeout as wait } from 'node:timers/promises';
import { NdiError } from '../../../shared/model/errors.ts';
import { cancelledError } from '../../signal/cancelled.ts';

/** Another program's write is over in a moment, as a rule; after this time the user is told. */
const PATIENCE_MS = 5000;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 500;

/**
 * Runs an action, and again while another program holds the database: the one way in which all that write wait. The
 * waits are asynchronous: the process answers other calls meanwhile. The action must be such that it can be run again.
 * @param options patienceMs: how long another program is waited for, from when it is first met
 * @throws NdiError database.busy once patience is over; app.cancelled; whatever else the action throws at once
 */
export async function whenFree<T>(
  action: () => T | Promise<T>,
  {
    patienceMs = PATIENCE_MS,
    signal,
  }: { readonly patienceMs?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<T> {
  let until = Infinity;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    if (signal?.aborted === true) throw cancelledError();
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof NdiError) || error.code !== 'database.busy') throw error;
      until = Math.min(until, Date.now() + patienceMs);
      if (Date.now() + pause > until) throw error;
    }
    // Cancelled meanwhile: said at the next turn.
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}
