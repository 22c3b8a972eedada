import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seedUser } from '../../../../e2e/local-cloud/seed.ts';
import type { LocalCloud } from '../../../../e2e/local-cloud/start.ts';
import { startTestCloud, timesAsked } from '../../../../e2e/local-cloud/testing.ts';
import { FETCH_JOB } from '../../../../shared/contract/cloud-files.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { createSession } from '../../imports/create.ts';
import { newFolder, removeFolders, writeIntan } from '../../imports/testing/made-recordings.ts';
import { CloudFileCache } from './cloud-file-cache.ts';
import { createServices, type Services } from '../../services.ts';

let local: LocalCloud;
let services: Services;
/** A session whose recording was taken in, and its copy from the cloud without files. */
let original = '';
let copy = '';

beforeAll(async () => {
  local = await startTestCloud();
  const user = seedUser(local.cloud, { email: 'ada@example.org' });
  services = createServices({ door: 'web', dataFolder: newFolder() });
  await services.cloud.accounts.signIn({ email: user.email, password: user.password, server: local.url });
  original = newFolder();
  await writeIntan(join(original, 't1', 'a.rhd'), 3, 1);
  await createSession(services, { sessionDir: original, reference: 'exp', from: original, exclude: [] });
  await services.ingest.ingest({ path: original });
  const { transfers } = services.cloud;
  const { cloudDatasetId } = await transfers.finish(await transfers.start({ kind: 'upload', path: original }));
  const request = { kind: 'download', datasetId: cloudDatasetId, folder: newFolder(), files: false } as const;
  copy = (await transfers.finish(await transfers.start(request))).path;
});
afterAll(async () => {
  await services.close();
  await local.stop();
  removeFolders();
});
beforeEach(async () => {
  // The threads keep headers that they have read.
  await services.clearCaches();
  local.cloud.faults.clear();
  local.cloud.log.length = 0;
  services.cloud.files.cache.clear();
});

const fetches = () => timesAsked(local.cloud, 'GET', /^\/_s3\//);
const kept = () => services.cloud.files.cache.list();
const storedFiles = (path: string) => {
  try {
    return readdirSync(join(path, '.ndi', 'files'));
  } catch {
    return [];
  }
};
const failure = async (work: Promise<unknown>) => {
  const thrown = await work.then(() => null).catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(NdiError);
  return thrown as NdiError;
};

async function firstEpoch(path: string) {
  const info = await services.items.info(path);
  if (info.kind !== 'session' && info.kind !== 'dataset') return expect.fail(`no session: ${info.kind}`);
  const session = info.kind === 'session' ? info : await services.items.info(path, info.sessions[0]?.id);
  if (session.kind !== 'session') return expect.fail('no session');
  const epoch = session.epochs[0] ?? expect.fail('no epoch');
  return { path, sessionId: session.id, device: epoch.device, epoch: epoch.epochId };
}

/** All samples of an epoch. */
async function samplesOf(path: string) {
  const source = await firstEpoch(path);
  return await services.signals.read({ source, channels: 'all', from: -1, to: 10, unit: 'seconds' });
}

test('the signals of an epoch that was taken in are read from the cloud as they are read here', async () => {
  expect(storedFiles(copy)).toEqual([]);
  const there = await samplesOf(copy);
  expect(there).toEqual(await samplesOf(original));
  const asked = fetches();
  expect(asked).toBeGreaterThan(1);
  expect(storedFiles(copy)).toEqual([]);
  expect(kept().length).toBeGreaterThan(1);

  // Without a network: what was needed once is here.
  local.cloud.faults.add({ route: '* /**', drop: 'before' });
  expect(await samplesOf(copy)).toEqual(there);
  const source = await firstEpoch(copy);
  const view = await services.signals.view({ source, channels: 'all', t0: 0, t1: 1, columns: 100 });
  expect(view.header.channels.length).toBeGreaterThan(1);
  expect(fetches()).toBe(asked);
});

test('looking at the list of epochs fetches nothing', async () => {
  await firstEpoch(copy);
  expect(fetches()).toBe(0);
});

test('a file is fetched once, however many ask, and is given up when nobody waits', async () => {
  const source = await firstEpoch(copy);
  const ask = (signal?: AbortSignal) => services.signals.describe(source, signal);
  await Promise.all([ask(), ask(), ask()]);
  const once = fetches();
  services.cloud.files.cache.clear();
  await services.clearCaches();
  local.cloud.log.length = 0;
  await ask();
  expect(fetches()).toBe(once);

  services.cloud.files.cache.clear();
  await services.clearCaches();
  local.cloud.faults.add({ route: 'GET /_s3/**', delayMs: 300 });
  const stop = new AbortController();
  const given = ask(stop.signal);
  stop.abort();
  await expect(given).rejects.toThrow();
  local.cloud.faults.clear();
  expect(await ask()).toMatchObject({ format: 'ndi-ingested' });
});

test('what the cloud does not have, or cannot be reached for, is said by the view', async () => {
  const source = await firstEpoch(copy);
  local.cloud.faults.add({ route: 'GET /datasets/*/files/*/detail', status: 404, body: { error: 'File not found' } });
  expect((await failure(services.signals.describe(source))).code).toBe('cloud.notFound');
  local.cloud.faults.clear();
  local.cloud.faults.add({ route: 'GET /_s3/**', drop: 'before' });
  expect((await failure(services.signals.describe(source))).code).toMatch(/^cloud\.(interrupted|offline)$/);
  expect(kept()).toEqual([]);
});

test('several files that fail at once fail for those who wait, and for nobody else', async () => {
  await samplesOf(copy);
  const paths = kept().map(({ path }) => path);
  services.cloud.files.cache.clear();
  local.cloud.faults.add({ route: 'GET /datasets/*/files/*/detail', status: 404, body: { error: 'File not found' } });
  // A rejection that nobody hears would end the process, and this test with it.
  const fetched = await Promise.allSettled(paths.map((path) => services.cloud.files.fetch(path, 'a file')));
  expect(fetched.map(({ status }) => status)).toEqual(paths.map(() => 'rejected'));
});

test('what is still coming after another file has failed is shown, and can be cancelled', async () => {
  await samplesOf(copy);
  const paths = kept().map(({ path }) => path);
  services.cloud.files.cache.clear();
  const detail = 'GET /datasets/*/files/*/detail';
  local.cloud.faults.add({ route: detail, first: 1, status: 404, body: { error: 'File not found' } });
  local.cloud.faults.add({ route: 'GET /_s3/**', delayMs: 5000 });
  const fetched = paths.map((path) => services.cloud.files.fetch(path, 'a file'));
  const ended = Promise.allSettled(fetched);
  expect((await failure(Promise.race(fetched))).code).toBe('cloud.notFound');
  expect(services.jobs.list().find(({ id }) => id === FETCH_JOB)).toMatchObject({ state: 'running' });
  services.jobs.cancel(FETCH_JOB);
  expect((await ended).map(({ status }) => status)).toEqual(paths.map(() => 'rejected'));
});

test('a file whose transfer broke is gone on with', async () => {
  const source = await firstEpoch(copy);
  local.cloud.faults.add({ route: 'GET /_s3/**', cutAnswerAtBytes: 10, first: 3 });
  expect(await services.signals.describe(source)).toMatchObject({ format: 'ndi-ingested' });
});

test('files of documents show how they begin: small ones are kept, and the store of the copy stays empty', async () => {
  const { documents } = await services.documents.list({
    path: copy,
    class: 'daqreader_mfdaq_epochdata_ingested',
  });
  const id = documents[0]?.id ?? '';
  const [first] = services.documents.get({ path: copy, id }).files;
  expect(first).toMatchObject({ locationType: 'ndicloud', sizeBytes: null, fetched: false });
  const file = await services.documents.file({ path: copy, id, name: 'channel_list.bin' });
  expect(await file.head.text()).toContain('time_channel');
  const again = services.documents.get({ path: copy, id }).files.find(({ name }) => name === 'channel_list.bin');
  expect(again).toMatchObject({ fetched: true, sizeBytes: file.sizeBytes });
  expect(storedFiles(copy)).toEqual([]);
});

test('those not used for longest go when there are too many', async () => {
  await samplesOf(copy);
  const files = kept();
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const [oldest] = files;
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const { path } of files) utimesSync(path, path === oldest?.path ? new Date(0) : hourAgo, statSync(path).mtime);
  const { cache } = services.cloud.files;
  expect(cache.usage()).toMatchObject({ bytes: total, files: files.length });
  new CloudFileCache(services.dataFolder, () => total - 1).makeRoom();
  expect(kept()).toHaveLength(files.length - 1);
  expect(kept().map(({ path }) => path)).not.toContain(oldest?.path);
  // What was used just now stays, whatever the budget.
  const [used, unused] = kept();
  cache.used(used?.path ?? '');
  services.settings.set({ cloudFileBudgetMb: 0 });
  cache.makeRoom();
  expect(kept().map(({ path }) => path)).toEqual([used?.path]);
  expect(unused).toBeDefined();
  services.settings.set({ cloudFileBudgetMb: 10 });
  cache.clear();
  expect(kept()).toEqual([]);
  rmSync(join(services.dataFolder, 'cloud', 'files'), { recursive: true, force: true });
  expect(await services.signals.describe(await firstEpoch(copy))).toMatchObject({ format: 'ndi-ingested' });
});
