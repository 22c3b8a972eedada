import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { SeededUser } from '../seed.ts';
import { Application } from './application.ts';
import type { World } from './world.ts';

/** Applications of people on one cloud, for a test file; closed after each test, and the cloud is as it was. */
export function applicationsOf(world: World) {
  const { cloud } = world.cloud;
  const direct = cloud.origin;
  let made = 0;
  const open: { close: () => Promise<void> }[] = [];

  afterEach(async () => {
    cloud.faults.clear();
    cloud.settings.clockOffsetMs = 0;
    cloud.origin = direct;
    for (const one of open.splice(0)) await one.close();
  });

  return {
    /** The application of one person. */
    application: (dataFolder = join(world.folder, `data ${(made += 1)}`), lasting = true) => {
      const app = new Application({ dataFolder, lasting });
      open.push(app);
      const signIn = (who: SeededUser = world.user, more: object = {}) =>
        app.accounts.signIn({ email: who.email, password: who.password, server: `${cloud.origin}/v1`, ...more });
      const until = (id: string, wanted: string) => expect.poll(() => app.state(id)).toBe(wanted);
      const view = (id: string) => app.transfers.list().transfers.find((one) => one.id === id);
      const moves = (id: string) => expect.poll(() => view(id)?.bytesDone ?? 0).toBeGreaterThan(0);
      return Object.assign(app, { signIn, until, view, moves });
    },

    /** Files that were stored one by one, since. */
    puts: (from = 0) =>
      cloud.log
        .slice(from)
        .filter(({ method, path, status }) => method === 'PUT' && path.startsWith('/_s3/files/') && status === 200)
        .map(({ path }) => path),

    /** The cloud holds all documents and files of a copy, each once. */
    everything: (path: string): void => {
      const datasetId = world.linkOf(path);
      expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
      expect(world.storedUids(datasetId)).toEqual(
        world
          .filesOf(path)
          .map(({ uid }) => uid)
          .sort(),
      );
    },
  };
}

/** Sizes of files that travel by themselves. */
export const large = (count: number) => Array.from({ length: count }, () => 20_000_000);
