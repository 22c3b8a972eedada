// Transfers as the application runs them: they wait for the network and for a sign-in, pause, go on and end.
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { seedUser, type SeededUser } from '../seed.ts';
import { Application } from './application.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const other = seedUser(cloud, { email: 'ben@example.org' });
const direct = cloud.origin;
let made = 0;
const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  cloud.faults.clear();
  cloud.settings.clockOffsetMs = 0;
  cloud.origin = direct;
  for (const one of open.splice(0)) await one.close();
});

/** The application of one person; closed after the test. */
function application(dataFolder = join(world.folder, `data ${(made += 1)}`), lasting = true) {
  const app = new Application({ dataFolder, lasting });
  open.push(app);
  const signIn = (who: SeededUser = world.user, more: object = {}) =>
    app.accounts.signIn({ email: who.email, password: who.password, server: `${cloud.origin}/v1`, ...more });
  const until = (id: string, wanted: string) => expect.poll(() => app.state(id), { timeout: 10_000 }).toBe(wanted);
  return Object.assign(app, { signIn, until });
}

const puts = (from = 0) =>
  cloud.log
    .slice(from)
    .filter(({ method, path, status }) => method === 'PUT' && path.startsWith('/_s3/files/') && status === 200);
const everything = (path: string) => {
  const datasetId = world.linkOf(path);
  expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
  expect(world.storedUids(datasetId)).toEqual(
    world
      .filesOf(path)
      .map(({ uid }) => uid)
      .sort(),
  );
};
const large = (count: number) => Array.from({ length: count }, () => 20_000_000);

test('C1: a session that ends midway waits for the same person, keeps what is on its way, sends nothing twice', async () => {
  const app = application();
  await app.signIn(world.user, { remember: false });
  const path = world.dataset('ends midway', 7, large(6));
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => puts(from).length, { timeout: 10_000 }).toBeGreaterThan(0);
  cloud.settings.clockOffsetMs = 3_600_000;
  await app.until(id, 'needsSignIn');
  const [waiting] = app.transfers.list().transfers;
  expect(waiting?.error?.code).toMatch(/^auth\./);
  await app.signIn(other, { nickname: 'ben' });
  await expect
    .poll(() => app.transfers.list().transfers[0]?.error?.message)
    .toContain('begun as ada@example.org; it is not continued as ben@example.org');
  expect(app.state(id)).toBe('needsSignIn');
  await app.signIn(world.user);
  await app.until(id, 'done');
  everything(path);
  const sent = puts(from).map(({ path: one }) => one);
  expect(new Set(sent).size).toBe(sent.length);
});

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

/** A network between the application and the cloud, which can be switched off. */
class Network {
  #server: Server | null = null;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  async on(): Promise<void> {
    const server = createServer((socket) => {
      const to = connect(Number(new URL(direct).port), '127.0.0.1');
      for (const one of [socket, to]) {
        this.#sockets.add(one);
        one.on('error', () => undefined);
        one.once('close', () => {
          socket.destroy();
          to.destroy();
        });
      }
      socket.pipe(to).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    cloud.origin = `http://127.0.0.1:${this.#port}`;
    this.#server = server;
  }

  off(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}
const network = new Network();
afterAll(() => network.off());

test('C9: without a network work waits, what is known stays known, and it goes on by itself', async () => {
  await network.on();
  const app = application();
  await app.signIn();
  const path = world.dataset('offline', 5, large(3));
  const first = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => app.transfers.list().transfers[0]?.bytesDone ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
  network.off();
  await app.until(first, 'offline');
  const checked = await app.planning.status(path, false);
  expect(checked).toMatchObject({ linked: true, cloudDatasetId: world.linkOf(path) });
  // Local work goes on, and more may be asked for.
  const more = world.dataset('offline too', 2);
  world.put(path, [world.demo('offline', 9)]);
  const second = await app.transfers.start({ kind: 'upload', path: more });
  await app.until(second, 'offline');
  const from = cloud.log.length;
  await network.on();
  await app.until(first, 'done');
  await app.until(second, 'done');
  expect(cloud.log.length).toBeGreaterThan(from);
  everything(more);
  expect(world.storedUids(world.linkOf(path))).toHaveLength(3);
  network.off();
});

test('C9: a connection that breaks each time is waited for as one that cannot be made', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('broken', 3, [100, 200]);
  cloud.faults.add({ route: 'GET /datasets/**', drop: 'before' });
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.until(id, 'offline');
  expect(app.transfers.list().transfers[0]?.error).toMatchObject({
    code: 'cloud.interrupted',
    details: { kind: 'reset' },
  });
  cloud.faults.clear();
  await app.until(id, 'done');
  everything(path);
});

test('C9: a command that ends with its work says that there is no network, and keeps nothing waiting', async () => {
  await network.on();
  const app = application(undefined, false);
  await app.signIn();
  network.off();
  const path = world.dataset('offline command', 1);
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect(app.transfers.finish(id)).rejects.toMatchObject({ code: 'cloud.offline' });
  expect(app.state(id)).toBe('failed');
});

test('F13: pause stops at once and keeps what has arrived; resume goes on; cancel ends and leaves nothing behind', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('paused', 5, large(4));
  app.transfers.limit(200_000);
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => app.transfers.list().transfers[0]?.bytesDone ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
  await app.transfers.pause(id);
  expect(app.state(id)).toBe('paused');
  const seen = cloud.log.length;
  await new Promise((resolve) => setTimeout(resolve, 150));
  // What was on its way is only noted as broken off.
  expect(cloud.log.slice(seen).filter(({ status }) => status !== 0)).toEqual([]);
  expect(puts(from)).toEqual([]);
  app.transfers.limit(null);
  await app.transfers.resume(id);
  await app.until(id, 'done');
  everything(path);
  const again = world.dataset('cancelled', 5, large(4));
  app.transfers.limit(200_000);
  const cancelled = await app.transfers.start({ kind: 'upload', path: again });
  const ended = app.transfers.finish(cancelled);
  await expect
    .poll(() => app.transfers.list().transfers.at(-1)?.bytesDone ?? 0, { timeout: 10_000 })
    .toBeGreaterThan(0);
  await app.transfers.cancel(cancelled);
  await expect(ended).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(app.state(cancelled)).toBe('cancelled');
  expect(readdirSync(join(again, '.ndi', 'sync'))).toEqual([]);
  expect(readdirSync(join(app.dataFolder, 'cloud')).filter((name) => !name.startsWith('journal.sqlite'))).toEqual([]);
  app.transfers.limit(null);
  const anew = await app.transfers.retry(cancelled);
  expect((await app.transfers.finish(anew)).failed).toEqual([]);
  everything(again);
});

test('F13: an archive that was paused on its way is sent again at once: nobody waits for what cannot have arrived', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('paused archive', 5, [3_000_000, 3_000_000, 3_000_000]);
  app.transfers.limit(20_000);
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => app.transfers.list().transfers[0]?.bytesDone ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
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
  await expect.poll(() => app.transfers.list().transfers[0]?.bytesDone ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
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
  expect(puts(from).map(({ path: one }) => one)).toEqual([expect.stringContaining(first?.uid ?? '?')]);
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

test('what was running when its process ended is there to be resumed, from what had arrived', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('rebooted', 7, large(6));
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => puts(from).length, { timeout: 10_000 }).toBeGreaterThan(0);
  // Another process sees what this one had written down.
  const peek = application(app.dataFolder);
  expect(peek.state(id)).toBe('interrupted');
  await app.close();
  open.splice(0);
  const next = application(app.dataFolder);
  expect(next.state(id)).toBe('paused');
  await next.transfers.resume(id);
  const report = await next.transfers.finish(id);
  expect(report.failed).toEqual([]);
  everything(path);
  const sent = puts(from).map(({ path: one }) => one);
  expect(new Set(sent).size).toBe(sent.length);
});
