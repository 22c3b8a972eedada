import { request as requestHttp, Agent as HttpAgent, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps, Agent as HttpsAgent } from 'node:https';
import { whenOver } from '../../../files/when-over.ts';
import type { Limits } from './limits.ts';
import { NetworkFault, networkFaultOf } from './network-fault.ts';

/** A body whose size is known beforehand; `chunks` is called once for each attempt. */
export interface StreamedBody {
  readonly sizeBytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | StreamedBody | undefined;
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the body that have left this process so far. */
  readonly onSent?: ((bytes: number) => void) | undefined;
}

export interface Received {
  readonly status: number;
  readonly reason: string;
  readonly headers: IncomingMessage['headers'];
  /**
   * The body as it comes; reading slowly slows the sender. Leaving the loop closes the connection.
   * @throws NetworkFault stalled, reset, totalTimeout
   */
  chunks(): AsyncGenerator<Buffer>;
}

/** Proxies named by the environment (HTTPS_PROXY, NO_PROXY) are honoured: laboratories have them. */
const agentOptions = { keepAlive: true, proxyEnv: process.env };
const agents = { 'http:': new HttpAgent(agentOptions), 'https:': new HttpsAgent(agentOptions) };
const CHUNK_BYTES = 64 * 1024;

/**
 * One request and its answer over HTTP, with streams on both sides. No retry, no meaning: only bytes and time.
 * @throws NetworkFault, or the reason of the signal
 */
export async function exchange(asked: Exchange): Promise<Received> {
  asked.signal?.throwIfAborted();
  const watch = new Watch(asked);
  try {
    const request = open(asked);
    watch.guard(request);
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
      request.once('close', () => reject(new NetworkFault('reset')));
    });
    // An early refusal (403 before the body is through) is an answer, even where the rest cannot be sent any more:
    // only what the body itself throws ends the exchange.
    sendBody(request, asked, watch).catch((thrown: unknown) => {
      if (!(thrown instanceof NetworkFault)) watch.fail(thrown);
    });
    const response = await answered;
    return received(response, watch, request);
  } catch (thrown) {
    watch.end();
    throw watch.reasonOf(thrown);
  }
}

function open({ method, url, headers }: Exchange): ClientRequest {
  const secure = url.protocol === 'https:';
  const options = { method, headers, agent: secure ? agents['https:'] : agents['http:'] };
  return secure ? requestHttps(url, options) : requestHttp(url, options);
}

async function sendBody(request: ClientRequest, { body, onSent }: Exchange, watch: Watch): Promise<void> {
  let sentBytes = 0;
  if (body !== undefined) {
    for await (const chunk of 'sizeBytes' in body ? body.chunks() : [body]) {
      for (let at = 0; at < chunk.byteLength; at += CHUNK_BYTES) {
        const part = chunk.subarray(at, at + CHUNK_BYTES);
        await written(request, part);
        watch.moved();
        sentBytes += part.byteLength;
        onSent?.(sentBytes);
      }
    }
  }
  request.end();
}

/** Resolves when the system has taken the part: a peer that does not read holds it up. */
async function written(request: ClientRequest, part: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const closed = () => reject(networkFaultOf(request.errored ?? new NetworkFault('reset')));
    if (request.destroyed) {
      closed();
      return;
    }
    request.once('close', closed);
    request.write(part, (error) => {
      request.off('close', closed);
      if (error) reject(networkFaultOf(error));
      else resolve();
    });
  });
}

function received(response: IncomingMessage, watch: Watch, request: ClientRequest): Received {
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: response.headers,
    async *chunks() {
      try {
        const parts = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
        for (;;) {
          watch.moved();
          const part = await parts.next();
          // While the reader is busy with what it has, the server is not late.
          watch.rest();
          if (part.done === true) break;
          yield part.value;
        }
        if (!response.complete) throw new NetworkFault('reset');
      } catch (thrown) {
        throw watch.reasonOf(thrown);
      } finally {
        watch.end();
        if (!response.complete || !request.writableFinished) request.destroy();
      }
    },
  };
}

/** Ends an exchange that takes too long, stands still or is no longer wanted, and remembers why. */
class Watch {
  readonly #limits: Limits;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = () => this.fail(this.#signal?.reason);
  #request: ClientRequest | null = null;
  #total: NodeJS.Timeout | undefined;
  #endStall: () => void = () => undefined;
  #why: unknown;

  constructor({ limits, signal }: Exchange) {
    this.#limits = limits;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  guard(request: ClientRequest): void {
    this.#request = request;
    // After the end, a late error of the socket concerns nobody.
    request.on('error', () => undefined);
    const { connectMs, totalMs } = this.#limits;
    if (totalMs !== null) this.#total = setTimeout(() => this.fail(new NetworkFault('totalTimeout')), totalMs);
    request.once('socket', (socket) => {
      if (!socket.connecting) {
        this.moved();
        return;
      }
      const late = setTimeout(() => this.fail(new NetworkFault('connectTimeout')), connectMs);
      socket.once('connect', () => this.moved());
      for (const event of ['connect', 'close'] as const) socket.once(event, () => clearTimeout(late));
    });
  }

  moved(): void {
    this.#endStall();
    if (this.#why !== undefined) return;
    this.#endStall = whenOver(this.#limits.stallMs, () => this.fail(new NetworkFault('stalled')));
  }

  rest(): void {
    this.#endStall();
  }

  end(): void {
    clearTimeout(this.#total);
    this.rest();
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  reasonOf(thrown: unknown): unknown {
    return this.#why ?? networkFaultOf(thrown);
  }

  fail(why: unknown): void {
    this.#why ??= why;
    this.rest();
    this.#request?.destroy(why instanceof Error ? why : new Error('Cancelled.'));
  }
}
