import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { NdiError } from '../../shared/model/errors.ts';
import { Access } from './access.ts';
import { Guard } from './guard.ts';
import { openRpcSockets } from './rpc-sockets.ts';

/** A request that comes slower than this is nobody's of ours. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 20_000 };

export interface WebDoorOptions {
  /** What pages may call. */
  readonly router: AnyRouter;
  /** Answers GET and HEAD with the page's files; the door has set the security headers. */
  readonly page: RequestListener;
  /** Content policy where it is not the page's own. */
  readonly policy?: string | undefined;
  /** 0 picks a free one. */
  readonly port: number;
  /** Listen on ::1 too. */
  readonly ipv6?: boolean;
  /** Off: whoever reaches this machine's loopback may come in (Host and Origin stay checked). */
  readonly token: boolean;
  /** Shared with a second start through the lock file. */
  readonly instanceSecret: string;
  /** A second start of the application was given this path, or none. */
  readonly onHandOver: (path: string | null) => void;
}

/** A page's way to the services over loopback HTTP. */
export interface WebDoor {
  readonly port: number;
  /** An address to give to a person; with a fresh one-time token, unless the door has none. */
  address(): string;
  close(): Promise<void>;
}

/**
 * Opens the door.
 * @throws NdiError door.portBusy, usage.invalid (a port that may not be used)
 */
export async function openWebDoor(options: WebDoorOptions): Promise<WebDoor> {
  const servers = [createServer(PATIENCE)];
  const port = await listen(servers, '127.0.0.1', options.port);
  if (options.ipv6 === true) {
    servers.push(createServer(PATIENCE));
    await listen(servers, '::1', port);
  }
  const access = new Access();
  const sockets = openRpcSockets(options.router);
  const address = () => `http://127.0.0.1:${port}/${options.token ? `?token=${access.mint()}` : ''}`;
  const guard = new Guard({
    access,
    port,
    token: options.token,
    page: options.page,
    policy: options.policy,
    instance: { secret: options.instanceSecret, onPath: options.onHandOver, address },
    sockets,
  });
  for (const server of servers) {
    server.on('request', (request, response) => guard.answer(request, response));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      guard.upgrade(request, socket, head),
    );
  }
  return {
    port,
    address,
    async close() {
      sockets.close();
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** Listens with the last of the servers; closes them all when it cannot. */
async function listen(servers: readonly Server[], host: string, port: number): Promise<number> {
  const server = servers.at(-1) as Server;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    throw toListenError(error as NodeJS.ErrnoException, port);
  }
  return (server.address() as AddressInfo).port;
}

function toListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new NdiError({
      code: 'door.portBusy',
      message: `Port ${port} is used by another program.`,
      recovery: 'Choose another with --port, or let --port 0 pick a free one.',
      details: { port },
      cause: error,
    });
  }
  return new NdiError({
    code: 'usage.invalid',
    message: `The door cannot listen on port ${port}: ${error.message}.`,
    recovery: 'Choose a port from 1024 to 65535, or 0 for a free one.',
    details: { port },
    cause: error,
  });
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
