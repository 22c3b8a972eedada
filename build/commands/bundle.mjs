// Bundles the privileged side: each entry into one file of dist/electron/, with nothing left to find at run time but
// Node's own modules and Electron.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

const entries = {
  cli: 'electron/cli/ndi.ts',
  worker: 'electron/workers/worker-entry.ts',
  main: 'electron/desktop/main.ts',
  data: 'electron/desktop/data-process.ts',
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  logLevel: 'warning',
  // Vite serves the page of `npm run dev` only, and is loaded then.
  external: ['electron', 'vite'],
  legalComments: 'none',
};

// Packages in the CommonJS form that reach for `require` find it in an ESM bundle.
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const present = Object.entries(entries).filter(([, path]) => existsSync(join(root, path)));
await build({
  ...common,
  entryPoints: Object.fromEntries(present),
  format: 'esm',
  outdir: 'dist/electron',
  banner: { js: requireBanner },
});
if (existsSync(join(root, 'electron/desktop/preload.ts'))) {
  // A sandboxed preload script must be CommonJS and in one file.
  await build({
    ...common,
    entryPoints: ['electron/desktop/preload.ts'],
    format: 'cjs',
    outfile: 'dist/electron/preload.cjs',
  });
}
