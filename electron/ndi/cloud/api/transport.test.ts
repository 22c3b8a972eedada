// Scenario group C of NDI Cloud: what the client makes of faults on the way.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedDataset, seedUser, type SeededUser } from '../../../../e2e/local-cloud/seed.ts';
import { defaultSettings } from '../../../../e2e/local-cloud/settings.ts';
import type { LocalCloud } from '../../../../e2e/local-cloud/start.ts';
import { startTestCloud, timesAsked } from '../../../../e2e/local-cloud/testing.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { CloudSession } from '../account/session.ts';
import { CloudHttp } from '../http/cloud-http.ts';
import { transferLimits } from '../http/limits.ts';
import { VirtualPace } from '../testing/virtual-pace.ts';
import { CloudApi } from './cloud-api.ts';
import { CloudStorage } from './storage.ts';

let local: LocalCloud;
let user: SeededUser;
let datasetId: string;
let pace: VirtualPace;
let http: CloudHttp;
let session: CloudSession;
let secrets: { token: string; password: string | null };

beforeAll(async () => {
  local = await startTestCloud();
  user = seedUser(local.cloud, { email: 'ada@example.org' });
  datasetId = seedDataset(local.cloud, user.organizationId, { name: 'transport' });
});
afterAll(() => local.stop());
beforeEach(async () => {
  local.cloud.faults.clear();
  Object.assign(local.cloud.settings, defaultSettings, { eventDelayMs: 5 });
  pace = new VirtualPace();
  http = new CloudHttp(pace);
  secrets = { token: '', password: user.password };
  const credentials = {
    token: () => Promise.resolve(secrets.token),
    password: () => Promise.resolve(secrets.password),
    keepToken: (token: string) => {
      secrets = { ...secrets, token };
      return Promise.resolve();
    },
  };
  session = new CloudSession({ http, base: local.url, email: user.email, credentials });
  await session.signIn(user.password);
  local.cloud.log.length = 0;
});

const me = () => session.api.call('getCurrentUser', {});
const logins = () => timesAsked(local.cloud, 'POST', /^\/auth\/login$/);
const asked = () => timesAsked(local.cloud, 'GET', /^\/users\/me$/);
const uploadUrl = async (uid: string) => {
  const path = { organizationId: user.organizationId, datasetId, fileUid: uid };
  return (await session.api.call('fileUploadUrl', { path })).url;
};
const errorOf = async (work: Promise<unknown>) => {
  const thrown = await work.then(() => null).catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(NdiError);
  return thrown as NdiError;
};
const body = (bytes: Buffer, partBytes = bytes.byteLength) => ({
  sizeBytes: bytes.byteLength,
  async *chunks() {
    for (let at = 0; at < bytes.byteLength; at += partBytes) {
      yield await Promise.resolve(bytes.subarray(at, at + partBytes));
    }
  },
});

test('C1: a token that ends midway is renewed before, once, and no call fails', async () => {
  local.cloud.settings.tokenLifeSec = 3600;
  for (let n = 0; n < 30; n += 1) {
    // Two hours pass in steps of four minutes.
    local.cloud.settings.clockOffsetMs += 240_000;
    pace.offsetMs += 240_000;
    await session.api.storage.put({ url: () => uploadUrl(`c1-${n}`), body: body(Buffer.from('x')) });
  }
  expect(logins()).toBe(2);
  expect(local.cloud.log.every(({ status }) => status === 200)).toBe(true);
});

test('C1: without a password the work waits for a sign-in, while a signed URL needs none', async () => {
  secrets = { ...secrets, password: null };
  const url = await uploadUrl('c1-open');
  local.cloud.settings.clockOffsetMs = pace.offsetMs = 3_540_500;
  http.clock.learn(new Date(local.cloud.now()).toUTCString());
  expect((await me()).email).toBe(user.email);
  local.cloud.settings.clockOffsetMs = pace.offsetMs = 3_700_000;
  local.cloud.settings.uploadUrlLifeSec = 7200;
  expect((await errorOf(me())).code).toBe('auth.required');
  local.cloud.settings.clockOffsetMs = 0;
  expect((await session.api.storage.put({ url: () => Promise.resolve(url), body: body(Buffer.from('x')) })).etag).toBe(
    '9dd4e461268c8034f5c8564e155c67a6',
  );
});

test('C2: one 401 for a good token: one sign-in, the call again', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 401, body: { message: 'Unauthorized' }, first: 1 });
  expect((await me()).email).toBe(user.email);
  expect([asked(), logins()]).toEqual([2, 1]);
});

test('C2: 401 again after the sign-in: rejected, two attempts, one sign-in', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 401, body: { message: 'Unauthorized' } });
  expect((await errorOf(me())).code).toBe('auth.rejected');
  expect([asked(), logins()]).toEqual([2, 1]);
});

test.each([
  ['seconds', () => '3'],
  ['a date', () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 3000).toUTCString()],
])('C3: 429 with Retry-After in %s holds all calls to the host', async (_form, value) => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 429, headers: { 'Retry-After': value() }, first: 1 });
  const before = pace.now();
  await me();
  expect(pace.now() - before).toBeGreaterThanOrEqual(2000);
  // Without what this computer itself took.
  expect(pace.waitedMs.reduce((sum, one) => sum + one, 0)).toBeLessThan(4500);
  const gate = http.gateOf(new URL(local.url));
  gate.waitFor(3000);
  const parallel = pace.now();
  await Promise.all([me(), me()]);
  expect(pace.now() - parallel).toBeGreaterThanOrEqual(3000);
});

test('C3: a server that asks for an hour gets its hour: nothing waits so long by itself', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 429, headers: { 'Retry-After': '3600' } });
  const error = await errorOf(me());
  expect(error.code).toBe('cloud.waitAsked');
  expect(Date.parse(String(error.details['until'])) - pace.now()).toBeGreaterThan(3_500_000);
  expect(asked()).toBe(1);
});

test('C4: 503, 502, then 200: two waits with full jitter', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 503, first: 1 });
  local.cloud.faults.add({ route: 'GET /users/me', status: 502, first: 1 });
  expect((await me()).email).toBe(user.email);
  expect(pace.waitedMs).toEqual([250, 500]);
});

test('C4: five faults are enough, and the text of the last is told', async () => {
  const text = 'An error occured.  Please check the logs.';
  local.cloud.faults.add({ route: 'GET /users/me', status: 500, body: text });
  const error = await errorOf(me());
  expect([error.code, asked()]).toEqual(['cloud.server', 5]);
  expect(error.message).toContain(text);
});

test('C5: a creation that the gateway cut off is not asked for twice; its outcome is open', async () => {
  local.cloud.settings.gatewayMs = 30;
  local.cloud.faults.add({ route: 'POST /organizations/*/datasets', delayMs: 60 });
  const path = { organizationId: user.organizationId };
  const error = await errorOf(session.api.call('createDataset', { path, body: { name: 'cut off' } }));
  expect([error.code, error.details['outcomeUnknown']]).toEqual(['cloud.timeout', true]);
  expect(timesAsked(local.cloud, 'POST', /datasets$/)).toBe(1);
});

test('C5: what has certainly not reached the server is asked for again', async () => {
  local.cloud.faults.add({ route: 'POST /organizations/*/datasets', status: 429, first: 2 });
  const path = { organizationId: user.organizationId };
  await session.api.call('createDataset', { path, body: { name: 'third time' } });
  expect(timesAsked(local.cloud, 'POST', /datasets$/)).toBe(3);
});

test('C7: a connection cut in an upload: a fresh URL, everything again, and the progress says so', async () => {
  const bytes = Buffer.alloc(1_000_000, 1);
  local.cloud.faults.add({ route: 'PUT /_s3/**', cutRequestAtBytes: 400_000, first: 2 });
  const progress: number[] = [];
  await session.api.storage.put({
    url: () => uploadUrl('c7'),
    body: body(bytes, 100_000),
    onProgress: (sent) => progress.push(sent),
  });
  expect(timesAsked(local.cloud, 'GET', /files\/c7$/)).toBe(3);
  expect(progress.filter((sent) => sent === 0)).toHaveLength(3);
  expect(progress.at(-1)).toBe(1_000_000);
});

test('C7: after five failures the file has failed', async () => {
  local.cloud.faults.add({ route: 'PUT /_s3/**', cutRequestAtBytes: 1 });
  const put = session.api.storage.put({ url: () => uploadUrl('c7b'), body: body(Buffer.alloc(10)) });
  expect((await errorOf(put)).code).toBe('cloud.interrupted');
  expect(timesAsked(local.cloud, 'GET', /files\/c7b$/)).toBe(5);
});

test('C8: an upload that stands still is ended and repeated; one that creeps is not', async () => {
  const patient = new CloudStorage(http, local.url, { ...transferLimits, stallMs: 1000 });
  const bytes = Buffer.alloc(30_000_000, 1);
  local.cloud.faults.add({ route: 'PUT /_s3/**', stallRequestAtBytes: 1_000_000, first: 1 });
  await patient.put({ url: () => uploadUrl('c8'), body: body(bytes) });
  expect(timesAsked(local.cloud, 'GET', /files\/c8$/)).toBe(2);
  const creeping = {
    sizeBytes: 8,
    async *chunks() {
      for (let n = 0; n < 8; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        yield Buffer.from('x');
      }
    },
  };
  await patient.put({ url: () => uploadUrl('c8b'), body: creeping, tries: 1 });
});

test('a download that breaks goes on from the byte it had reached', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
  await session.api.storage.put({ url: () => uploadUrl('down'), body: body(bytes) });
  const { cloud } = local;
  const url = () => Promise.resolve(cloud.urls.make(cloud.origin, 'GET', `files/${datasetId}/down`, 60, cloud.now()));
  cloud.faults.add({ route: 'GET /_s3/**', cutAnswerAtBytes: 100_000, first: 2 });
  const got: Buffer[] = [];
  for await (const part of session.api.storage.read({ url })) got.push(part);
  expect(Buffer.concat(got).equals(bytes)).toBe(true);
  // The server notes an answer when it has been sent, which may be after it has come.
  await expect.poll(() => cloud.log.filter(({ method, status }) => method === 'GET' && status === 206)).toHaveLength(2);
  cloud.faults.clear();
  cloud.faults.add({ route: 'GET /_s3/**', ignoreRange: true });
  const range: Buffer[] = [];
  for await (const part of session.api.storage.read({ url, fromByte: 10, toByte: 70_000 })) range.push(part);
  expect(Buffer.concat(range).equals(bytes.subarray(10, 70_000))).toBe(true);
  cloud.faults.clear();
  expect(await session.api.storage.probe(url)).toMatchObject({ sizeBytes: 300_000 });
});

test('storage gets no token, and only known hosts are spoken to', async () => {
  await session.api.storage.put({ url: () => uploadUrl('plain'), body: body(Buffer.from('x')) });
  expect(local.cloud.log.filter(({ path }) => path.startsWith('/_s3')).every(({ hasToken }) => !hasToken)).toBe(true);
  const foreign = session.api.storage.probe(() => Promise.resolve('https://evil.example.org/x'));
  expect((await errorOf(foreign)).code).toBe('cloud.badAnswer');
});

test('C9: offline has its kinds; after five faults one probe every half minute', async () => {
  const open = createServer();
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve));
  const { port } = open.address() as AddressInfo;
  await new Promise((resolve) => open.close(resolve));
  const nobody = { token: () => Promise.resolve(null), renewed: () => Promise.reject(new Error('no')) };
  const away = new CloudApi({ http, base: `http://127.0.0.1:${port}/v1`, tokens: nobody });
  const refused = await errorOf(away.call('listPublished', {}));
  expect([refused.code, refused.details['kind']]).toEqual(['cloud.offline', 'refused']);
  const gate = http.gateOf(new URL(away.base));
  expect(gate.isOffline).toBe(true);
  const before = pace.waitedMs.length;
  expect((await errorOf(away.call('listPublished', {}))).code).toBe('cloud.offline');
  expect(pace.waitedMs.length).toBe(before);
  pace.offsetMs += 31_000;
  expect((await errorOf(away.call('listPublished', {}))).details['kind']).toBe('refused');
  expect(pace.waitedMs.length).toBe(before + 1);
  const noName = new CloudApi({ http, base: 'http://no-such-host.invalid/v1', tokens: nobody });
  expect((await errorOf(noName.call('listPublished', {}))).details['kind']).toBe('dns');
});

test('C9: a fault of TLS is named apart, and not repeated', async () => {
  const nobody = { token: () => Promise.resolve(null), renewed: () => Promise.reject(new Error('no')) };
  const notSecure = new CloudApi({ http, base: local.url.replace('http:', 'https:'), tokens: nobody });
  const before = pace.waitedMs.length;
  expect((await errorOf(notSecure.call('listPublished', {}))).code).toBe('cloud.tls');
  expect(pace.waitedMs.length).toBe(before);
});

test('a call can be cancelled while it waits, and while the server works', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', delayMs: 500 });
  const controller = new AbortController();
  const call = session.api.call('getCurrentUser', { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

test('an answer that is none of NDI Cloud’s is said to be so', async () => {
  local.cloud.faults.add({ route: 'GET /users/me', status: 200, body: '<html>Please sign in to the Wi-Fi</html>' });
  expect((await errorOf(me())).code).toBe('cloud.badAnswer');
});
