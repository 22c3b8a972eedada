// What becomes of transfers when the application ends and starts again.
import { expect, test } from 'vitest';
import { createServices } from '../../../electron/services/services.ts';
import { seedUser } from '../seed.ts';
import { applicationsOf, large } from './applications.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const { application, puts, everything } = applicationsOf(world);

test('what was running when the application was closed goes on by itself in the next one, from what had arrived', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('rebooted', 7, large(6));
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => app.view(id)?.filesDone ?? 0).toBeGreaterThan(0);
  // Another process sees what this one had written down, and leaves it to it.
  const peek = application(app.dataFolder);
  await peek.transfers.continueInterrupted();
  expect(peek.state(id)).toBe('interrupted');
  await expect(peek.transfers.resume(id)).rejects.toMatchObject({ code: 'sync.busy' });
  await expect(peek.transfers.cancel(id)).rejects.toMatchObject({ code: 'sync.busy' });
  await app.close();
  const next = application(app.dataFolder);
  const found = next.view(id);
  // As much as had arrived, of the whole.
  expect(found).toMatchObject({ state: 'interrupted', files: 6, bytes: 120_000_000, moving: [] });
  expect(found?.bytesDone).toBe((found?.filesDone ?? 0) * 20_000_000);
  expect(found?.filesDone).toBeGreaterThan(0);
  await next.transfers.continueInterrupted();
  expect(next.view(id)).toMatchObject({ state: 'running', bytes: 120_000_000 });
  expect(next.view(id)?.bytesDone).toBeGreaterThanOrEqual(found?.bytesDone ?? 0);
  const report = await next.transfers.finish(id);
  expect(report.failed).toEqual([]);
  everything(path);
  expect(new Set(puts(from)).size).toBe(puts(from).length);
  expect(next.view(id)).toMatchObject({ bytes: 120_000_000, bytesDone: 120_000_000, filesDone: 6 });
});

test('what was paused stays paused; what waited for the network goes on', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('paused', 4, large(3));
  app.transfers.limit(200_000);
  const paused = await app.transfers.start({ kind: 'upload', path });
  await app.moves(paused);
  await app.transfers.pause(paused);
  const other = world.dataset('without a network', 2);
  cloud.faults.add({ route: 'GET /**', drop: 'before' });
  const waiting = await app.transfers.start({ kind: 'upload', path: other });
  await app.until(waiting, 'offline');
  await app.close();
  cloud.faults.clear();
  const next = application(app.dataFolder);
  await next.transfers.continueInterrupted();
  await next.until(waiting, 'done');
  everything(other);
  expect(next.state(paused)).toBe('paused');
  await next.transfers.resume(paused);
  await next.until(paused, 'done');
  everything(path);
});

/** A sync that is stopped by the end of its process before it has done anything. */
async function stopped(path: string, more: object) {
  const app = application();
  await app.signIn();
  cloud.faults.add({ route: 'GET /datasets/*/document-count', delayMs: 20_000 });
  const options = { mode: 'twoWay', deletions: false, files: false, updateEdited: false } as const;
  const id = await app.transfers.start({ kind: 'sync', path, options, ...more });
  await expect.poll(() => app.view(id)?.phase).toBe('listing the cloud');
  await app.close();
  cloud.faults.clear();
  return { id, next: application(app.dataFolder) };
}

test.each([
  ['a mirror', { options: { mode: 'mirrorToRemote', deletions: false, files: false, updateEdited: false } }],
  ['a sync with deletions', { options: { mode: 'twoWay', deletions: true, files: false, updateEdited: false } }],
  ['settled conflicts', { resolutions: { x: 'here' } }],
])('%s, to which a person had agreed, waits for a person', async (name, more) => {
  const { path, datasetId, demos } = await world.synced(name, 12);
  const [gone = ''] = demos;
  world.copy(path, (copy) => copy.remove([gone]));
  const { id, next } = await stopped(path, { approval: { yes: true }, ...more });
  const from = cloud.log.length;
  await next.transfers.continueInterrupted();
  expect(next.state(id)).toBe('interrupted');
  expect(cloud.log.length).toBe(from);
  expect(world.remoteIds(datasetId)).toContain(gone);
  await next.transfers.resume(id);
  const report = await next.transfers.finish(id);
  expect([report.failed, report.deletedThere]).toEqual([[], name === 'settled conflicts' ? 0 : 1]);
});

test('nobody goes on as somebody else, nor signed out: it waits for a sign-in', async () => {
  const path = world.dataset('signed out', 3);
  await world.link(path);
  const { id, next } = await stopped(path, {});
  await next.signIn();
  await next.accounts.signOut();
  await next.transfers.continueInterrupted();
  expect(next.view(id)).toMatchObject({ state: 'needsSignIn', error: { code: 'auth.required' } });
  const ben = seedUser(cloud, { email: 'ben@example.org' });
  await next.signIn(ben, { nickname: 'ben' });
  await expect.poll(() => next.view(id)?.error?.code).toBe('auth.otherUser');
  expect(next.state(id)).toBe('needsSignIn');
  await next.signIn();
  await next.until(id, 'done');
  everything(path);
});

test('what a command had begun is the command’s to begin again', async () => {
  const app = application(undefined, false);
  await app.signIn();
  const path = world.dataset('command', 3, large(2));
  app.transfers.limit(200_000);
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.moves(id);
  await app.close();
  const next = application(app.dataFolder);
  await next.transfers.continueInterrupted();
  expect(next.state(id)).toBe('interrupted');
});

test('the setting says whether it goes on by itself; a process without a journal makes none by looking', async () => {
  const path = world.dataset('by setting', 2);
  await world.link(path);
  const { id, next } = await stopped(path, {});
  await next.close();
  const services = createServices({ door: 'web', dataFolder: next.dataFolder });
  const state = () => services.cloud.transfers.list().transfers.find((one) => one.id === id)?.state;
  try {
    services.settings.set({ continueTransfers: false });
    services.begin();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(state()).toBe('interrupted');
    services.settings.set({ continueTransfers: true });
    services.begin();
    await expect.poll(state).toBe('done');
  } finally {
    await services.close();
  }
  everything(path);
});
