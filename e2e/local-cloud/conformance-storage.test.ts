// Scenario group M of NDI Cloud, what concerns documents as they are kept, files, storage and jobs.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDataset } from './routes/datasets.ts';
import { seedDataset, seedDocument, seedUser, type SeededUser } from './seed.ts';
import { defaultSettings } from './settings.ts';
import type { LocalCloud } from './start.ts';
import { CheckedClient, put, until } from './testing-client.ts';
import { startTestCloud } from './testing.ts';
import { zipOf } from './zip.ts';

let local: LocalCloud;
let client: CheckedClient;
let member: SeededUser;

beforeAll(async () => {
  local = await startTestCloud();
  client = new CheckedClient(local);
  member = seedUser(local.cloud, { email: 'member@example.org' });
  client.token = await client.signIn(member);
});
afterAll(() => local.stop());
beforeEach(() => {
  local.cloud.faults.clear();
  Object.assign(local.cloud.settings, defaultSettings, { eventDelayMs: 5, zipDelayMs: 5, publishDelayMs: 20 });
});

test.each(['sub/u1', '../u1'])('M10: a zip with the entry %s fails, and nothing is kept', async (name) => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'zipped' });
  const { body } = await client.ask('GET', `/datasets/${member.organizationId}/${id}/files/bulk`);
  expect((await put(String(body['url']), zipOf(name, Buffer.from('x')))).status).toBe(200);
  const job = await until(
    () => client.ask('GET', `/bulk-uploads/${String(body['jobId'])}`),
    (got) => !['queued', 'extracting'].includes(String(got.body['state'])),
  );
  expect(job.body).toMatchObject({ state: 'failed', filesExtracted: 0 });
  expect((await client.ask('GET', `/datasets/${id}`)).body['files']).toEqual([]);
});

test('M11 and a file all the way: signed PUT, row, detail, range', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'filed' });
  const url = String((await client.ask('GET', `/datasets/${member.organizationId}/${id}/files/u1`)).body['url']);
  await put(url, Buffer.from('first'));
  expect((await put(url, Buffer.from('second'))).headers.get('etag')).toBe('"a9f0e61a137d86aa9db53465e0801612"');
  const detail = await until(
    () => client.ask('GET', `/datasets/${id}/files/u1/detail`),
    (got) => got.body['size'] === 6,
  );
  const range = await fetch(String(detail.body['downloadUrl']), { headers: { Range: 'bytes=0-0' } });
  expect([range.status, range.headers.get('content-range'), await range.text()]).toEqual([206, 'bytes 0-0/6', 's']);
});

test('M12: signed addresses are for one method, one object and a while', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'signed' });
  const { cloud } = local;
  const key = `files/${id}/u1`;
  await put(cloud.urls.make(cloud.origin, 'PUT', key, 60, cloud.now()), Buffer.from('hello'));
  const url = cloud.urls.make(cloud.origin, 'GET', key, 60, cloud.now());
  const absent = cloud.urls.make(cloud.origin, 'GET', `${key}x`, 60, cloud.now());
  const old = cloud.urls.make(cloud.origin, 'GET', key, 60, cloud.now() - 61_000);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(403);
  expect((await fetch(`${url.slice(0, -1)}${url.endsWith('0') ? '1' : '0'}`)).status).toBe(403);
  const expired = await fetch(old);
  expect([expired.status, await expired.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  const missing = await fetch(absent);
  expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining('NoSuchKey')]);
  expect((await fetch(url, { headers: { Range: 'bytes=9-' } })).status).toBe(416);
  expect((await fetch(url, { headers: { Authorization: 'Bearer x' } })).status).toBe(400);
});

test('M13: the same ndiId twice makes two records, unless the switch refuses it', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'doubled' });
  const post = () => client.ask('POST', `/datasets/${id}/documents`, { body: seedDocument(1) });
  expect([(await post()).status, (await post()).status]).toEqual([201, 201]);
  local.cloud.settings.refuseDuplicates = true;
  expect((await post()).status).toBe(409);
  expect((await client.ask('GET', `/datasets/${id}/document-count`)).body['count']).toBe(2);
});

test('M14: numbers that JSON does not know are kept as strings', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'numbers' });
  const text = JSON.stringify({ ...seedDocument(1), values: 'HERE' }).replace(
    '"HERE"',
    '[NaN, -Infinity, "__NDI__Infinity__", "NaN"]',
  );
  const { body } = await client.ask('POST', `/datasets/${id}/documents`, { raw: text });
  const stored = await client.ask('GET', `/datasets/${id}/documents/${String(body['id'])}`);
  expect(stored.body['values']).toEqual(['__NDI__NaN__', '__NDI__-Infinity__', '__NDI__Infinity__', 'NaN']);
});

test('M17: a lost storage event leaves no row; the upload again repairs it', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'lost' });
  local.cloud.faults.add({ route: 'PUT /_s3/**', loseEvent: true, first: 1 });
  const url = String((await client.ask('GET', `/datasets/${member.organizationId}/${id}/files/u1`)).body['url']);
  await put(url, Buffer.from('x'));
  await sleep(20);
  expect((await client.ask('GET', `/datasets/${id}/files/u1/detail`)).status).toBe(404);
  await put(url, Buffer.from('x'));
  await until(
    () => client.ask('GET', `/datasets/${id}/files/u1/detail`),
    (got) => got.status === 200,
  );
});

test('M18: the two generations list files in two ways', async () => {
  const id = addDataset(local.cloud, member.organizationId, { name: 'generations' });
  for (const uid of ['a', 'b', 'c']) {
    local.cloud.db.run(
      'INSERT INTO files (dataset_id, uid, size, uploaded, extracted) VALUES (?, ?, 1, 1, 1)',
      id,
      uid,
    );
  }
  expect((await client.ask('GET', `/datasets/${id}/files`)).status).toBe(404);
  expect((await client.ask('GET', `/datasets/${id}`)).body['files']).toHaveLength(3);
  local.cloud.settings.generation = 2;
  expect((await client.ask('GET', `/datasets/${id}`)).body).toMatchObject({ fileCount: 3 });
  const first = await client.ask('GET', `/datasets/${id}/files?limit=2`);
  expect(first.body).toMatchObject({ count: 2, hasMore: true, cursor: 'b', totalNumber: 3 });
  const second = await client.ask('GET', `/datasets/${id}/files?limit=2&after=b`);
  expect(second.body).toMatchObject({ count: 1, hasMore: false });
});

test('bulk upload and bulk download of documents are workers’ work', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'bulk' });
  const upload = await client.ask('POST', `/datasets/${id}/documents/bulk-upload`);
  await put(
    String(upload.body['url']),
    zipOf('d.json', Buffer.from(JSON.stringify([seedDocument(1), seedDocument(2)]))),
  );
  await until(
    () => client.ask('GET', `/datasets/${id}/document-count`),
    (got) => got.body['count'] === 2,
  );
  local.cloud.settings.zipDelayMs = 30;
  const download = await client.ask('POST', `/datasets/${id}/documents/bulk-download`, { body: { documentIds: [] } });
  expect((await fetch(String(download.body['url']))).status).toBe(404);
  const zip = await until(
    () => fetch(String(download.body['url'])),
    (response) => response.status === 200,
  );
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
});

test('compute sessions run through their stages', async () => {
  const { body } = await client.ask('POST', '/compute/start', { body: { pipelineId: 'hello-world-v1' } });
  const path = `/compute/${String(body['sessionId'])}`;
  await until(
    () => client.ask('GET', path),
    (got) => got.body['status'] === 'COMPLETED',
  );
  const zombie = await client.ask('POST', '/compute/start', { body: { pipelineId: 'zombie-test-v1' } });
  expect((await client.ask('DELETE', `/compute/${String(zombie.body['sessionId'])}`)).status).toBe(204);
  const matlab = await client.ask('POST', '/compute/start', { body: { pipelineId: 'hello-matlab-v1' } });
  expect([matlab.status, matlab.body]).toEqual([400, expect.objectContaining({ code: 'MATLAB_LICENSE_REQUIRED' })]);
});

test('MATLAB licenses of a user', async () => {
  const path = '/users/me/matlab-license';
  expect((await client.ask('GET', path)).body['mode']).toBe(null);
  expect([(await client.ask('POST', path)).status, (await client.ask('POST', path)).status]).toEqual([201, 200]);
  expect((await client.ask('PUT', path, { body: { dedicatedLicenseFile: 'x', release: 'R1' } })).status).toBe(400);
  expect((await client.ask('PUT', path, { body: { dedicatedLicenseFile: 'x', release: 'R2024b' } })).status).toBe(200);
  expect((await client.ask('PUT', path, { body: { networkLicenseFile: 'x' } })).body['mode']).toBe('network');
  expect((await client.ask('POST', path)).status).toBe(409);
  expect((await client.ask('DELETE', path)).status).toBe(204);
});

test('bodies above the limit are refused', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'large' });
  local.cloud.settings.bodyLimitBytes = 1000;
  const body = { ...seedDocument(1), text: 'x'.repeat(2000) };
  expect((await client.ask('POST', `/datasets/${id}/documents`, { body })).status).toBe(413);
});

test('signed URL sets and their jobs, storage tiers', async () => {
  local.cloud.settings.generation = 2;
  const id = seedDataset(local.cloud, member.organizationId, { name: 'sets' });
  const files = { file_info: [{ name: 'a.bin', locations: [{ uid: 'uid1' }] }] };
  const posted = await client.ask('POST', `/datasets/${id}/documents`, { body: { ...seedDocument(1), files } });
  await put(
    String((await client.ask('GET', `/datasets/${member.organizationId}/${id}/files/uid1`)).body['url']),
    Buffer.from('x'),
  );
  const path = `/datasets/${id}/documents/${String(posted.body['id'])}`;
  const set = await until(
    () => client.ask('GET', `${path}/signed-url-set`),
    (got) => Object.keys(got.body['files'] as object).length === 1,
  );
  expect(set.body).toMatchObject({ totalCount: 1, pageCount: 1 });
  const job = await client.ask('POST', `${path}/signed-url-set-jobs`);
  expect(job.status).toBe(202);
  await until(
    () => client.ask('GET', `/signed-url-set-jobs/${String(job.body['jobId'])}`),
    (got) => got.body['state'] === 'ready',
  );
  const tier = (targetTier: string) =>
    client.ask('POST', `/datasets/${id}/file-tier-jobs`, {
      body: { targetTier, documentSelectors: [{ id: posted.body['id'] }] },
    });
  expect((await tier('PSEUDO_COLD')).status).toBe(400);
  const moved = await tier('GLACIER');
  await until(
    () => client.ask('GET', `/file-tier-jobs/${String(moved.body['jobId'])}`),
    (got) => got.body['state'] === 'completed',
  );
  const detail = await client.ask('GET', `/datasets/${id}/files/uid1/detail`);
  const read = await fetch(String(detail.body['downloadUrl']));
  expect([read.status, await read.text()]).toEqual([403, expect.stringContaining('InvalidObjectState')]);
});
