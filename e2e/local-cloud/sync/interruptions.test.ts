// Scenario groups C and F of NDI Cloud in whole runs: the network, files and others, while something is on its way.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { transferLimits } from '../../../electron/ndi/cloud/http/limits.ts';
import { newJob, setJob } from '../store/jobs.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const { faults } = cloud;
afterEach(() => {
  faults.clear();
  world.limits = transferLimits;
});

const storageOf = (from: number, method: string) =>
  cloud.log.slice(from).filter((entry) => entry.method === method && entry.path.startsWith('/_s3/files/'));

/** Signed addresses for single files that the cloud has given since. */
const addressesAsked = (from: number) =>
  cloud.log.slice(from).filter(({ path }) => /^\/datasets\/\w+\/\w+\/files\/(?!bulk)/.test(path)).length;

/** How often the archives of others were looked at: before the plan and in it, more where they were waited for. */
const looksForArchives = (from: number) =>
  cloud.log.slice(from).filter(({ path }) => path.endsWith('/bulk-uploads')).length;

/** A linked dataset whose documents are there already, so that only its files are left to be sent. */
async function onlyFilesLeft(name: string, sizes: readonly number[]) {
  const path = world.dataset(name, sizes.length + 1, sizes);
  const datasetId = await world.link(path);
  const fault = faults.add({ route: 'GET /datasets/*/*/files/*', status: 400, body: { message: 'later' } });
  await world.sync(path, { mode: 'uploadNew' });
  faults.remove(fault);
  return { path, datasetId };
}

describe('a broken network', () => {
  it('C7: a large file that is cut at 40 % goes again from its beginning, by a fresh address', async () => {
    const { path, datasetId } = await onlyFilesLeft('cut', [21_000_000]);
    const from = cloud.log.length;
    faults.add({ route: 'PUT /_s3/files/**', first: 1, cutRequestAtBytes: 8_400_000 });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles, tally.sentBytes]).toEqual([true, 1, 21_000_000]);
    expect(storageOf(from, 'PUT').map(({ status }) => status)).toEqual([0, 200]);
    expect(addressesAsked(from)).toBe(2);
    expect(world.storedUids(datasetId)).toHaveLength(1);
  });

  it('C7: after five failures one file has failed, the others arrive, and the next run sends what is left', async () => {
    const { path, datasetId } = await onlyFilesLeft('always cut', [21_000_000, 22_000_000]);
    const [first] = world.filesOf(path);
    faults.add({ route: `PUT /_s3/files/*/${first?.uid ?? ''}`, cutRequestAtBytes: 1_000_000 });
    const part = await world.sync(path, { mode: 'uploadNew' });
    expect([part.success, part.tally.sentFiles]).toEqual([false, 1]);
    expect(part.tally.failed.map(({ id }) => id)).toEqual([first?.uid]);
    faults.clear();
    const from = cloud.log.length;
    const rest = await world.sync(path, { mode: 'uploadNew' });
    expect([rest.success, rest.tally.sentFiles]).toEqual([true, 1]);
    expect(storageOf(from, 'PUT')).toHaveLength(1);
    expect(world.storedUids(datasetId)).toHaveLength(2);
  });

  it('C8: a transfer that stands still is ended and repeated', async () => {
    const { path } = await onlyFilesLeft('stalled', [21_000_000]);
    world.limits = { ...transferLimits, stallMs: 200 };
    const from = cloud.log.length;
    faults.add({ route: 'PUT /_s3/files/**', first: 1, stallRequestAtBytes: 1_000_000 });
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sentFiles]).toEqual([true, 1]);
    expect(addressesAsked(from)).toBe(2);
  });

  it('C9: a network that is gone for a moment, or another one, is only a pause for what is on its way', async () => {
    const path = world.dataset('other network', 4, [100, 200, 21_000_000]);
    await world.link(path);
    // Every connection of the old network dies at once; the next ones are good.
    faults.add({ route: 'PUT /_s3/**', first: 2, drop: 'before' });
    faults.add({ route: 'GET /**', skip: 3, first: 2, drop: 'before' });
    const { success, datasetId } = await world.upload(path);
    expect(success).toBe(true);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
    expect(world.storedUids(datasetId)).toHaveLength(3);
  });
});

describe('files', () => {
  it('F9: one that changes while it is sent goes again; one that never rests has failed and is named', async () => {
    const { path } = await onlyFilesLeft('changing', [50_000]);
    const [file] = world.filesOf(path);
    const local = join(path, '.ndi', 'files', file?.uid ?? '');
    const from = cloud.log.length;
    faults.add({ route: 'PUT /_s3/files/**', first: 1, delayMs: 60 });
    const asked = () => cloud.log.slice(from).some(({ path: one }) => one.endsWith(`/files/${file?.uid ?? ''}`));
    const watch = setInterval(() => {
      if (!asked()) return;
      clearInterval(watch);
      utimesSync(local, new Date(1e12), new Date(1e12));
    }, 1);
    const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
    clearInterval(watch);
    expect([success, tally.sentFiles]).toEqual([true, 1]);
    expect(storageOf(from, 'PUT')).toHaveLength(2);
    const other = await onlyFilesLeft('never rests', [50_000]);
    const [restless] = world.filesOf(other.path);
    let tick = 0;
    const touching = setInterval(() => {
      const time = new Date(1e12 + 1000 * tick++);
      utimesSync(join(other.path, '.ndi', 'files', restless?.uid ?? ''), time, time);
    }, 1);
    faults.add({ route: 'PUT /_s3/files/**', delayMs: 30 });
    const busy = await world.sync(other.path, { mode: 'uploadNew' });
    clearInterval(touching);
    expect(busy.success).toBe(false);
    expect(busy.tally.failed[0]?.reason).toContain('is being written');
  });

  it('F6: a job that was queued long ago and never began keeps nobody waiting, and that is said', async () => {
    const path = world.dataset('stale job', 2, [10, 20]);
    const datasetId = await world.link(path);
    cloud.settings.clockOffsetMs = -3_600_000;
    newJob(cloud, 'files', datasetId);
    cloud.settings.clockOffsetMs = 0;
    const from = cloud.log.length;
    const { success, plan } = await world.sync(path, { mode: 'uploadNew' });
    expect(success).toBe(true);
    expect(plan.warnings).toEqual([
      { code: 'sync.staleUpload', message: expect.stringMatching(/^An upload of files was announced.*never came/) },
    ]);
    // Once before the plan and once in it: none of the 30 s that others are given has passed.
    expect(looksForArchives(from)).toBeLessThanOrEqual(2);
    expect(world.storedUids(datasetId)).toHaveLength(2);
  });

  it('I12: what others are sending is waited for a while, said, and not sent a second time', async () => {
    const { path, datasetId } = await onlyFilesLeft('others', [1000, 2000]);
    const job = newJob(cloud, 'files', datasetId);
    setJob(cloud, job, 'extracting');
    const [theirs] = world.filesOf(path);
    const plan = await world.plan(path, { mode: 'uploadNew' });
    expect(plan.warnings).toMatchObject([{ code: 'sync.othersSending' }]);
    // It arrives after the plan was made, before the files are sent.
    const from = cloud.log.length;
    const arrived = () => {
      cloud.db.run(
        'INSERT INTO files (dataset_id, uid, size, uploaded, extracted) VALUES (?, ?, ?, 1, 1)',
        ...[datasetId, theirs?.uid ?? '', 1000],
      );
    };
    const watch = setInterval(() => {
      if (!cloud.log.slice(from).some(({ path: one }) => one.includes('/documents?'))) return;
      clearInterval(watch);
      arrived();
    }, 1);
    const run = await world.sync(path, { mode: 'uploadNew' });
    clearInterval(watch);
    setJob(cloud, job, 'complete');
    expect(run.plan.warnings).toMatchObject([{ code: 'sync.othersSending' }]);
    expect(run.tally.sentFiles).toBe(1);
    expect(storageOf(from, 'PUT').map(({ path: one }) => one)).toEqual([
      expect.not.stringContaining(theirs?.uid ?? 'x'),
    ]);
  });

  it('a kill between the address and the archive does not let the next run wait for an archive that never comes', async () => {
    const path = world.dataset('never came', 4, [10, 20, 30]);
    const datasetId = await world.link(path);
    const cut = new AbortController();
    faults.add({ route: 'PUT /_s3/file-uploads/**', first: 1, delayMs: 400 });
    const watch = setInterval(() => {
      if (world.requests(/files\/bulk$/).length > 0) cut.abort(new Error('killed'));
    }, 1);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow();
    clearInterval(watch);
    faults.clear();
    const from = cloud.log.length;
    const { success } = await world.sync(path, { mode: 'uploadNew' });
    expect(success).toBe(true);
    expect(looksForArchives(from)).toBeLessThanOrEqual(2);
    expect(world.storedUids(datasetId)).toHaveLength(3);
  });

  it('a kill before the address has come leaves a job that is known to be ours', async () => {
    const path = world.dataset('never told', 4, [10, 20, 30]);
    const datasetId = await world.link(path);
    const cut = new AbortController();
    faults.add({ route: '* /datasets/*/*/files/bulk', drop: 'after' });
    const already = world.requests(/files\/bulk$/).length;
    const watch = setInterval(() => {
      if (world.requests(/files\/bulk$/).length > already) cut.abort(new Error('killed'));
    }, 1);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow();
    clearInterval(watch);
    faults.clear();
    const queued = () => cloud.db.all(`SELECT id FROM jobs WHERE dataset_id = ? AND state = 'queued'`, datasetId);
    expect(queued().length).toBeGreaterThan(0);
    const from = cloud.log.length;
    const { success, plan } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, plan.warnings]).toEqual([true, []]);
    expect(looksForArchives(from)).toBeLessThanOrEqual(2);
    expect(world.storedUids(datasetId)).toHaveLength(3);
  });
});
