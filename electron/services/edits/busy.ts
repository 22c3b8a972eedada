import { setTimeout as wait } from 'node:timers/promises';
import { NdiError } from '../../../shared/model/errors.ts';

/** Another program's write is over in a moment, as a rule; after this time the user is told. */
const PATIENCE_MS = 5000;
const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 500;

/**
 * Runs an action, and again while another program holds the database. The waits are asynchronous: the process answers
 * other calls meanwhile.
 * @throws NdiError database.busy once patience is over; whatever else the action throws at once
 */
export async function whenFree<T>(action: () => T, patienceMs: number = PATIENCE_MS): Promise<T> {
  const until = Date.now() + patienceMs;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof NdiError) || error.code !== 'database.busy' || Date.now() + pause > until) throw error;
    }
    await wait(pause);
  }
}
