import { afterEach, describe, expect, it } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import { newDocument } from '../../../electron/ndi/documents/build.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { faults, notes } = world.cloud.cloud;
afterEach(() => faults.clear());

describe('documents on their way up', () => {
  it('E2: go in chunks; what had left before a kill is found, the rest is sent, none twice', async () => {
    const path = world.dataset('chunks', 4497);
    await world.link(path);
    const cut = new AbortController();
    // The process dies after the second archive has left and before it is taken in.
    faults.add({ route: 'PUT /_s3/**', skip: 1, first: 1, status: 200, work: true, delayMs: 0 });
    const putsBefore = world.requests(/^PUT/).length;
    const watch = setInterval(() => {
      if (world.requests(/^PUT/).length - putsBefore >= 2) cut.abort(new Error('killed'));
    }, 1);
    await expect(world.sync(path, { mode: 'uploadNew' }, cut.signal)).rejects.toThrow();
    clearInterval(watch);
    const { success } = await world.sync(path, { mode: 'uploadNew' });
    expect(success).toBe(true);
    const datasetId = world.linkOf(path);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
    expect(world.requests(/bulk-upload$/).length).toBeLessThanOrEqual(4);
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
