/**
 * What a person feels at the traces: frames while 64 and 384 channels are panned and zoomed in Chromium (median and p95
 * of the time from frame to frame, and from picture to picture, each twice: the first time code is still being compiled), how long a recording of 10 GB takes from its path to its first picture, and the
 * memory of the page. The limits beside them: a frame at 60 Hz, two seconds, 300 MB.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDoor } from '../e2e/support/door-process.ts';
import { launchBrowser, openPage } from './browser-page.ts';
import { writeNs5, writeSparseNs5 } from './generate.ts';

const FRAME_MS = 1000 / 60;
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);
const FIRST_PAINT_MS = 2000;
const PAGE_MB = 300;
const LARGE_BYTES = 10e9;
const viewport = { width: 1600, height: 900 };

const folder = mkdtempSync(join(tmpdir(), 'ndi-frames-'));
const browser = await launchBrowser();
const door = await startDoor();
try {
  for (const [channels, bytes] of [
    [64, 150e6],
    [384, 300e6],
  ] as const) {
    const path = join(folder, `${channels}.ns5`);
    writeNs5(path, channels, bytes);
    await measureFrames(channels, path);
  }
  mkdirSync(join(folder, 'large'));
  const large = join(folder, 'large', 'large.ns5');
  writeSparseNs5(large, 96, LARGE_BYTES, 1e6);
  await measureFirstPaint(large);
} finally {
  await door.stop();
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measureFrames(channels: number, path: string): Promise<void> {
  const page = await openPage(browser, await door.freshAddress(), viewport);
  await door.startAgain(path);
  await page.getByTestId('traces-canvas').waitFor();
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press(':');
  await page.getByRole('textbox', { name: 'Short command' }).fill(`c ai1-${channels}`);
  await page.keyboard.press('Enter');
  await settle(page);
  const renderer = await page.getByTestId('traces-canvas').getAttribute('data-renderer');
  for (const gesture of ['pan', 'zoom', 'pan', 'zoom'] as const) {
    const { frames, pictures } = await page.evaluate<Steps>(turnWheel(gesture));
    print(
      `${gesture} ${channels} channels (${String(renderer)})`,
      `frame ${quantiles(frames)}, picture ${quantiles(pictures)}; a frame at 60 Hz ${FRAME_MS.toFixed(1)} ms`,
    );
  }
  print(`page with ${channels} channels`, `${await pageMegabytes(page)} MB of its own; at most ${PAGE_MB} MB`);
  await page.context().close();
}

async function measureFirstPaint(path: string): Promise<void> {
  const page = await openPage(browser, await door.freshAddress(), viewport);
  // A second start of the program takes time of its own: both are told.
  const started = performance.now();
  await door.startAgain(path);
  const asked = performance.now();
  await page.getByTestId('sharpness').filter({ hasText: /\d/ }).waitFor();
  const drawn = performance.now();
  print(
    'first picture of 10 GB',
    `${Math.round(drawn - started)} ms from the command, ${Math.round(drawn - asked)} ms after it has handed the path on; at most ${FIRST_PAINT_MS} ms`,
  );
  await page.context().close();
}

async function settle(page: Page): Promise<void> {
  await page
    .getByTestId('sharpness')
    .filter({ hasText: /raw|min\/max/ })
    .waitFor();
  await page.waitForTimeout(1500);
}

/** Milliseconds from frame to frame, and from one picture of the traces to the next. */
interface Steps {
  readonly frames: readonly number[];
  readonly pictures: readonly number[];
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** Turns the wheel at every frame, for some seconds, in the page. */
function turnWheel(gesture: 'pan' | 'zoom'): string {
  return `
new Promise((resolve) => {
  const canvas = document.querySelector('[data-testid="traces-canvas"] + canvas');
  const box = canvas.getBoundingClientRect();
  const place = { clientX: box.left + box.width * 0.4, clientY: box.top + 60, bubbles: true, cancelable: true };
  const frames = [];
  const drawn = [];
  const drawing = CanvasRenderingContext2D.prototype;
  const { putImageData, drawImage } = drawing;
  const watched = (real) => function (...parts) {
    if (this.canvas.dataset.testid === 'traces-canvas') drawn.push(performance.now());
    return real.apply(this, parts);
  };
  Object.assign(drawing, { putImageData: watched(putImageData), drawImage: watched(drawImage) });
  const start = performance.now();
  let last = start;
  let turn = 0;
  const step = (now) => {
    if (turn > 0) frames.push(now - last);
    last = now;
    turn += 1;
    // There and back again, so that the ends of the recording are never reached.
    const direction = Math.floor(turn / 40) % 2 === 0 ? 1 : -1;
    canvas.dispatchEvent(new WheelEvent('wheel', { ...place, deltaY: 30 * direction, shiftKey: ${String(gesture === 'pan')} }));
    if (now - start < ${SECONDS * 1000}) requestAnimationFrame(step);
    else {
      Object.assign(drawing, { putImageData, drawImage });
      resolve({ frames, pictures: drawn.slice(1).map((time, at) => time - drawn[at]) });
    }
  };
  requestAnimationFrame(step);
})`;
}

/** Memory of the page's process that no other has: its heap, its pictures and what Chromium needs for them. */
async function pageMegabytes(page: Page): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  await session.detach();
  await page.bringToFront();
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateMegabytes(id));
  return Math.max(...sizes);
}

function privateMegabytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kilobytes = [...text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].reduce(
      (sum, [, digits]) => sum + Number(digits),
      0,
    );
    return Math.round(kilobytes / 1024);
  } catch {
    // Other systems than Linux, or a process that has ended.
    return Number.NaN;
  }
}

function print(what: string, measured: string): void {
  process.stdout.write(`${what.padEnd(36)} ${measured}\n`);
}
