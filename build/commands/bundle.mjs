// Bundles the privileged side: each entry into one file of dist/electron/, with nothing left to find at run time but
// Node's own modules and Electron.
import { build } from 'esbuild';
import { root } from './install.mjs';

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

/** An ESM bundle: packages in the CommonJS form that reach for `require` find it. */
const modules = {
  format: 'esm',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/**
 * A CommonJS bundle. Electron loads this form everywhere, from an archive too: in a utility process, in a worker thread
 * and in a sandboxed preload script.
 */
const commonJs = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
};

/** Where Node's modules are at hand, a CommonJS bundle can tell where it lies. */
const withOwnAddress = {
  define: { 'import.meta.url': '__bundleAddress' },
  banner: { js: "const __bundleAddress = require('node:url').pathToFileURL(__filename).href;" },
};

const outdir = 'dist/electron';
await Promise.all([
  build({
    ...common,
    ...modules,
    outdir,
    entryPoints: { cli: 'electron/cli/ndi.ts', main: 'electron/desktop/main.ts' },
  }),
  build({
    ...common,
    ...commonJs,
    ...withOwnAddress,
    outdir,
    entryPoints: {
      worker: 'electron/workers/worker-entry.ts',
      'index-worker': 'electron/ndi/query-index/index-worker.ts',
      data: 'electron/desktop/data-process.ts',
    },
  }),
  build({ ...common, ...commonJs, outdir, entryPoints: { preload: 'electron/desktop/preload.ts' } }),
]);
