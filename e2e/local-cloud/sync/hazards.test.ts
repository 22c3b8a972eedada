import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { documentId } from '../../../shared/model/documents.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../../../electron/ndi/documents/build.ts';
import { withCopyLock } from '../../../electron/ndi/cloud/copy/copy-lock.ts';
import { readSyncIndex } from '../../../electron/ndi/cloud/sync/sync-index.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { faults } = world.cloud.cloud;
afterEach(() => faults.clear());
const HOUR_MS = 3_600_000;

describe('a sync', () => {
  it('H12 H13: notices edits on either side, carries them over when asked, settles no conflict by itself', async () => {
    const { path, datasetId, demos } = await world.synced('edits');
    const [mine = '', theirs = '', both = ''] = demos;
    world.edit(path, mine, { 'demoNDI.value': 100 });
    world.editThere(datasetId, theirs, { 'demoNDI.value': 200 });
    world.edit(path, both, { 'demoNDI.value': 301 });
    world.editThere(datasetId, both, { 'demoNDI.value': 302 });
    const { tally, plan } = await world.sync(path, { mode: 'twoWay', updateEdited: true });
    expect(tally.failed).toEqual([]);
    expect(tally.updated).toBe(2);
    expect(plan.steps.filter(({ action }) => action === 'conflict').map(({ id }) => id)).toEqual([both]);
    expect(world.stored(datasetId, mine)['demoNDI']).toEqual({ value: 100 });
    expect(world.copy(path, (copy) => copy.document(theirs))['demoNDI']).toEqual({ value: 200 });
    expect(world.copy(path, (copy) => copy.document(both))['demoNDI']).toEqual({ value: 301 });
    expect(world.stored(datasetId, both)['demoNDI']).toEqual({ value: 302 });
    const settled = await world.sync(path, { mode: 'twoWay', resolutions: new Map([[both, 'there']]) });
    expect(settled.tally.updated).toBe(1);
    expect(settled.journal.history(both)).toMatchObject([{ side: 'here', why: 'overwritten' }]);
    expect((await world.plan(path, { mode: 'twoWay', updateEdited: true })).steps).toEqual([]);
  });

  it('H17: a plan asks for nothing that changes anything, here or there', async () => {
    const { path } = await world.synced('dry');
    world.put(path, [world.demo('dry', 9)]);
    const before = world.cloud.cloud.log.length;
    const index = readSyncIndex(path);
    await world.plan(path, { mode: 'mirrorToRemote', deletions: true, updateEdited: true });
    const asked = world.cloud.cloud.log.slice(before).filter(({ path: one }) => !one.endsWith('/auth/login'));
    const writes = asked.filter(({ method, path: one }) => method !== 'GET' && !one.endsWith('bulk-fetch'));
    expect(writes).toEqual([]);
    expect(readSyncIndex(path)).toEqual(index);
  });

  it('H20: what depends on something that is nowhere waits in quarantine; the rest arrives', async () => {
    const { path, datasetId } = await world.synced('quarantine');
    const session = world.copy(path, (copy) => copy.id);
    const needs = newDocument('element', { 'base.session_id': session, 'element.name': 'x' });
    const orphan = { ...needs, depends_on: [{ name: 'subject_id', value: 'f'.repeat(33) }] };
    const good = newDocument('demoNDI', { 'base.session_id': session });
    world.addThere(datasetId, orphan);
    world.addThere(datasetId, good);
    const { tally, journal, success } = await world.sync(path, { mode: 'downloadNew' });
    expect([success, tally.fetched]).toEqual([false, 1]);
    expect(journal.quarantine()).toMatchObject([{ id: documentId(orphan), reason: expect.stringContaining('needs') }]);
    expect(world.ids(path)).toContain(documentId(good));
    expect(readSyncIndex(path).local.has(documentId(orphan))).toBe(false);
    // The next run tries again, now with what was missing.
    const subject = newDocument('subject', { 'base.session_id': session, 'subject.local_identifier': 'x@y' });
    world.addThere(datasetId, { ...subject, base: { ...(subject['base'] as object), id: 'f'.repeat(33) } });
    const next = await world.sync(path, { mode: 'downloadNew' });
    expect([next.success, next.tally.fetched, next.journal.quarantine()]).toEqual([true, 2, []]);
  });

  it('I1: an empty cloud copy empties nothing here', async () => {
    const { path, datasetId } = await world.synced('emptied');
    for (const id of world.remoteIds(datasetId)) world.removeThere(datasetId, id);
    const ids = world.ids(path);
    for (const options of [{ mode: 'mirrorFromRemote' }, { mode: 'twoWay', deletions: true }] as const) {
      const run = world.sync(path, { ...options, approval: { yes: true, maxDeletions: 1000 } });
      await expect(run).rejects.toMatchObject({ code: 'sync.remoteEmpty' });
    }
    expect(world.ids(path)).toEqual(ids);
    // A list that could not be had is none, and not an empty one.
    faults.add({ route: 'GET /datasets/*/documents', status: 400, body: { message: 'not now' } });
    const unlisted = world.sync(path, { mode: 'mirrorFromRemote', approval: { typedName: true } });
    await expect(unlisted).rejects.toThrow('not now');
    faults.clear();
    expect(world.ids(path)).toEqual(ids);
    // Only a mirror whose name was typed goes on.
    const accepted = { mode: 'mirrorFromRemote', acceptEmptyRemote: true, approval: { typedName: true } } as const;
    expect((await world.sync(path, accepted)).success).toBe(true);
    expect(world.demoIds(path)).toEqual([]);
  });

  it('I5 I6: refuses without a link, and while another works on the same folder', async () => {
    const path = world.dataset('unlinked');
    await expect(world.sync(path, { mode: 'twoWay' })).rejects.toMatchObject({ code: 'cloud.notLinked' });
    const other = await world.synced('busy');
    await withCopyLock(other.path, async () => {
      await expect(world.sync(other.path, { mode: 'twoWay' })).rejects.toMatchObject({ code: 'sync.busy' });
    });
    expect((await world.sync(other.path, { mode: 'twoWay' })).success).toBe(true);
  });

  it('I8: deletes nothing in a run in which something failed', async () => {
    const { path, datasetId, demos } = await world.synced('partly');
    world.copy(path, (copy) => copy.remove([demos[0] ?? '']));
    world.put(path, [world.demo('partly', 9)]);
    faults.add({ route: 'PUT /_s3/**', first: 1, loseEvent: true });
    faults.add({ route: 'POST /datasets/*/documents', first: 1, status: 400, body: { message: 'no' } });
    const { tally, success } = await world.sync(path, {
      mode: 'mirrorToRemote',
      approval: { yes: true, maxDeletions: 5 },
    });
    expect([success, tally.deletedThere]).toEqual([false, 0]);
    expect(world.remoteIds(datasetId)).toContain(demos[0]);
    // The index names what arrived, not what failed.
    const [failed = ''] = tally.failed.map(({ id }) => id);
    expect(readSyncIndex(path).local.has(failed)).toBe(false);
    expect(readSyncIndex(path).local.size).toBeGreaterThanOrEqual(world.ids(path).length - 1);
  });

  it('I9: what was deleted is not fetched back while it is listed; after a day that is said; once gone it is forgotten', async () => {
    const { path, datasetId, demos } = await world.synced('still listed');
    const [id = ''] = demos;
    const { settings, db } = world.cloud.cloud;
    settings.deletedListedMs = 48 * HOUR_MS;
    world.copy(path, (copy) => copy.remove([id]));
    const gone = await world.sync(path, { mode: 'twoWay', deletions: true, approval: { yes: true } });
    expect([gone.success, gone.tally.deletedThere]).toEqual([true, 1]);
    const row = db.get('SELECT id FROM documents WHERE dataset_id = ? AND ndi_id = ?', datasetId, id);
    const cloudId = String(row?.['id']);
    const listed = async () => (await world.api().listDocuments(datasetId)).rows.map((one) => one.id);
    expect(await listed()).toContain(cloudId);
    expect(gone.journal.tombstones()).toMatchObject([{ cloudId }]);

    const realNow = Date.now;
    const clock = vi.spyOn(Date, 'now');
    for (const hours of [0, 23, 25]) {
      clock.mockImplementation(() => realNow() + hours * HOUR_MS);
      const { tally, plan } = await world.sync(path, { mode: 'twoWay' });
      expect([tally.fetched, plan.steps], `after ${hours} h`).toEqual([0, []]);
      expect(plan.warnings.map(({ code }) => code)).toEqual(hours > 24 ? ['sync.stillListed'] : []);
      expect(await listed()).toContain(cloudId);
      expect(world.ids(path)).not.toContain(id);
    }
    settings.deletedListedMs = 0;
    const last = await world.sync(path, { mode: 'twoWay' });
    clock.mockRestore();
    expect([last.tally.fetched, last.plan.warnings, last.journal.tombstones()]).toEqual([0, [], []]);
  });

  it('I9 I10: what was deleted is not fetched back while it is still listed; an open outcome is looked up', async () => {
    const { path, demos } = await world.synced('resurrection');
    world.cloud.cloud.settings.deletedListedMs = 600_000;
    world.copy(path, (copy) => copy.remove([demos[0] ?? '']));
    faults.add({ route: 'POST /datasets/*/documents/bulk-delete', first: 1, status: 504, work: false });
    const gone = await world.sync(path, { mode: 'twoWay', deletions: true, approval: { yes: true } });
    expect([gone.success, gone.tally.deletedThere]).toEqual([true, 1]);
    const next = await world.sync(path, { mode: 'twoWay' });
    expect(next.tally.fetched).toBe(0);
    expect(world.ids(path)).not.toContain(demos[0]);
    world.cloud.cloud.settings.deletedListedMs = 0;
  });

  it('I10: what is still there after a second deletion has failed, and is not called deleted', async () => {
    const { path, datasetId, demos } = await world.synced('stubborn');
    world.copy(path, (copy) => copy.remove([demos[0] ?? '']));
    faults.add({ route: 'POST /datasets/*/documents/bulk-delete', status: 504 });
    const options = { mode: 'twoWay', deletions: true, approval: { yes: true } } as const;
    const run = await world.sync(path, options);
    expect([run.success, run.tally.deletedThere]).toEqual([false, 0]);
    expect(run.tally.failed).toEqual([{ id: demos[0], reason: 'The cloud did not delete the document.' }]);
    expect(world.remoteIds(datasetId)).toContain(demos[0]);
    expect(world.requests(/bulk-delete$/).length).toBeGreaterThanOrEqual(2);
  });

  it('I11: many deletions need a name or a number, before anything is done', async () => {
    const { path, demos } = await world.synced('many', 30);
    world.copy(path, (copy) => copy.remove(demos.slice(0, 25)));
    const options = { mode: 'twoWay', deletions: true } as const;
    const refused = world.sync(path, { ...options, approval: { yes: true } });
    await expect(refused).rejects.toMatchObject({ code: 'sync.consentNeeded' });
    const done = await world.sync(path, { ...options, approval: { yes: true, maxDeletions: 25 } });
    expect(done.tally.deletedThere).toBe(25);
  });

  it('K2: the same document sent twice at once is one again after the run', async () => {
    const path = world.dataset('twice', 2);
    const datasetId = await world.link(path);
    const [first = ''] = world.demoIds(path);
    const sending = world.sync(path, { mode: 'uploadNew' });
    world.addThere(
      datasetId,
      world.copy(path, (copy) => copy.document(first)),
    );
    expect((await sending).success).toBe(true);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  });

  it('G8 G9: an unknown id and an unclear session leave nothing behind', async () => {
    const from = world.cloud.cloud.log.length;
    await expect(world.download('asdjjdsf', 'nowhere')).rejects.toMatchObject({ code: 'cloud.notFound' });
    expect(world.cloud.cloud.log.length).toBe(from);
    await expect(world.download('0'.repeat(24), 'nowhere')).rejects.toMatchObject({ code: 'cloud.notFound' });
    expect(existsSync(join(world.folder, 'nowhere'))).toBe(false);
    const { datasetId, path: original } = await world.synced('unclear');
    const other = newDocument('session', { 'session.reference': 'other', 'base.session_id': 'a'.repeat(33) });
    world.addThere(datasetId, other);
    const unclear = world.download(datasetId, 'unclear again');
    await expect(unclear).rejects.toMatchObject({ code: 'cloud.sessionUnclear' });
    // Both candidates are named, so that one can be chosen.
    const said = await unclear.catch((thrown: unknown) => JSON.stringify((thrown as NdiError).toReport()));
    for (const candidate of ['other', 'a'.repeat(33), world.copy(original, (copy) => copy.id)]) {
      expect(said).toContain(candidate);
    }
    expect(existsSync(join(world.folder, 'unclear again'))).toBe(false);
    const { path } = await world.download(datasetId, 'unclear', 'a'.repeat(33));
    expect(world.ids(path)).toContain(documentId(other));
  });
});
