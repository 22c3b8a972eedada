import type { NdiError } from '../../../../shared/model/errors.ts';
import { answerCode, answerText } from './answer-text.ts';
import { exchange, type Exchange, type Received } from './exchange.ts';
import { HostGate } from './host-gate.ts';
import { NetworkFault } from './network-fault.ts';
import { backOffMs, realPace, type Pace } from './pace.ts';
import type { Refusal } from './refusal.ts';
import { ServerClock } from './server-clock.ts';
import { waitAskedError } from './status-errors.ts';

/** How often a failing exchange is repeated, and what may be. */
export interface Retry {
  /** Attempts in all. */
  readonly tries: number;
  /**
   * `always`: doing it twice is doing it once (reads, updates, deletions). `unsent`: only where the server has
   * certainly not done it (creations): the caller looks before it asks again.
   */
  readonly when: 'always' | 'unsent';
}

export interface HttpOptions<T> {
  /** Made anew for every attempt: signed URLs are not used twice. */
  readonly attempt: (attempt: number, signal?: AbortSignal) => Promise<Exchange> | Exchange;
  readonly retry: Retry;
  readonly signal?: AbortSignal | undefined;
  /** Reads an answer of the 2xx range. Faults below HTTP while it reads are repeated too. */
  readonly read: (received: Received) => Promise<T>;
  /** The error for an answer that is not repeated any more. */
  readonly refuse: (refusal: Refusal) => NdiError;
}

const TRIES = 5;
export const repeatAlways: Retry = { tries: TRIES, when: 'always' };
export const repeatUnsent: Retry = { tries: TRIES, when: 'unsent' };

/** These may be over in a moment. 500 is among them: the service answers it when overloaded. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);
/** After these the server has not done what was asked. */
const undone = new Set([425, 429]);
/** The storage says 400 where it waited too long for bytes: that too may be over in a moment. */
const passingCodes = new Set(['RequestTimeout']);
const LONGEST_WAIT_ASKED_MS = 120_000;
const REFUSAL_BYTES = 64 * 1024;
const KEPT_LENGTH = 2000;

/** The one place of back-off, time limits, offline detection and the server's clock. */
export class CloudHttp {
  readonly pace: Pace;
  readonly clock: ServerClock;
  readonly #gates = new Map<string, HostGate>();

  constructor(pace: Pace = realPace) {
    this.pace = pace;
    this.clock = new ServerClock(() => pace.now());
  }

  gateOf(url: URL): HostGate {
    let gate = this.#gates.get(url.host);
    if (gate === undefined) this.#gates.set(url.host, (gate = new HostGate(url.host, this.pace)));
    return gate;
  }

  /**
   * Makes one exchange, repeated as told, and reads its answer.
   * @throws NdiError `cloud.*`; where the outcome of a creation is open its details say `outcomeUnknown: true`
   */
  async run<T>(options: HttpOptions<T>): Promise<T> {
    const { retry, signal } = options;
    for (let attempt = 0; ; attempt += 1) {
      const asked = await options.attempt(attempt, signal);
      const outcome = await this.#once(asked, options);
      if ('value' in outcome) return outcome.value;
      const { again, undone: isUndone } = outcome;
      if (!again || attempt + 1 >= retry.tries || (retry.when === 'unsent' && !isUndone)) throw outcome.error();
      if (outcome.waitMs === null)
        await this.pace.sleep(
          backOffMs(attempt, () => this.pace.random()),
          signal,
        );
    }
  }

  async #once<T>(asked: Exchange, options: HttpOptions<T>): Promise<Outcome<T>> {
    const gate = this.gateOf(asked.url);
    await gate.enter(asked.signal);
    try {
      const received = await exchange(asked);
      gate.reached();
      this.clock.learn(received.headers.date);
      if (received.status >= 200 && received.status < 300) return { value: await options.read(received) };
      return await this.#refused(asked, received, gate, options);
    } catch (thrown) {
      gate.left();
      if (!(thrown instanceof NetworkFault)) throw thrown;
      gate.missed(thrown);
      const error = () => withOutcome(thrown.toNdiError(asked.url.host), !thrown.unsent);
      return { again: thrown.worthRepeating, undone: thrown.unsent, waitMs: null, error };
    }
  }

  async #refused<T>(asked: Exchange, received: Received, gate: HostGate, options: HttpOptions<T>): Promise<Outcome<T>> {
    const body = await readLimited(received, REFUSAL_BYTES);
    const refusal: Refusal = {
      status: received.status,
      text: answerText(body, received.status, received.reason),
      code: answerCode(body),
      host: asked.url.host,
      body: body.slice(0, KEPT_LENGTH),
    };
    const waitMs = retryAfterMs(received.headers['retry-after'], this.clock.nowMs());
    if (waitMs !== null && waitMs > LONGEST_WAIT_ASKED_MS) throw waitAskedError(refusal, this.clock.nowMs() + waitMs);
    if (waitMs !== null) gate.waitFor(waitMs);
    // Without a time, a server that has too many calls of ours gets a rest from all of them.
    else if (received.status === 429) gate.waitFor(backOffMs(1, () => this.pace.random()));
    const error = () => withOutcome(options.refuse(refusal), isOpen(refusal.status));
    return { again: mayPass(refusal), undone: undone.has(received.status), waitMs, error };
  }
}

type Outcome<T> =
  | { readonly value: T }
  | {
      readonly again: boolean;
      readonly undone: boolean;
      /** The wait that the server asked for, which the gate keeps; null for ours. */
      readonly waitMs: number | null;
      readonly error: () => NdiError;
    };

function mayPass({ status, code }: Refusal): boolean {
  return passing.has(status) || (code !== null && passingCodes.has(code));
}

/** A gateway that lost patience, or a fault midway: the work may have been done nevertheless. */
function isOpen(status: number): boolean {
  return status === 408 || status >= 500;
}

function withOutcome(error: NdiError, open: boolean): NdiError {
  if (open) Object.assign(error, { details: { ...error.details, outcomeUnknown: true } });
  return error;
}

function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** The whole body as text, up to a limit. */
export async function readLimited(received: Received, limitBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of received.chunks()) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > limitBytes) break;
  }
  return Buffer.concat(parts).toString('utf8');
}
