import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstScreen } from './first-screen.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root: `${checkout}renderer`,
  base: './',
  plugins: [react(), firstScreen(['app/workbench/dock.tsx', 'features/start/index.ts', 'dexie/import-wrapper.mjs'])],
  build: {
    outDir: `${checkout}dist/renderer`,
    emptyOutDir: true,
    // A strict content policy allows no inline scripts, so nothing may be inlined as one.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: 'chrome140',
    sourcemap: false,
    // Plotly alone is larger than the default limit; it is loaded when the first figure is asked for.
    chunkSizeWarningLimit: 6000,
  },
  server: { fs: { allow: [checkout] } },
});
