import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { os, type RouterClient } from '@orpc/server';
import { RPCLink } from '@orpc/client/websocket';
import { createORPCClient } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { pageResponder, type PageFile } from './page-files.ts';
import { openWebDoor, type WebDoor } from './web-door.ts';

/** What became of the calls of `wait`, which end when they are aborted. */
const waited: string[] = [];
const router = {
  echo: os.input(z.object({ a: z.number() })).handler(({ input }) => input),
  wait: os.handler(
    ({ signal }) =>
      new Promise<string>((resolve) => {
        waited.push('begun');
        signal?.addEventListener('abort', () => {
          waited.push('aborted');
          resolve('aborted');
        });
      }),
  ),
};
type Client = RouterClient<typeof router>;

const page = new Map<string, PageFile>([
  ['/', { body: Buffer.from('<p>page</p>'), type: 'text/html', etag: '"1"', cacheControl: 'no-cache' }],
  ['/assets/a.js', { body: Buffer.from('1'), type: 'text/javascript', etag: '"2"', cacheControl: 'immutable' }],
]);
const handedOver: (string | null)[] = [];
let door: WebDoor;

async function open(token = true): Promise<WebDoor> {
  return openWebDoor({
    router,
    page: pageResponder(page),
    port: 0,
    token,
    instanceSecret: 'the-secret',
    onHandOver: (path) => handedOver.push(path),
  });
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request as it is written: no address is tidied up on the way. */
function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const host = `127.0.0.1:${door.port}`;
    const request = httpRequest({ host: '127.0.0.1', port: door.port, path, method, headers: { host, ...headers } });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.end(body);
  });
}

function tokenPath(): string {
  const { pathname, search } = new URL(door.address());
  return pathname + search;
}

async function enter(): Promise<string> {
  const { headers } = await ask(tokenPath());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

function connect(headers: Record<string, string>, path = '/rpc'): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('error', reject);
  });
}

const ownOrigin = () => `http://127.0.0.1:${door.port}`;

beforeEach(async () => {
  handedOver.length = 0;
  door = await open();
});
afterEach(async () => door.close());

describe('the token', () => {
  it('is exchanged once for a cookie that scripts and other sites cannot use, and leaves the address', async () => {
    const path = tokenPath();
    const first = await ask(path);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const cookie = first.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(new RegExp(`^ndi-${door.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    expect((await ask('/', { headers: { cookie: cookie.split(';')[0] ?? '' } })).body).toBe('<p>page</p>');

    const second = await ask(path);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('npm start');
    // Whoever is in already may use the old address: it leads to the page.
    expect((await ask(path, { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(303);
  });

  it('is not used up by a look ahead', async () => {
    const path = tokenPath();
    expect((await ask(path, { method: 'HEAD' })).status).toBe(503);
    expect((await ask(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(503);
    expect((await ask(path)).status).toBe(303);
  });

  it('takes a step of our own page where the way began on another site', async () => {
    const answer = await ask(tokenPath(), { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.body).toContain('http-equiv="refresh" content="0;url=/"');
  });

  it.each(['', 'x', 'é', 'a'.repeat(5000)])('is not guessed (%#)', async (token) => {
    expect((await ask(`/?token=${encodeURIComponent(token)}`)).status).toBe(401);
  });

  it('may be left out by --no-token; Host and Origin are checked all the same', async () => {
    await door.close();
    door = await open(false);
    expect(door.address()).toBe(`http://127.0.0.1:${door.port}/`);
    expect((await ask('/')).status).toBe(200);
    expect((await ask('/', { headers: { host: `evil.example:${door.port}` } })).status).toBe(403);
    await expect(connect({ origin: 'http://evil.example' })).rejects.toThrow('403');
    (await connect({ origin: ownOrigin() })).close();
  });
});

describe('a request', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1:1', '127.0.0.1.evil.example', '0.0.0.0'])(
    'is refused under the name %s',
    async (host) => {
      const cookie = await enter();
      for (const path of ['/', '/health', tokenPath()]) {
        expect((await ask(path, { headers: { host, cookie } })).status, path).toBe(403);
      }
    },
  );

  it('is refused without a cookie, or with a wrong one', async () => {
    await enter();
    for (const cookie of ['', `ndi-${door.port}=`, `ndi-${door.port}=x`, 'ndi=x']) {
      expect((await ask('/', { headers: { cookie } })).status).toBe(401);
      expect((await ask('/assets/a.js', { headers: { cookie } })).status).toBe(401);
    }
  });

  it('of another site is refused, whatever cookie it brings; no answer tells other sites to read', async () => {
    const cookie = await enter();
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:1', `https://127.0.0.1:${door.port}`]) {
      const answer = await ask('/', { headers: { cookie, origin } });
      expect(answer.status, origin).toBe(403);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/../../x',
    '//etc/passwd',
    '/assets/a.js/',
    '/index.html%00',
  ])('reaches nothing beyond the table: %s', async (path) => {
    expect((await ask(path, { headers: { cookie: await enter() } })).status).toBe(404);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])('by %s is refused', async (method) => {
    expect((await ask('/', { method, headers: { cookie: await enter() } })).status).toBe(405);
  });

  it('is answered with the security headers, errors too', async () => {
    for (const path of ['/', '/nothing', '/health']) {
      const { headers } = await ask(path);
      expect(headers['content-security-policy']).toContain("script-src 'self';");
      expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${door.port};`);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  it('for a file that the browser has is answered without it', async () => {
    const answer = await ask('/', { headers: { cookie: await enter(), 'if-none-match': '"1"' } });
    expect([answer.status, answer.body]).toEqual([304, '']);
  });

  it('for health needs no cookie and tells nothing', async () => {
    expect((await ask('/health')).body).toBe('{"ok":true}\n');
  });
});

describe('a socket', () => {
  it('carries calls of the page', async () => {
    const socket = await connect({ origin: ownOrigin(), cookie: await enter() });
    const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    expect(await client.echo({ a: 1 })).toEqual({ a: 1 });
    socket.close();
  });

  it('carries the abort of a question that nobody waits for any more', async () => {
    const socket = await connect({ origin: ownOrigin(), cookie: await enter() });
    const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    const stop = new AbortController();
    const asked = client.wait(undefined, { signal: stop.signal });
    const refused = expect(asked).rejects.toThrow();
    await expect.poll(() => waited).toEqual(['begun']);
    stop.abort();
    await refused;
    await expect.poll(() => waited).toEqual(['begun', 'aborted']);
    socket.close();
  });

  it('is refused to other origins, without a cookie, and elsewhere', async () => {
    const cookie = await enter();
    const origin = ownOrigin();
    await expect(connect({ cookie, origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(connect({ cookie, origin: 'null' })).rejects.toThrow('403');
    await expect(connect({ cookie })).rejects.toThrow('403');
    await expect(connect({ origin })).rejects.toThrow('403');
    await expect(connect({ cookie, origin }, '/other')).rejects.toThrow('403');
    await expect(connect({ cookie, origin, host: `evil.example:${door.port}` })).rejects.toThrow('403');
  });

  it('is closed on a frame that is larger than any request, and the door goes on', async () => {
    const headers = { origin: ownOrigin(), cookie: await enter() };
    const socket = await connect(headers);
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    socket.send(Buffer.alloc(5 * 1024 * 1024));
    expect([1006, 1009]).toContain(await closed);
    (await connect(headers)).close();
  });
});

describe('handing over', () => {
  const secret = { authorization: 'Bearer the-secret' };
  const post = (headers: Record<string, string>, body: string) =>
    ask('/instance/open', { method: 'POST', headers, body });

  it('takes the path of a second start and gives a fresh address', async () => {
    const answer = await post(secret, JSON.stringify({ path: '/data/mouse 12' }));
    expect(handedOver).toEqual(['/data/mouse 12']);
    const { address } = JSON.parse(answer.body) as { address: string };
    const { pathname, search } = new URL(address);
    expect((await ask(pathname + search)).status).toBe(303);
  });

  it('is refused without the secret, from a page, and in any other form', async () => {
    const body = JSON.stringify({ path: '/data' });
    expect((await post({}, body)).status).toBe(403);
    expect((await post({ authorization: 'Bearer other' }, body)).status).toBe(403);
    expect((await post({ cookie: await enter() }, body)).status).toBe(403);
    expect((await post({ ...secret, origin: 'http://evil.example' }, body)).status).toBe(403);
    expect((await post({ ...secret, origin: ownOrigin() }, body)).status).toBe(403);
    expect((await post(secret, 'not json')).status).toBe(400);
    expect((await post(secret, '{"path":3}')).status).toBe(400);
    expect((await post(secret, JSON.stringify({ path: 'x'.repeat(70_000) }))).status).toBe(413);
    expect(handedOver).toEqual([]);
  });
});

describe('a port', () => {
  it('that is taken is named', async () => {
    const taken = openWebDoor({
      router,
      page: pageResponder(page),
      port: door.port,
      token: true,
      instanceSecret: '',
      onHandOver: () => undefined,
    });
    await expect(taken).rejects.toMatchObject({ code: 'door.portBusy', details: { port: door.port } });
  });
});
