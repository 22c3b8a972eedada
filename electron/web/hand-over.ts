import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { pathSchema } from '../../shared/contract/common.ts';
import { isRunning } from '../files/running-process.ts';
import type { Instance } from './instance-lock.ts';
import { messages, sendMessage } from './message-page.ts';
import { equalSecrets } from './verdicts.ts';

/** Where a second start tells the first what it was asked to open. */
export const HAND_OVER_ADDRESS = '/instance/open';

const MAX_BODY_BYTES = 64 * 1024;
/** An instance whose process lives answers, however busy it or its computer is. */
const PATIENCE_MS = { living: 60_000, gone: 3000 };

const handOverSchema = z.object({ path: pathSchema.nullable() });
const answerSchema = z.object({ address: z.string() });

/**
 * Hands a path to the instance that runs already, which is waited for while its process lives: a second instance beside
 * one that is only busy would take its place.
 * @returns its address with a fresh token; null when nobody of ours answers there (its lock is stale)
 */
export async function handOver(
  instance: Instance,
  path: string | null,
  patienceMs = PATIENCE_MS,
): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${instance.port}${HAND_OVER_ADDRESS}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${instance.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ path }),
      redirect: 'error',
      signal: AbortSignal.timeout(isRunning(instance.pid) ? patienceMs.living : patienceMs.gone),
    });
    if (!response.ok) return null;
    return answerSchema.parse(await response.json()).address;
  } catch {
    // Refused, silent, or another program on that port: the instance of the lock is gone.
    return null;
  }
}

/** The first instance's side. Only who can read the lock file knows the secret. */
export function answerHandOver(
  request: IncomingMessage,
  response: ServerResponse,
  instance: { secret: string; onPath: (path: string | null) => void; address: () => string },
): void {
  const [scheme, secret = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !equalSecrets(secret, instance.secret)) {
    response.setHeader('connection', 'close');
    sendMessage(response, messages.wrongSecret);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('end', () => {
    if (size > MAX_BODY_BYTES) {
      sendMessage(response, messages.tooLarge);
      return;
    }
    const body = parseBody(Buffer.concat(chunks).toString('utf8'));
    if (body === null) {
      sendMessage(response, messages.badRequest);
      return;
    }
    instance.onPath(body.path);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ address: instance.address() }));
  });
}

function parseBody(text: string): z.infer<typeof handOverSchema> | null {
  try {
    return handOverSchema.parse(JSON.parse(text));
  } catch {
    // Not JSON, or not of this form: the caller is told so.
    return null;
  }
}
