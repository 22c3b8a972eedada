import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SeededUser } from './seed.ts';
import type { Settings } from './settings.ts';

/** A local cloud in a process of its own, with an account. */
export interface CloudApart {
  readonly url: string;
  readonly user: SeededUser;
  /** Makes a dataset of so many documents there. */
  seed(documents: number): Promise<string>;
  stop(): void;
}

/** @param folder where its database and objects lie */
export async function startCloudApart(folder: string, settings: Partial<Settings> = {}): Promise<CloudApart> {
  const program = fileURLToPath(new URL('apart-main.ts', import.meta.url));
  const child = fork(program, [folder, JSON.stringify(settings)], { execArgv: [] });
  const { url, user } = await told<Pick<CloudApart, 'url' | 'user'>>(child);
  return {
    url,
    user,
    async seed(documents) {
      child.send({ documents });
      return (await told<{ datasetId: string }>(child)).datasetId;
    },
    stop: () => child.disconnect(),
  };
}

async function told<T>(child: ChildProcess): Promise<T> {
  return ((await once(child, 'message')) as [T])[0];
}
