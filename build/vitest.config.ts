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
    setupFiles: ['build/testing/properties.ts'],
    // What hangs must end; a machine that is slow, or has much else to do, must not end what works.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // In continuous integration one more try, as the browser tests have: its machine is busy. A closing line says so.
    retry: process.env['CI'] === undefined ? 0 : 1,
    reporters: ['default', './build/testing/repeated.ts'],
  },
});
