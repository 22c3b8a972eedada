// What `ndi cloud status, plan, upload, download, sync` answer, field by field, with their exit codes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { seedUser } from './local-cloud/seed.ts';
import type { LocalCloud } from './local-cloud/start.ts';
import { startTestCloud } from './local-cloud/testing.ts';
import { makeDataset, removeHere } from './support/cloud-door.ts';
import { runProgram } from './support/program.ts';

let local: LocalCloud;
let folder: string;
let environment: NodeJS.ProcessEnv;

test.beforeAll(async () => {
  local = await startTestCloud();
  folder = mkdtempSync(join(tmpdir(), 'ndi-cloud-cli-'));
  const { email, password } = seedUser(local.cloud, { email: 'ada@example.org' });
  environment = { NDI_CLOUD_URL: local.url, NDI_CLOUD_USERNAME: email, NDI_CLOUD_PASSWORD: password };
});
test.afterAll(async () => {
  await local.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Json = Record<string, unknown>;

async function cloud(...args: string[]) {
  const { status, out } = await runProgram(['cloud', ...args, '--json'], { dataFolder: folder, environment });
  return { status, json: JSON.parse(out.toString()) as Json };
}
const codeOf = ({ json }: { json: Json }) => (json['error'] as Json)['code'];

const report = {
  cloudDatasetId: expect.stringMatching(/^[0-9a-f]{24}$/),
  sent: 0,
  fetched: 0,
  updated: 0,
  deletedHere: 0,
  deletedThere: 0,
  skipped: 0,
  failed: [],
  verified: expect.any(Number),
  resumed: expect.any(Number),
  elapsedMs: expect.any(Number),
};

test('E7 H17 I5 I11: a dataset goes up, down and in step, each answer as it is documented', async () => {
  const { path, ids } = makeDataset(folder, 'by command', 30, 1000);
  const unlinked = await cloud('status', path);
  expect([unlinked.status, unlinked.json]).toMatchObject([0, { linked: false, state: 'local-only' }]);
  const notYet = await cloud('sync', path, '--mode', 'twoWay');
  expect([notYet.status, codeOf(notYet)]).toEqual([3, 'cloud.notLinked']);

  const up = await cloud('upload', path);
  expect([up.status, up.json]).toMatchObject([0, { ...report, sent: 32, verified: 62 }]);
  const datasetId = String(up.json['cloudDatasetId']);
  expect((await cloud('status', path)).json).toEqual({
    linked: true,
    cloudDatasetId: datasetId,
    state: 'in-step',
    checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    changedHere: false,
    localOnly: 0,
    remoteOnly: 0,
    common: 32,
    conflicts: 0,
  });

  const down = await cloud('download', datasetId, join(folder, 'down'), '--files');
  expect([down.status, down.json]).toMatchObject([0, { ...report, cloudDatasetId: datasetId, fetched: 32 }]);
  const unknown = await cloud('download', 'asdjjdsf', join(folder, 'down'));
  expect([unknown.status, codeOf(unknown)]).toEqual([3, 'cloud.notFound']);

  // Many deletions: a plan, a refusal that shows it, and consent.
  removeHere(path, ids.slice(0, 25));
  const index = () => readFileSync(join(path, '.ndi', 'sync', 'index.json'), 'utf8');
  const noted = index();
  const sync = ['sync', path, '--mode', 'TwoWaySync', '--deletions'];
  const dry = await cloud(...sync, '--dry-run');
  expect(dry.status).toBe(0);
  expect(index()).toBe(noted);
  expect(dry.json).toMatchObject({ mode: 'twoWay', totals: { 'delete-there': { documents: 25 } }, warnings: [] });
  const steps = dry.json['steps'] as Json[];
  expect(steps).toHaveLength(25);
  for (const step of steps) {
    expect(step).toMatchObject({
      action: 'delete-there',
      kind: 'document',
      id: expect.stringMatching(/^[0-9a-f]{16}_[0-9a-f]{16}$/),
      cloudId: expect.stringMatching(/^[0-9a-f]{24}$/),
      bytes: expect.any(Number),
      reason: 'Not here.',
    });
  }
  expect((await cloud('plan', path, '--mode', 'twoWay', '--deletions')).json['steps']).toEqual(steps);
  for (const consent of [[], ['--yes'], ['--yes', '--max-deletions', '24']]) {
    const refused = await cloud(...sync, ...consent);
    expect([refused.status, codeOf(refused)]).toEqual([5, 'sync.consentNeeded']);
    expect((refused.json['plan'] as Json)['steps']).toEqual(steps);
  }
  const agreed = await cloud(...sync, '--yes', '--max-deletions', '25');
  expect([agreed.status, agreed.json]).toMatchObject([0, { ...report, deletedThere: 25 }]);

  local.cloud.faults.add({ route: 'GET /**', drop: 'before' });
  const offline = await cloud(...sync);
  local.cloud.faults.clear();
  expect(offline.status).toBe(7);
});
