import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { fileBatches } from '../../../electron/ndi/cloud/transfer/file-batches.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { newJob, setJob } from '../store/jobs.ts';
import { readZip } from '../zip.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { faults } = world.cloud.cloud;
afterEach(() => faults.clear());

const sizes = (...bytes: number[]) => bytes.map((one, at) => ({ name: `u${at + 1}`, bytes: one }));
const names = (batches: Iterable<{ name: string }[]>) => [...batches].map((batch) => batch.map(({ name }) => name));

describe('files on their way up', () => {
  it('F1 F2: are batched as NDI-matlab does', () => {
    const files = sizes(30e6, 30e6, 15e6, 60e6, 4e6);
    expect(names(fileBatches(files))).toEqual([['u1', 'u3', 'u5'], ['u2'], ['u4']]);
    expect(names(fileBatches(sizes(25e6, 25e6, 0)))).toEqual([['u1', 'u2'], ['u3']]);
    expect(names(fileBatches(sizes(50_000_001, 1)))).toEqual([['u1'], ['u2']]);
  });

  it('F1: large ones go by themselves, small ones in one flat zip whose entries are their uids', async () => {
    const path = world.dataset('by size', 4, [20_000_000, 19_999_999, 4000]);
    const { datasetId } = await world.upload(path);
    const named = world.filesOf(path).map(({ uid, path: file }) => ({ uid, bytes: statSync(file ?? '').size }));
    const small = named.filter(({ bytes }) => bytes < 20_000_000).map(({ uid }) => uid);
    const { cloud, folder } = world.cloud;
    const like = `file-uploads/${datasetId}.%`;
    const zips = cloud.db.all('SELECT key, blob FROM objects WHERE key LIKE ?', like);
    expect(zips.map(({ key }) => key)).toEqual([expect.stringMatching(/^file-uploads\/[0-9a-f]{24}\.[^/]+\.zip$/)]);
    const entries = await readZip(join(folder, 'objects', String(zips[0]?.['blob'])));
    expect(entries.map(({ name }) => name).sort()).toEqual(small.sort());
    const direct = world.requests(new RegExp(`^PUT /_s3/files/${datasetId}/`));
    expect(direct).toEqual(
      named.filter(({ uid }) => !small.includes(uid)).map(({ uid }) => `PUT /_s3/files/${datasetId}/${uid}`),
    );
  });

  it('F3: one that has vanished is named; the others go; its document is not in the index', async () => {
    const path = world.dataset('vanished', 3, [100, 200]);
    const [first] = world.filesOf(path);
    rmSync(join(path, '.ndi', 'files', first?.uid ?? ''));
    const { success, tally } = await world.upload(path);
    expect(success).toBe(false);
    expect(tally.failed.map(({ id }) => id)).toEqual([first?.uid]);
    expect(tally.sentFiles).toBe(1);
    expect(readSyncIndex(path).local.has(first?.id ?? '')).toBe(false);
    expect(readSyncIndex(path).local.size).toBe(world.ids(path).length - 1);
  });

  it('F5: an archive that cannot be extracted is made good file by file', async () => {
    const path = world.dataset('failed job', 4, [10, 20, 30]);
    const datasetId = await world.link(path);
    // One that failed last month is nobody's business any more.
    setJob(world.cloud.cloud, newJob(world.cloud.cloud, 'files', datasetId), 'failed', { error: 'old' });
    faults.add({
      route: 'GET /bulk-uploads/*',
      first: 1,
      status: 200,
      body: { state: 'failed', jobId: 'x', error: 'bad' },
    });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles]).toEqual([true, 3]);
    // Each once, by itself.
    expect(world.requests(new RegExp(`^PUT /_s3/files/${datasetId}/`))).toHaveLength(3);
  });

  it('F7: a file that arrives damaged is sent again; one that always does fails with both hashes', async () => {
    const path = world.dataset('damaged', 2, [5000]);
    await world.upload(world.dataset('other', 1));
    await world.link(path);
    faults.add({ route: 'PUT /_s3/**', skip: 1, first: 1, corrupt: true });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles]).toEqual([true, 1]);
    const worse = world.dataset('always damaged', 2, [5000]);
    await world.link(worse);
    faults.add({ route: 'PUT /_s3/**', skip: 1, corrupt: true });
    const again = await world.sync(worse, { mode: 'uploadNew' });
    expect(again.success).toBe(false);
    expect(again.tally.failed[0]?.reason).toMatch(/MD5 is [0-9a-f]{32} instead of [0-9a-f]{32}/);
  });

  it('F10: no storage request carries a token, and no signed address is used twice', async () => {
    await world.upload(world.dataset('signed', 3, [10, 20, 21_000_000]));
    expect(world.cloud.cloud.log.filter(({ path, hasToken }) => path.startsWith('/_s3/') && hasToken)).toEqual([]);
  });

  it('F12: a row that says uploaded is believed only when the file can be had', async () => {
    const path = world.dataset('late', 2, [77]);
    await world.link(path);
    faults.add({ route: 'GET /datasets/*/files/*/detail', first: 3, status: 200, body: { uid: 'x' } });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles]).toEqual([true, 1]);
    const never = world.dataset('never', 2, [78]);
    await world.link(never);
    faults.add({ route: 'GET /datasets/*/files/*/detail', status: 200, body: { uid: 'x' } });
    const failed = await world.sync(never, { mode: 'uploadNew' });
    expect(failed.tally.failed).toMatchObject([{ reason: expect.stringContaining('cannot be had') }]);
    faults.clear();
    const next = await world.plan(never, { mode: 'uploadNew' });
    expect(next.steps.filter(({ kind }) => kind === 'file')).toEqual([]);
    expect((await world.sync(never, { mode: 'uploadNew' })).success).toBe(true);
  });

  it('F4: an interrupted upload goes on; no file is stored twice', async () => {
    const path = world.dataset(
      'interrupted',
      60,
      Array.from({ length: 60 }, (_, at) => 100 + at),
    );
    await world.link(path);
    const cut = new AbortController();
    const watch = setInterval(() => {
      if (world.requests(/detail$/).length > 0) cut.abort(new Error('killed'));
    }, 1);
    const before = world.requests(/detail$/).length;
    expect(before).toBeGreaterThan(0);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow();
    clearInterval(watch);
    const { success } = await world.sync(path, { mode: 'uploadNew' });
    expect(success).toBe(true);
    expect(world.storedUids(world.linkOf(path))).toEqual(
      world
        .filesOf(path)
        .map(({ uid }) => uid)
        .sort(),
    );
  });

  it('G2: fetched files keep their uids; one that is gone stays in the cloud by name', async () => {
    const path = world.dataset('fetch', 4, [300, 400, 25_000_000]);
    const { datasetId } = await world.upload(path);
    const { path: copy } = await world.download(datasetId, 'fetched');
    faults.add({ route: 'GET /datasets/*/files/*/detail', first: 1, status: 404, body: { error: 'File not found' } });
    const part = await world.sync(copy, { mode: 'downloadNew', files: true });
    expect(part.success).toBe(false);
    expect(part.tally.fetchedFiles).toBe(2);
    const missing = part.tally.failed[0]?.id ?? '';
    const { id: owner = '', path: here } = world.filesOf(copy).find(({ uid }) => uid === missing) ?? {};
    expect(here).toBeNull();
    const [entry] = world.copy(copy, (one) => fileEntries(one.document(owner)));
    expect(entry?.locations).toMatchObject([{ location_type: 'ndicloud', location: `ndic://${datasetId}/${missing}` }]);
    faults.clear();
    const rest = await world.sync(copy, { mode: 'downloadNew', files: true });
    expect([rest.success, rest.tally.fetchedFiles]).toEqual([true, 1]);
    for (const { uid, path: original } of world.filesOf(path)) {
      expect(statSync(join(copy, '.ndi', 'files', uid)).size).toBe(statSync(original ?? '').size);
    }
    expect((await world.plan(copy, { mode: 'twoWay', files: true, updateEdited: true })).steps).toEqual([]);
  });
});
