import type { StreamedBody } from '../http/exchange.ts';

/**
 * A body that tells when its last byte is about to leave. Until then it cannot have arrived, whatever ends it: the
 * storage keeps no part of an object.
 */
export function beforeLastByte(body: StreamedBody, note: () => void): StreamedBody {
  return {
    sizeBytes: body.sizeBytes,
    async *chunks() {
      let bytes = 0;
      for await (const chunk of body.chunks()) {
        bytes += chunk.byteLength;
        if (bytes < body.sizeBytes) {
          yield chunk;
          continue;
        }
        yield chunk.subarray(0, -1);
        note();
        yield chunk.subarray(-1);
      }
    },
  };
}
