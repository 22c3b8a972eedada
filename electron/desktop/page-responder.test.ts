import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { pageResponder } from './page-responder.ts';

const parent = temporaryFolder();
const folder = join(parent, 'renderer');
mkdirSync(join(folder, 'assets'), { recursive: true });
writeFileSync(join(folder, 'index.html'), '<title>NDI</title>');
writeFileSync(join(folder, 'assets', 'a.js'), 'export {}');
writeFileSync(join(folder, 'assets', 'k.wasm'), new Uint8Array([0, 97, 115, 109]));
writeFileSync(join(folder, 'odd.exe'), 'x');
writeFileSync(join(parent, 'package.json'), '{}');

const respond = pageResponder({ folder, report: () => '<h1>Report</h1>' });
const ask = (path: string, init?: RequestInit) => respond(new Request(`app://ndi${path}`, init));

describe('pageResponder', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html', 'text/html; charset=utf-8'],
    ['/assets/a.js', 'text/javascript; charset=utf-8'],
    ['/assets/k.wasm', 'application/wasm'],
    ['/report.html', 'text/html; charset=utf-8'],
  ])('sends %s as %s under the content policy', async (path, type) => {
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('sends the bytes of the file', async () => {
    expect(await (await ask('/')).text()).toBe('<title>NDI</title>');
    expect(new Uint8Array(await (await ask('/assets/k.wasm')).arrayBuffer())).toEqual(
      new Uint8Array([0, 97, 115, 109]),
    );
    expect(await (await ask('/report.html')).text()).toBe('<h1>Report</h1>');
  });

  it.each([
    '/missing.js',
    '/assets',
    '/assets/',
    '/index.html/x.js',
    '/..%2fpackage.json',
    '/odd.exe',
    `/${'a'.repeat(300)}.js`,
  ])('has nothing at %s, and says so under the policy too', async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('only reads', async () => {
    expect((await ask('/', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});
