import type { NdiError } from '../../../../shared/model/errors.ts';
import { parseJson, saysFailure, answerText, answerCode } from '../http/answer-text.ts';
import { readLimited, repeatAlways, repeatUnsent, type CloudHttp, type Retry } from '../http/cloud-http.ts';
import type { Received } from '../http/exchange.ts';
import { callLimits, slowCallLimits } from '../http/limits.ts';
import type { Refusal } from '../http/refusal.ts';
import { statusError } from '../http/status-errors.ts';
import { badAnswer, lyingAnswer, rejectedTwice, signInNeeded } from './call-errors.ts';
import { misshapen, type Shape } from './answer-shape.ts';
import { answerShapes, namedShapes } from './answer-shapes.generated.ts';
import { operationTable } from './operations.generated.ts';
import type { operations } from './types.generated.ts';

/** Every operation of the API that has an address below its base. */
export type Operation = keyof typeof operationTable & keyof operations;

type Json<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : undefined;
type Successes<Op extends Operation> = operations[Op]['responses'];
type SuccessOf<Responses> = Responses extends object
  ? {
      [Status in keyof Responses]: Status extends 200 | 201 | 202 | 204 ? Json<Responses[Status]> : never;
    }[keyof Responses]
  : never;

/** What an operation answers when it succeeds; undefined for an answer without a body. */
export type Answer<Op extends Operation> = SuccessOf<Successes<Op>>;

type PathOf<Op extends Operation> = operations[Op]['parameters'] extends { path: infer Path }
  ? { readonly path: Path }
  : { readonly path?: undefined };
type QueryOf<Op extends Operation> = operations[Op]['parameters'] extends { query?: infer Query }
  ? { readonly query?: Query }
  : { readonly query?: undefined };
type BodyOf<Op extends Operation> = operations[Op] extends {
  requestBody: { content: { 'application/json': infer Body } };
}
  ? { readonly body: Body }
  : { readonly body?: unknown };

/** The arguments of an operation, with the signal that cancels it. */
export type Arguments<Op extends Operation> = PathOf<Op> &
  QueryOf<Op> &
  BodyOf<Op> & {
    readonly signal?: AbortSignal | undefined;
    /** How often it may be repeated, where another way than its own is wanted. */
    readonly retry?: Retry;
  };

/** Where tokens come from: an account's session, or nothing for the open routes. */
export interface TokenSource {
  /** A token that is good for the next minute, renewed early; null when signed out. Never throws for lack of one. */
  token(signal?: AbortSignal): Promise<string | null>;
  /**
   * The server has refused this token: signs in again, once for all callers.
   * @throws NdiError auth.* when that cannot be done
   */
  renewed(refused: string, signal?: AbortSignal): Promise<string>;
}

/** Makes typed calls of the API: address, token, body, the reading of the answer. */
export class Caller {
  readonly http: CloudHttp;
  readonly #base: string;
  readonly #tokens: TokenSource;

  /** @param base address of the API with its version, without a slash at the end */
  constructor(http: CloudHttp, base: string, tokens: TokenSource) {
    this.http = http;
    this.#base = base;
    this.#tokens = tokens;
  }

  get base(): string {
    return this.#base;
  }

  /**
   * Calls one operation.
   * @throws NdiError `cloud.*` or `auth.*`
   */
  async call<Op extends Operation>(operation: Op, given: Arguments<Op>): Promise<Answer<Op>> {
    const { token: need } = operationTable[operation];
    const token = need === 'never' ? null : await this.#tokens.token(given.signal);
    if (need === 'needed' && token === null) throw signInNeeded();
    try {
      return await this.#ask(operation, given, token);
    } catch (thrown) {
      if (token === null || !isRejection(thrown)) throw thrown;
      // The server is right about its tokens, whatever the clock says: sign in once, ask once more.
      const renewed = await this.#tokens.renewed(token, given.signal);
      return await this.#ask(operation, given, renewed).catch((again: unknown) => {
        throw isRejection(again) ? rejectedTwice(again) : again;
      });
    }
  }

  async #ask<Op extends Operation>(operation: Op, given: Arguments<Op>, token: string | null): Promise<Answer<Op>> {
    const { method } = operationTable[operation];
    const url = this.#address(operation, given);
    const body = given.body === undefined ? undefined : Buffer.from(JSON.stringify(given.body));
    const limits = slow.has(operation) ? slowCallLimits : callLimits;
    const headers = {
      Accept: 'application/json',
      'Accept-Encoding': 'identity',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'Content-Length': String(body?.byteLength ?? 0) }),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    };
    return await this.http.run({
      attempt: () => ({ method, url, headers, body, limits, signal: given.signal }),
      retry: given.retry ?? (creating.has(operation) ? repeatUnsent : repeatAlways),
      signal: given.signal,
      read: (received) =>
        readAnswer<Answer<Op>>(received, url.host, answerShapes[operation] ?? 'any').catch((thrown: unknown) => {
          // It said that it has done it, in whatever words.
          if (creating.has(operation) && isBadAnswer(thrown)) Object.assign(thrown.details, { outcomeUnknown: true });
          throw thrown;
        }),
      refuse: statusError,
    });
  }

  #address<Op extends Operation>(operation: Op, given: Arguments<Op>): URL {
    const path = (given.path ?? {}) as Record<string, string>;
    const route = operationTable[operation].path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent((path[name] ?? '').toWellFormed()),
    );
    const url = new URL(this.#base + route);
    for (const [name, value] of Object.entries(given.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url;
  }
}

/** A second of these makes a second thing: after an open outcome the caller looks first. */
const creating = new Set<Operation>([
  'createUser',
  'createDataset',
  'addDocument',
  'createBranch',
  'startCompute',
  'advanceCompute',
  'triggerStage',
  'startFileTierJob',
]);
/** 12 to 90 s on datasets of 70 to 100 thousand documents. */
const slow = new Set<Operation>(['documentClassCounts']);
const ANSWER_BYTES = 256 * 1024 * 1024;

async function readAnswer<T>(received: Received, host: string, shape: Shape): Promise<T> {
  const text = await readLimited(received, ANSWER_BYTES);
  if (text.trim() === '' && shape === 'any') return undefined as T;
  const body = parseJson(text);
  if (body === undefined) throw badAnswer(host, text);
  if (saysFailure(body)) {
    const answer = { text: answerText(text, 400, ''), code: answerCode(text), body: text };
    const refusal: Refusal = { status: 400, host, ...answer };
    throw statusError(refusal);
  }
  const wrong = misshapen(body, shape, namedShapes);
  if (wrong !== null) throw lyingAnswer(host, wrong);
  return body as T;
}

function isBadAnswer(thrown: unknown): thrown is NdiError {
  return (thrown as NdiError | null)?.code === 'cloud.badAnswer';
}

function isRejection(thrown: unknown): thrown is NdiError {
  return (thrown as NdiError | null)?.code === 'auth.rejected';
}
