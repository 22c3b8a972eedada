import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { commandLine } from './support/command-line.ts';
import { copyOfDemo } from './support/demo.ts';
import { axe, bothLooks, expect, test } from './support/door.ts';
import { canvasOf, demoRecording, durationField, timeAt } from './support/traces.ts';

const cli = commandLine();

/** A movie that the browser films itself: red, and from 0.8 s on blue. */
async function film(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const context = canvas.getContext('2d')!;
    const paint = (color: string, moment: number) => {
      context.fillStyle = color;
      context.fillRect(0, 0, 64, 48);
      // Something that moves: pictures that stay the same are not filmed.
      context.fillStyle = '#fff';
      context.fillRect((moment / 20) % 64, 0, 2, 2);
    };
    paint('#e00000', 0);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    const start = performance.now();
    for (let moment = 0; moment < 2000;) {
      await new Promise(requestAnimationFrame);
      moment = performance.now() - start;
      paint(moment < 800 ? '#e00000' : '#0000e0', moment);
    }
    recorder.stop();
    await ended;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

/** Red and blue in the middle of the frame that is shown. */
const colorOf = (video: Locator) =>
  video.evaluate((element: HTMLVideoElement) => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const context = canvas.getContext('2d')!;
    context.drawImage(element, 0, 0, 64, 48);
    const [red = 0, , blue = 0] = context.getImageData(32, 24, 1, 1).data;
    return red > blue + 60 ? 'red' : blue > red + 60 ? 'blue' : 'none';
  });

test('a movie beside the recording is shown in step with the crosshair, and leads it when it plays', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'filmed'));
  writeFileSync(join(dirname(await demoRecording('.rhd', path)), 'camera.webm'), await film(page));
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await durationField(page).fill('2 s');
  await durationField(page).press('Enter');
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('v');
  const panel = page.getByTestId('movie-panel');
  const video = panel.getByLabel('Movie camera.webm');
  await expect(video).toBeVisible();
  await expect(panel.getByRole('combobox', { name: 'How its time is known' })).toContainText('It starts at a time');

  const over = async (share: number) => {
    const box = (await canvasOf(page).boundingBox())!;
    await page.mouse.move(box.x + box.width * share, box.y + 40);
  };
  await over(0.2);
  await expect.poll(() => colorOf(video)).toBe('red');
  await expect(panel.getByTestId('movie-time')).toHaveText(/^Frame at 0?\.?\d+/);
  await over(0.7);
  await expect.poll(() => colorOf(video)).toBe('blue');
  await bothLooks(page, 'traces-movie', '[data-trace-view]');
  await axe(page, '[data-trace-view]');

  // It starts a second later than was thought: what was blue is red.
  await panel.getByRole('textbox', { name: 'Start' }).fill('1 s');
  await panel.getByRole('textbox', { name: 'Start' }).press('Enter');
  await over(0.71);
  await expect.poll(() => colorOf(video)).toBe('red');
  await over(0.2);
  await expect(panel.getByTestId('movie-time')).toHaveText('No frame at this time.');

  await page.mouse.move(0, 0);
  await video.evaluate((element: HTMLVideoElement) => element.play());
  await expect(page.getByTestId('cursor-readout')).toHaveText(/\d/);
  await expect.poll(() => colorOf(video)).toBe('blue');
});

test('a movie whose frames are the events of a camera shows the last frame by the crosshair', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'triggered'));
  writeFileSync(join(dirname(await demoRecording('.nev', path)), 'camera.webm'), await film(page));
  const place = ['--device', 'blackrock1', '--epoch', '1', '--channels', 'mk1', '--from=-1e6', '--to', '1e6'];
  const events = await cli.answer<{ time: number }[]>(['events', path, ...place]);
  const times = events.map(({ time }) => time);
  expect(times.length).toBeGreaterThan(10);
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of blackrock1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('0');
  await page.keyboard.press('v');
  const panel = page.getByTestId('movie-panel');
  const video = panel.getByLabel('Movie camera.webm');
  await expect(video).toBeVisible();
  await panel
    .getByRole('combobox', { name: 'How its time is known' })
    .selectOption({ label: 'A frame at each event of mk1' });

  /** Points there; the frame that is told must be that of the last event by then, and is told in its own time. */
  const shownAt = async (share: number) => {
    const box = (await canvasOf(page).boundingBox())!;
    const under = await timeAt(page, box.x + box.width * share, box.y + 40);
    const last = times.filter((time) => time <= under).at(-1) ?? NaN;
    await expect
      .poll(async () => Math.abs(secondsIn(await panel.getByTestId('movie-time').innerText()) - last))
      .toBeLessThan(0.02);
    return times.indexOf(last) / times.length;
  };
  // The film is red until 0.8 of its 2 seconds: the first two fifths of the frames.
  expect(await shownAt(0.2)).toBeLessThan(0.35);
  await expect.poll(() => colorOf(video)).toBe('red');
  expect(await shownAt(0.8)).toBeGreaterThan(0.5);
  await expect.poll(() => colorOf(video)).toBe('blue');

  // Before the first event there is no frame; moved by its own bar, the movie moves the cursor to an event.
  await page.mouse.move(0, 0);
  await video.evaluate((element: HTMLVideoElement) => (element.currentTime = element.duration * 0.75));
  await expect(page.getByTestId('cursor-readout')).toHaveText(/\d/);
  const isAtAnEvent = async () => {
    const moved = secondsIn(await panel.getByTestId('movie-time').innerText());
    return times.some((time) => Math.abs(time - moved) < 0.02);
  };
  await expect.poll(isAtAnEvent).toBe(true);
});

/** `Frame at 12.34 s` */
function secondsIn(text: string): number {
  const [, value = 'NaN', unit = 's'] = /(−?[\d.]+) (s|ms|µs)$/.exec(text) ?? [];
  return Number(value.replace('−', '-')) * ({ s: 1, ms: 1e-3, µs: 1e-6 }[unit] ?? NaN);
}
