import { rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';

interface DemoEpoch {
  readonly epochId: string;
  readonly device: string;
  readonly files: readonly string[];
}

/** The recording of one device of the sample session, by the ending of its file. */
async function demoRecording(ending: string, folder?: string): Promise<string> {
  const { path, answer } = await demoSession();
  const epochs = (answer['epochs'] ??
    (answer['session'] as Record<string, unknown> | undefined)?.['epochs']) as DemoEpoch[];
  const file = epochs.flatMap((epoch) => epoch.files).find((name) => name.endsWith(ending));
  if (file === undefined) throw new Error(`The sample session has no ${ending}`);
  return folder === undefined ? file : file.replace(path, folder);
}

const canvasOf = (page: Page): Locator => page.getByTestId('traces-canvas');
const timeField = (page: Page): Locator => page.getByRole('textbox', { name: 'Time', exact: true });
const durationField = (page: Page): Locator => page.getByRole('textbox', { name: 'Duration', exact: true });

/** Opens a path in the page that is shown, and waits for its sharp picture. */
async function showTraces(
  page: Page,
  door: { startAgain(path: string): Promise<string> },
  path: string,
): Promise<Locator> {
  await door.startAgain(path);
  const canvas = canvasOf(page);
  await expect(canvas).toBeVisible();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  return canvas;
}

/** Pixels of the left half of the picture that are not the background, and a hash of them. */
async function ink(canvas: Locator): Promise<{ share: number; colors: number; hash: number }> {
  return canvas.evaluate((element) => {
    const picture = element as HTMLCanvasElement;
    // A copy that may be read often: the view's own canvas is made to be written.
    const reader = new OffscreenCanvas(picture.width, picture.height);
    const copy = reader.getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(picture, 0, 0);
    const { data } = copy.getImageData(0, 0, picture.width, Math.floor(picture.height * 0.6));
    const words = new Uint32Array(data.buffer);
    const counts = new Map<number, number>();
    let hash = 0;
    for (const word of words) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      hash = (Math.imul(hash, 31) + word) | 0;
    }
    const background = Math.max(...counts.values());
    return { share: 1 - background / words.length, colors: counts.size, hash };
  });
}

/** The time under a point of the picture, as the read-out says it, in seconds. */
async function timeUnder(page: Page): Promise<number> {
  const text = (await page.getByTestId('hover-readout').textContent()) ?? '';
  const match = /^(−?[\d.]+) (s|ms|µs)/.exec(text);
  if (match === null) throw new Error(`No time in “${text}”`);
  return Number((match[1] ?? '').replace('−', '-')) * { s: 1, ms: 1e-3, µs: 1e-6 }[match[2] as 's' | 'ms' | 'µs'];
}

test('traces are drawn in colour, and the wheel zooms at the pointer', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await expect.poll(async () => (await ink(canvas)).colors).toBeGreaterThan(5);
  expect((await ink(canvas)).share).toBeGreaterThan(0.02);
  await screenshot(page, 'traces-light');
  await axe(page);
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  const before = await timeUnder(page);
  const hash = (await ink(canvas)).hash;
  for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, -100);
  await expect.poll(async () => (await ink(canvas)).hash).not.toBe(hash);
  await page.mouse.move(box.x + box.width * 0.3, box.y + 61);
  expect(Math.abs((await timeUnder(page)) - before)).toBeLessThan(0.01);
});

test('a drag pans, the keyboard moves and goes back, fields take typed values', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('250 ms');
  await durationField(page).press('Enter');
  await timeField(page).fill('1 s');
  await timeField(page).press('Enter');
  await expect(durationField(page)).toHaveValue('250 ms');
  await expect(timeField(page)).toHaveValue(/^1\.0+ s$/);
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.75, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await expect(timeField(page)).toHaveValue(/^1\.12[45]\d* s$/);
  await page.keyboard.press('Escape');
  await expect(timeField(page)).toHaveValue(/^1\.0+ s$/);
  await page.keyboard.press('+');
  await expect(durationField(page)).toHaveValue('166.7 ms');
  await page.keyboard.press('Home');
  await expect(timeField(page)).toHaveValue(/^0/);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('Gain ×1.25')).toBeVisible();
  await durationField(page).fill('soon');
  await durationField(page).press('Enter');
  await expect(durationField(page)).toHaveAttribute('aria-invalid', 'true');
});

test('the cursor reads values from the keyboard and measures from a mark', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('20 ms');
  await durationField(page).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText('raw');
  await canvas.locator('..').locator('..').locator('..').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/ai1 .*µV/);
  await page.keyboard.press('m');
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/Δt .* · 1\/Δt .* Hz · ΔV .* µV/);
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/ai2/);
});

test('a hidden channel is not drawn, one alone is drawn alone, and both are remembered', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  const count = async () => Number(/^(\d+)/.exec((await canvas.getAttribute('aria-label')) ?? '')?.[1]);
  const all = await count();
  await page.getByRole('button', { name: 'Hide ai1', exact: true }).click();
  await expect.poll(count).toBe(all - 1);
  await page.getByRole('button', { name: 'Show ai2 alone', exact: true }).click();
  await expect.poll(count).toBe(1);
  await page.waitForTimeout(600);
  await page.reload();
  await expect(canvas).toHaveAttribute('aria-label', /^1 channel/);
  await page.getByRole('button', { name: 'Show ai2 beside the others again' }).click();
  await page.getByRole('button', { name: 'Show ai1', exact: true }).click();
  await expect.poll(count).toBe(all);
});

test('the table holds the values that the command line reads', async ({ page, door }) => {
  const path = await demoRecording('.rhd');
  await showTraces(page, door, path);
  await durationField(page).fill('2 ms');
  await durationField(page).press('Enter');
  await timeField(page).fill('0.5 s');
  await timeField(page).press('Enter');
  await page.getByRole('button', { name: 'Show the values as a table' }).click();
  const rows = page.getByTestId('values-table').locator('tbody tr:not([aria-hidden])');
  await expect(rows.first()).toBeVisible();
  await screenshot(page, 'traces-table');
  await axe(page);
  const { out } = await runProgram(['read', path, '--channels', 'ai1', '--from', '0.5', '--to', '0.502', '--json'], {
    dataFolder: door.dataFolder,
  });
  const answer = JSON.parse(out.toString()) as { t0: number; data: number[][] };
  const shown = await rows.locator('td:nth-of-type(1)').allTextContents();
  expect(answer.data[0]!.length).toBeGreaterThan(10);
  expect(shown.slice(0, 10).map(Number)).toEqual(
    answer.data[0]!.slice(0, 10).map((value) => Number(value.toPrecision(15))),
  );
  expect(Number(await rows.first().locator('th').textContent())).toBeCloseTo(answer.t0, 6);
});

test('events have their own rows, and say what they are', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.ns5'));
  await expect(canvas).toHaveAttribute('aria-label', /[1-9][\d,]* events?/);
  await screenshot(page, 'traces-events');
});

test('a figure is drawn under the strict content policy', async ({ page, door }) => {
  await showTraces(page, door, await demoRecording('.rhd'));
  await page.getByRole('button', { name: 'Show ai1 alone', exact: true }).click();
  await page.getByRole('button', { name: 'Figure' }).click();
  await expect(page.getByTestId('figure').locator('svg .scatterlayer path.js-line').first()).toBeAttached({
    timeout: 30_000,
  });
  await screenshot(page, 'traces-figure');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.svg$/);
  await axe(page);
});

test('a recording that vanishes leaves the picture and says so', async ({ page, door }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ndi traces ü-'));
  try {
    const path = await demoRecording('.rhd', await copyOfDemo(folder));
    const canvas = await showTraces(page, door, path);
    rmSync(path);
    await page.keyboard.press('Home');
    await durationField(page).fill('10 ms');
    await durationField(page).press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'What was read before is still shown.' })).toBeVisible();
    expect((await ink(canvas)).colors).toBeGreaterThan(5);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
