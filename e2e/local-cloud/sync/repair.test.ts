// Scenario group K of NDI Cloud: comparing a copy with its dataset, and repairing what is there twice.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { compareCopy } from '../../../electron/ndi/cloud/compare/compare.ts';
import { realPace } from '../../../electron/ndi/cloud/http/pace.ts';
import { VirtualPace } from '../../../electron/ndi/cloud/testing/virtual-pace.ts';
import { deleteRemote } from '../../../electron/ndi/cloud/transfer/delete-remote.ts';
import { Tally } from '../../../electron/ndi/cloud/transfer/tally.ts';
import { createDirectClient } from '../../../electron/services/router.ts';
import { createServices, type Services } from '../../../electron/services/services.ts';
import { updateRecord } from '../routes/datasets.ts';
import { seedUser } from '../seed.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;

const recordOf = (datasetId: string) =>
  JSON.parse(String(cloud.db.get('SELECT record FROM datasets WHERE id = ?', datasetId)?.['record'])) as object;

/** The same contents on both sides, then one document more here, one more there, one changed there. */
async function apart(name: string) {
  const path = world.dataset(name, 3);
  const { datasetId } = await world.upload(path);
  const [kept = '', changed = '', left = ''] = world.demoIds(path);
  world.removeThere(datasetId, left);
  world.editThere(datasetId, changed, { 'demoNDI.value': 99 });
  const more = world.demo(name, 4);
  world.addThere(datasetId, more);
  return { path, datasetId, kept, changed, left, more: documentId(more) };
}

const comparison = (path: string, contents: boolean) =>
  world.transfer(path, (transfer) => compareCopy(transfer, { contents }));

describe('comparing', () => {
  it('K1: tells what is only here, only there, on both sides, and different', async () => {
    const { path, kept, changed, left, more } = await apart('apart');
    const found = await comparison(path, true);
    expect(found.localOnlyIds).toEqual([left]);
    expect(found.remoteOnlyIds).toEqual([more]);
    expect(found.commonIds).toEqual(expect.arrayContaining([kept, changed]));
    expect(found.commonIds).toHaveLength(4);
    expect(found.mismatchedIds).toEqual([changed]);
    expect(found.mismatchDetails).toMatchObject([
      { ndiId: changed, apiId: expect.stringMatching(/^[0-9a-f]{24}$/), reason: 'Document properties do not match.' },
    ]);
    expect((await comparison(path, false)).mismatchedIds).toEqual([]);
  });

  it('K1: files, keys of the server, numbers without a spelling and lists of one are no differences', async () => {
    const path = world.dataset('same', 3, [100]);
    const odd = { ...world.demo('odd', 1), demoNDI: { value: [Number.NaN, Infinity] } };
    world.put(path, [odd]);
    const { datasetId } = await world.upload(path);
    const [first = '', second = ''] = world.demoIds(path);
    // As MATLAB writes a list of one, and as the server keeps what is its own beside.
    const stored = world.stored(datasetId, first);
    const one = { ...stored, filesTier: { counts: {} }, name: 'x', className: 'demoNDI' };
    const sql = 'UPDATE documents SET body = ? WHERE dataset_id = ? AND ndi_id = ?';
    cloud.db.run(sql, JSON.stringify(one), datasetId, first);
    const other = world.stored(datasetId, second);
    const { superclasses } = other['document_class'] as { superclasses: unknown[] };
    expect(superclasses).toHaveLength(1);
    const bare = {
      ...other,
      document_class: { ...(other['document_class'] as object), superclasses: superclasses[0] },
    };
    cloud.db.run(sql, JSON.stringify(bare), datasetId, second);
    expect((await comparison(path, true)).mismatchDetails).toEqual([]);
  });

  it('K1: a document that is listed and cannot be had is told apart', async () => {
    const { path, kept } = await apart('not to be had');
    cloud.faults.add({ route: 'POST /datasets/*/documents/bulk-fetch', status: 200, body: { documents: [] } });
    cloud.faults.add({ route: 'GET /datasets/*/documents/*', status: 404, body: { message: 'Not Found' } });
    const found = await comparison(path, true);
    cloud.faults.clear();
    expect(found.mismatchDetails.find(({ ndiId }) => ndiId === kept)?.reason).toBe(
      'Remote document could not be found in bulk download.',
    );
  });
});

describe('repairing', () => {
  let services: Services;
  let client: ReturnType<typeof createDirectClient>;
  beforeAll(async () => {
    services = createServices({ door: 'cli', dataFolder: join(world.folder, 'services') });
    client = createDirectClient(services);
    const { email, password } = world.user;
    await client.cloud.signIn({ email, password, server: world.cloud.url });
  });
  afterAll(() => services.close());

  it('K2: keeps the record with the smallest address, asks first, leaves records without an id alone', async () => {
    const path = world.dataset('twice', 2);
    const { datasetId } = await world.upload(path);
    const [id = '', other = ''] = world.demoIds(path);
    const again = world.copy(path, (copy) => copy.document(id));
    const [second, third] = [world.addThere(datasetId, again), world.addThere(datasetId, again)];
    for (let n = 0; n < 2; n += 1) world.addThere(datasetId, { base: { name: 'nameless' }, document_class: {} });
    const first = String(
      cloud.db.get('SELECT id FROM documents WHERE dataset_id = ? AND ndi_id = ? ORDER BY id', datasetId, id)?.['id'],
    );
    const shown = await client.cloudCopies.repair({ path, dryRun: true });
    expect(shown).toMatchObject({ duplicates: [{ id, kept: first, extra: [second, third].sort() }], deletedThere: 0 });
    await expect(client.cloudCopies.repair({ path })).rejects.toMatchObject({ data: { code: 'sync.consentNeeded' } });
    expect(await client.cloudCopies.repair({ path, yes: true })).toMatchObject({ deletedThere: 2, failed: [] });
    const left = cloud.db.all(
      'SELECT id, ndi_id FROM documents WHERE dataset_id = ? AND delete_at IS NULL ORDER BY id',
      datasetId,
    );
    expect(left.filter((row) => row['ndi_id'] === id).map((row) => row['id'])).toEqual([first]);
    expect(left.filter((row) => row['ndi_id'] === other)).toHaveLength(1);
    expect(left.filter((row) => row['ndi_id'] === '')).toHaveLength(2);
    expect(await client.cloudCopies.compare({ path })).toMatchObject({ duplicates: [], withoutId: 2 });
  });

  it('K2: 2500 go in calls of 1000, 1000 and 500', async () => {
    const path = world.dataset('very many', 1);
    const { datasetId } = await world.upload(path);
    const extra = new Map<string, string[]>();
    cloud.db.transaction(() => {
      for (let n = 0; n < 2500; n += 1) extra.set(`x${n}`, [world.addThere(datasetId, world.demo('many', n))]);
    });
    const from = cloud.log.length;
    await world.transfer(path, (transfer) => deleteRemote({ ...transfer, tally: new Tally() }, extra));
    const calls = cloud.log.slice(from).filter(({ path: one }) => one.endsWith('bulk-delete'));
    // An id takes 27 bytes in the list.
    expect(calls.map(({ bodyBytes }) => Math.round(bodyBytes / 27 / 100) * 100)).toEqual([1000, 1000, 500]);
  });

  it('K3: a copy without a link is not compared', async () => {
    const path = world.dataset('unlinked', 1);
    await expect(client.cloudCopies.compare({ path })).rejects.toMatchObject({ data: { code: 'cloud.notLinked' } });
  });

  it('takes in what is linked before it is sent, and refuses without', async () => {
    const path = world.dataset('with a member', 1);
    world.linkedMember(path, join(world.folder, 'member'));
    const from = cloud.log.length;
    const refused = client.cloudSync.start({ request: { kind: 'upload', path } });
    const first = client.cloudSync.finish(await refused);
    await expect(first).rejects.toMatchObject({ data: { code: 'session.notIngested' } });
    expect(cloud.log.length).toBe(from);
    const { id } = await client.cloudSync.start({ request: { kind: 'upload', path, takeIn: true } });
    const report = await client.cloudSync.finish({ id });
    expect(report.failed).toEqual([]);
    expect(world.remoteIds(report.cloudDatasetId)).toEqual(world.ids(path));
    const { path: copy } = await world.download(report.cloudDatasetId, 'with a member again');
    const info = await client.items.info({ path: copy });
    expect(info).toMatchObject({ kind: 'dataset', sessions: [{ reference: 'member', linked: false }] });
  });

  it('J1 J2: a dataset is deleted by its name and restored', async () => {
    const path = world.dataset('by name', 1);
    const datasetId = await world.link(path, 'By name');
    const wrong = client.cloudCopies.remove({ datasetId, name: 'by name' });
    await expect(wrong).rejects.toMatchObject({ data: { code: 'sync.consentNeeded' } });
    await client.cloudCopies.remove({ datasetId, name: 'By name' });
    const gone = client.cloudCopies.link({ path, datasetId });
    await expect(gone).rejects.toMatchObject({ data: { code: 'cloud.deleted' } });
    expect(await client.cloudCopies.restore({ datasetId })).toEqual({ cloudDatasetId: datasetId, name: 'By name' });
    expect(await client.cloudCopies.unlink({ path })).toEqual({ unlinked: [datasetId] });
    expect(await client.cloudCopies.link({ path, datasetId })).toEqual({ cloudDatasetId: datasetId });
  });

  it('J4 J5 J6: everybody submits, again and again; administrators publish, which takes a while', async () => {
    const path = world.dataset('published', 1);
    const { datasetId } = await world.upload(path);
    const metadata = {
      abstract: 'What was found.',
      license: 'CC-BY-4.0',
      contributors: [{ firstName: 'Ada', lastName: 'B', orcid: '0000-0002-1825-0097' }],
      funding: [{ source: 'NIH' }],
    };
    await world.api().call('updateDataset', { path: { datasetId }, body: metadata });
    for (let n = 0; n < 2; n += 1) {
      expect(await client.cloudPublish.act({ path, act: 'submit' })).toMatchObject({ state: 'submitted' });
    }
    await expect(client.cloudPublish.act({ path, act: 'publish' })).rejects.toMatchObject({
      data: { code: 'cloud.forbidden', message: expect.stringContaining('Only administrators') },
    });
    const admin = seedUser(cloud, { email: 'admin@example.org', isAdmin: true });
    await client.cloud.signIn({ email: admin.email, password: admin.password, server: world.cloud.url });
    cloud.settings.publishDelayMs = 3_600_000;
    const pace = new VirtualPace();
    const states: unknown[] = [];
    vi.spyOn(realPace, 'now').mockImplementation(() => pace.now());
    const sleep = vi.spyOn(realPace, 'sleep').mockImplementation(async (milliseconds) => {
      await pace.sleep(milliseconds);
      if (pace.waitedMs.length === 3) updateRecord(cloud, datasetId, { isPublishing: false, isPublished: true });
      else states.push((await client.cloudPublish.state({ path })).state, recordOf(datasetId));
    });
    const publish = () => client.cloudPublish.act({ path, act: 'publish' });
    expect(await publish()).toMatchObject({ state: 'published' });
    expect(pace.waitedMs).toEqual([2000, 4000, 8000]);
    const record = { isPublishing: true, publishProgress: { total: 1, completed: 0, failed: 0 } };
    expect(states).toMatchObject(['publishing', record, 'publishing', record]);

    // By a cloud that needs longer than anybody waits: it is still running, which is no failure.
    updateRecord(cloud, datasetId, { isPublished: false });
    pace.waitedMs.splice(0);
    sleep.mockImplementation((milliseconds) => pace.sleep(milliseconds));
    expect(await publish()).toMatchObject({ state: 'publishing' });
    expect(pace.waitedMs.slice(0, 8)).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    const waitedMs = pace.waitedMs.reduce((sum, one) => sum + one);
    expect([waitedMs <= 180_000, waitedMs > 170_000]).toEqual([true, true]);
    vi.restoreAllMocks();
    // It goes on there, and is seen when it has ended.
    expect(await client.cloudPublish.state({ path })).toMatchObject({ state: 'publishing' });
    updateRecord(cloud, datasetId, { isPublishing: false, isPublished: true });
    expect(await client.cloudPublish.state({ path })).toMatchObject({ state: 'published' });
  });

  it('J7 J8: signed out, a published dataset is seen and listed, also where queries find nothing', async () => {
    const path = world.dataset('open', 3);
    const { datasetId } = await world.upload(path);
    const documents = (isa?: string) => client.cloud.documents({ datasetId, ...(isa === undefined ? {} : { isa }) });
    const { email, password } = world.user;
    await client.cloud.signIn({ email, password, server: world.cloud.url });
    expect(await documents('demoNDI')).toMatchObject({ total: 3, note: null });
    expect(await documents('element')).toMatchObject({ total: 0, note: null });
    await client.cloud.signOut();
    await expect(documents()).rejects.toMatchObject({ data: { code: 'cloud.notFound' } });
    updateRecord(cloud, datasetId, { isPublished: true });
    expect((await documents()).total).toBe(world.ids(path).length);
    cloud.faults.add({ route: 'POST /ndiquery', status: 200, body: { documents: [], number_matches: 0 } });
    const listed = await documents('demoNDI');
    cloud.faults.clear();
    expect(listed.total).toBe(3);
    expect(listed.note).toContain('Queries are not available signed out');
  });
});
