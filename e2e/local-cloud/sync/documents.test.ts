import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { newDocument } from '../../../electron/ndi/documents/build.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { readZip, unpack } from '../zip.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud, folder } = world.cloud;
const { faults, notes } = cloud;
afterEach(() => faults.clear());

/** How many documents each archive held that the cloud got for a dataset, the largest first. */
async function chunkSizes(datasetId: string): Promise<number[]> {
  const rows = cloud.db.all('SELECT blob FROM objects WHERE key LIKE ?', `document-uploads/${datasetId}.%`);
  const sizes = rows.map(async ({ blob }) => {
    const path = join(folder, 'objects', String(blob));
    const [only, ...more] = await readZip(path);
    expect(more).toEqual([]);
    let text = '';
    if (only !== undefined) for await (const part of unpack(path, only)) text += part.toString('latin1');
    return (JSON.parse(text) as unknown[]).length;
  });
  return (await Promise.all(sizes)).sort((a, b) => b - a);
}

describe('documents on their way up', () => {
  it('E2: go in chunks of 2000, 2000 and 500; after a kill what had left is found and the rest is sent', async () => {
    // With the documents of the dataset itself and of its link.
    const path = world.dataset('chunks', 4498);
    const datasetId = await world.link(path);
    expect(world.ids(path)).toHaveLength(4500);
    const journal = await world.transfer(path, (transfer) => Promise.resolve(transfer.journal));
    // The first archive is taken in, the second is not yet, and the third has no address when the process dies.
    const later = cloud.later.bind(cloud);
    const events: (() => void | Promise<void>)[] = [];
    const holding = vi.spyOn(cloud, 'later').mockImplementation((milliseconds, work) => {
      if (events.push(work) !== 2) later(milliseconds, work);
    });
    faults.add({ route: '* /datasets/*/documents/bulk-upload', skip: 2, delayMs: 2000 });
    const cut = new AbortController();
    const watch = setInterval(() => {
      if (journal.openChunks().filter(({ sent }) => sent).length === 2) cut.abort(new Error('killed'));
    }, 1);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow('killed');
    clearInterval(watch);
    faults.clear();
    await expect.poll(() => world.remoteIds(datasetId)).toHaveLength(2000);
    expect(await chunkSizes(datasetId)).toEqual([2000, 2000]);

    world.restart();
    const asked = world.requests(/document-count/).length;
    const again = world.sync(path, { mode: 'uploadNew' });
    await expect.poll(() => world.requests(/document-count/).length).toBeGreaterThan(asked);
    holding.mockRestore();
    later(0, () => events[1]?.());
    const { success, tally } = await again;
    expect([success, tally.resumed, tally.sent]).toEqual([true, 4000, 500]);
    expect(await chunkSizes(datasetId)).toEqual([2000, 2000, 500]);
    // As many rows as documents: none is there twice.
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  });

  it('E3: an archive that is swallowed is noticed; its documents are posted one by one', async () => {
    const path = world.dataset('swallowed', 4);
    await world.link(path);
    faults.add({ route: 'PUT /_s3/**', first: 1, loseEvent: true });
    const { tally, success } = await world.sync(path, { mode: 'uploadNew' });
    expect([success, tally.sent, tally.resentSingly]).toEqual([true, 6, 6]);
    expect(world.remoteIds(world.linkOf(path))).toEqual(world.ids(path));
  });

  it('E3: what cannot be posted either is named, and is not in the index', async () => {
    const path = world.dataset('refused', 2);
    await world.link(path);
    faults.add({ route: 'PUT /_s3/**', first: 1, loseEvent: true });
    faults.add({ route: 'POST /datasets/*/documents', first: 1, status: 400, body: { message: 'no' } });
    const { tally, success } = await world.sync(path, { mode: 'uploadNew' });
    expect(success).toBe(false);
    expect(tally.failed).toHaveLength(1);
    expect(tally.failed[0]?.reason).toContain('no');
    const missing = tally.failed[0]?.id ?? '';
    expect(world.ids(path)).toContain(missing);
    expect([...readSyncIndex(path).local]).toEqual(world.ids(path).filter((id) => id !== missing));
    faults.clear();
    expect((await world.sync(path, { mode: 'uploadNew' })).tally.sent).toBe(1);
  });

  it('E4: numbers without a spelling in JSON, and what is too large to come back', async () => {
    const path = world.dataset('numbers', 1);
    const odd = newDocument('demoNDI', { 'demoNDI.value': [Number.NaN, Infinity, -Infinity, 1, null] });
    // A text that reads as the service's spelling becomes a number on its way: a known limit of the service.
    const text = newDocument('demoNDI', { 'base.name': '__NDI__NaN__' });
    const huge = newDocument('demoNDI', { 'base.name': 'x'.repeat(6 * 1024 * 1024 + 1) });
    world.put(path, [odd, huge, text]);
    const { tally, datasetId } = await world.upload(path);
    expect(tally.failed.map(({ id }) => id)).toEqual([documentId(huge)]);
    expect(tally.failed[0]?.reason).toContain('6 MiB');
    const stored = world.stored(datasetId, documentId(odd));
    expect(stored['demoNDI']).toEqual({ value: ['__NDI__NaN__', '__NDI__Infinity__', '__NDI__-Infinity__', 1, null] });
    const { path: copy } = await world.download(datasetId, 'numbers');
    const back = world.copy(copy, (one) => one.document(documentId(odd)));
    expect(back['demoNDI']).toEqual({ value: [Number.NaN, Infinity, -Infinity, 1, null] });
    const name = world.copy(copy, (one) => one.document(documentId(text)))['base'];
    expect(name).toMatchObject({ name: Number.NaN });
  });

  it('E5: one by one where NDI’s own switch says so', async () => {
    const path = world.dataset('serial', 3);
    await world.link(path);
    process.env['NDI_CLOUD_UPLOAD_NO_ZIP'] = 'TRUE';
    try {
      faults.add({ route: 'POST /datasets/*/documents', skip: 2, first: 12, status: 500, body: 'An error occured.' });
      const before = world.requests(/bulk-upload$/).length;
      const { success, tally } = await world.sync(path, { mode: 'uploadNew' });
      expect(success).toBe(false);
      expect(tally.failed.length).toBeGreaterThan(0);
      expect(world.requests(/bulk-upload$/)).toHaveLength(before);
      faults.clear();
      expect((await world.sync(path, { mode: 'uploadNew' })).success).toBe(true);
      expect(world.remoteIds(world.linkOf(path))).toEqual(world.ids(path));
    } finally {
      delete process.env['NDI_CLOUD_UPLOAD_NO_ZIP'];
    }
  });

  it('C5: a creation whose answer was lost is looked for, and never made twice', async () => {
    const made = () => world.requests(/^POST \/organizations\/.*\/datasets$/).length;
    const before = made();
    const path = world.dataset('lost answer', 1);
    faults.add({ route: 'POST /organizations/*/datasets', first: 1, status: 504, work: true });
    const datasetId = await world.link(path, 'Lost answer');
    expect(made() - before).toBe(1);
    expect(world.linkOf(path)).toBe(datasetId);
    const other = world.dataset('not made', 1);
    faults.add({ route: 'POST /organizations/*/datasets', first: 1, status: 504 });
    await world.link(other, 'Not made at first');
    expect(made() - before).toBe(3);
  });

  it('C5: a creation that was interrupted is found by the next attempt', async () => {
    const path = world.dataset('interrupted', 1);
    faults.add({ route: 'GET /datasets/*', first: 50, status: 400, body: { message: 'not now' } });
    await expect(world.link(path, 'Interrupted')).rejects.toThrow('not now');
    faults.clear();
    const before = world.requests(/^POST \/organizations\/.*\/datasets$/).length;
    await world.link(path, 'Interrupted');
    expect(world.requests(/^POST \/organizations\/.*\/datasets$/)).toHaveLength(before);
  });

  it('C6: a posted document whose answer was lost counts where it is listed', async () => {
    const path = world.dataset('posted', 1);
    await world.link(path);
    process.env['NDI_CLOUD_UPLOAD_NO_ZIP'] = '1';
    try {
      faults.add({ route: 'POST /datasets/*/documents', first: 1, status: 504, work: true });
      faults.add({ route: 'POST /datasets/*/documents', first: 1, status: 504 });
      const before = world.requests(/^POST .*\/documents$/).length;
      const { success } = await world.sync(path, { mode: 'uploadNew' });
      expect(success).toBe(true);
      const ids = world.ids(path);
      expect(world.remoteIds(world.linkOf(path))).toEqual(ids);
      // One was found where it was listed; the other, which was not, was posted once more.
      expect(world.requests(/^POST .*\/documents$/).length - before).toBe(ids.length + 1);
    } finally {
      delete process.env['NDI_CLOUD_UPLOAD_NO_ZIP'];
    }
  });

  it('E6: one id goes as a list of one', async () => {
    const path = world.dataset('single', 2);
    await world.upload(path);
    const [first = ''] = world.demoIds(path);
    world.copy(path, (copy) => copy.remove([first]));
    const gone = await world.sync(path, { mode: 'twoWay', deletions: true, approval: { yes: true } });
    expect([gone.success, gone.tally.deletedThere]).toEqual([true, 1]);
    expect(world.remoteIds(world.linkOf(path))).toEqual(world.ids(path));
    expect(notes).toEqual([]);
  });
});
