import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEmptyPlan } from '../../../shared/model/sync.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { readZip, unpack } from '../zip.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();

describe('an upload', () => {
  it('E1: makes the dataset, links it, sends one archive of all documents and notes both lists', async () => {
    const path = world.dataset('first', 3);
    const { datasetId, success, tally } = await world.upload(path);
    expect(success).toBe(true);
    const ids = world.ids(path);
    expect(ids).toHaveLength(5);
    expect(tally.sent).toBe(5);
    expect(world.remoteIds(datasetId)).toEqual(ids);
    expect(world.requests(/bulk-upload$/)).toHaveLength(1);
    // One zip of the dataset's name with one entry: the list of all five.
    const { cloud } = world.cloud;
    const [zip, ...more] = cloud.db.all("SELECT key, blob FROM objects WHERE key LIKE 'document-uploads/%'");
    expect([String(zip?.['key']), more]).toEqual([
      expect.stringMatching(new RegExp(`^document-uploads/${datasetId}\\.[^/]+\\.zip$`)),
      [],
    ]);
    const archive = join(world.cloud.folder, 'objects', String(zip?.['blob']));
    const [entry, ...others] = await readZip(archive);
    expect([entry?.name, others]).toEqual([expect.stringMatching(/^[^/]+\.json$/), []]);
    const parts: Buffer[] = [];
    if (entry !== undefined) for await (const part of unpack(archive, entry)) parts.push(part);
    const sent = JSON.parse(Buffer.concat(parts).toString()) as { base: { id: string } }[];
    expect(sent.map(({ base }) => base.id).sort()).toEqual(ids);
    const index = readSyncIndex(path);
    expect([...index.local]).toEqual(ids);
    expect([...index.remote]).toEqual(ids);
    for (const mode of ['uploadNew', 'downloadNew', 'twoWay', 'mirrorToRemote', 'mirrorFromRemote'] as const) {
      const plan = await world.plan(path, { mode, files: true, updateEdited: true, deletions: true });
      expect(plan.steps).toEqual([]);
      expect(isEmptyPlan(plan)).toBe(true);
    }
  });

  it('sends files, small and large, each verified, none twice', async () => {
    const path = world.dataset('files', 5, [0, 10, 30_000, 21_000_000]);
    const { success, tally, datasetId } = await world.upload(path);
    expect(tally.failed).toEqual([]);
    expect(success).toBe(true);
    expect(tally.sentFiles).toBe(4);
    const before = world.requests(/^PUT/).length;
    const again = await world.sync(path, { mode: 'uploadNew' });
    expect([again.tally.sent, again.tally.sentFiles]).toEqual([0, 0]);
    expect(world.requests(/^PUT/)).toHaveLength(before);
    const { path: copy, tally: fetched } = await world.download(datasetId, 'down');
    expect(fetched.failed).toEqual([]);
    expect(world.ids(copy)).toEqual(world.ids(path));
    expect((await world.plan(copy, { mode: 'twoWay', updateEdited: true })).steps).toEqual([]);
    const withFiles = await world.sync(copy, { mode: 'downloadNew', files: true });
    expect(withFiles.tally.failed).toEqual([]);
    expect(withFiles.tally.fetchedFiles).toBe(4);
    expect((await world.plan(copy, { mode: 'twoWay', files: true, updateEdited: true })).steps).toEqual([]);
  });
});
