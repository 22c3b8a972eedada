import { setTimeout as sleep } from 'node:timers/promises';
import { NdiError } from '../../../shared/model/errors.ts';

export interface WebLimits {
  /** How long one attempt may take, its body included. */
  readonly timeoutMs: number;
  /** Attempts in all; only those that may go better are repeated. */
  readonly attempts: number;
  /** Waited before the second attempt, twice as long before each further one. */
  readonly pauseMs: number;
  readonly maxJsonBytes: number;
  /** Whole ontologies are larger than answers about one term. */
  readonly maxFileBytes: number;
}

// 30 s is the time-out of NDI itself.
const usualLimits: WebLimits = {
  timeoutMs: 30_000,
  attempts: 3,
  pauseMs: 300,
  maxJsonBytes: 8 * 1024 * 1024,
  maxFileBytes: 128 * 1024 * 1024,
};

const MAX_REDIRECTS = 5;
/** A server that asks for a longer pause is left alone. */
const MAX_PAUSE_MS = 5_000;

/** Asks web servers: bounded in time, size, attempts and redirects, and with typed errors only. */
export class Web {
  readonly #limits: WebLimits;
  readonly #signal: AbortSignal | undefined;

  constructor(limits: Partial<WebLimits> = {}, signal?: AbortSignal) {
    this.#limits = { ...usualLimits, ...limits };
    this.#signal = signal;
  }

  /** @throws NdiError ontology.* */
  async json(url: string, accept = 'application/json'): Promise<unknown> {
    const body = await this.#get(url, accept, this.#limits.maxJsonBytes);
    try {
      return JSON.parse(body);
    } catch (error) {
      throw malformed(url, 'which is no JSON', error);
    }
  }

  /** @throws NdiError ontology.* */
  async text(url: string, accept = '*/*'): Promise<string> {
    return await this.#get(url, accept, this.#limits.maxFileBytes);
  }

  async #get(url: string, accept: string, maxBytes: number): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(url, accept, maxBytes);
      } catch (thrown) {
        this.#signal?.throwIfAborted();
        const fault = thrown instanceof Passing ? thrown : null;
        if (fault === null) throw thrown;
        if (attempt >= this.#limits.attempts || fault.pauseMs > MAX_PAUSE_MS) throw fault.error;
        const pauseMs = Math.max(fault.pauseMs, this.#limits.pauseMs * 2 ** (attempt - 1));
        await sleep(pauseMs, undefined, this.#signal === undefined ? {} : { signal: this.#signal });
      }
    }
  }

  async #attempt(url: string, accept: string, maxBytes: number): Promise<string> {
    const timeout = AbortSignal.timeout(this.#limits.timeoutMs);
    const signal = this.#signal === undefined ? timeout : AbortSignal.any([timeout, this.#signal]);
    try {
      const response = await follow(url, accept, signal);
      if (!response.ok) {
        await response.body?.cancel();
        throw refusal(url, response);
      }
      return await readBody(url, response, maxBytes);
    } catch (thrown) {
      if (thrown instanceof NdiError || thrown instanceof Passing) throw thrown;
      this.#signal?.throwIfAborted();
      if (timeout.aborted) throw timedOut(url, this.#limits.timeoutMs);
      throw new Passing(unreachable(url, thrown));
    }
  }
}

/** A fault that may pass: worth another attempt. */
class Passing extends Error {
  readonly error: NdiError;
  readonly pauseMs: number;
  constructor(error: NdiError, pauseMs = 0) {
    super(error.message);
    this.error = error;
    this.pauseMs = pauseMs;
  }
}

/** Follows redirects itself: few of them, and never from a protected connection to an open one. */
async function follow(url: string, accept: string, signal: AbortSignal): Promise<Response> {
  let address = new URL(url);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const response = await fetch(address.href, {
      signal,
      redirect: 'manual',
      headers: { accept, 'user-agent': 'NDI-Desktop' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    const next = URL.canParse(location, address.href) ? new URL(location, address) : null;
    const isSafe = next !== null && (next.protocol === 'https:' || next.protocol === address.protocol);
    if (!isSafe) throw malformed(url, 'which sends us to an address that cannot be trusted');
    address = next;
  }
  throw malformed(url, 'which sends us from one address to the next without end');
}

function bodyOf(response: Response): AsyncIterable<Uint8Array> {
  return (response.body ?? new Blob([]).stream()) as AsyncIterable<Uint8Array>;
}

async function readBody(url: string, response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let bytes = 0;
  for await (const chunk of bodyOf(response)) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw malformed(url, `which is larger than the ${Math.round(maxBytes / 1024)} KB expected`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function refusal(url: string, response: Response): NdiError | Passing {
  const { status } = response;
  if (status === 404 || status === 410 || status === 400) return missing(url, status);
  if (status === 429) return new Passing(tooMany(url), retryAfterMs(response));
  if (status >= 500 || status === 408) return new Passing(unreachable(url, `it answered ${status}`));
  if (status === 401 || status === 403) return denied(url, status);
  return malformed(url, `with the status ${status}`);
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** What a server says where it has no such thing. Providers turn it into “no such term”. */
export function isMissing(error: unknown): boolean {
  return error instanceof NdiError && error.code === 'ontology.termNotFound';
}

/** @param what completes “NAME gave an answer …” */
export function malformed(url: string, what: string, cause?: unknown): NdiError {
  return new NdiError({
    code: 'ontology.malformed',
    message: `${hostOf(url)} gave an answer ${what}.`,
    recovery: 'Try again later; the service may have changed or something in between may have altered its answer.',
    details: { url },
    cause,
  });
}

function missing(url: string, status: number): NdiError {
  return new NdiError({
    code: 'ontology.termNotFound',
    message: `${hostOf(url)} knows nothing of the kind.`,
    recovery: 'Check how the term is written.',
    details: { url, status },
  });
}

function denied(url: string, status: number): NdiError {
  return new NdiError({
    code: 'ontology.denied',
    message: `${hostOf(url)} refuses to answer (${status}).`,
    recovery: 'A proxy or firewall may stand in between; try from another network, or write the term by hand.',
    details: { url, status },
  });
}

function tooMany(url: string): NdiError {
  return new NdiError({
    code: 'ontology.busy',
    message: `${hostOf(url)} has been asked too often and wants a pause.`,
    recovery: 'Wait a minute and try again.',
    details: { url },
  });
}

function timedOut(url: string, timeoutMs: number): NdiError {
  return new NdiError({
    code: 'ontology.timeout',
    message: `${hostOf(url)} did not answer within ${timeoutMs / 1000} s.`,
    recovery: 'Try again, or write the term by hand.',
    details: { url, timeoutMs },
  });
}

function unreachable(url: string, cause: unknown): NdiError {
  const why = cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : String(cause);
  return new NdiError({
    code: 'ontology.unreachable',
    message: `${hostOf(url)} cannot be reached.`,
    recovery: 'Check the network; terms that were looked up before, and those of NDI itself, work without it.',
    details: { url, why },
    cause,
  });
}

function hostOf(url: string): string {
  return new URL(url).host;
}
