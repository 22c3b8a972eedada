import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madePng, madeTiff } from '../electron/formats/images/testing/made-images.ts';
import { createSession } from '../electron/ndi/create-session.ts';
import { addDaqSystem } from '../electron/ndi/daq/daq-systems.ts';
import { commandLine } from './support/command-line.ts';
import { givePath } from './support/path-dialog.ts';
import { axe, bothLooks, expect, test } from './support/door.ts';
import { chooseOnPage, openSession } from './support/session-page.ts';

const cli = commandLine();
const [width, height, times] = [64, 48, 12];
/** A bright spot that wanders over a ramp. */
const frames = Array.from({ length: times }, (_, t) =>
  Array.from({ length: width * height }, (__, at) => {
    const [y, x] = [Math.floor(at / width), at % width];
    return 100 * x + (Math.hypot(x - 4 - 4 * t, y - 24) < 5 ? 20_000 : 0) + y;
  }),
);

function madeSession(path: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'run1.tif'), madeTiff({ width, height, pages: frames, compression: 'deflate' }));
  writeFileSync(join(path, 'run1_frametimes.txt'), frames.map((_, t) => 5 + t / 10).join('\n'));
  const session = createSession({ path, reference: 'imaging' });
  addDaqSystem(session, {
    ...{ name: 'scope', readerClass: 'ndi.daq.reader.image.ndr', readerArgument: 'tiffstack', filePatterns: ['#.tif'] },
    systemClass: 'ndi.daq.system.image',
  });
  session.close();
}

test('frames of an epoch are looked at by keyboard and pointer, and told by the command line alike', async ({
  page,
  door,
}) => {
  const path = join(door.home, 'imaging');
  madeSession(path);
  await door.startAgain(path);
  await page.getByRole('grid', { name: 'Epochs' }).getByRole('button', { name: 'Show the frames of epoch 1' }).click();
  const frame = page.getByTestId('image-frame');
  await expect(frame).toHaveAccessibleName(/time 1 of 12/);
  await expect(page.getByTestId('image-readout')).toContainText('uint16');
  await expect(page.getByTestId('image-readout')).toContainText('5.0');

  await frame.focus();
  await page.keyboard.press('ArrowRight');
  await expect(frame).toHaveAccessibleName(/time 2 of 12/);
  await page.keyboard.press('End');
  await expect(frame).toHaveAccessibleName(/time 12 of 12/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  // Row 24, column 33 of the first frame.
  await expect(page.getByTestId('image-readout')).toContainText(/row 24, column 33: 3,324/);
  await page.keyboard.press('t');
  const values = page.getByRole('region', { name: 'Values around the pixel' });
  await expect(values.getByRole('rowheader', { name: '24', exact: true })).toBeVisible();
  await bothLooks(page, 'image', '[data-panel-kind="image"]');
  await axe(page, '[data-panel-kind="image"]');

  await frame.focus();
  await page.keyboard.press('Space');
  await expect(frame).toHaveAccessibleName(/time [4-9] of 12/);
  await page.keyboard.press('Space');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the values of the frame as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/scope.*\.csv$/);

  const told = await cli.answer(['image', path, '--time', '5.31', '--format', 'json']);
  expect(told).toMatchObject({ width, height, dataType: 'uint16', at: { T: 3 } });
});

test('a picture is added to a session, and shown in its own colours', async ({ page, door }) => {
  const path = join(door.home, 'painted');
  mkdirSync(path);
  const [wide, high] = [6, 4];
  const rows = Array.from({ length: high }, (_, y) =>
    Buffer.from(Array.from({ length: wide }, (__, x) => [40 * x, 60 * y, 200]).flat()),
  );
  writeFileSync(join(path, 'slice.png'), madePng(wide, high, 8, 2, rows));
  createSession({ path, reference: 'painted' }).close();
  await chooseOnPage(await openSession(page, door, path), 'Add', 'Add a picture or movie to the session…');
  await givePath(page.getByRole('dialog', { name: /Choose a picture/ }), join(path, 'slice.png'), 'Choose');
  const form = page.getByRole('dialog', { name: 'Add a picture' });
  await expect(form).toContainText('PNG');
  await form.getByRole('textbox', { name: 'What it shows' }).fill('a slice');
  await form.getByRole('textbox', { name: 'From pixel to pixel' }).fill('0.5');
  await form.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Show its picture' }).click();
  const frame = page.getByTestId('image-frame');
  await expect(page.getByRole('switch', { name: 'In its own colours' })).toBeChecked();
  await frame.focus();
  await page.keyboard.press('Shift+ArrowUp');
  // Row 1, column 3: half a micrometre from pixel to pixel.
  await expect(page.getByTestId('image-readout')).toContainText(
    'row 1, column 3 (0.5 micrometer, 1.5 micrometer): 120 · 60 · 200',
  );
  await bothLooks(page, 'image-colours', '[data-panel-kind="image"]');
  await axe(page, '[data-panel-kind="image"]');
});
