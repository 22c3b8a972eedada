import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import { toWireError } from '../../../shared/contract/client-errors.ts';
import { pathsOfInput, Reachable } from '../reachable.ts';

const reachable = new Reachable();

/**
 * The contract, ready to be bound area by area. A call is answered when the drive that it is about shows a sign of life;
 * whatever a handler throws crosses the wall as a typed error.
 */
export const os = implement(contract).use(async ({ next }, input: unknown) => {
  try {
    for (const path of pathsOfInput(input)) await reachable.wait(path);
    return await next();
  } catch (thrown) {
    throw toWireError(thrown);
  }
});
