import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';
import type { AnyRouter, Context } from '@orpc/server';
import { StandardHandler, StandardRPCCodec, StandardRPCMatcher } from '@orpc/server/standard';
import { BYTES_TYPE } from '../../shared/contract/common.ts';

/** What answers the calls of a page, whatever carries them. */
export function createRpcHandler(router: AnyRouter): StandardHandler<Context> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- oRPC's own type of any router says no context.
  return new StandardHandler(router, new StandardRPCMatcher(), new BytesCodec(), {});
}

/**
 * Lets bytes cross as they are. oRPC by itself has a multipart form for them, which costs the page 20 ms of its main
 * thread for a view of 3 MB: more than a frame.
 */
class BytesCodec extends StandardRPCCodec {
  constructor() {
    super(new StandardRPCSerializer(new StandardRPCJsonSerializer()));
  }

  override encode(...[output, procedure]: Parameters<StandardRPCCodec['encode']>) {
    if (!isBytes(output)) return super.encode(output, procedure);
    return { status: 200, headers: {}, body: new Blob([output], { type: BYTES_TYPE }) };
  }
}

function isBytes(output: unknown): output is Uint8Array<ArrayBuffer> {
  return output instanceof Uint8Array;
}
