// Transfers as the application runs them: they wait for the network, for a sign-in, for a server that asks to wait.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { seedUser } from '../seed.ts';
import { applicationsOf, large } from './applications.ts';
import { QUICK } from './computer.ts';
import { makeWorld } from './world.ts';

const world = await makeWorld();
const { cloud } = world.cloud;
const other = seedUser(cloud, { email: 'ben@example.org' });
const direct = cloud.origin;
const { application, puts, everything } = applicationsOf(world);

test('C1: a session that ends midway waits for the same person, keeps what is on its way, sends nothing twice', async () => {
  const app = application();
  await app.signIn(world.user, { remember: false });
  const path = world.dataset('ends midway', 7, large(6));
  const from = cloud.log.length;
  const id = await app.transfers.start({ kind: 'upload', path });
  await expect.poll(() => puts(from).length).toBeGreaterThan(0);
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
  const sent = puts(from);
  expect(new Set(sent).size).toBe(sent.length);
});

test('C2: rejected twice, the transfer waits for a sign-in and goes on after it', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('rejected', 2);
  await world.link(path);
  const from = cloud.log.length;
  cloud.faults.add({ route: 'GET /datasets/*/document-count', status: 401, body: { message: 'Unauthorized' } });
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.until(id, 'needsSignIn');
  expect(app.view(id)?.error?.code).toBe('auth.rejected');
  const asked = (route: RegExp) => cloud.log.slice(from).filter(({ path: one }) => route.test(one)).length;
  expect([asked(/document-count$/), asked(/auth\/login$/)]).toEqual([2, 1]);
  cloud.faults.clear();
  await app.signIn();
  await app.until(id, 'done');
  everything(path);
});

test('C3: a server that asks for minutes gets them: the transfer is paused until then, says so, and goes on by itself', async () => {
  const app = application();
  await app.signIn();
  const path = world.dataset('asked to wait', 2);
  await world.link(path);
  const wait = { status: 429, headers: { 'Retry-After': '125' } };
  cloud.faults.add({ route: 'GET /datasets/*/document-count', first: 1, ...wait });
  const id = await app.transfers.start({ kind: 'upload', path });
  await app.until(id, 'paused');
  expect(app.view(id)?.error).toMatchObject({
    code: 'cloud.waitAsked',
    message: expect.stringMatching(/asks to wait until \d{4}-\d\d-\d\dT/),
  });
  const from = cloud.log.length;
  await app.until(id, 'done');
  // Nothing was asked before the minutes were over, which here pass quickly.
  const [refused, next] = [cloud.log[from - 1], cloud.log[from]];
  expect(refused?.status).toBe(429);
  expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(120_000 / QUICK);
  everything(path);
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
  await app.moves(first);
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
