import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { LocalCloud } from './local-cloud/start.ts';
import { runProgram } from './support/program.ts';
import { account, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;
let folder: string;

test.beforeAll(async () => {
  local = await startSampleCloud();
  folder = mkdtempSync(join(tmpdir(), 'ndi-cloud-cli-'));
});
test.afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Status and JSON of `ndi cloud …`; nothing of it may hold the password. */
async function cloud(args: readonly string[], options: { input?: string; environment?: NodeJS.ProcessEnv } = {}) {
  const { status, out, err } = await runProgram(['cloud', ...args, '--json'], { dataFolder: folder, ...options });
  expect(`${out.toString()}${err}`).not.toContain(account.password);
  return { status, json: JSON.parse(out.toString()) as Record<string, unknown> };
}

interface Failure {
  readonly error: { readonly code: string; readonly details: { readonly organizationIds: string[] } };
}
const codeOf = ({ json }: { json: unknown }) => (json as Failure).error.code;

test('ndi cloud login, whoami, datasets and logout, with their exit codes', async () => {
  const login = ['login', '--server', local.url, '--email', account.email, '--password-stdin'];
  const wrong = await cloud(login, { input: 'not it' });
  expect([wrong.status, codeOf(wrong)]).toEqual([6, 'auth.credentials']);
  const several = await cloud(login, { input: account.password });
  expect([several.status, codeOf(several)]).toEqual([2, 'auth.chooseOrganization']);
  const [organization = ''] = (several.json as unknown as Failure).error.details.organizationIds;
  const signedIn = await cloud([...login, '--organization', organization], { input: account.password });
  expect([signedIn.status, signedIn.json]).toEqual([
    0,
    {
      profile: account.email,
      email: account.email,
      userId: expect.any(String),
      organization: { id: organization, name: 'Demo Lab' },
      server: local.url,
      expiresAt: expect.any(String),
      state: 'valid',
    },
  ]);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'cloud-secrets.json')).mode & 0o777).toBe(0o600);

  expect((await cloud(['whoami'])).json).toMatchObject({ email: account.email, state: 'valid', checked: true });
  const { json } = await cloud(['datasets', '--search', 'ferret']);
  expect(json).toMatchObject({
    total: 1,
    datasets: [{ name: 'Orientation tuning in ferret V1', published: false, documents: 42, linkedPath: null }],
  });
  expect((await cloud(['datasets', '--public'])).json).toMatchObject({ total: 2 });

  local.cloud.faults.add({ route: 'GET /datasets/published', drop: 'before' });
  expect((await cloud(['datasets', '--public'])).status).toBe(7);
  local.cloud.faults.clear();

  expect((await cloud(['logout'])).status).toBe(0);
  const nobody = await cloud(['whoami']);
  expect([nobody.status, codeOf(nobody)]).toEqual([6, 'auth.required']);
  const staging = await cloud(['whoami'], { environment: { CLOUD_API_ENVIRONMENT: 'staging' } });
  expect([staging.status, codeOf(staging)]).toEqual([2, 'cloud.configuration']);
});
