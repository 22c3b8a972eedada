// Scenarios about what a copy is linked to, and what it may do when something is not as it was.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { type JsonObject, parseDocumentJson } from '../../../shared/model/document-json.ts';
import { addLink, getDataset } from '../../../electron/ndi/cloud/copy/link.ts';
import { relink, unlink } from '../../../electron/ndi/cloud/copy/relink.ts';
import { deleteDataset, restoreDataset } from '../../../electron/ndi/cloud/remote/dataset-life.ts';
import { contentHash, fromService } from '../../../electron/ndi/cloud/sync/canonical.ts';
import { readSyncIndex, syncIndexPath } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
afterEach(() => cloud.faults.clear());

describe('a link', () => {
  it('I2: a dataset that was deleted is named with its date, restored, and then in step again', async () => {
    const { path, datasetId } = await world.synced('deleted');
    await deleteDataset(world.api(), datasetId, '1d');
    const before = cloud.log.length;
    const refused = world.sync(path, { mode: 'twoWay', deletions: true });
    const tomorrow = new Date(cloud.now() + 86_400_000).toISOString().slice(0, 10);
    await expect(refused).rejects.toMatchObject({ code: 'cloud.deleted', message: expect.stringContaining(tomorrow) });
    expect(cloud.log.slice(before).every(({ method }) => method === 'GET')).toBe(true);
    cloud.settings.visibilityLagMs = 300;
    const record = await restoreDataset(world.api(), datasetId);
    cloud.settings.visibilityLagMs = 0;
    expect(record.name).toBe('A dataset');
    expect((await world.plan(path, { mode: 'twoWay' })).steps).toEqual([]);
  });

  it('I2: one that is gone for good is let go, and what is here is uploaded as new', async () => {
    const { path, datasetId } = await world.synced('gone');
    await deleteDataset(world.api(), datasetId, 'now');
    await expect(world.sync(path, { mode: 'uploadNew' })).rejects.toMatchObject({ code: 'cloud.notFound' });
    await expect(restoreDataset(world.api(), datasetId)).rejects.toMatchObject({ code: 'cloud.notFound' });
    expect(await world.open(path, (copy) => unlink(copy, world.api(), world.journal))).toEqual([datasetId]);
    const anew = await world.upload(path);
    expect(anew.success).toBe(true);
    expect(anew.datasetId).not.toBe(datasetId);
    expect(world.remoteIds(anew.datasetId)).toEqual(world.ids(path));
  });

  it('I4: a link to another dataset than the one it came from stops everything, until a person decides', async () => {
    const one = await world.synced('one');
    const two = await world.synced('two');
    const { path } = await world.download(one.datasetId, 'came from one');
    await world.open(path, async (copy) => {
      await unlink(copy, world.api(), world.journal);
      await addLink(copy, two.datasetId, world.user.organizationId);
    });
    const before = cloud.log.length;
    await expect(world.sync(path, { mode: 'twoWay' })).rejects.toMatchObject({
      code: 'cloud.foreignLink',
      details: { linked: two.datasetId, origin: one.datasetId },
    });
    expect(cloud.log.length).toBe(before);
    await world.open(path, (copy) => relink(copy, world.api(), world.journal, one.datasetId));
    expect((await world.sync(path, { mode: 'twoWay' })).success).toBe(true);
    expect(world.linkOf(path)).toBe(one.datasetId);
  });

  it('I4: of two links both are named with their dates, and one can be taken away', async () => {
    const one = await world.synced('both one');
    const two = await world.synced('both two');
    await world.open(one.path, (copy) => addLink(copy, two.datasetId, world.user.organizationId));
    const refused = world.sync(one.path, { mode: 'twoWay' });
    const today = new Date().toISOString().slice(0, 10);
    await expect(refused).rejects.toMatchObject({
      code: 'cloud.severalLinks',
      message: expect.stringContaining(`${two.datasetId} (${today})`),
      details: { links: expect.arrayContaining([one.datasetId, two.datasetId]) },
    });
    await world.open(one.path, (copy) => unlink(copy, world.api(), world.journal, two.datasetId));
    expect((await world.sync(one.path, { mode: 'twoWay' })).success).toBe(true);
    await expect(
      world.open(one.path, (copy) => relink(copy, world.api(), world.journal, 'nowhere')),
    ).rejects.toMatchObject({ code: 'cloud.notFound' });
    expect(world.linkOf(one.path)).toBe(one.datasetId);
  });

  it('I4: linked anew to the dataset that it belongs to, a copy has two link documents and is in step', async () => {
    const { path, datasetId } = await world.synced('linked anew');
    await world.open(path, (copy) => relink(copy, world.api(), world.journal, datasetId));
    const { success } = await world.sync(path, { mode: 'twoWay' });
    expect(success).toBe(true);
    expect(world.copy(path, (copy) => copy.links().map(({ cloudId }) => cloudId))).toEqual([datasetId, datasetId]);
    expect((await world.plan(path, { mode: 'twoWay', updateEdited: true })).steps).toEqual([]);
  });

  it('I7: what had arrived before the index could be written is not sent again, and the index is mended', async () => {
    const { path, datasetId } = await world.synced('no index');
    world.put(path, [world.demo('no index', 9)]);
    // The end of the run, after everything has travelled, fails.
    const sent = world.requests(/bulk-upload$/).length;
    cloud.faults.add({ route: 'GET /datasets/*/documents', skip: 2, status: 400, body: { message: 'not now' } });
    await expect(world.sync(path, { mode: 'uploadNew' })).rejects.toThrow('not now');
    cloud.faults.clear();
    rmSync(syncIndexPath(path));
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sent]).toEqual([true, 0]);
    expect(world.requests(/bulk-upload$/)).toHaveLength(sent + 1);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
    expect([...readSyncIndex(path).remote]).toEqual(world.ids(path));
  });

  it('H9: a copy of a dataset without a link gets one, which is not in the index and is sent once', async () => {
    const { path, datasetId } = await world.synced('without link');
    const link = world.copy(path, (copy) => copy.links()[0]?.documentId ?? '');
    world.removeThere(datasetId, link);
    const { path: copy } = await world.download(datasetId, 'without link');
    const made = world.copy(copy, (one) => one.links()[0]?.documentId ?? '');
    expect(made).not.toBe('');
    expect(readSyncIndex(copy).local.has(made)).toBe(false);
    const plan = await world.plan(copy, { mode: 'uploadNew' });
    expect(plan.steps.map(({ id, action, state }) => [id, action, state])).toEqual([[made, 'send', 'newHere']]);
    expect((await world.sync(copy, { mode: 'uploadNew' })).tally.sent).toBe(1);
    expect((await world.sync(copy, { mode: 'twoWay' })).tally.sent).toBe(0);
  });

  it('H22: a document that was removed here and edited there comes back as it is there', async () => {
    const { path, datasetId, demos } = await world.synced('came back');
    const [id = ''] = demos;
    const before = world.copy(path, (copy) => copy.document(id));
    removeAsMatlab(path, id);
    expect(world.ids(path)).not.toContain(id);
    world.editThere(datasetId, id, { 'demoNDI.value': 77 });
    const { success, tally, journal } = await world.sync(path, { mode: 'twoWay' });
    expect([success, tally.fetched]).toEqual([true, 1]);
    expect(world.copy(path, (copy) => copy.document(id))['demoNDI']).toEqual({ value: 77 });
    const hashes = [
      world.copy(path, (copy) => copy.document(id)),
      fromService(world.stored(datasetId, id) as JsonObject),
    ];
    expect(new Set(hashes.map((document) => contentHash(document).document)).size).toBe(1);
    expect((await world.plan(path, { mode: 'twoWay', updateEdited: true })).steps).toEqual([]);
    // What the database had kept of it is in the history.
    const [kept, ...more] = journal.history(id);
    expect([kept?.side, kept?.why, more]).toEqual(['here', 'overwritten', []]);
    expect(parseDocumentJson(kept?.json ?? '')).toEqual(before);
  });

  it('H22: of one that this application removed nothing is left, so nothing is in the history', async () => {
    const { path, datasetId, demos } = await world.synced('came back too');
    const [id = ''] = demos;
    world.copy(path, (copy) => copy.remove([id]));
    world.editThere(datasetId, id, { 'demoNDI.value': 77 });
    const { success, journal } = await world.sync(path, { mode: 'twoWay' });
    expect([success, journal.history(id)]).toEqual([true, []]);
    expect(world.copy(path, (copy) => copy.document(id))['demoNDI']).toEqual({ value: 77 });
  });
});

/** Takes a document out of the branch, as NDI-matlab removes: its row and its JSON stay (`ndi-core`, 5.5). */
function removeAsMatlab(path: string, id: string): void {
  const database = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
  database.prepare('DELETE FROM branch_docs WHERE doc_idx = (SELECT doc_idx FROM docs WHERE doc_id = ?)').run(id);
  database.close();
}

describe('the life of a dataset in the cloud', () => {
  it('J1 J2: is ended with a delay and taken back, or ended at once for good', async () => {
    const { datasetId } = await world.synced('ended');
    await deleteDataset(world.api(), datasetId, '1d');
    await expect(getDataset(world.api(), datasetId)).rejects.toMatchObject({ code: 'cloud.deleted' });
    expect((await restoreDataset(world.api(), datasetId))._id).toBe(datasetId);
    // The gateway loses patience: whether it was done is looked up.
    cloud.faults.add({ route: 'DELETE /datasets/*', first: 1, status: 504, work: true });
    await deleteDataset(world.api(), datasetId, 'now');
    expect(world.requests(/^DELETE \/datasets\/[0-9a-f]{24}\?/)).toHaveLength(2 + 2);
    await expect(restoreDataset(world.api(), datasetId)).rejects.toMatchObject({ code: 'cloud.notFound' });
  });

  it('J3: a fault of the service in deleting single documents concerns nobody: lists are deleted', async () => {
    const { path, datasetId, demos } = await world.synced('single deletion');
    cloud.faults.add({ route: 'DELETE /datasets/*/documents/*', status: 500, body: 'An error occured.' });
    world.copy(path, (copy) => copy.remove([demos[0] ?? '']));
    const { success, tally } = await world.sync(path, { mode: 'twoWay', deletions: true, approval: { yes: true } });
    expect([success, tally.deletedThere]).toEqual([true, 1]);
    expect(world.requests(/^DELETE \/datasets\/[^/]*\/documents/)).toEqual([]);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  });

  it('J3: 500 to the list too is looked up, and asked for once more', async () => {
    const { path, datasetId, demos } = await world.synced('list deletion');
    cloud.faults.add({
      route: 'POST /datasets/*/documents/bulk-delete',
      first: 1,
      status: 500,
      body: 'An error occured.',
    });
    world.copy(path, (copy) => copy.remove([demos[0] ?? '']));
    expect((await world.sync(path, { mode: 'twoWay', deletions: true, approval: { yes: true } })).success).toBe(true);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  });
});

it('G10: a document that is in the cloud twice arrives once, and that is said', async () => {
  const { path, datasetId, demos } = await world.synced('twice');
  const id = demos[0] ?? '';
  const first = world.copy(path, (copy) => copy.document(id));
  world.addThere(datasetId, { ...first, demoNDI: { value: -1 } });
  const { path: copy, tally } = await world.download(datasetId, 'twice');
  expect(world.ids(copy)).toEqual(world.ids(path));
  expect(world.copy(copy, (one) => one.document(id))['demoNDI']).toEqual(first['demoNDI']);
  expect(tally.notes).toMatchObject([{ code: 'sync.duplicates' }]);
});
