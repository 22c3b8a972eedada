import { setImmediate } from 'node:timers/promises';

/** As long as a person does not notice. */
const TURN_MS = 10;

/** Does something with each of many, in pieces of a few milliseconds: the process answers others in between. */
export async function inTurns<T, R>(all: readonly T[], work: (one: T) => R, signal?: AbortSignal): Promise<R[]> {
  const done: R[] = [];
  let until = performance.now() + TURN_MS;
  for (const one of all) {
    if (performance.now() > until) {
      await setImmediate();
      signal?.throwIfAborted();
      until = performance.now() + TURN_MS;
    }
    done.push(work(one));
  }
  return done;
}
