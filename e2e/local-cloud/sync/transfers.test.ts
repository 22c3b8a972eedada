// Transfers as the application runs them: they pause, go on and end, and send again only what failed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seedUser } from '../seed.ts';
import { applicationsOf, large } from './applications.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const other = seedUser(cloud, { email: 'ben@example.org' });
const { application, puts, everything } = applicationsOf(world);

test('I3: what another account may not see is said to be invisible to it, by name', async () => {
  const path = world.dataset('not mine', 2);
  await world.upload(path);
  const app = application();
  await app.signIn(other);
  const seen = app.planning.status(path, true);
  const where = (await app.accounts.account())?.organization?.name ?? '?';
  await expect(seen).rejects.toMatchObject({
    code: 'cloud.notFound',
    message: expect.stringContaining(`not visible to ben@example.org in ${where}`),
  });
});

test('F13: pause stops at once and keeps what has arrived; resume goes on; cancel ends and leaves nothing behind', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('paused', 5, large(4));
  app.transfers.limit(200_000);
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.moves(id);
  await app.transfers.pause(id);
  expect(app.state(id)).toBe('paused');
  const seen = cloud.log.length;
  await new Promise((resolve) => setTimeout(resolve, 150));
  // What was on its way is only noted as broken off.
  expect(cloud.log.slice(seen).filter(({ status }) => status !== 0)).toEqual([]);
  expect(puts(from)).toEqual([]);
  expect(app.endings).toEqual([]);
  app.transfers.limit(null);
  await app.transfers.resume(id);
  await app.until(id, 'done');
  everything(path);
  expect(app.endings).toEqual([{ kind: 'transfer', title: 'Uploading paused', state: 'done' }]);
  const again = world.dataset('cancelled', 5, large(4));
  app.transfers.limit(200_000);
  const cancelled = await app.transfers.start({ kind: 'upload', path: again });
  const ended = app.transfers.finish(cancelled);
  await app.moves(cancelled);
  await app.transfers.cancel(cancelled);
  await expect(ended).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(app.state(cancelled)).toBe('cancelled');
  expect(readdirSync(join(again, '.ndi', 'sync'))).toEqual([]);
  const kept = readdirSync(join(app.dataFolder, 'cloud'), { recursive: true, encoding: 'utf8' });
  expect(kept.filter((name) => !name.startsWith('journal.sqlite'))).toEqual(['running']);
  app.transfers.limit(null);
  const anew = await app.transfers.retry(cancelled);
  expect((await app.transfers.finish(anew)).failed).toEqual([]);
  everything(again);
});

test('F10: after a pause of two hours every file gets a new address, and no old one is used', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('long pause', 5, large(4));
  app.transfers.limit(200_000);
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.moves(id);
  await app.transfers.pause(id);
  const addresses = () =>
    cloud.log.slice(from).filter(({ path: one }) => /\/files\/[^/]+$/.test(one) && !one.startsWith('/_s3'));
  const before = addresses().length;
  cloud.settings.clockOffsetMs = 2 * 3_600_000;
  app.transfers.limit(null);
  await app.transfers.resume(id);
  await app.until(id, 'done');
  everything(path);
  // What was asked for before the pause may be noted late, as broken off.
  const anew = addresses()
    .slice(before)
    .filter(({ status }) => status === 200);
  expect(new Set(anew.map(({ path: one }) => one)).size).toBe(4);
  const refused = cloud.log.slice(from).filter(({ path: one, status }) => one.startsWith('/_s3') && status === 403);
  expect(refused).toEqual([]);
});

test('E7: what is not ingested is refused before anything is asked of the server, linked or not, with the names', async () => {
  const app = application();
  await app.signIn();
  const { path } = await world.synced('not ingested');
  world.linkedMember(path, join(world.folder, 'outside'));
  const options = { mode: 'mirrorToRemote', deletions: false, files: false, updateEdited: false } as const;
  const from = cloud.log.length;
  for (const request of [{ kind: 'upload', path } as const, { kind: 'sync', path, options } as const]) {
    const refused = app.transfers.finish(await app.transfers.start(request));
    await expect(refused).rejects.toMatchObject({
      code: 'session.notIngested',
      message: expect.stringContaining('outside'),
      details: { sessions: ['outside (linked)'] },
    });
  }
  expect(cloud.log.length).toBe(from);
  // What only fetches is not refused.
  const fetching = { kind: 'sync', path, options: { ...options, mode: 'downloadNew' } } as const;
  expect((await app.transfers.finish(await app.transfers.start(fetching))).failed).toEqual([]);
});

test('F13: an archive that was paused on its way is sent again at once: nobody waits for what cannot have arrived', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('paused archive', 5, [3_000_000, 3_000_000, 3_000_000]);
  app.transfers.limit(20_000);
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.moves(id);
  await app.transfers.pause(id);
  app.transfers.limit(null);
  const from = cloud.log.length;
  await app.transfers.resume(id);
  expect(app.transfers.list().transfers[0]?.phase).not.toBe('sending files');
  await app.until(id, 'done');
  everything(path);
  const asked = cloud.log.slice(from).map(({ method, path: one }) => `${method} ${one}`);
  // Nothing was asked before the new archive's address about the job of the old one.
  const address = asked.findIndex((one) => one.endsWith('/files/bulk'));
  expect(address).toBeGreaterThan(0);
  expect(asked.slice(0, address).filter((one) => /bulk-uploads\/\w/.test(one))).toEqual([]);
});

test('F13: a transfer is cancelled in the list of jobs too', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('job', 3, large(2));
  app.transfers.limit(200_000);
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.moves(id);
  expect(app.jobs.cancel(id)).toBe(true);
  await app.until(id, 'cancelled');
});

test('only what failed is sent again', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('retry', 4, large(3));
  const [first] = world.filesOf(path);
  cloud.faults.add({
    route: `PUT /_s3/files/*/${first?.uid ?? ''}`,
    status: 400,
    body: '<Error><Code>Bad</Code></Error>',
  });
  const id = await app.transfers.start({ kind: 'upload', path });
  const report = await app.transfers.finish(id);
  expect(app.state(id)).toBe('partly');
  expect(report.failed.map((one) => one.id)).toEqual([first?.uid]);
  cloud.faults.clear();
  const from = cloud.log.length;
  const again = await app.transfers.finish(await app.transfers.retry(id));
  expect([again.sent, again.sentFiles, again.failed]).toEqual([0, 1, []]);
  expect(puts(from)).toEqual([expect.stringContaining(first?.uid ?? '?')]);
  expect(cloud.log.slice(from).filter(({ path: one }) => one.endsWith('bulk-upload'))).toEqual([]);
});

test('only what failed is sent again: a file of an archive too', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('retry small', 4, [1000, 2000, 3000]);
  const refused = { status: 400, body: '<Error><Code>Bad</Code></Error>' };
  cloud.faults.add({ route: 'PUT /_s3/file-uploads/**', ...refused });
  cloud.faults.add({ route: 'PUT /_s3/files/**', first: 1, ...refused });
  const id = await app.transfers.start({ kind: 'upload', path });
  const report = await app.transfers.finish(id);
  expect([report.sentFiles, report.failed.length]).toEqual([2, 1]);
  cloud.faults.clear();
  const from = cloud.log.length;
  const again = await app.transfers.finish(await app.transfers.retry(id));
  expect([again.sentFiles, again.failed]).toEqual([1, []]);
  everything(path);
  // The job of the archive that was refused is ours, and is not waited for.
  expect(cloud.log.slice(from).filter(({ path: one }) => /bulk-uploads\/\w/.test(one))).toEqual([]);
});
