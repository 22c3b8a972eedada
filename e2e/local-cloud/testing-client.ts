import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import description from './description.generated.json' with { type: 'json' };
import { routeOf } from './routing.ts';
import type { SeededUser } from './seed.ts';
import type { LocalCloud } from './start.ts';

interface Asked {
  /** Another token than the client's own; null for none. */
  readonly token?: string | null;
  readonly body?: unknown;
  readonly raw?: string;
}

export interface Got {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, unknown> & { documents: { id: string; ndiId: string }[] };
  readonly text: string;
}

/** Asks the local cloud and holds every JSON answer against the description of the interface. */
export class CheckedClient {
  readonly #local: LocalCloud;
  token: string | null = null;
  /** Statuses that each operation has answered with. */
  readonly answered = new Map<string, Set<number>>();

  constructor(local: LocalCloud) {
    this.#local = local;
  }

  async ask(method: string, path: string, asked: Asked = {}): Promise<Got> {
    const headers: Record<string, string> = {};
    const token = asked.token === undefined ? this.token : asked.token;
    if (token !== null) headers['Authorization'] = `Bearer ${token}`;
    const body = asked.raw ?? (asked.body === undefined ? null : JSON.stringify(asked.body));
    const response = await fetch(this.#local.url + path, { method, headers, body });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const { operationId = '' } = routeOf(method, path.replace(/\?.*/, '')) ?? {};
    this.answered.set(operationId, (this.answered.get(operationId) ?? new Set()).add(response.status));
    const json = type.includes('json') ? (JSON.parse(text) as Got['body']) : { documents: [] };
    if (type.includes('json')) holdAgainstSchema(method, path, response.status, json);
    return { status: response.status, type, body: json, text };
  }

  async signIn({ email, password }: SeededUser): Promise<string> {
    const { body } = await this.ask('POST', '/auth/login', { token: null, body: { email, password } });
    return String(body['token']);
  }
}

function holdAgainstSchema(method: string, path: string, status: number, json: unknown): void {
  const operation = description.operations.find(
    ({ operationId }) => operationId === routeOf(method, path.replace(/\?.*/, ''))?.operationId,
  );
  const answers = operation?.answers as Record<string, object | null> | undefined;
  const schema = answers?.[String(status)] ?? answers?.['default'];
  if (schema === undefined || schema === null) return;
  const parsed = z.fromJSONSchema({ ...schema, $defs: description.$defs } as never).safeParse(json);
  expect(parsed.error?.message, `${method} ${path} ${status}`).toBeUndefined();
}

export async function put(url: string, body: Buffer): Promise<Response> {
  return await fetch(url, { method: 'PUT', body: new Uint8Array(body) });
}

/** Reads again and again, until it is as wanted. */
export async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await read();
    if (isDone(value)) return value;
    await sleep(5);
  }
  throw new Error('It did not come to pass.');
}
