/**
 * How long a newcomer waits: from the command to the address of the web door, to a page that can be used, and to the
 * traces of a recording given on the command line. Medians over some starts, page cache warm.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { launchBrowser, sampleButton } from './browser-page.ts';

const FRAME_MS = 16;
const RUNS = Number(process.env['BENCH_RUNS'] ?? 5);
const cli = new URL('../dist/electron/cli.js', import.meta.url).pathname;

interface Start {
  readonly listening: number;
  readonly interactive: number;
}

const browser = await launchBrowser();
try {
  const starts: Start[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const start = await startOnce(browser);
    // The first fills the page cache and the browser's own.
    if (run > 0) starts.push(start);
  }
  print(
    'command to the printed address',
    starts.map((start) => start.listening),
  );
  print(
    'command to a page that can be used',
    starts.map((start) => start.interactive),
  );
} finally {
  await browser.close();
}

async function startOnce(inBrowser: Browser): Promise<Start> {
  const home = mkdtempSync(join(tmpdir(), 'ndi-bench-'));
  // The person's browser runs already; an empty tab with an empty cache stands ready in it.
  const context = await inBrowser.newContext();
  const page = await context.newPage();
  const started = performance.now();
  const env = { ...process.env, HOME: home, NDI_DATA_FOLDER: join(home, 'data') };
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--json'], { env, cwd: home });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => resolve(chunk.toString()));
      child.on('exit', () => reject(new Error('The web door ended before it was open.')));
    });
    const listening = performance.now() - started;
    await page.goto((JSON.parse(line) as { address: string }).address);
    // A locator that waits looks ever more seldom, which would add up to half a second of its own.
    const sample = sampleButton(page);
    while (!(await sample.isVisible())) await setTimeout(FRAME_MS);
    await sample.click({ trial: true });
    const interactive = performance.now() - started;
    await context.close();
    return { listening, interactive };
  } finally {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

function print(what: string, milliseconds: readonly number[]): void {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (fraction: number) => Math.round(sorted[Math.floor((sorted.length - 1) * fraction)] ?? Number.NaN);
  process.stdout.write(`${what.padEnd(40)} median ${at(0.5)} ms, ${at(0)} to ${at(1)} ms (${sorted.length} starts)\n`);
}
