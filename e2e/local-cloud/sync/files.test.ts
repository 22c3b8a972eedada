import { hash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { fileBatches } from '../../../electron/ndi/cloud/transfer/file-batches.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { newJob, setJob } from '../store/jobs.ts';
import { readZip } from '../zip.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const { faults } = cloud;
afterEach(() => faults.clear());

/** Single files that were stored since. */
const puts = (from: number) =>
  cloud.log.slice(from).filter(({ method, path }) => method === 'PUT' && path.startsWith('/_s3/files/')).length;
const addressesAsked = (from: number) =>
  cloud.log.slice(from).filter(({ path }) => /^\/datasets\/\w+\/\w+\/files\/(?!bulk)/.test(path)).length;

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
    const { folder } = world.cloud;
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

  it('F7: a file that arrives damaged is sent again by a fresh address, and looked at again', async () => {
    const path = world.dataset('damaged', 2, [5000]);
    await world.link(path);
    const from = cloud.log.length;
    faults.add({ route: 'PUT /_s3/files/**', first: 1, corrupt: true });
    const { success, tally, journal } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles]).toEqual([true, 1]);
    expect([puts(from), addressesAsked(from)]).toEqual([2, 2]);
    expect(journal.corruptFiles()).toEqual([]);
  });

  it('F7: one that always arrives damaged fails with both hashes, and goes again although the list calls it uploaded', async () => {
    const path = world.dataset('always damaged', 2, [5000]);
    const datasetId = await world.link(path);
    const uid = world.filesOf(path)[0]?.uid ?? '';
    const from = cloud.log.length;
    faults.add({ route: 'PUT /_s3/files/**', corrupt: true });
    const { success, tally, journal } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles, puts(from), addressesAsked(from)]).toEqual([false, 0, 3, 3]);
    const here = hash('md5', readFileSync(join(path, '.ndi', 'files', uid)));
    const there = String(cloud.db.get('SELECT etag FROM objects WHERE key = ?', `files/${datasetId}/${uid}`)?.['etag']);
    expect(there).not.toBe(here);
    expect(tally.failed).toMatchObject([{ id: uid, reason: expect.stringContaining(`${there} instead of ${here}`) }]);
    expect(journal.corruptFiles()).toEqual([uid]);

    // The address could not be had at all: what is known of the bytes there is not forgotten.
    faults.clear();
    faults.add({ route: 'GET /datasets/*/*/files/*', status: 400, body: { message: 'later' } });
    await world.sync(path, { mode: 'uploadNew' });
    faults.clear();
    const { steps } = await world.plan(path, { mode: 'uploadNew' });
    expect(steps).toMatchObject([
      { kind: 'file', action: 'send', id: uid, reason: expect.stringContaining('damaged') },
    ]);
    expect((await world.sync(path, { mode: 'uploadNew' })).tally.sentFiles).toBe(1);
    expect((await world.plan(path, { mode: 'uploadNew' })).steps).toEqual([]);
  });

  it('F7: a kill before a damaged file was looked at does not let it pass', async () => {
    const path = world.dataset('damaged and killed', 2, [300_000]);
    await world.link(path);
    const cut = new AbortController();
    // Where no sample would show it.
    faults.add({ route: 'PUT /_s3/files/**', first: 1, corruptAtByte: 70_000 });
    faults.add({ route: 'GET /datasets/*/files/*/detail', delayMs: 300 });
    const from = cloud.log.length;
    const watch = setInterval(() => {
      if (puts(from) === 1) cut.abort(new Error('killed'));
    }, 1);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow('killed');
    clearInterval(watch);
    faults.clear();
    world.restart();
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles, puts(from)]).toEqual([true, 1, 2]);
  });

  it('F7: an ETag of parts says nothing: the first, a middle and the last 64 KiB are compared instead', async () => {
    const path = world.dataset('in parts', 2, [400_000]);
    await world.link(path);
    const from = cloud.log.length;
    faults.add({ route: '* /_s3/files/**', partsEtag: true });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles, puts(from)]).toEqual([true, 1, 1]);
    const got = cloud.log
      .slice(from)
      .filter(({ method, path: one }) => method === 'GET' && one.startsWith('/_s3/files/'));
    // After a single byte that tells the size.
    expect(got.map(({ range }) => range)).toEqual([
      'bytes=0-0',
      'bytes=0-65535',
      'bytes=200000-265535',
      `bytes=${400_000 - 65_536}-399999`,
    ]);
    faults.clear();
    const worse = world.dataset('in damaged parts', 2, [400_000]);
    await world.link(worse);
    faults.add({ route: 'PUT /_s3/files/**', corruptAtByte: 399_999 });
    faults.add({ route: 'GET /_s3/files/**', partsEtag: true });
    const damaged = await world.sync(worse, { mode: 'uploadNew' });
    expect(damaged.tally.failed).toMatchObject([{ reason: expect.stringContaining('it differs after byte 334464') }]);
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
