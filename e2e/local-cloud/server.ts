import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, refuse, type Answer } from './answers.ts';
import type { Cloud } from './cloud.ts';
import { isCrossref } from './crossref.ts';
import type { Fault } from './faults.ts';
import { routeOf } from './routing.ts';
import { serveObject } from './storage.ts';
import { parseNdiJson } from './store/documents.ts';
import { serveTest } from './test-routes.ts';
import type { Claims } from './tokens.ts';
import { bodyOf, Dropped, faultAnswer, write } from './wire.ts';

const BASE = '/v1';
const TEST_BODY_BYTES = 64 * 1024 * 1024;

/** Answers one request: storage, the switches of tests, or the API behind its gateway. */
export async function serve(cloud: Cloud, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', cloud.origin);
  const method = request.method ?? 'GET';
  if (url.pathname.startsWith('/_test/')) {
    const body = await bodyOf(request, null, TEST_BODY_BYTES);
    const answer = serveTest(cloud, method, url, body.toString('utf8'));
    await write(response, answer, { dateMs: cloud.now(), fault: null });
    return;
  }
  if (isCrossref(url)) {
    await cloud.crossref.serve(cloud, request, response, url);
    return;
  }
  const isStorage = url.pathname.startsWith('/_s3/');
  const path = isStorage ? url.pathname : url.pathname.replace(BASE, '');
  const fault = cloud.faults.of(method, path);
  const note = { status: 0, claims: null as Claims | null };
  try {
    if (fault?.drop === 'before') throw new Dropped();
    if (isStorage) note.status = await storageAnswer(cloud, request, response, url, fault);
    else note.status = await apiAnswer(cloud, request, response, { method, url, path, fault, note });
  } catch (thrown) {
    if (!(thrown instanceof Dropped)) cloud.notes.push(String(thrown));
    request.socket.destroy();
  }
  cloud.log.push({
    method,
    path: path + (isStorage ? '' : url.search),
    status: note.status,
    user: note.claims?.sub ?? null,
    hasToken: request.headers.authorization !== undefined,
    bodyBytes: Number(request.headers['content-length'] ?? 0),
    range: request.headers.range ?? '',
    at: cloud.now(),
  });
}

interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly fault: Fault | null;
  readonly note: { claims: Claims | null };
}

/** The gateway answers 504 when its time is over; the function behind it does not hear of that and goes on. */
async function apiAnswer(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  asked: ApiRequest,
): Promise<number> {
  const gate = new AbortController();
  const late = sleep(cloud.settings.gatewayMs, null, { signal: gate.signal, ref: false }).catch(() => null);
  const work = answerOf(cloud, request, asked).catch((thrown: unknown) => {
    if (thrown instanceof Refused) return thrown.answer;
    throw thrown;
  });
  // It may still be at work when nobody waits for it any more.
  work.catch(() => undefined);
  const answer = (await Promise.race([work, late])) ?? {
    status: 504,
    json: { message: 'Endpoint request timed out' },
  };
  gate.abort();
  if (asked.fault?.drop === 'after') throw new Dropped();
  await write(response, answer, { dateMs: cloud.now(), fault: asked.fault });
  return answer.status;
}

async function answerOf(cloud: Cloud, request: IncomingMessage, asked: ApiRequest): Promise<Answer> {
  const { fault, method, url, note } = asked;
  const bytes = await bodyOf(request, fault, cloud.settings.bodyLimitBytes);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault?.status !== undefined && fault.work !== true) return faultAnswer(fault);
  const found = url.pathname.startsWith(BASE) ? routeOf(method, asked.path) : null;
  if (found === null) throw refuse.message(404, 'Not Found');
  note.claims = claimsOf(cloud, request.headers.authorization, found.token);
  const { route, path } = found;
  let answer: Answer;
  try {
    answer = await route({ cloud, path, query: url.searchParams, body: jsonOf(bytes), claims: note.claims });
  } catch (thrown) {
    if (thrown instanceof Refused) throw thrown;
    cloud.notes.push(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
    throw refuse.fault();
  }
  return fault?.status === undefined ? answer : faultAnswer(fault);
}

async function storageAnswer(
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  fault: Fault | null,
): Promise<number> {
  const key = decodeURIComponent(url.pathname.slice('/_s3/'.length));
  try {
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.status !== undefined && fault.work !== true) throw new Refused(faultAnswer(fault));
    const status = await serveObject(cloud, request, response, { key, query: url.searchParams, fault });
    if (fault?.drop === 'after') throw new Dropped();
    return status;
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    // The body is not read any more; the connection cannot be used again.
    if (!request.complete) response.setHeader('Connection', 'close');
    await write(response, thrown.answer, { dateMs: cloud.now(), fault: null });
    return thrown.answer.status;
  }
}

/** Tokens are looked at on the open routes too, where one is given. @throws Refused 401 */
function claimsOf(cloud: Cloud, header: string | undefined, need: string): Claims | null {
  if (need === 'never' || (header === undefined && need === 'welcome')) return null;
  const claims = cloud.tokens.check(header?.replace(/^Bearer /, '') ?? '', cloud.now());
  if (claims === null) throw refuse.unauthorized();
  return claims;
}

/** @throws Refused 400 */
function jsonOf(bytes: Buffer): unknown {
  if (bytes.byteLength === 0) return undefined;
  try {
    return parseNdiJson(bytes.toString('utf8'));
  } catch {
    throw refuse.message(400, 'The body is not JSON');
  }
}
