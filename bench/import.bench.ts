/**
 * What somebody waits for who drops a folder: 100,000 files until the preview stands, and one recording of 10 GB until
 * its trace is painted. Beside the least that a machine can do: listing the same files. The targets are 3 s and 2 s.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { startDoor } from '../e2e/support/door-process.ts';
import { launchBrowser, openPage } from './browser-page.ts';
import { writeSparseNs5 } from './generate.ts';

const FRAME_MS = 8;
const FILES = Number(process.env['BENCH_FILES'] ?? 100_000);
const RECORDINGS = 500;
const BIG_BYTES = 10 * 1024 ** 3;
const CHANNELS = 96;

const parent = mkdtempSync(join(tmpdir(), 'ndi-bench-import-'));
const many = join(parent, 'many');
const big = join(parent, 'big');
await makeMany();
mkdirSync(big);
// 96 channels for about half an hour; its end is a hole, so that no disk is needed.
writeSparseNs5(join(big, 'long.ns5'), CHANNELS, BIG_BYTES, 64 << 20);

const browser = await launchBrowser();
const door = await startDoor();
try {
  const page = await openPage(browser, await door.freshAddress());
  const listing = time(() => listAll(many));
  const preview = await untilShown(page, many, '[data-panel-kind="import"] [role="treeitem"]');
  const paint = await untilShown(page, big, '[data-panel-kind="import"] canvas');
  print(`listing ${FILES} files                   ${round(listing)} ms`);
  print(
    `drop of ${FILES} files to preview        ${round(preview)} ms (${(preview / listing).toFixed(1)} × listing; target 3000)`,
  );
  print(`drop of a 10 GB recording to first paint ${round(paint)} ms (target 2000)`);
} finally {
  await browser.close();
  await door.stop();
  rmSync(parent, { recursive: true, force: true });
}

/** From the press of “Open” until something of the folder is in sight. */
async function untilShown(page: Page, path: string, selector: string): Promise<number> {
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Path' }).fill(path);
  const started = performance.now();
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  const shown = page.locator(selector).first();
  while (!(await shown.isVisible())) await setTimeout(FRAME_MS);
  return performance.now() - started;
}

/** A server of a laboratory: a few recordings among very many other files. */
async function makeMany(): Promise<void> {
  for (let folder = 0; folder < 100; folder += 1) {
    const place = join(many, `day ${folder}`, 'frames');
    mkdirSync(place, { recursive: true });
    for (let file = 0; file < FILES / 100; file += 1) {
      writeFileSync(join(place, `frame${file}.${file % 4 === 0 ? 'dat' : 'tif'}`), 'no recording at all');
    }
    for (let file = 0; file < RECORDINGS / 100; file += 1) {
      await writeIntan(join(many, `day ${folder}`, `run${file}.rhd`), 4, folder + file);
    }
  }
}

function listAll(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function time(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function round(milliseconds: number): string {
  return milliseconds.toFixed(0);
}
