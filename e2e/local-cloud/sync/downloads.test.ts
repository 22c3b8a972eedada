// Scenario group G of NDI Cloud: what comes down.
import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { fetchFile } from '../../../electron/ndi/cloud/transfer/fetch-files.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { fetchDocuments } from '../../../electron/ndi/cloud/remote/fetch-documents.ts';
import { downloadUrl } from '../../../electron/ndi/cloud/remote/list-remote.ts';
import { seedDataset } from '../seed.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
afterEach(() => cloud.faults.clear());

describe('documents', () => {
  it('G1: come without their files, which are named by their place in the cloud and fetched when wanted', async () => {
    const path = world.dataset('documents only', 3, [3000, 4000]);
    const { datasetId } = await world.upload(path);
    const before = cloud.log.length;
    const { path: copy } = await world.download(datasetId, 'g1');
    expect(copy).toBe(join(world.folder, 'g1', datasetId));
    expect(cloud.log.slice(before).some(({ path: asked }) => /detail|_s3\/files/.test(asked))).toBe(false);
    const files = world.filesOf(path);
    for (const { id, uid } of files) {
      const [location] = world.copy(copy, (one) => fileEntries(one.document(id)))[0]?.locations ?? [];
      expect(location).toMatchObject({
        uid,
        location: `ndic://${datasetId}/${uid}`,
        location_type: 'ndicloud',
        ingest: 0,
        delete_original: 0,
      });
    }
    const { uid = '' } = files[0] ?? {};
    const target = join(world.folder, 'g1 cache', uid);
    const from = cloud.log.length;
    const wanted = { uid, name: 'filename1.ext', bytes: null };
    await fetchFile(world.api(), datasetId, wanted, { target, part: `${target}.part` });
    const asked = cloud.log.slice(from).map(({ path: one }) => one.replace(/.*(detail|login|_s3).*/, '$1'));
    expect(asked.filter((one) => one === 'detail').length).toBeGreaterThan(0);
    expect(existsSync(target)).toBe(true);
    expect(existsSync(`${target}.part`)).toBe(false);
  });

  it('G3: those that an answer leaves out are asked for singly; one that is gone is said and not noted', async () => {
    const path = world.dataset('incomplete', 4);
    const { datasetId } = await world.upload(path);
    cloud.faults.add({
      route: 'POST /datasets/*/documents/bulk-fetch',
      first: 1,
      status: 200,
      body: { documents: [] },
    });
    cloud.faults.add({ route: 'GET /datasets/*/documents/*', first: 1, status: 404, body: { message: 'Not Found' } });
    // A listed document that vanishes meanwhile: any but the dataset's own session.
    const rows = cloud.db.all(
      'SELECT id, ndi_id, class_name FROM documents WHERE dataset_id = ? ORDER BY id',
      datasetId,
    );
    const session = rows.find((row) => row['class_name'] === 'session');
    cloud.db.run('UPDATE documents SET id = ? WHERE id = ?', 'f'.repeat(24), String(session?.['id']));
    const { path: copy, tally } = await world.download(datasetId, 'g3');
    expect(tally.failed).toHaveLength(1);
    expect(tally.failed[0]?.reason).toContain('gone during the download');
    const gone = tally.failed[0]?.id ?? '';
    expect(world.ids(path)).toContain(gone);
    expect(readSyncIndex(copy).remote.has(gone)).toBe(false);
    expect((await world.sync(copy, { mode: 'downloadNew' })).tally.fetched).toBe(1);
    expect(world.ids(copy)).toEqual(expect.arrayContaining(world.ids(path)));
  });

  it('G11: an interrupted download goes on where it stopped', async () => {
    const path = world.dataset('interrupted', 1200);
    const { datasetId } = await world.upload(path);
    cloud.faults.add({ route: 'POST /datasets/*/documents/bulk-fetch', skip: 2, first: 1, status: 400, body: 'no' });
    await expect(world.download(datasetId, 'g11')).rejects.toThrow();
    expect(existsSync(join(world.folder, 'g11', datasetId, '.ndi'))).toBe(false);
    cloud.faults.clear();
    const { path: copy, tally } = await world.download(datasetId, 'g11');
    expect(tally.resumed).toBe(1000);
    expect(tally.failed).toEqual([]);
    expect(world.ids(copy)).toEqual(world.ids(path));
    expect((await world.plan(copy, { mode: 'twoWay', updateEdited: true })).steps).toEqual([]);
  });
});

describe('archives of many documents', () => {
  let datasetId = '';
  let ids: string[] = [];
  beforeAll(() => {
    datasetId = seedDataset(cloud, world.user.organizationId, { name: 'many', documents: 20_001 });
    ids = cloud.db
      .all('SELECT id FROM documents WHERE dataset_id = ? ORDER BY id', datasetId)
      .map(({ id }) => String(id));
  });
  const count = async () => {
    let documents = 0;
    for await (const { document } of fetchDocuments(world.api(), datasetId, ids)) if (document !== null) documents += 1;
    return documents;
  };

  it('G4: that are not ready for seconds are waited for', async () => {
    // Waits pass forty times as fast here: these are eight seconds.
    cloud.settings.zipDelayMs = 200;
    expect(await count()).toBe(20_001);
    cloud.settings.zipDelayMs = 5;
    expect(cloud.log.filter(({ path, status }) => path.startsWith('/_s3/downloads/') && status === 404)).not.toEqual(
      [],
    );
  });

  it('G4: that never become ready end with a time limit', async () => {
    cloud.faults.add({ route: 'GET /_s3/downloads/**', status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' });
    await expect(count()).rejects.toMatchObject({ code: 'cloud.timeout' });
  });

  it('G5: that were compressed on their way, or cut, are read all the same, or asked for again', async () => {
    cloud.faults.add({ route: 'GET /_s3/downloads/**', first: 3, gzip: true });
    cloud.faults.add({ route: 'GET /_s3/downloads/**', skip: 1, first: 1, cutAnswerAtBytes: 1000 });
    expect(await count()).toBe(20_001);
  });
});

describe('parts of files', () => {
  /** A file of the cloud that takes no room on the disk. */
  function sparse(datasetId: string, uid: string, bytes: number): void {
    const blob = `sparse-${uid}`;
    const path = join(world.cloud.folder, 'objects', blob);
    writeFileSync(path, '');
    truncateSync(path, bytes);
    cloud.db.run('INSERT INTO objects VALUES (?, ?, ?, ?, 0)', `files/${datasetId}/${uid}`, bytes, 'etag', blob);
    cloud.db.run(
      'INSERT INTO files (dataset_id, uid, size, uploaded, extracted) VALUES (?, ?, ?, 1, 1)',
      ...[datasetId, uid, bytes],
    );
  }

  it.each([
    ['as asked', {}],
    ['a server that ignores the range', { ignoreRange: true }],
  ])('G6: 64 KiB of ten gigabytes are one question and one part: %s', async (_name, fault) => {
    const datasetId = seedDataset(cloud, world.user.organizationId, { name: 'large', documents: 1 });
    sparse(datasetId, 'large', 10e9);
    cloud.faults.add({ route: 'GET /_s3/**', ...fault });
    const api = world.api();
    const before = cloud.log.length;
    let [bytes, total] = [0, 0];
    const url = async () => (await downloadUrl(api, datasetId, 'large')) ?? '';
    const onObject = ({ sizeBytes }: { sizeBytes: number | null }) => (total = sizeBytes ?? 0);
    for await (const part of api.storage.read({ url, fromByte: 0, toByte: 65_536, onObject })) bytes += part.byteLength;
    expect([bytes, total]).toEqual([65_536, 10e9]);
    const asked = () => cloud.log.slice(before).filter(({ path }) => path.startsWith('/_s3/'));
    await expect.poll(asked).toHaveLength(1);
    expect(cloud.log.slice(before).filter(({ path }) => path.endsWith('/detail'))).toHaveLength(1);
  });

  it('G7: an address that has run out is asked for anew, once', async () => {
    const datasetId = seedDataset(cloud, world.user.organizationId, { name: 'old address', documents: 1 });
    sparse(datasetId, 'old', 1000);
    const key = `files/${datasetId}/old`;
    const old = cloud.urls.make(cloud.origin, 'GET', key, 604_799, cloud.now() - 604_800_000);
    const api = world.api();
    const given: string[] = [old];
    const url = async () => given.shift() ?? (await downloadUrl(api, datasetId, 'old')) ?? '';
    const before = cloud.log.length;
    let bytes = 0;
    for await (const part of api.storage.read({ url })) bytes += part.byteLength;
    expect(bytes).toBe(1000);
    const asked = () => {
      const api = cloud.log.slice(before).filter(({ path }) => !path.includes('login'));
      return api.map(({ path, status }) => [path.startsWith('/_s3/') ? 'storage' : 'detail', status]);
    };
    await expect.poll(asked).toEqual([
      ['storage', 403],
      ['detail', 200],
      ['storage', 200],
    ]);
  });
});
