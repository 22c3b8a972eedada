import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { contentPolicy } from '../../shared/model/content-policy.ts';
import type { Access } from './access.ts';
import { answerHandOver, HAND_OVER_ADDRESS } from './hand-over.ts';
import { messages, sendMessage, sendStep, type Message } from './message-page.ts';
import type { RpcSockets } from './rpc-sockets.ts';
import { isOwnHost, judgeOrigin, readCookie, sessionCookie } from './verdicts.ts';

export interface GuardOptions {
  readonly access: Access;
  readonly port: number;
  /** Off: no cookie is asked for. */
  readonly token: boolean;
  /** Answers GET and HEAD of those who are in. */
  readonly page: RequestListener;
  /** Content policy where it is not the page's own. */
  readonly policy: string | undefined;
  readonly instance: Parameters<typeof answerHandOver>[2];
  readonly sockets: RpcSockets;
}

/** Looks at every request before anything else does. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #cookie: string;

  constructor(options: GuardOptions) {
    this.#options = options;
    // A browser keeps the cookies of a host for all its ports: two doors must not overwrite each other's.
    this.#cookie = `ndi-${options.port}`;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { page, instance, port, policy } = this.#options;
    const host = request.headers.host;
    const known = host !== undefined && isOwnHost(host, port) ? host : `127.0.0.1:${port}`;
    setSecurityHeaders(response, policy ?? contentPolicy([`ws://${known}`]));
    const { pathname, token } = readAddress(request);
    const refusal = this.#refusal(request, pathname);
    if (refusal !== null) refuse(request, response, refusal);
    else if (request.method === 'POST') answerHandOver(request, response, instance);
    else if (pathname === '/health') sendHealth(response);
    else if (pathname === '/' && token !== null) this.#exchange(request, response, token);
    else if (!this.#isIn(request)) sendMessage(response, messages.noSession);
    else page(request, response);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The peer may vanish at any time; there is nobody left to tell.
    socket.on('error', () => socket.destroy());
    const host = request.headers.host ?? '';
    const allowed =
      isOwnHost(host, this.#options.port) &&
      judgeOrigin(request.headers.origin, host) === 'own' &&
      request.url === '/rpc' &&
      this.#isIn(request);
    if (allowed) this.#options.sockets.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  }

  #refusal(request: IncomingMessage, pathname: string | null): Message | null {
    const { host, origin } = request.headers;
    if (host === undefined || !isOwnHost(host, this.#options.port)) return messages.wrongHost;
    if (judgeOrigin(origin, host) === 'foreign') return messages.foreignOrigin;
    if (pathname === null) return messages.notFound;
    if (request.method === 'GET' || request.method === 'HEAD') return null;
    if (request.method !== 'POST' || pathname !== HAND_OVER_ADDRESS) return messages.wrongMethod;
    // Only a program hands over, and a program sends no Origin.
    return origin === undefined ? null : messages.foreignOrigin;
  }

  #isIn(request: IncomingMessage): boolean {
    return !this.#options.token || this.#options.access.admits(readCookie(request.headers.cookie, this.#cookie));
  }

  /** Exchanges the token of a printed address for a session and goes on to the page without it. */
  #exchange(request: IncomingMessage, response: ServerResponse, token: string): void {
    const refusal = this.#isIn(request) ? null : this.#letIn(request, response, token);
    const from = request.headers['sec-fetch-site'];
    if (refusal !== null) sendMessage(response, refusal);
    else if (from === 'cross-site' || from === 'same-site') sendStep(response, '/');
    else response.writeHead(303, { location: '/', 'cache-control': 'no-store' }).end();
  }

  #letIn(request: IncomingMessage, response: ServerResponse, token: string): Message | null {
    // A look ahead (a preview, a HEAD) must not use the token up.
    if (request.method === 'HEAD' || isLookAhead(request)) return messages.prefetch;
    const redeemed = this.#options.access.redeem(token);
    if (redeemed.outcome === 'used') return messages.tokenUsed;
    if (redeemed.outcome === 'unknown') return messages.tokenUnknown;
    response.setHeader('set-cookie', sessionCookie(this.#cookie, redeemed.session));
    return null;
  }
}

/** Path and token of a request; no path where the address is not a plain one (`//x`, `http://x/`). */
function readAddress(request: IncomingMessage): { pathname: string | null; token: string | null } {
  const [pathname = '', query = ''] = (request.url ?? '').split('?', 2);
  const plain = pathname.startsWith('/') && !pathname.startsWith('//');
  return { pathname: plain ? pathname : null, token: new URLSearchParams(query).get('token') };
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
