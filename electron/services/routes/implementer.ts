import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import { toWireError } from '../../../shared/contract/client-errors.ts';

/** The contract, ready to be bound area by area; whatever a handler throws crosses the wall as a typed error. */
export const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (thrown) {
    throw toWireError(thrown);
  }
});
