import type { ClientContext, ClientLink } from '@orpc/client';
import { StandardRPCLink } from '@orpc/client/standard';
import {
  decodeResponseMessage,
  deserializeResponseMessage,
  encodeRequestMessage,
  experimental_ClientPeerWithoutCodec as Peer,
  MessageType,
} from '@orpc/standard-server-peer';
import { BYTES_TYPE } from '../../shared/contract/common.ts';

export type Link = ClientLink<ClientContext>;
type Message = Parameters<Peer['message']>[0];
type Sent = Awaited<ReturnType<typeof encodeRequestMessage>>;
type Received = Parameters<typeof decodeResponseMessage>[0];

/** The page's end of a connection to the data process, whatever carries its messages. */
export interface Wire {
  readonly link: Link;
  received(message: Received): void;
  closed(): void;
}

/**
 * Speaks oRPC over a connection. Its own clients make a Blob of every binary answer, which goes through the browser's
 * process and back: here the bytes stay where they arrived.
 */
export function openWire(send: (message: Sent) => void): Wire {
  let open = true;
  const peer = new Peer(async ([id, type, payload]) => {
    const message = await encodeRequestMessage(id, type, payload);
    // A socket that is closed takes everything and says nothing.
    if (!open) throw new Error('The connection is closed.');
    send(message);
  });
  const sender = {
    async call(request: Parameters<Peer['request']>[0]) {
      const response = await peer.request(request);
      return { ...response, body: () => Promise.resolve(response.body) };
    },
  };
  return {
    link: new StandardRPCLink(sender, { url: 'http://orpc' }),
    received(message) {
      void decode(message).then((decoded) => peer.message(decoded));
    },
    closed() {
      open = false;
      peer.close();
    },
  };
}

/** Between the text of a message and the bytes that it brings: never a byte of UTF-8. */
const DELIMITER = 0xff;

async function decode(raw: Received): Promise<Message> {
  if (typeof raw === 'string') return decodeResponseMessage(raw);
  const bytes = raw instanceof Uint8Array ? raw : new Uint8Array(raw);
  const end = bytes.indexOf(DELIMITER);
  const text = new TextDecoder().decode(bytes.subarray(0, end));
  const [id, type, payload] = deserializeResponseMessage(
    JSON.parse(text) as Parameters<typeof deserializeResponseMessage>[0],
  );
  // Files (downloads) are Blobs, as oRPC makes them.
  if (type !== MessageType.RESPONSE || payload.headers['content-type'] !== BYTES_TYPE)
    return decodeResponseMessage(raw);
  return [id, type, { ...payload, headers: {}, body: { json: bytes.subarray(end + 1) } }];
}
