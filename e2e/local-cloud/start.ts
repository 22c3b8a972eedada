import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Cloud } from './cloud.ts';
import { serve } from './server.ts';
import type { Settings } from './settings.ts';

export interface LocalCloud {
  /** Base address of the API: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Where its memory lies. */
  readonly folder: string;
  /** Its switches and its memory, for tests in the same process. */
  readonly cloud: Cloud;
  /** Takes it from the network; what is given back puts it there again, at the same address. */
  unplug(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

export interface LocalCloudOptions {
  /** Where its database and objects lie; made if missing. */
  readonly folder: string;
  /** 0: any that is free. */
  readonly port?: number;
  readonly settings?: Partial<Settings>;
}

/** A cloud of one's own: the whole of NDI Cloud's interface, as far as its clients know it, on this machine. */
export async function startLocalCloud({ folder, port = 0, settings }: LocalCloudOptions): Promise<LocalCloud> {
  const cloud = new Cloud(folder, settings);
  const server = createServer((request, response) => void serve(cloud, request, response));
  // Transfers may last as long as they move.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  cloud.origin = `http://127.0.0.1:${boundPort}`;
  const unlisten = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `${cloud.origin}/v1`,
    cloud,
    folder,
    async unplug() {
      await unlisten();
      return () => new Promise<void>((resolve) => void server.listen(boundPort, '127.0.0.1', resolve));
    },
    async stop() {
      await unlisten();
      await cloud.close();
    },
  };
}
