import type { RequestListener } from 'node:http';
import { createRouter } from '../services/router.ts';
import { createServices, type Services } from '../services/services.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { newSecret } from './access.ts';
import { handOver } from './hand-over.ts';
import { claimInstance, readInstance, releaseInstance, type Instance } from './instance-lock.ts';
import { pageResponder, readPageFiles } from './page-files.ts';
import { openWebDoor, type WebDoor } from './web-door.ts';

/** Tried first, so that an SSH tunnel can be set up once; any free port where it is taken. */
const USUAL_PORT = 4747;

export interface ServeOptions {
  /** The application's own folder. One door serves one folder. */
  readonly dataFolder: string;
  /** Undefined: the usual port, or a free one where that is taken. 0: a free one. */
  readonly port?: number | undefined;
  readonly ipv6?: boolean;
  readonly token: boolean;
  /** Session, recording or folder to open; absolute. */
  readonly path?: string | undefined;
  /** Answers with the page instead of the built files; for `npm run dev`. */
  readonly page?: { readonly respond: RequestListener; readonly policy: string };
}

/** What a start came to: this process serves, or one that runs already took the path. */
export interface Served {
  /** To be opened in a browser; its token works once. */
  readonly address: string;
  readonly port: number;
  /** Null when another process serves. */
  readonly close: (() => Promise<void>) | null;
}

/**
 * Starts the web door with the services behind it, or hands the path to the one that runs for the same folder.
 * @throws NdiError door.portBusy, usage.invalid, path.missing (the page is not built), path.* of the folder
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const running = readInstance(options.dataFolder);
  const taken = running === null ? null : await handTo(running, options);
  if (taken !== null) return taken;

  const services = createServices({ door: 'web', dataFolder: options.dataFolder });
  const instanceSecret = newSecret();
  let door: WebDoor;
  try {
    door = await openDoor(options, services, instanceSecret);
  } catch (error) {
    await services.close();
    throw error;
  }
  const close = async () => {
    await door.close();
    await services.close();
  };
  const instance: Instance = { pid: process.pid, port: door.port, secret: instanceSecret };
  if (!claimInstance(options.dataFolder, instance, running)) {
    // Another start was faster by a moment: it serves, and gets our path.
    await close();
    const winner = readInstance(options.dataFolder);
    const late = winner === null ? null : await handTo(winner, options);
    if (late === null) throw lostTheRace(options.dataFolder);
    return late;
  }
  services.begin();
  if (options.path !== undefined) services.hostEvents.send({ type: 'open', path: options.path });
  return {
    address: door.address(),
    port: door.port,
    async close() {
      releaseInstance(options.dataFolder, instance);
      await close();
    },
  };
}

async function handTo(instance: Instance, options: ServeOptions): Promise<Served | null> {
  const address = await handOver(instance, options.path ?? null);
  return address === null ? null : { address, port: instance.port, close: null };
}

async function openDoor(options: ServeOptions, services: Services, instanceSecret: string): Promise<WebDoor> {
  const open = (port: number) =>
    openWebDoor({
      router: createRouter(services),
      page: options.page?.respond ?? pageResponder(readPageFiles()),
      policy: options.page?.policy,
      port,
      ipv6: options.ipv6 ?? false,
      token: options.token,
      instanceSecret,
      onHandOver: (path) => {
        if (path !== null) services.hostEvents.send({ type: 'open', path });
      },
    });
  if (options.port !== undefined) return open(options.port);
  try {
    return await open(USUAL_PORT);
  } catch (error) {
    if (error instanceof NdiError && error.code === 'door.portBusy') return open(0);
    throw error;
  }
}

function lostTheRace(folder: string): NdiError {
  return new NdiError({
    code: 'path.ioFault',
    message: `Another start of NDI Desktop holds ${folder} and does not answer.`,
    recovery: 'Wait a moment, then start again.',
    details: { path: folder },
  });
}
