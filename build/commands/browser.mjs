// Finds a browser for the tests, and gets one where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { node24, root, tool, toolEnvironment } from './install.mjs';

const installedPlaces = {
  linux: ['/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/chromium', '/usr/bin/chromium-browser'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of an installed Chrome or Chromium, or null. */
export function installedBrowser() {
  const named = process.env.CHROME_PATH;
  if (named && existsSync(named)) return named;
  return (installedPlaces[process.platform] ?? []).find((path) => existsSync(path)) ?? null;
}

/** An installed browser, else Playwright's own, else the system's package (when root on Debian's family). */
export function ensureBrowser() {
  if (installedBrowser() !== null || playwrightHasOwn()) return true;
  process.stderr.write('Getting a browser for the tests (once)…\n');
  const playwright = tool('@playwright', 'test', 'cli.js');
  const download = spawnSync(node24, [playwright, 'install', 'chromium'], quiet());
  if (download.status === 0 && playwrightHasOwn()) return true;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], quiet());
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], quiet());
  }
  return installedBrowser() !== null;
}

function playwrightHasOwn() {
  const ask = "const { chromium } = require('@playwright/test'); process.stdout.write(chromium.executablePath())";
  const answer = spawnSync(node24, ['-e', ask], { cwd: root, encoding: 'utf8', env: toolEnvironment() });
  return answer.status === 0 && existsSync(answer.stdout);
}

function quiet() {
  return {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: toolEnvironment({ DEBIAN_FRONTEND: 'noninteractive' }),
  };
}
