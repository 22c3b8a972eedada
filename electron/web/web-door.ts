import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { contentPolicy } from '../../shared/model/content-policy.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { Access } from './access.ts';
import { answerHandOver, HAND_OVER_ADDRESS } from './hand-over.ts';
import { messages, sendMessage, sendStep, type Message } from './message-page.ts';
import { openRpcSockets, type RpcSockets } from './rpc-sockets.ts';
import { isOwnHost, judgeOrigin, readCookie, sessionCookie } from './verdicts.ts';

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
  const access = new Access();
  const sockets = openRpcSockets(options.router);
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 20_000 });
  const port = await listen(server, '127.0.0.1', options.port);
  const servers = [server];
  if (options.ipv6 === true) {
    const second = createServer({ headersTimeout: 10_000, requestTimeout: 20_000 });
    await listen(second, '::1', port);
    servers.push(second);
  }
  const door: WebDoor = {
    port,
    address: () => `http://127.0.0.1:${port}/${options.token ? `?token=${access.mint()}` : ''}`,
    async close() {
      sockets.close();
      await Promise.all(servers.map(closeServer));
    },
  };
  const guard = new Guard(options, access, port);
  for (const each of servers) {
    each.on('request', (request, response) => guard.answer(request, response, door));
    each.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      guard.upgrade(request, socket, head, sockets),
    );
  }
  return door;
}

/** Looks at every request before anything else does. */
class Guard {
  readonly #options: WebDoorOptions;
  readonly #access: Access;
  readonly #port: number;
  readonly #cookie: string;

  constructor(options: WebDoorOptions, access: Access, port: number) {
    this.#options = options;
    this.#access = access;
    this.#port = port;
    // A browser keeps the cookies of a host for all its ports: two doors must not overwrite each other's.
    this.#cookie = `ndi-${port}`;
  }

  answer(request: IncomingMessage, response: ServerResponse, door: WebDoor): void {
    const host = request.headers.host;
    const known = host !== undefined && isOwnHost(host, this.#port) ? host : `127.0.0.1:${this.#port}`;
    setSecurityHeaders(response, this.#options.policy ?? contentPolicy([`ws://${known}`]));
    const refusal = this.#refusal(request);
    if (refusal !== null) return refuse(request, response, refusal);
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'POST') {
      if (address.pathname !== HAND_OVER_ADDRESS) return refuse(request, response, messages.wrongMethod);
      return answerHandOver(request, response, {
        secret: this.#options.instanceSecret,
        onPath: this.#options.onHandOver,
        address: () => door.address(),
      });
    }
    if (address.pathname === '/health') return sendHealth(response);
    const token = address.searchParams.get('token');
    if (address.pathname === '/' && token !== null) return this.#exchange(request, response, token);
    if (!this.#isIn(request)) return sendMessage(response, messages.noSession);
    this.#options.page(request, response);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, sockets: RpcSockets): void {
    // The peer may vanish at any time; there is nobody left to tell.
    socket.on('error', () => socket.destroy());
    const host = request.headers.host ?? '';
    const allowed =
      isOwnHost(host, this.#port) &&
      judgeOrigin(request.headers.origin, host) === 'own' &&
      request.url === '/rpc' &&
      this.#isIn(request);
    if (allowed) sockets.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }

  #refusal(request: IncomingMessage): Message | null {
    const host = request.headers.host;
    if (host === undefined || !isOwnHost(host, this.#port)) return messages.wrongHost;
    if (judgeOrigin(request.headers.origin, host) === 'foreign') return messages.foreignOrigin;
    if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) return messages.wrongMethod;
    // Only what a plain path can be; an absolute address or a malformed one is nothing of ours.
    return /^\/(?!\/)/.test(request.url ?? '') ? null : messages.notFound;
  }

  #isIn(request: IncomingMessage): boolean {
    return !this.#options.token || this.#access.admits(readCookie(request.headers.cookie, this.#cookie));
  }

  /** Exchanges the token of a printed address for a session and goes on to the page without it. */
  #exchange(request: IncomingMessage, response: ServerResponse, token: string): void {
    if (!this.#isIn(request)) {
      // A look ahead (a preview, a HEAD) must not use the token up.
      if (request.method === 'HEAD' || isLookAhead(request)) return sendMessage(response, messages.prefetch);
      const redeemed = this.#access.redeem(token);
      if (redeemed.outcome === 'used') return sendMessage(response, messages.tokenUsed);
      if (redeemed.outcome === 'unknown') return sendMessage(response, messages.tokenUnknown);
      response.setHeader('set-cookie', sessionCookie(this.#cookie, redeemed.session));
    }
    const from = request.headers['sec-fetch-site'];
    if (from === 'cross-site' || from === 'same-site') return sendStep(response, '/');
    response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end();
  }
}

function isLookAhead(request: IncomingMessage): boolean {
  return [request.headers['sec-purpose'], request.headers['purpose']].some((purpose) =>
    String(purpose ?? '').includes('prefetch'),
  );
}

function refuse(request: IncomingMessage, response: ServerResponse, message: Message): void {
  // Whatever body there is stays unread.
  if (request.method !== 'GET' && request.method !== 'HEAD') response.setHeader('connection', 'close');
  if (message.status === 405) response.setHeader('allow', 'GET, HEAD');
  sendMessage(response, message);
}

function sendHealth(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end('{"ok":true}\n');
}

function setSecurityHeaders(response: ServerResponse, policy: string): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()');
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, port)));
    server.listen(port, host, resolve);
  });
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
