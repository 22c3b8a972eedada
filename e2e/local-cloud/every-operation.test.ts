// Every operation of the interface, asked once as it should be and once as it should not: each answer has a status that
// the description knows and the shape that it gives for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import description from './description.generated.json' with { type: 'json' };
import { routeOf } from './routing.ts';
import { seedDataset, seedDocument, seedUser, type SeededUser } from './seed.ts';
import type { LocalCloud } from './start.ts';
import { CheckedClient, put, until } from './testing-client.ts';
import { startTestCloud } from './testing.ts';

let local: LocalCloud;
let client: CheckedClient;
let admin: SeededUser;

beforeAll(async () => {
  local = await startTestCloud({ generation: 2 });
  client = new CheckedClient(local);
  admin = seedUser(local.cloud, { email: 'admin@example.org', isAdmin: true });
  client.token = await client.signIn(admin);
});
afterAll(() => local.stop());

const api = description.operations.filter(({ path }) => !path.startsWith('/_s3/'));
type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Asks, and insists on success. */
const ask: Ask = async (method, path, body) => {
  const got = await client.ask(method, path, body === undefined ? {} : { body });
  expect([got.status, `${method} ${path}: ${got.text}`]).toEqual([
    expect.toSatisfy((status) => status < 300),
    expect.any(String),
  ]);
  return got.body;
};

async function accounts(): Promise<void> {
  const email = 'new@example.org';
  const password = 'a long enough password 1';
  const code = () => String(local.cloud.db.get('SELECT code FROM users WHERE email = ?', email)?.['code']);
  await ask('POST', '/users', { email, name: 'New One', password });
  await ask('POST', '/auth/confirmation/resend', { email });
  await ask('POST', '/auth/verify', { email, confirmationCode: code() });
  await ask('POST', '/auth/password/forgot', { email });
  await ask('POST', '/auth/password/confirm', { email, confirmationCode: code(), newPassword: password });
  await ask('POST', '/auth/password', { oldPassword: admin.password, newPassword: `${admin.password} 2` });
  await ask('GET', '/users/me');
  await ask('GET', `/users/${admin.id}`);
  await ask('POST', '/users/me/matlab-license');
  await ask('PUT', '/users/me/matlab-license', { dedicatedLicenseFile: 'INCREMENT MATLAB', release: 'R2024b' });
  await ask('GET', '/users/me/matlab-license');
  await ask('DELETE', '/users/me/matlab-license');
}

async function datasets(): Promise<string> {
  const made = await ask('POST', `/organizations/${admin.organizationId}/datasets`, { name: 'Made' });
  const id = String(made['id']);
  for (const list of ['published', 'unpublished', 'deleted']) await ask('GET', `/datasets/${list}`);
  await ask('GET', `/organizations/${admin.organizationId}/datasets`);
  await ask('POST', '/datasets/search', {});
  await ask('GET', `/datasets/${id}`);
  await ask('POST', `/datasets/${id}`, { abstract: 'What was found.', funding: [{ source: 'NIH' }] });
  await ask('DELETE', `/datasets/${id}?when=1d`);
  await ask('POST', `/datasets/${id}/undelete`);
  await ask('POST', `/datasets/${id}/submit`);
  for (const act of ['publish', 'unpublish']) {
    await ask('POST', `/datasets/${id}/${act}`);
    await until(
      () => client.ask('GET', `/datasets/${id}`),
      ({ body }) => body['isPublishing'] !== true && body['isUnpublishing'] !== true,
    );
  }
  await ask('POST', `/datasets/${id}/branch`, { branchName: 'twig' });
  await ask('GET', `/datasets/${id}/branches`);
  await ask('POST', `/datasets/${id}/bookmark`);
  await ask('GET', `/datasets/user/${admin.id}/bookmarks`);
  await ask('DELETE', `/datasets/${id}/bookmark`);
  return id;
}

async function documents(id: string): Promise<{ documentId: string; ndiId: string }> {
  const made = seedDocument(7);
  const document = { ...made, files: { file_info: [{ name: 'a', locations: [{ uid: 'u1' }] }] } };
  const ndiId = (made['base'] as { id: string }).id;
  const documentId = String((await ask('POST', `/datasets/${id}/documents`, document))['id']);
  const second = String((await ask('POST', `/datasets/${id}/documents`, seedDocument(8)))['id']);
  const third = String((await ask('POST', `/datasets/${id}/documents`, seedDocument(9)))['id']);
  await ask('GET', `/datasets/${id}/documents`);
  await ask('GET', `/datasets/${id}/document-count`);
  await ask('GET', `/datasets/${id}/document-class-counts`);
  await ask('GET', `/datasets/${id}/documents/${documentId}`);
  await ask('POST', `/datasets/${id}/documents/${documentId}`, document);
  await ask('POST', `/datasets/${id}/documents/bulk-fetch`, { documentIds: [documentId] });
  await ask('POST', `/datasets/${id}/documents/bulk-upload`);
  await ask('POST', `/datasets/${id}/documents/bulk-download`, { documentIds: [documentId] });
  await ask('DELETE', `/datasets/${id}/documents/${second}?when=1d`);
  await ask('POST', `/datasets/${id}/documents/bulk-delete`, { documentIds: [third], when: '1d' });
  await ask('GET', `/datasets/${id}/documents/deleted`);
  await ask('POST', '/documents/search', {});
  await ask('POST', '/ndiquery', { scope: id, searchstructure: [{ operation: 'isa', param1: 'base' }] });
  return { documentId, ndiId };
}

async function files(id: string, document: { documentId: string; ndiId: string }): Promise<void> {
  const { url } = await ask('GET', `/datasets/${admin.organizationId}/${id}/files/u1`);
  await put(String(url), Buffer.from('bytes'));
  const { jobId } = await ask('GET', `/datasets/${admin.organizationId}/${id}/files/bulk`);
  await ask('GET', `/bulk-uploads/${String(jobId)}`);
  await ask('GET', `/datasets/${id}/bulk-uploads?state=all`);
  await until(
    () => client.ask('GET', `/datasets/${id}/files/u1/detail`),
    ({ body }) => body['downloadUrl'] !== undefined,
  );
  await ask('GET', `/datasets/${id}/files?limit=1`);
  for (const one of [`documents/${document.documentId}`, `ndi-documents/${document.ndiId}`]) {
    await ask('GET', `/datasets/${id}/${one}/signed-url-set`);
    const job = await ask('POST', `/datasets/${id}/${one}/signed-url-set-jobs`);
    await until(
      () => client.ask('GET', `/signed-url-set-jobs/${String(job['jobId'])}`),
      ({ body }) => body['state'] === 'ready',
    );
  }
  const selectors = { targetTier: 'STANDARD_IA', documentSelectors: [{ id: document.documentId }] };
  const tier = await ask('POST', `/datasets/${id}/file-tier-jobs`, selectors);
  await ask('GET', `/file-tier-jobs/${String(tier['jobId'])}`);
}

async function compute(): Promise<void> {
  const { sessionId } = await ask('POST', '/compute/start', { pipelineId: 'zombie-test-v1' });
  await ask('GET', '/compute');
  await ask('GET', `/compute/${String(sessionId)}`);
  await ask('POST', `/compute/${String(sessionId)}/stage/wait`);
  await ask('POST', `/compute/${String(sessionId)}/advance`);
  const other = await ask('POST', '/compute/start', { pipelineId: 'zombie-test-v1' });
  await ask('DELETE', `/compute/${String(other['sessionId'])}`);
}

test('every operation answers as the description says', async () => {
  await accounts();
  const id = await datasets();
  await files(id, await documents(id));
  await compute();
  await ask('POST', '/auth/logout');
  const succeeded = [...client.answered].filter(([, statuses]) => [...statuses].some((status) => status < 300));
  const names = new Set(succeeded.map(([name]) => name));
  expect(api.map(({ operationId }) => operationId).filter((name) => !names.has(name))).toEqual([]);
  // No answer had a status that the description does not name.
  for (const { operationId, answers } of api) {
    const unknown = [...(client.answered.get(operationId) ?? [])].filter((status) => !(String(status) in answers));
    expect([operationId, unknown]).toEqual([operationId, []]);
  }
});

test('what needs a token refuses to go without, and what is unknown is not found, in the shapes of the description', async () => {
  const nowhere = '0'.repeat(24);
  client.token = await client.signIn({ ...admin, password: `${admin.password} 2` });
  for (const { method, path, operationId } of api) {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'stageId' ? 'wait' : nowhere));
    if (routeOf(method, filled)?.token === 'needed') {
      const got = await client.ask(method, filled, { token: null });
      expect([operationId, got.status]).toEqual([operationId, 401]);
    }
    // With a token, each names what it does not find, or does not understand, and never breaks.
    if (['logout', 'getCurrentUser'].includes(operationId) || !path.includes('{')) continue;
    const got = await client.ask(method, filled, method === 'GET' ? {} : { body: {} });
    expect([operationId, got.status]).toEqual([operationId, expect.toSatisfy((status) => status < 500)]);
  }
});

test('errors come in the six shapes that the service has', async () => {
  const dataset = seedDataset(local.cloud, admin.organizationId, { name: 'shapes', documents: 1 });
  const shapes: [string, string, unknown, unknown][] = [
    ['POST', '/auth/login', { email: 'x@y.z', password: 'x' }, { message: expect.any(String) }],
    ['POST', `/organizations/${admin.organizationId}/datasets`, {}, { message: { error: expect.any(String) } }],
    ['GET', `/datasets/${dataset}/files/none/detail`, undefined, { error: 'File not found' }],
    [
      'POST',
      '/auth/verify',
      { email: 'x@y.z', confirmationCode: '1' },
      { code: expect.stringMatching(/Exception$/), message: expect.any(String) },
    ],
    [
      'POST',
      '/auth/password/confirm',
      { email: 'x@y.z', confirmationCode: '1', newPassword: 'x' },
      { errors: [expect.any(String)], code: expect.stringMatching(/Exception$/) },
    ],
  ];
  for (const [method, path, body, shape] of shapes) {
    const got = await client.ask(method, path, body === undefined ? {} : { body });
    expect([path, got.body]).toEqual([path, shape]);
  }
  expect((await client.ask('GET', '/datasets/zzz')).text).toBe('An error occured.  Please check the logs.');
  const storage = await fetch(`${local.cloud.origin}/_s3/files/${dataset}/u9`);
  expect([storage.status, await storage.text()]).toEqual([
    403,
    expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
  ]);
});
