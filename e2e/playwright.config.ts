import { defineConfig } from '@playwright/test';
import { installedBrowser } from '../build/commands/browser.mjs';
import { browserArguments } from './support/browser.ts';

const executablePath = installedBrowser();

/** Browser tests: the web door with a real Chromium (`npm test`, or `playwright test --config e2e/playwright.config.ts`). */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/browser',
  globalTeardown: './support/remove-demo.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // A loaded machine of continuous integration may starve a browser; `npm test` names what passed only when repeated.
  retries: process.env['CI'] === undefined ? 0 : 2,
  // For what hangs, not for what is slow: the machine may have much else to do.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: browserArguments(), ...(executablePath === null ? {} : { executablePath }) },
  },
});
