import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { contentPolicy } from '../../shared/model/content-policy.ts';

/** The page straight from its sources, with hot reload: `npm run dev`. */
export interface DevPage {
  readonly respond: RequestListener;
  readonly policy: string;
  close(): Promise<void>;
}

const HOT_RELOAD_PORT = 24_747;

/** Needs the development dependencies; the installed program has none of them. */
export async function startDevPage(): Promise<DevPage> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: fileURLToPath(new URL('../../build/vite.config.ts', import.meta.url)),
    server: { middlewareMode: true, ws: { host: '127.0.0.1', port: HOT_RELOAD_PORT } },
  });
  return {
    respond: (request, response) => {
      vite.middlewares(request, response);
    },
    policy: devPolicy(),
    close: () => vite.close(),
  };
}

/** As the page's own, with what hot reload needs: its socket and the inline script that React's refresh adds. */
function devPolicy(): string {
  return contentPolicy(['ws:']).replace("script-src 'self'", "script-src 'self' 'unsafe-inline'");
}
