import { createORPCClient, mapEventIterator, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { connectedLink, isCurrent, unreachable, useConnection } from './connection.ts';
import type { Link } from './wire.ts';

/**
 * Every call goes over the connection that stands at the moment (and waits a while for one); every failure arrives
 * as an `NdiError`. A call whose connection breaks fails with `door.unreachable`.
 */
const connectionLink: ClientLink<ClientContext> = {
  async call(path, input, options) {
    let used: Link | undefined;
    const fail = (thrown: unknown) => {
      const broken = used !== undefined && !isCurrent(used) && options.signal?.aborted !== true;
      return broken ? unreachable(thrown) : toNdiError(thrown);
    };
    try {
      used = await connectedLink(options.signal);
      const output = await used.call(path, input, options);
      if (!isAsyncIterator(output)) return output;
      return mapEventIterator(output, {
        value: (value) => Promise.resolve(value),
        error: (thrown) => Promise.resolve(fail(thrown)),
      });
    } catch (thrown) {
      throw fail(thrown);
    }
  },
};

/** The services, wherever they run. */
export const client: ContractRouterClient<Contract> = createORPCClient(connectionLink);

/**
 * Follows a stream of the services for as long as the returned function is not called: from the time that there is a
 * connection, and anew whenever the connection was made anew.
 */
export function follow<T>(
  start: (options: { signal: AbortSignal }) => Promise<AsyncIterable<T>>,
  onValue: (value: T) => void,
): () => void {
  let controller: AbortController | undefined;
  const run = () => {
    controller?.abort();
    const own = new AbortController();
    controller = own;
    void readAll(start, onValue, own.signal);
  };
  const unsubscribe = useConnection.subscribe((now, before) => {
    if (now.generation !== before.generation) run();
  });
  if (useConnection.getState().status === 'connected') run();
  return () => {
    unsubscribe();
    controller?.abort();
  };
}

async function readAll<T>(
  start: (options: { signal: AbortSignal }) => Promise<AsyncIterable<T>>,
  onValue: (value: T) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const value of await start({ signal })) {
      if (signal.aborted) return;
      onValue(value);
    }
  } catch (thrown) {
    // A stream ends with its connection and is started again with the next one; the banner tells of the gap.
    const { code } = toNdiError(thrown);
    if (!signal.aborted && code !== 'door.unreachable' && code !== 'app.cancelled') throw thrown;
  }
}

function isAsyncIterator(value: unknown): value is AsyncIteratorObject<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
