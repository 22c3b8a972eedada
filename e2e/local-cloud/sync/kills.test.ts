import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeWorld } from './world.ts';

/** Kills in a normal run; `NDI_CLOUD_KILLS=300` for the long one. */
const KILLS = Number(process.env['NDI_CLOUD_KILLS'] ?? 6);
const ndi = fileURLToPath(new URL('../../../electron/cli/ndi.ts', import.meta.url));
const world = await makeWorld();

/** One attempt at the upload in a process of its own. @param killAfterMs null: it runs to its end */
async function attempt(path: string, killAfterMs: number | null): Promise<number | null> {
  const env = {
    ...process.env,
    NDI_CLOUD_URL: world.cloud.url,
    NDI_DATA_FOLDER: join(world.folder, 'child'),
    NDI_CLOUD_USERNAME: world.user.email,
    NDI_CLOUD_PASSWORD: world.user.password,
  };
  const child = spawn(process.execPath, [ndi, 'cloud', 'upload', path, '--json'], { env, stdio: 'ignore' });
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (timer !== null) clearTimeout(timer);
  return code;
}

it(
  `nothing is lost, doubled or half there after ${KILLS} kills of an upload`,
  { timeout: 60_000 + KILLS * 10_000 },
  async () => {
    const path = world.dataset(
      'killed',
      40,
      Array.from({ length: 40 }, (_, at) => 1000 * (at + 1)),
    );
    const ids = world.ids(path);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await attempt(path, 500 + Math.random() * 2000);
      // Whatever was cut off: nothing of what was here is gone.
      expect(world.ids(path)).toEqual(expect.arrayContaining(ids));
    }
    expect(await attempt(path, null)).toBe(0);
    const datasetId = world.linkOf(path);
    expect(world.remoteIds(datasetId)).toEqual(world.ids(path));
    expect(world.storedUids(datasetId)).toEqual(
      world
        .filesOf(path)
        .map(({ uid }) => uid)
        .sort(),
    );
    const made = world.cloud.cloud.db.all('SELECT id FROM datasets');
    expect(made).toHaveLength(1);
  },
);
