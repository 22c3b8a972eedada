import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refused, type Answer } from './answers.ts';
import type { Fault } from './faults.ts';

/** The connection was closed on purpose. */
export class Dropped extends Error {}

/** Bytes of a request's body, as far as the fault lets them come. */
export async function* received(request: IncomingMessage, fault: Fault | null): AsyncGenerator<Uint8Array> {
  const cutAt = fault?.cutRequestAtBytes ?? Infinity;
  const stallAt = fault?.stallRequestAtBytes ?? Infinity;
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes >= cutAt) {
      request.destroy();
      throw new Dropped();
    }
    yield part;
    if (bytes >= stallAt) await never(request);
  }
  if (!request.complete) throw new Dropped();
}

/** A peer that reads no more: until the other side loses patience. */
export async function never(request: IncomingMessage): Promise<never> {
  await new Promise<void>((resolve) => {
    if (request.socket.destroyed) resolve();
    else request.socket.once('close', () => resolve());
  });
  throw new Dropped();
}

/** The whole body, up to a limit. @throws Refused 413 */
export async function bodyOf(request: IncomingMessage, fault: Fault | null, limitBytes: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of received(request, fault)) {
    bytes += part.byteLength;
    // The rest is read and thrown away, so that the answer can be read.
    if (bytes <= limitBytes) parts.push(part);
  }
  if (bytes > limitBytes) throw new Refused({ status: 413, json: { message: 'Request Entity Too Large' } });
  return Buffer.concat(parts);
}

/** Writes an answer; the fault may cut it or let it stand still. */
export async function write(
  response: ServerResponse,
  answer: Answer,
  { dateMs, fault }: { dateMs: number; fault: Fault | null },
): Promise<void> {
  const [type, text] = contentOf(answer);
  const bytes = Buffer.from(text);
  response.sendDate = false;
  response.writeHead(answer.status, {
    Date: new Date(dateMs).toUTCString(),
    ...(type === '' ? {} : { 'Content-Type': type }),
    ...(answer.status === 204 ? {} : { 'Content-Length': bytes.byteLength }),
    ...answer.headers,
  });
  const cutAt = fault?.cutAnswerAtBytes ?? fault?.stallAnswerAtBytes;
  if (cutAt === undefined) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, cutAt));
  await sleep(20);
  if (fault?.cutAnswerAtBytes !== undefined) response.destroy();
}

function contentOf({ json, text, xml }: Answer): [type: string, content: string] {
  if (json !== undefined) return ['application/json; charset=utf-8', JSON.stringify(json)];
  if (xml !== undefined) return ['application/xml', xml];
  return text === undefined ? ['', ''] : ['text/plain; charset=utf-8', text];
}

/** What a fault with a status answers. */
export function faultAnswer(fault: Fault): Answer {
  const { status = 500, body, headers = {} } = fault;
  if (body === undefined) return { status, headers };
  return typeof body === 'string' ? { status, text: body, headers } : { status, json: body, headers };
}
