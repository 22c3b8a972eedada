// Scenario F4 of NDI Cloud, number by number: an upload of 1000 files that is killed on its way.
import fs, { rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { syncIndexPath } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { fieldsOf } from '../store/jobs.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const { faults } = cloud;
afterEach(() => {
  faults.clear();
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** Three archives: 400 files fill the first, 30 the second, and none of the 570 fits in beside those. */
const SIZES = [
  ...Array<number>(400).fill(125_000),
  ...Array<number>(30).fill(1_666_600),
  ...Array<number>(570).fill(2001),
];

/** Uids of files that are read from now on. */
function filesRead(): Set<string> {
  const read = new Set<string>();
  const open = fs.createReadStream;
  vi.spyOn(fs, 'createReadStream').mockImplementation((path, options) => {
    read.add(basename(String(path)));
    return open(path, options);
  });
  syncBuiltinESMExports();
  return read;
}

/** Uids of files as the cloud stores them from now on, each as often as it is stored. */
function filesStored(datasetId: string): string[] {
  const stored: string[] = [];
  const put = cloud.objects.put.bind(cloud.objects);
  vi.spyOn(cloud.objects, 'put').mockImplementation(async (key, bytes, options) => {
    const object = await put(key, bytes, options);
    if (key.startsWith(`files/${datasetId}/`)) stored.push(basename(key));
    return object;
  });
  return stored;
}

/** Keeps the cloud from taking the archive of so many files apart; gives what lets it. */
function heldExtraction(datasetId: string, files: number): { release: () => void; readonly isHeld: boolean } {
  let held: (() => void | Promise<void>) | null = null;
  const later = cloud.later.bind(cloud);
  const isItsTurn = () =>
    cloud.db
      .all(`SELECT * FROM jobs WHERE dataset_id = ? AND state = 'extracting'`, datasetId)
      .some((job) => fieldsOf(job)['totalFiles'] === files);
  vi.spyOn(cloud, 'later').mockImplementation((milliseconds, work) => {
    // The job says how many files it has in the same breath as it asks to go on.
    if (held === null && isItsTurn()) held = work;
    else later(milliseconds, work);
  });
  return {
    release: () => later(0, () => held?.()),
    get isHeld() {
      return held !== null;
    },
  };
}

describe('an upload of 1000 files, killed after 400 were verified and 30 more were in an archive on its way', () => {
  it('F4: goes on with its journal, and without it: nothing is read or stored twice', async () => {
    const path = world.dataset('thousand', 1000, SIZES);
    const datasetId = await world.link(path);
    const journal = await world.transfer(path, (transfer) => Promise.resolve(transfer.journal));
    const bytesOf = new Map(world.filesOf(path).map(({ uid, path: file }) => [uid, fs.statSync(file ?? '').size]));
    const uidsOf = (bytes: number) =>
      [...bytesOf]
        .filter(([, size]) => size === bytes)
        .map(([uid]) => uid)
        .sort();
    const [first, second, third] = [uidsOf(125_000), uidsOf(1_666_600), uidsOf(2001)];
    expect([first.length, second.length, third.length]).toEqual([400, 30, 570]);
    const stored = filesStored(datasetId);
    const extraction = heldExtraction(datasetId, 30);
    // The third archive never gets through.
    faults.add({ route: 'PUT /_s3/file-uploads/**', skip: 2, stallRequestAtBytes: 1000 });
    const cut = new AbortController();
    const watch = setInterval(() => {
      const isThere = journal.files('verified').length === 400 && journal.files('sent').length === 30;
      if (isThere && extraction.isHeld) cut.abort(new Error('killed'));
    }, 5);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow('killed');
    clearInterval(watch);
    faults.clear();
    expect(stored.toSorted()).toEqual(first);
    const states = () => cloud.db.all('SELECT state, fields FROM jobs WHERE dataset_id = ?', datasetId);
    expect(states().filter(({ state }) => state === 'extracting')).toHaveLength(1);

    // With its journal: the 400 are as it has them, the job of the 30 is awaited, 570 are sent.
    world.restart();
    const from = cloud.log.length;
    const read = filesRead();
    const again = world.sync(path, { mode: 'uploadNew' });
    const jobLooks = () => cloud.log.slice(from).filter((entry) => /^\/bulk-uploads\//.test(entry.path)).length;
    await expect.poll(jobLooks).toBeGreaterThan(1);
    extraction.release();
    const { success, tally } = await again;
    expect([success, tally.resumed, tally.sentFiles]).toEqual([true, 30, 570]);
    expect(first.filter((uid) => read.has(uid))).toEqual([]);
    expect(third.filter((uid) => !read.has(uid))).toEqual([]);
    expect(stored.toSorted()).toEqual([...bytesOf.keys()].sort());

    // As the kill had left it once more, now without a journal.
    for (const uid of third) {
      cloud.db.run('DELETE FROM files WHERE dataset_id = ? AND uid = ?', datasetId, uid);
      cloud.db.run('DELETE FROM objects WHERE key = ?', `files/${datasetId}/${uid}`);
    }
    rmSync(syncIndexPath(path));
    world.restart('a new data folder');
    // The sizes in the list are compared: 430 are found, one of which would not be with another size.
    const [one = ''] = first;
    const size = (bytes: number) =>
      cloud.db.run('UPDATE files SET size = ? WHERE dataset_id = ? AND uid = ?', bytes, datasetId, one);
    size(124_999);
    const planned = async () => {
      const { steps } = await world.plan(path, { mode: 'uploadNew' });
      return steps.filter(({ kind, action }) => kind === 'file' && action === 'send').map(({ id }) => id);
    };
    expect((await planned()).sort()).toEqual([...third, one].sort());
    size(125_000);
    expect((await planned()).sort()).toEqual(third);
    stored.length = 0;
    read.clear();
    const lost = await world.sync(path, { mode: 'uploadNew' });
    expect([lost.success, lost.tally.sent, lost.tally.sentFiles]).toEqual([true, 0, 570]);
    expect([...first, ...second].filter((uid) => read.has(uid))).toEqual([]);
    expect(stored.toSorted()).toEqual(third);
  });
});
