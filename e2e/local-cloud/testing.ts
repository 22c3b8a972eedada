import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cloud } from './cloud.ts';
import type { Settings } from './settings.ts';
import { startLocalCloud, type LocalCloud } from './start.ts';

/** A cloud for one test file: its own folder, and workers that do not let tests wait. */
export async function startTestCloud(settings: Partial<Settings> = {}): Promise<LocalCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'ndi-cloud-'));
  const quick = { eventDelayMs: 5, zipDelayMs: 5, publishDelayMs: 20, ...settings };
  const running = await startLocalCloud({ folder, settings: quick });
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How often something was asked: `POST /auth/login`, with `*` and `**` as in faults. */
export function timesAsked(cloud: Cloud, method: string, path: RegExp): number {
  return cloud.log.filter((entry) => entry.method === method && path.test(entry.path)).length;
}
