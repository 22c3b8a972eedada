// Scenario group D of NDI Cloud: whole lists from pages that move.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedDataset, seedDocument, seedUser, type SeededUser } from '../../../../e2e/local-cloud/seed.ts';
import { defaultSettings } from '../../../../e2e/local-cloud/settings.ts';
import type { LocalCloud } from '../../../../e2e/local-cloud/start.ts';
import { startTestCloud, timesAsked } from '../../../../e2e/local-cloud/testing.ts';
import { CloudHttp } from '../http/cloud-http.ts';
import { VirtualPace } from '../testing/virtual-pace.ts';
import { CloudApi } from './cloud-api.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is in use, without what is only waiting to be collected. */
function heldBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

let local: LocalCloud;
let user: SeededUser;
let api: CloudApi;
let token = '';

beforeAll(async () => {
  local = await startTestCloud();
  user = seedUser(local.cloud, { email: 'ada@example.org' });
  const { cloud } = local;
  const now = Math.floor(cloud.now() / 1000);
  token = cloud.tokens.issue({ sub: user.id, email: user.email, iss: '', iat: now, exp: now + 3600, jti: '' });
});
afterAll(() => local.stop());
beforeEach(() => {
  local.cloud.faults.clear();
  local.cloud.log.length = 0;
  Object.assign(local.cloud.settings, defaultSettings);
  const tokens = { token: () => Promise.resolve(token), renewed: () => Promise.reject(new Error('no')) };
  api = new CloudApi({ http: new CloudHttp(new VirtualPace()), base: local.url, tokens });
});

const dataset = (documents: number) => seedDataset(local.cloud, user.organizationId, { name: 'listed', documents });
const pages = () => timesAsked(local.cloud, 'GET', /\/documents\?/);

/** Documents of somebody else that sort before all others. */
function insertFirst(datasetId: string, count: number, from = 0): void {
  for (let n = from; n < from + count; n += 1) {
    const id = n.toString(16).padStart(24, '0');
    local.cloud.db.run(
      "INSERT INTO documents VALUES (?, ?, ?, '', '', ?, 0, NULL, NULL)",
      ...[id, datasetId, `new ${n}`, JSON.stringify(seedDocument(n))],
    );
  }
}

test('D1: a hundred thousand documents in 101 pages, in under 100 MB', async () => {
  const id = dataset(0);
  local.cloud.db.run(
    `INSERT INTO documents WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100001)
     SELECT printf('d1%022x', n), ?, printf('ndi %d', n), '', 'element', '{}', 0, NULL, NULL FROM numbers`,
    id,
  );
  const before = heldBytes();
  let most = 0;
  let looked = 0;
  const onRows = (read: number) => {
    if (read < looked + 10_000) return;
    looked = read;
    most = Math.max(most, heldBytes() - before);
  };
  const { rows, count, state } = await api.listDocuments(id, { onRows });
  most = Math.max(most, heldBytes() - before);
  expect([rows.length, new Set(rows.map(({ id }) => id)).size, count, state]).toEqual([
    100_001,
    100_001,
    100_001,
    'complete',
  ]);
  // The cloud and its own list of what it was asked stand in the same process: even so.
  expect(most).toBeGreaterThan(1e6);
  expect(most).toBeLessThan(100e6);
  expect(pages()).toBe(101);
  expect(timesAsked(local.cloud, 'GET', /page=102/)).toBe(0);
  // Counted once before and once after, to notice others (cloud reference, section 2.1); never page by page.
  expect(timesAsked(local.cloud, 'GET', /document-count/)).toBe(2);
});

test('D1: a server with smaller pages is read to the end', async () => {
  const id = dataset(2500);
  for (let page = 1; page <= 5; page += 1) {
    const rows = local.cloud.db.all('SELECT id FROM documents WHERE dataset_id = ? ORDER BY id', id);
    const documents = rows.slice((page - 1) * 500, page * 500);
    local.cloud.faults.add({ route: `GET /datasets/${id}/documents`, status: 200, body: { documents }, first: 1 });
  }
  expect((await api.listDocuments(id)).rows).toHaveLength(2500);
  expect(pages()).toBe(5);
});

test('D2: others write while pages are read: another round makes the list whole', async () => {
  const id = dataset(4000);
  let inserted = false;
  const { rows, state } = await api.listDocuments(id, {
    onRows: (read) => {
      if (read >= 3000 && !inserted) insertFirst(id, 10, 100);
      inserted ||= read >= 3000;
    },
  });
  expect([rows.length, state]).toEqual([4010, 'complete']);
});

test('D2: a remote that changes all the time is said to, and nothing may be deleted', async () => {
  const id = dataset(20);
  let inserted = 1000;
  const inventory = await api.listDocuments(id, { onRows: () => insertFirst(id, 1, (inserted += 1)) });
  expect([inventory.state, inventory.mayDelete]).toEqual(['changing', false]);
  expect(pages()).toBe(5);
});

test.each([
  ['fewer counted than listed', 10, 12, true],
  ['more counted than listed', 12, 10, false],
])('D3: %s, and stable: the rows win', async (_what, count, listed, mayDelete) => {
  const id = dataset(listed);
  local.cloud.faults.add({ route: `GET /datasets/${id}/document-count`, status: 200, body: { count } });
  const inventory = await api.listDocuments(id);
  expect(inventory).toMatchObject({ state: 'countLags', count, mayDelete });
  expect(inventory.rows).toHaveLength(listed);
});

test('D4: rows without fields are kept as they are', async () => {
  const id = dataset(1);
  const documents = [{ id: 'a'.repeat(24) }];
  local.cloud.faults.add({ route: `GET /datasets/${id}/documents`, status: 200, body: { documents } });
  expect((await api.listDocuments(id)).rows).toEqual(documents);
});

test('D5: a page that fails fails the inventory', async () => {
  const id = dataset(2500);
  local.cloud.faults.add({ route: `GET /datasets/${id}/documents`, status: 500, skip: 2 });
  await expect(api.listDocuments(id)).rejects.toMatchObject({ code: 'cloud.server' });
});

test('D6: file rows of unequal shape, a bare object, and none', async () => {
  const id = dataset(0);
  const record = (body: object) => {
    local.cloud.faults.clear();
    local.cloud.faults.add({ route: `GET /datasets/${id}`, status: 200, body: { _id: id, ...body } });
  };
  record({ files: [{ uid: 'u1', uploaded: true, size: 5 }, { uid: 'u2' }, { uid: 'u3', uploaded: false }, {}] });
  expect([...((await api.listFiles(id)).rows?.values() ?? [])]).toEqual([
    { uid: 'u1', isUploaded: true, sizeBytes: 5 },
    { uid: 'u2', isUploaded: null, sizeBytes: null },
    { uid: 'u3', isUploaded: false, sizeBytes: null },
  ]);
  record({ files: { uid: 'u1', uploaded: true } });
  expect((await api.listFiles(id)).rows?.size).toBe(1);
  record({ fileCount: 3 });
  expect((await api.listFiles(id)).rows).toBeNull();
});

test('D7: the second generation pages by a cursor; one that stands still is an error', async () => {
  local.cloud.settings.generation = 2;
  const id = dataset(0);
  for (let n = 0; n < 2300; n += 1) {
    const uid = `u${String(n).padStart(5, '0')}`;
    local.cloud.db.run(
      'INSERT INTO files (dataset_id, uid, size, uploaded, extracted) VALUES (?, ?, 1, 1, 1)',
      id,
      uid,
    );
  }
  expect((await api.listFiles(id)).rows?.size).toBe(2300);
  const page = (files: object[], cursor: string, hasMore: boolean) => ({ files, cursor, hasMore });
  const route = `GET /datasets/${id}/files`;
  local.cloud.faults.add({ route, status: 200, body: page([{ uid: 'a' }], 'a', true) });
  await expect(api.listFiles(id)).rejects.toMatchObject({ code: 'cloud.notAdvancing' });
  local.cloud.faults.clear();
  const first = page(
    [
      { uid: 'a', uploaded: true },
      { uid: 'b', uploaded: false },
    ],
    'b',
    true,
  );
  const last = page(
    [
      { uid: 'a', uploaded: false },
      { uid: 'b', uploaded: true },
    ],
    'c',
    false,
  );
  local.cloud.faults.add({ route, status: 200, body: first, first: 1 });
  local.cloud.faults.add({ route, status: 200, body: last });
  const { rows } = await api.listFiles(id);
  expect([...(rows?.values() ?? [])].map(({ isUploaded }) => isUploaded)).toEqual([true, true]);
});

test('datasets are listed page by page, each once', async () => {
  const own = seedUser(local.cloud, { email: `${Math.random()}@example.org` });
  for (let n = 0; n < 45; n += 1) seedDataset(local.cloud, own.organizationId, { name: `d${n}` });
  local.cloud.db.run('INSERT INTO members VALUES (?, ?)', user.id, own.organizationId);
  const ids: string[] = [];
  const options = { organizationId: own.organizationId, pageSize: 20 };
  for await (const { rows, total } of api.listDatasets('listOrganizationDatasets', options)) {
    ids.push(...rows.map(({ id }) => id));
    expect(total).toBe(45);
  }
  expect(new Set(ids).size).toBe(45);
});
