import { mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { NsxWriter } from '../electron/formats/blackrock/writer.ts';
import { copyOfDemo } from './support/demo.ts';
import { expect, screenshot, test } from './support/door.ts';
import { canvasOf, demoRecording, durationField, showTraces, timeField } from './support/traces.ts';

/** Drags from one point to another with a key held down. */
async function drag(page: Page, from: [number, number], to: [number, number], key?: string): Promise<void> {
  if (key !== undefined) await page.keyboard.down(key);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
  if (key !== undefined) await page.keyboard.up(key);
}

async function wheel(page: Page, notches: number, key: string): Promise<void> {
  await page.keyboard.down(key);
  await page.mouse.wheel(0, 100 * notches);
  await page.keyboard.up(key);
}

test('a box zooms, Shift and wheel pans, Control and wheel scales, a double click fits', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('4 s');
  await durationField(page).press('Enter');
  await timeField(page).fill('4 s');
  await timeField(page).press('Enter');
  await expect(timeField(page)).toHaveValue(/^4\.0* s$/);
  const box = (await canvas.boundingBox())!;
  const at = (share: number): [number, number] => [box.x + box.width * share, box.y + 100];
  await drag(page, at(0.25), at(0.75), 'Alt');
  await expect(durationField(page)).toHaveValue(/^(2|1\.99\d*|2\.00\d*) s$/);
  await expect(timeField(page)).toHaveValue(/^(5\.0|4\.99)\d* s$/);
  await wheel(page, 1, 'Shift');
  await expect(timeField(page)).toHaveValue(/^(5\.2|5\.19)\d* s$/);
  await wheel(page, -1, 'Control');
  await expect(page.getByRole('group', { name: 'Gain' })).toContainText('×1.25');
  await page.mouse.dblclick(...at(0.5));
  await expect(durationField(page)).toHaveValue('16.64 s');
});

test('the overview and the gain of a channel are dragged', async ({ page, door }) => {
  await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('4 s');
  await durationField(page).press('Enter');
  await timeField(page).fill('4 s');
  await timeField(page).press('Enter');
  await expect(timeField(page)).toHaveValue(/^4\.0* s$/);
  const visible = page.getByRole('slider', { name: 'Visible range' });
  const box = (await visible.boundingBox())!;
  const middle: [number, number] = [box.x + box.width / 2, box.y + box.height / 2];
  // The window is four seconds wide: its own width to the right.
  await drag(page, middle, [middle[0] + box.width, middle[1]]);
  await expect(timeField(page)).toHaveValue(/^(8\.0|7\.9)\d* s$/);

  const gain = page.getByRole('slider', { name: 'Gain of ai1', exact: true });
  const handle = (await gain.boundingBox())!;
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  await drag(page, [x, y], [x, y - 12]);
  await expect(gain).toHaveAttribute('aria-valuenow', '1.56');
  await gain.dblclick();
  await expect(gain).toHaveAttribute('aria-valuenow', '1');
});

test('brackets step through the epochs of a device', async ({ page, door }) => {
  await door.startAgain(await copyOfDemo(join(door.home, 'steps')));
  await page.getByRole('button', { name: /^Epoch 1 of intan1/ }).focus();
  await page.keyboard.press('Enter');
  const canvas = canvasOf(page);
  const epoch = page.getByTestId('epoch');
  await expect(epoch).toHaveText('intan1 · epoch 1');
  await expect(canvas).toHaveAttribute('aria-label', /µV/);
  const first = await canvas.getAttribute('aria-label');
  await page.keyboard.press(']');
  await expect(epoch).toHaveText('intan1 · epoch 2');
  await expect(page.getByRole('tab', { name: /intan1 · epoch 2/ })).toBeVisible();
  await expect(canvas).toHaveAttribute('aria-label', /µV/);
  expect(await canvas.getAttribute('aria-label')).not.toBe(first);
  await page.keyboard.press(']');
  await expect(epoch).toHaveText('intan1 · epoch 3');
  await expect(page.getByRole('button', { name: 'Next epoch' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('[');
  await expect(epoch).toHaveText('intan1 · epoch 2');
  await page.keyboard.press('[');
  await expect(epoch).toHaveText('intan1 · epoch 1');
  await expect(canvas).toHaveAttribute('aria-label', first!);
});

/** How many pixels of the data colours, and how many of anything but the background, stand between two columns. */
async function inked(canvas: Locator, from: number, to: number): Promise<{ coloured: number; any: number }> {
  return canvas.evaluate(
    (element, [first, last]) => {
      const picture = element as HTMLCanvasElement;
      const reader = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
      reader.drawImage(picture, 0, 0);
      const left = Math.round(picture.width * first);
      const { data } = reader.getImageData(left, 0, Math.round(picture.width * last) - left, picture.height - 60);
      let [coloured, any] = [0, 0];
      for (let at = 0; at < data.length; at += 4) {
        const pixel = [...data.subarray(at, at + 3)];
        if (Math.max(...pixel) - Math.min(...pixel) > 60) coloured += 1;
        if (pixel.some((value, index) => value !== data[index])) any += 1;
      }
      return { coloured, any };
    },
    [from, to] as const,
  );
}

for (const ratio of [1, 2]) {
  test.describe(`at ${ratio} pixels a pixel`, () => {
    test.use({ deviceScaleFactor: ratio });
    test('a pause is hatched, and no line leads over it', async ({ page, door }) => {
      const folder = join(door.home, `pause ${ratio}`);
      mkdirSync(folder);
      const path = join(folder, 'paused.ns5');
      await writePaused(path);
      const canvas = await showTraces(page, door, path);
      await page.keyboard.press('0');
      await expect.poll(async () => (await inked(canvas, 0.1, 0.3)).coloured).toBeGreaterThan(50);
      // One second of data on either side of a second without.
      const pause = await inked(canvas, 0.4, 0.6);
      expect(pause.coloured).toBe(0);
      expect(pause.any).toBeGreaterThan(1000);
      expect((await inked(canvas, 0.7, 0.9)).coloured).toBeGreaterThan(50);
      await screenshot(page, `traces-pause-${ratio}`);
    });
  });
}

/** A second of +100 µV, a second of nothing, a second of −100 µV. */
async function writePaused(path: string): Promise<void> {
  const file = await NsxWriter.create(path, {
    label: '30 kS/s',
    comment: '',
    period: 1,
    startedAt: new Date('2026-01-02T03:04:05Z'),
    channels: [{ electrodeId: 1, label: 'elec1', units: 'uV', maxAnalog: 8191, maxDigital: 32_764, band: [0.3, 7500] }],
  });
  const wave = (level: number) => Float32Array.from({ length: 30_000 }, (_, at) => level + 30 * Math.sin(at / 400));
  await file.startSegment(0);
  await file.append([wave(100)], 30_000);
  await file.startSegment(60_000);
  await file.append([wave(-100)], 30_000);
  await file.close();
}

test('what is wrong with a recording is told where it is shown', async ({ page, door }) => {
  const folder = join(door.home, 'cut');
  const path = await demoRecording('.rhd', await copyOfDemo(folder));
  truncateSync(path, statSync(path).size - 1000);
  await showTraces(page, door, path);
  await page.getByRole('button', { name: 'Show the problems of this recording' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0);
  await screenshot(page, 'traces-problems');
});
