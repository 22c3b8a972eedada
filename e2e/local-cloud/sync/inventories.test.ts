// Scenario group D of NDI Cloud in whole runs: what a list that is not as it should be does to a sync.
import { afterEach, expect, it } from 'vitest';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
afterEach(() => cloud.faults.clear());

it('D4: records without an NDI id are told, never deleted, and never taken for each other', async () => {
  const { path, datasetId } = await world.synced('without ids');
  for (let n = 0; n < 2; n += 1) world.addThere(datasetId, { base: { name: 'nameless' }, document_class: {} });
  const run = await world.sync(path, { mode: 'mirrorToRemote', approval: { typedName: true } });
  expect(run.success).toBe(true);
  expect(run.plan.steps).toEqual([]);
  expect(run.plan.warnings).toMatchObject([{ code: 'sync.withoutId', message: expect.stringMatching(/^2 records/) }]);
  const sql = "SELECT id FROM documents WHERE dataset_id = ? AND ndi_id = '' AND delete_command IS NULL";
  expect(cloud.db.all(sql, datasetId)).toHaveLength(2);
});

it('D5: where a page cannot be had nothing is changed on either side', async () => {
  const { path, datasetId, demos } = await world.synced('no page');
  const [gone = ''] = demos;
  world.copy(path, (copy) => copy.remove([gone]));
  world.put(path, [world.demo('no page', 9)]);
  world.addThere(datasetId, world.demo('no page', 10));
  const before = () => [world.ids(path), world.remoteIds(datasetId), readSyncIndex(path)];
  const state = before();
  cloud.faults.add({ route: 'GET /datasets/*/documents', status: 500, body: 'An error occured.' });
  const run = world.sync(path, { mode: 'twoWay', deletions: true, approval: { typedName: true } });
  await expect(run).rejects.toMatchObject({ code: 'cloud.server' });
  expect(before()).toEqual(state);
});

it('D6: of files that the list does not tell of each is asked for, and sent where it cannot be had', async () => {
  const path = world.dataset('unequal rows', 4, [10, 20, 30]);
  const { datasetId } = await world.upload(path);
  const [one, two, three] = world.filesOf(path).map(({ uid }) => uid);
  const record = (files: object) => {
    cloud.faults.clear();
    const body = { _id: datasetId, organizationId: world.user.organizationId, ...files };
    cloud.faults.add({ route: `GET /datasets/${datasetId}`, status: 200, body });
  };
  const planned = async () => {
    const { steps } = await world.plan(path, { mode: 'uploadNew' });
    return steps.map(({ action, kind, id }) => [action, kind, id]);
  };
  // The first is there, the second is known by its detail alone, the third is said not to be there.
  record({ files: [{ uid: one, uploaded: true, size: 10 }, { uid: two }, { uid: three, uploaded: false }] });
  expect(await planned()).toEqual([['send', 'file', three]]);
  cloud.faults.add({ route: `GET /datasets/*/files/${two ?? ''}/detail`, status: 200, body: { uid: two } });
  expect(await planned()).toEqual([
    ['send', 'file', two],
    ['send', 'file', three],
  ]);
  // No list at all: each by its detail.
  record({ fileCount: 3 });
  const from = cloud.log.length;
  expect(await planned()).toEqual([]);
  const asked = cloud.log.slice(from).filter(({ path: route }) => route.endsWith('/detail'));
  expect(new Set(asked.map(({ path: route }) => route)).size).toBe(3);
});
