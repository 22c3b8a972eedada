import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { WsHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { createRpcHandler } from '../services/rpc-handler.ts';

/** Larger than any request of the contract (answers may be larger). */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;
/** Windows that one door serves at a time. */
const MAX_SOCKETS = 32;
const HEARTBEAT_MS = 20_000;

/** The sockets on which pages call the services. */
export interface RpcSockets {
  /** Takes over a connection whose request has been found good. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function openRpcSockets(router: AnyRouter): RpcSockets {
  const handler = new WsHandler(createRpcHandler(router));
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_REQUEST_BYTES, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();
  // A page that vanished without a word (a laptop put to sleep, a cut tunnel) is found by its silence.
  const look = () => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  };
  // Where this process was held up, what pages have said meanwhile is heard first.
  const heartbeat = setInterval(() => setImmediate(look), HEARTBEAT_MS).unref();

  return {
    accept(request, socket, head) {
      if (server.clients.size >= MAX_SOCKETS) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        alive.add(opened);
        opened.on('pong', () => alive.add(opened));
        // A frame that is too large or broken: ws closes the socket with the reason (1009, 1002) and tells us here.
        opened.on('error', () => opened.terminate());
        void handler.upgrade(opened, { context: {} });
      });
    },
    close() {
      clearInterval(heartbeat);
      for (const socket of server.clients) socket.close(1001, 'The door closes.');
      server.close();
    },
  };
}
