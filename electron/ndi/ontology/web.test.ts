import { beforeEach, describe, expect, it } from 'vitest';
import { sends, startOntologyServer } from './testing/ontology-server.ts';
import { Web } from './web.ts';

const server = await startOntologyServer();
const url = `${server.address}/thing`;
const web = (signal?: AbortSignal) => new Web({ timeoutMs: 300, pauseMs: 1, maxJsonBytes: 10_000 }, signal);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );

beforeEach(() => server.reset());

describe('asking a server', () => {
  it.each([
    [403, 'ontology.denied', 1],
    [401, 'ontology.denied', 1],
    [404, 'ontology.termNotFound', 1],
    [418, 'ontology.malformed', 1],
    [429, 'ontology.busy', 3],
    [500, 'ontology.unreachable', 3],
    [503, 'ontology.unreachable', 3],
  ])('takes %i as %s after %i attempts', async (status, code, attempts) => {
    server.on('/thing', sends('', status));
    expect(await codeOf(web().json(url))).toBe(code);
    expect(server.asked).toHaveLength(attempts);
  });

  it('tries again, and believes the answer that comes', async () => {
    let times = 0;
    server.on('/thing', (request, response) => {
      times += 1;
      sends(times < 3 ? {} : { fine: true }, times < 3 ? 503 : 200)(request, response);
    });
    expect(await web().json(url)).toEqual({ fine: true });
  });

  it('does not wait for a server that wants a long pause', async () => {
    server.on('/thing', sends('', 429, { 'retry-after': '3600' }));
    expect(await codeOf(web().json(url))).toBe('ontology.busy');
    expect(server.asked).toHaveLength(1);
  });

  it('gives up on silence, before and in the middle of an answer', async () => {
    server.on('/thing', () => undefined);
    expect(await codeOf(web().json(url))).toBe('ontology.timeout');
    server.on('/thing', (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"a":');
    });
    expect(await codeOf(web().json(url))).toBe('ontology.timeout');
  });

  it('is not taken in by lies', async () => {
    server.on('/thing', sends('<html>Sign in to the hotel</html>'));
    expect(await codeOf(web().json(url))).toBe('ontology.malformed');
    server.on('/thing', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"cut":');
      setTimeout(() => response.destroy(), 5);
    });
    expect(await codeOf(web().json(url))).toBe('ontology.unreachable');
    server.on('/thing', (_request, response) => {
      response.writeHead(200);
      const block = 'x'.repeat(8192);
      const pour = () => {
        if (response.destroyed) return;
        response.write(block);
        setImmediate(pour);
      };
      pour();
    });
    expect(await codeOf(web().json(url))).toBe('ontology.malformed');
  });

  it('follows few redirects, and none to elsewhere than the web', async () => {
    server.on('/moved', sends({ here: 1 }));
    server.on('/thing', sends('', 302, { location: '/moved' }));
    expect(await web().json(url)).toEqual({ here: 1 });
    server.on('/thing', sends('', 302, { location: '/thing' }));
    expect(await codeOf(web().json(url))).toBe('ontology.malformed');
    server.on('/thing', sends('', 302, { location: 'file:///etc/passwd' }));
    expect(await codeOf(web().json(url))).toBe('ontology.malformed');
    server.on('/thing', sends('', 302, { location: 'http://[' }));
    expect(await codeOf(web().json(url))).toBe('ontology.malformed');
  });

  it('says that nobody is there', async () => {
    expect(await codeOf(web().json('http://127.0.0.1:9/thing'))).toBe('ontology.unreachable');
  });

  it('stops at once when it is cancelled, also between attempts', async () => {
    server.on('/thing', sends('', 503));
    const controller = new AbortController();
    const asked = new Web({ pauseMs: 60_000 }, controller.signal).json(url);
    setTimeout(() => controller.abort(), 30);
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.asked).toHaveLength(1);
  });
});
