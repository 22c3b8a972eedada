import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeTiff } from '../electron/formats/images/testing/made-images.ts';
import { addDaqSystem } from '../electron/ndi/daq/daq-systems.ts';
import { openSession } from '../electron/ndi/session.ts';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { bothLooks, expect, test } from './support/door.ts';
import { runProgram } from './support/program.ts';
import { canvasOf } from './support/traces.ts';

const FRAMES = 32;
/** Seconds from frame to frame. */
const PERIOD = 0.5;
const [width, height] = [40, 30];

/** A microscope that ran during the first epoch of the sample session, by the clock of its second device. */
async function withScope(path: string): Promise<void> {
  const { answer } = await demoSession();
  const truth = answer['truth'] as { epochs: { clocks: { blackrock1: { offset: number; scale: number } } }[] };
  const { offset, scale } = truth.epochs[0]!.clocks.blackrock1;
  const pages = Array.from({ length: FRAMES }, (_, frame) =>
    Array.from({ length: width * height }, (__, at) => (at % width < frame ? 40_000 : 1000)),
  );
  const folder = join(path, 't00001');
  writeFileSync(join(folder, 't00001.tif'), madeTiff({ width, height, pages, compression: 'deflate' }));
  const times = pages.map((_, frame) => offset + scale * PERIOD * frame);
  writeFileSync(join(folder, 't00001_frametimes.txt'), times.join('\n'));
  const session = openSession(path, { writable: true });
  // Its epoch shares a file with that of the second device: so NDI relates them (`filematch`).
  addDaqSystem(session, {
    ...{ name: 'scope', readerClass: 'ndi.daq.reader.image.ndr', readerArgument: 'tiffstack' },
    ...{ filePatterns: ['#.tif', '#.nev'], systemClass: 'ndi.daq.system.image' },
  });
  session.close();
}

test('frames and traces follow each other by the sync graph', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'linked-frames'));
  await withScope(path);
  const rules = (...rest: string[]) =>
    runProgram(['sync-rules', path, ...rest, '--json'], { dataFolder: join(door.home, 'linked-frames-data') });
  await rules('--add', 'filematch', '--parameters', '{"number_fullpath_matches": 1}');
  await door.startAgain(path);
  const session = page.getByRole('tab', { name: 'sample-experiment', exact: true });
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await session.click();
  await page.getByRole('button', { name: /Epoch 1 of scope/ }).press('Enter');
  const frame = page.getByTestId('image-frame');
  await expect(frame).toHaveAccessibleName(/time 1 of 32/);

  // The frames beside the traces: their tab is dropped on the right half.
  const panel = page.locator('[data-panel-kind="image"]:visible');
  const box = (await panel.boundingBox())!;
  const target = { x: box.width * 0.95, y: box.height * 0.5 };
  await page.getByRole('tab', { name: /scope/ }).dragTo(panel, { targetPosition: target });
  await page.getByRole('tab', { name: /intan1/ }).click();
  await expect(canvasOf(page)).toBeVisible();
  const link = page.getByTestId('image-link');
  await expect(link).toHaveText('Linked with the traces of intan1.');

  const seconds = async (name: string) => {
    const [, value, unit] = /([\d.]+) (m?s)/.exec((await page.getByTestId(name).textContent()) ?? '') ?? [];
    return Number(value) / (unit === 'ms' ? 1000 : 1);
  };
  const traces = page.getByRole('group', { name: 'Traces' });
  await traces.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toBeVisible();
  const nearest = Math.round((await seconds('cursor-readout')) / PERIOD) + 1;
  await expect(frame).toHaveAccessibleName(new RegExp(`time ${nearest} of 32`));

  await frame.focus();
  await page.keyboard.press('Home');
  for (let at = 0; at < 9; at += 1) await page.keyboard.press('ArrowRight');
  await expect(frame).toHaveAccessibleName(/time 10 of 32/);
  await expect(page.getByTestId('linked-readout')).toBeVisible();
  await expect.poll(() => seconds('linked-readout')).toBeCloseTo(9 * PERIOD, 1);
  await bothLooks(page, 'image-linked', '[data-panel-kind="image"]');
});

test('a chosen time that holds pictures only leads to its frames', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'frames-of-a-time'));
  await withScope(path);
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await session.getByRole('button', { name: /Epoch 1 of scope/ }).press(' ');
  const chosen = session.getByRole('group', { name: 'Chosen time' });
  await expect(chosen.getByRole('button', { name: 'Show the signals' })).toHaveCount(0);
  await chosen.getByRole('button', { name: 'Show the frames' }).click();
  await expect(page.getByTestId('image-frame')).toHaveAccessibleName(/time 1 of 32/);
});
