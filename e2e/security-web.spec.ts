import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { startDoor } from './support/door-process.ts';
import { expect, test, watchFaults } from './support/door.ts';

/** Attacks on the web door as it is started by people; what each part decides is tested beside `electron/web`. */

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request as it is written: no address is tidied up, no header is added. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const own = { host: `127.0.0.1:${port}`, ...headers };
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers: own }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

async function cookieOf(address: string): Promise<string> {
  const { port, pathname, search } = new URL(address);
  const { headers } = await ask(Number(port), pathname + search);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

test('the token leaves the address, and the cookie is out of reach of scripts and other sites', async ({
  page,
  context,
  door,
}) => {
  await expect(page).toHaveURL(`${door.origin}/`);
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: `ndi-${door.port}`, httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => document.referrer)).toBe('');
});

test('a reload and a second window stay in; another browser does not come in by a used address', async ({
  page,
  context,
  browser,
  door,
}) => {
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const second = await context.newPage();
  await second.goto(door.origin);
  await expect(second.locator('#root')).not.toBeEmpty();

  const address = await door.freshAddress();
  await second.goto(address);
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(address);
  await expect(theirs.locator('#root')).not.toBeEmpty();
  const late = await (await browser.newContext()).newPage();
  await late.goto(address);
  await expect(late.getByRole('heading')).toHaveText('This address has been used');
  await expect(late.getByText('npm start')).toBeVisible();
});

test.describe('breaches of the policy', () => {
  test.use({ allowedMessages: ['Content Security Policy', 'net::ERR'] });

  test('the page may not run inline script or eval, be framed, or send a form', async ({ page, door }) => {
    const { headers } = await ask(door.port, '/', { cookie: await cookieOf(await door.freshAddress()) });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).toContain("frame-ancestors 'none'");
    const ran = await page.evaluate(async () => {
      const breaches: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => breaches.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.body.append(script);
      let evaluated = true;
      try {
        // In a task of the page's own: what the debugger runs may evaluate.
        await new Promise<void>((resolve, reject) => {
          setTimeout(() => {
            try {
              globalThis.eval('1');
              resolve();
            } catch {
              reject(new Error('refused'));
            }
          });
        });
      } catch {
        evaluated = false;
      }
      await fetch('http://127.0.0.1:1/').catch(() => undefined);
      // The browser tells of a breach when it gets to it.
      for (let tries = 0; tries < 100 && new Set(breaches).size < 2; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return { inline: 'inlineRan' in window, evaluated, breaches: [...new Set(breaches)].sort() };
    });
    expect(ran.inline).toBe(false);
    expect(ran.evaluated).toBe(false);
    expect(ran.breaches).toEqual(expect.arrayContaining(['connect-src', 'script-src-elem']));
  });
});

test('another site’s page reaches nothing: no read, no socket, no frame', async ({ browser, door, page }) => {
  await expect(page.locator('#root')).not.toBeEmpty();
  const other = await startDoor({ args: ['--no-token'] });
  try {
    // Another port of this machine is another origin, and the one whose attacks get furthest: cookies know no port.
    const context = await browser.newContext();
    const visitor = await context.newPage();
    await visitor.goto(await door.freshAddress());
    await visitor.route(`${other.origin}/attack`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>attack</title>' }),
    );
    await visitor.goto(`${other.origin}/attack`);
    const result = await visitor.evaluate(async (target) => {
      const read = await fetch(target, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      );
      const posted = await fetch(`${target}/instance/open`, { method: 'POST', body: '{"path":"/"}' }).then(
        () => 'read',
        () => 'refused',
      );
      const socket = await new Promise((resolve) => {
        const opened = new WebSocket(`${target.replace('http', 'ws')}/rpc`);
        opened.onopen = () => resolve('open');
        opened.onerror = () => resolve('refused');
      });
      const frame = document.createElement('iframe');
      frame.src = target;
      document.body.append(frame);
      await new Promise((resolve) => (frame.onload = resolve));
      return { read, posted, socket, framed: frame.contentDocument !== null };
    }, door.origin);
    expect(result).toEqual({ read: 'refused', posted: 'refused', socket: 'refused', framed: false });
    await context.close();
  } finally {
    await other.stop();
  }
});

test('a name that is not ours is refused, whatever else is right (DNS rebinding)', async ({ door }) => {
  const cookie = await cookieOf(await door.freshAddress());
  expect((await ask(door.port, '/', { cookie })).status).toBe(200);
  for (const host of ['rebound.example', `rebound.example:${door.port}`, '127.0.0.1:1', 'localhost']) {
    for (const path of ['/', '/health', '/rpc', '/index.html']) {
      expect((await ask(door.port, path, { cookie, host })).status, `${host}${path}`).toBe(403);
    }
  }
});

test('no address leads to the file system', async ({ door }) => {
  const cookie = await cookieOf(await door.freshAddress());
  const paths = [
    '/../../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/..\\..\\..\\package.json',
    '/assets/%2e%2e/%2e%2e/electron/cli.js',
    '/electron/cli.js',
    '/etc/passwd',
    '//etc/passwd',
    '/file:///etc/passwd',
    '/index.html/../../x',
    '/.stamps.json',
  ];
  for (const path of paths) {
    const answer = await ask(door.port, path, { cookie });
    expect(answer.status, path).toBe(404);
    expect(answer.body).not.toContain('root:');
  }
  expect((await ask(door.port, 'http://127.0.0.1/etc/passwd', { cookie })).status).toBe(404);
});

test('no answer lets other sites read, none may be sniffed, all carry the policy', async ({ door }) => {
  const origin = 'https://evil.example';
  for (const [path, method] of [
    ['/', 'GET'],
    ['/health', 'GET'],
    ['/nothing', 'GET'],
    ['/', 'OPTIONS'],
    ['/rpc', 'POST'],
    ['/instance/open', 'POST'],
  ] as const) {
    const { headers, status } = await ask(door.port, path, { origin }, method);
    expect(status, path).toBe(403);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
});

test('listens on the loopback interface only', async ({ door }) => {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => !address.internal && address.family === 'IPv4')
    .map((address) => address.address);
  for (const host of addresses) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: door.port, timeout: 1000 });
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('timeout', () => resolve(false));
      socket.on('close', () => socket.destroy());
    });
    expect(reached, host).toBe(false);
  }
});

test('bytes that are not HTTP and requests that never end do no harm', async ({ door }) => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(door.port, '127.0.0.1', () => socket.write('\u0016\u0003\u0001 not http\r\n\r\n'));
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
  expect(answer).toContain('400');
  expect((await ask(door.port, `/?token=${'x'.repeat(20_000)}`)).status).toBe(431);
  expect((await ask(door.port, '/health')).status).toBe(200);
});

base('the lock is private, a stale one is no obstacle, and the door ends when it is told', async () => {
  const door = await startDoor();
  const lock = join(door.dataFolder, 'web-door.lock');
  if (process.platform !== 'win32') expect(statSync(lock).mode & 0o777).toBe(0o600);
  const secret = readFileSync(lock, 'utf8');
  const { status } = await ask(door.port, '/instance/open', { authorization: 'Bearer guess' }, 'POST');
  expect(status).toBe(403);
  expect(existsSync(lock)).toBe(true);
  expect(await door.stop()).toBe(0);
  await expect(ask(door.port, '/health')).rejects.toThrow('ECONNREFUSED');

  // What a crash leaves behind: the lock of an instance that is gone.
  const folder = mkdtempSync(join(tmpdir(), 'ndi-stale-'));
  writeFileSync(join(folder, 'web-door.lock'), secret);
  const next = await startDoor({ environment: { NDI_DATA_FOLDER: folder } });
  expect((await ask(next.port, '/health')).status).toBe(200);
  await next.stop();
  rmSync(folder, { recursive: true, force: true });
});

base('a second start hands its path to the first page', async ({ browser }) => {
  const door = await startDoor();
  const page = await browser.newPage();
  const faults = watchFaults(page);
  await page.goto(door.address);
  await expect(page.locator('#root')).not.toBeEmpty();
  const missing = join(door.home, 'no such place');
  const address = await door.startAgain(missing);
  expect(new URL(address).port).toBe(String(door.port));
  await expect(page.getByText(/no such place/).first()).toBeVisible();
  expect(faults).toEqual([]);
  await page.close();
  await door.stop();
});
