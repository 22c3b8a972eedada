import type { Locator, Page } from '@playwright/test';
import { demoSession } from './demo.ts';
import { expect } from './door.ts';

interface DemoEpoch {
  readonly epochId: string;
  readonly device: string;
  readonly files: readonly string[];
}

/** The recording of one device of the sample session, by the ending of its file. */
export async function demoRecording(ending: string, folder?: string): Promise<string> {
  const { path, answer } = await demoSession();
  const epochs = (answer['epochs'] ??
    (answer['session'] as Record<string, unknown> | undefined)?.['epochs']) as DemoEpoch[];
  const file = epochs.flatMap((epoch) => epoch.files).find((name) => name.endsWith(ending));
  if (file === undefined) throw new Error(`The sample session has no ${ending}`);
  return folder === undefined ? file : file.replace(path, folder);
}

export const canvasOf = (page: Page): Locator => page.getByTestId('traces-canvas');
export const timeField = (page: Page): Locator => page.getByRole('textbox', { name: 'Time', exact: true });
export const durationField = (page: Page): Locator => page.getByRole('textbox', { name: 'Duration', exact: true });

/** Opens a path in the page that is shown, and waits for its sharp picture. */
export async function showTraces(
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
export async function ink(canvas: Locator): Promise<{ share: number; colors: number; hash: number }> {
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

const TIME = /^(−?[\d.]+) (s|ms|µs)/;

/** The time under a point of the picture, to which the pointer goes, as the read-out says it, in seconds. */
export async function timeAt(page: Page, x: number, y: number): Promise<number> {
  const readout = page.getByTestId('hover-readout');
  // Off the picture nothing is read out: what then is read belongs to the new place.
  await page.mouse.move(0, 0);
  await expect(readout).toHaveCount(0);
  await page.mouse.move(x, y);
  await expect(readout).toHaveText(TIME);
  const [, value = 'NaN', unit = 's'] = TIME.exec((await readout.textContent()) ?? '') ?? [];
  return Number(value.replace('−', '-')) * { s: 1, ms: 1e-3, µs: 1e-6 }[unit as 's' | 'ms' | 'µs'];
}
