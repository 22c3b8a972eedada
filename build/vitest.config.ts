// The kernels of these sources are what is tested.
import './commands/kernels.mjs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['{shared,electron,renderer,build}/**/*.test.{ts,tsx}', 'e2e/local-cloud/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    pool: 'threads',
    testTimeout: 30_000,
  },
});
