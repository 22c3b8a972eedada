// Scenario group M of NDI Cloud: the local cloud answers as the description of the interface says.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { routeOf, unservedOperations } from './routing.ts';
import { seedDataset, seedUser, type SeededUser } from './seed.ts';
import { defaultSettings } from './settings.ts';
import type { LocalCloud } from './start.ts';
import { CheckedClient, until } from './testing-client.ts';
import { startTestCloud } from './testing.ts';

let local: LocalCloud;
let client: CheckedClient;
let member: SeededUser;
let admin: SeededUser;

beforeAll(async () => {
  local = await startTestCloud();
  client = new CheckedClient(local);
  member = seedUser(local.cloud, { email: 'member@example.org' });
  admin = seedUser(local.cloud, { email: 'admin@example.org', isAdmin: true });
  client.token = await client.signIn(member);
});
afterAll(() => local.stop());
beforeEach(() => {
  local.cloud.faults.clear();
  Object.assign(local.cloud.settings, defaultSettings, { eventDelayMs: 5, zipDelayMs: 5, publishDelayMs: 20 });
});

test('every operation of the description has a route', () => {
  expect(unservedOperations()).toEqual([]);
});

test('it starts within a moment', async () => {
  const began = process.threadCpuUsage();
  await (await startTestCloud()).stop();
  const { user, system } = process.threadCpuUsage(began);
  // A bound against a start that does real work, whatever else the machine does; not a measurement.
  expect((user + system) / 1e6).toBeLessThan(2);
});

test('M1: protected routes want a token that is ours and alive', async () => {
  local.cloud.settings.tokenLifeSec = -1;
  const expired = await client.signIn(member);
  const foreign = `${String(client.token).slice(0, -4)}AAAA`;
  for (const bad of [null, 'x', expired, foreign]) {
    const got = await client.ask('GET', '/users/me', { token: bad });
    expect([got.status, got.body]).toEqual([401, { message: 'Unauthorized' }]);
  }
  expect((await client.ask('GET', '/users/me')).status).toBe(200);
});

test('M2: published datasets are open to everybody, others are not in the list', async () => {
  const published = seedDataset(local.cloud, member.organizationId, { name: 'open', isPublished: true });
  const hidden = seedDataset(local.cloud, member.organizationId, { name: 'hidden' });
  const got = await client.ask('GET', '/datasets/published?pageSize=1000', { token: null });
  const ids = (got.body['datasets'] as { id: string }[]).map(({ id }) => id);
  expect(got.status).toBe(200);
  expect(ids).toContain(published);
  expect(ids).not.toContain(hidden);
});

test('M3: an id that is none makes the service fail, or is refused by the switch', async () => {
  const got = await client.ask('GET', '/datasets/zzz');
  expect([got.status, got.text]).toEqual([500, 'An error occured.  Please check the logs.']);
  local.cloud.settings.malformedIdStatus = 400;
  expect((await client.ask('GET', '/datasets/zzz')).status).toBe(400);
});

test('M4: an unknown id is not found, nor is one of others (J7)', async () => {
  expect((await client.ask('GET', `/datasets/${'0'.repeat(24)}`)).status).toBe(404);
  const own = seedDataset(local.cloud, member.organizationId, { name: 'mine' });
  expect((await client.ask('GET', `/datasets/${own}`, { token: null })).status).toBe(404);
});

test('M5: creating a dataset', async () => {
  const path = `/organizations/${member.organizationId}/datasets`;
  expect((await client.ask('POST', path, { body: {} })).status).toBe(400);
  local.cloud.settings.visibilityLagMs = 60_000;
  const { status, body } = await client.ask('POST', path, { body: { name: 'new' } });
  expect(status).toBe(201);
  expect(body['id']).toMatch(/^[0-9a-f]{24}$/);
  expect((await client.ask('GET', `/datasets/${String(body['id'])}`)).status).toBe(404);
  local.cloud.settings.clockOffsetMs += 61_000;
  const record = await client.ask('GET', `/datasets/${String(body['id'])}`);
  expect(record.body).toMatchObject({
    _id: body['id'],
    organizationId: member.organizationId,
    isPublished: false,
    documentCount: 0,
  });
});

test('M6: pages', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'paged', documents: 1200 });
  for (const page of ['0', '-1', 'x']) {
    expect((await client.ask('GET', `/datasets/${id}/documents?page=${page}`)).status).toBe(400);
  }
  expect((await client.ask('GET', `/datasets/${id}/documents?pageSize=5000`)).body.documents).toHaveLength(1000);
  expect((await client.ask('GET', `/datasets/${id}/documents?page=2`)).body.documents).toHaveLength(200);
  expect((await client.ask('GET', `/datasets/${id}/documents?page=9`)).body.documents).toEqual([]);
});

test('M7: fetching in bulk', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'fetched', documents: 3 });
  const rows = (await client.ask('GET', `/datasets/${id}/documents`)).body.documents.map((row) => row.id);
  const fetchIds = (documentIds: unknown) =>
    client.ask('POST', `/datasets/${id}/documents/bulk-fetch`, { body: { documentIds } });
  expect((await fetchIds([])).status).toBe(400);
  expect((await fetchIds(Array(501).fill('0'.repeat(24)))).status).toBe(400);
  expect((await fetchIds(['zzz'])).status).toBe(400);
  expect((await fetchIds([...rows, '0'.repeat(24)])).body.documents).toHaveLength(3);
});

test('E6: a bare string is not a list of one', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'single', documents: 1 });
  const row = (await client.ask('GET', `/datasets/${id}/documents`)).body.documents[0]?.id;
  const path = `/datasets/${id}/documents/bulk-delete`;
  expect((await client.ask('POST', path, { body: { documentIds: row } })).status).toBe(400);
  expect((await client.ask('POST', path, { body: { documentIds: [row], when: 'now' } })).status).toBe(204);
  expect((await client.ask('GET', `/datasets/${id}/document-count`)).body['count']).toBe(0);
});

test('M8: queries', async () => {
  const own = seedDataset(local.cloud, member.organizationId, { name: 'asked', documents: 2 });
  const foreign = seedDataset(local.cloud, admin.organizationId, { name: 'foreign', documents: 2 });
  const query = (scope: string, ...searchstructure: object[]) =>
    client.ask('POST', '/ndiquery', { body: { scope, searchstructure } });
  expect((await query(own, { operation: '~or', param1: [], param2: [] })).status).toBe(400);
  expect((await query('xyz', { operation: 'isa', param1: 'base' })).status).toBe(400);
  const found = await query(`${own},${foreign}`, { operation: 'isa', param1: 'base' });
  expect(found.body).toMatchObject({ number_matches: 2 });
  expect((await query(own, { operation: '~isa', param1: 'element' })).body).toMatchObject({ number_matches: 0 });
  const named = { field: 'base.name', operation: 'exact_string', param1: 'element 1' };
  expect((await query(own, named)).body.documents).toHaveLength(1);
});

test('M9: counts of classes add up', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'counted', documents: 5 });
  const { body } = await client.ask('GET', `/datasets/${id}/document-class-counts`);
  expect(body).toEqual({ datasetId: id, totalDocuments: 5, classCounts: { element: 5 } });
});

test('M15: the gateway loses patience while the work is done', async () => {
  local.cloud.settings.gatewayMs = 30;
  local.cloud.faults.add({ route: 'POST /organizations/*/datasets', delayMs: 60 });
  const got = await client.ask('POST', `/organizations/${member.organizationId}/datasets`, { body: { name: 'late' } });
  expect([got.status, got.body]).toEqual([504, { message: 'Endpoint request timed out' }]);
  await until(
    () => client.ask('GET', `/organizations/${member.organizationId}/datasets?pageSize=1000`),
    (list) => (list.body['datasets'] as { name: string }[]).some(({ name }) => name === 'late'),
  );
});

test('M16: fixed words win over ids', () => {
  const id = '0'.repeat(24);
  const operationOf = (path: string, method = 'GET') => routeOf(method, path)?.operationId;
  expect(operationOf('/datasets/published')).toBe('listPublished');
  expect(operationOf('/datasets/unpublished')).toBe('listUnpublished');
  expect(operationOf('/datasets/deleted')).toBe('listDeletedDatasets');
  expect(operationOf('/datasets/search', 'POST')).toBe('searchDatasets');
  expect(operationOf('/users/me')).toBe('getCurrentUser');
  expect(operationOf(`/datasets/user/${id}/bookmarks`)).toBe('listBookmarks');
  expect(operationOf(`/datasets/${id}/${id}/files/bulk`)).toBe('fileCollectionUploadUrl');
  expect(operationOf(`/datasets/${id}/${id}/files/u1`)).toBe('fileUploadUrl');
  expect(operationOf(`/datasets/${id}/files/u1/detail`)).toBe('fileDetail');
  expect(operationOf(`/datasets/${id}/documents/bulk-fetch`, 'POST')).toBe('bulkFetchDocuments');
  expect(operationOf('/compute/start', 'POST')).toBe('startCompute');
});

test('J1, J2: deleted datasets can be had back until their time', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'gone' });
  expect((await client.ask('DELETE', `/datasets/${id}?when=1d`)).status).toBe(200);
  expect((await client.ask('GET', `/datasets/${id}`)).status).toBe(404);
  const deleted = await client.ask('GET', '/datasets/deleted?pageSize=1000');
  const row = (deleted.body['datasets'] as { id: string; deleteOccurrenceTime: string }[]).find((d) => d.id === id);
  expect(Date.parse(row?.deleteOccurrenceTime ?? '') - Date.now()).toBeGreaterThan(86_000_000);
  expect((await client.ask('POST', `/datasets/${id}/undelete`)).status).toBe(200);
  expect((await client.ask('GET', `/datasets/${id}`)).status).toBe(200);
  expect((await client.ask('DELETE', `/datasets/${id}?when=now`)).status).toBe(204);
  expect((await client.ask('POST', `/datasets/${id}/undelete`)).status).toBe(404);
});

test('J4, J5: only administrators publish, and it takes a while', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'shown' });
  expect((await client.ask('POST', `/datasets/${id}/publish`)).status).toBe(403);
  const asAdmin = await client.signIn(admin);
  expect((await client.ask('POST', `/datasets/${id}/publish`, { token: asAdmin })).status).toBe(200);
  expect((await client.ask('GET', `/datasets/${id}`)).body).toMatchObject({ isPublishing: true, isPublished: false });
  await until(
    () => client.ask('GET', `/datasets/${id}`, { token: null }),
    (got) => got.body['isPublished'] === true,
  );
});

test('branches carry documents and files over', async () => {
  const id = seedDataset(local.cloud, member.organizationId, { name: 'trunk', documents: 3 });
  const branch = await client.ask('POST', `/datasets/${id}/branch`, { body: { branchName: 'twig' } });
  const count = await client.ask('GET', `/datasets/${String(branch.body['id'])}/document-count`);
  expect(count.body['count']).toBe(3);
  const branches = await client.ask('GET', `/datasets/${id}/branches`);
  expect(branches.body['branches']).toMatchObject([{ id: branch.body['id'], branchName: 'twig', branchOf: id }]);
});
