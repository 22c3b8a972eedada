import { applicationFolder } from '../../services/application-folder.ts';
import { isAppLink } from '../../../shared/model/query-link.ts';
import { openBrowser } from '../../web/browser.ts';
import { serve, type Served } from '../../web/serve.ts';
import { paint } from '../paint.ts';
import { toJson } from '../report.ts';
import type { Command, Run } from '../run.ts';

interface Options {
  readonly port?: number;
  readonly open?: boolean;
  readonly token: boolean;
  readonly ipv6?: boolean;
  readonly dev?: boolean;
}

/** Serves until it is told to end; answers at once where another process serves already. */
export const serveCommand: Command<Options> = async (run, [path], options) => {
  if (!options.token) warn('Without a token, every program and user of this machine may come in.');
  const dev = options.dev === true ? await (await import('../../web/dev-page.ts')).startDevPage() : undefined;
  const served = await serve({
    dataFolder: applicationFolder(),
    port: options.port,
    ipv6: options.ipv6 ?? false,
    token: options.token,
    path: path === undefined || isAppLink(path) ? path : run.path(path),
    ...(dev === undefined ? {} : { page: dev }),
  });
  announce(run, served);
  if (options.open === true) await openBrowser(served.address);
  if (served.close !== null) {
    await untilTold(run.signal);
    await served.close();
  }
  await dev?.close();
  return null;
};

function announce(run: Run, served: Served): void {
  const { address, port } = served;
  const alreadyRunning = served.close === null;
  if (run.json) process.stdout.write(toJson({ address, port, alreadyRunning }));
  else
    process.stdout.write(`${alreadyRunning ? 'NDI Desktop runs already' : 'NDI Desktop'}: ${paint('bold', address)}\n`);
}

function warn(sentence: string): void {
  process.stderr.write(`${paint('yellow', sentence, process.stderr)}\n`);
}

/** Until Ctrl-C, or until the process is asked to end (a service manager, the end of a container). */
async function untilTold(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    for (const name of ['SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
}
