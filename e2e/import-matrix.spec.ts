import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { axe, bothLooks, expect, test } from './support/door.ts';
import { holdUndo } from './support/offered-undo.ts';

/** Two seconds of two channels: a slow and a quick wave. */
function writeMatrix(path: string): void {
  const words = Int16Array.from({ length: 4000 }, (_, index) => 1000 * Math.sin((index >> 1) / (index % 2 ? 10 : 100)));
  writeFileSync(path, Buffer.concat([Buffer.from('head'), Buffer.from(words.buffer), Buffer.from('!')]));
}

test('files that tell nothing are read as what somebody says, by keyboard; it is tried first, and can be taken back', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'bare');
  mkdirSync(folder);
  for (const name of ['run1.samples', 'run2.samples']) writeMatrix(join(folder, name));
  await door.startAgain(folder);
  const panel = page.locator('[data-panel-kind="import"]');
  await expect(panel).toContainText('No recording was recognised in bare (2 files).');
  await expect(panel).toContainText('2 files skipped');
  await panel.getByRole('button', { name: 'Read as a raw matrix…' }).first().press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Read as a raw matrix' });
  const agree = dialog.getByRole('button', { name: 'Read the 2 files like this' });
  await expect(agree).toBeDisabled();
  await dialog.getByLabel('Channels').fill('2');
  await dialog.getByLabel('Samples a second').fill('1000');
  await dialog.getByLabel('Bytes to skip first').fill('5000000');
  await expect(dialog).toContainText('are to be skipped');
  await dialog.getByLabel('Bytes to skip first').fill('4');
  await expect(dialog).toContainText('2,000 samples a channel: 2 s. The values do not fill whole samples: 1 bytes');
  await expect(dialog.getByRole('img', { name: /of 2 analog channels/ })).toBeVisible();
  await axe(page, '[role="dialog"]');
  await bothLooks(page, 'import-matrix', '[role="dialog"]');
  expect(existsSync(join(folder, 'run1.samples.json'))).toBe(false);
  await agree.press('Enter');
  const undo = await holdUndo(page);

  const tree = panel.getByRole('tree');
  await expect(tree.getByRole('treeitem')).toHaveCount(3);
  await expect(panel).toContainText('run1.samples.json beside it says what its values are.');
  expect(JSON.parse(readFileSync(join(folder, 'run2.samples.json'), 'utf8'))).toMatchObject({ channels: 2, skip: 4 });
  await undo.click();
  await expect(panel).toContainText('No recording was recognised in bare (2 files).');
  expect(existsSync(join(folder, 'run1.samples.json'))).toBe(false);
});

test('a recording that was taken for something else is read as bare samples; what was chosen of others stays', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'wrong');
  await writeIntan(join(folder, 'a.rhd'), 3, 1);
  await writeIntan(join(folder, 'b.rhd'), 4, 2);
  await door.startAgain(folder);
  const panel = page.locator('[data-panel-kind="import"]');
  const tree = panel.getByRole('tree');
  await tree.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await panel.getByRole('button', { name: 'Read as a raw matrix…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Read as a raw matrix' });
  await dialog.getByLabel('Channels').fill('1');
  await dialog.getByLabel('Samples a second').fill('100');
  await dialog.getByRole('button', { name: 'Read it like this' }).click();
  await expect(tree).toContainText('Raw binary matrix');
  await expect(tree.getByRole('treeitem').last()).toHaveAttribute('aria-checked', 'false');
  await expect(panel).toContainText('Its content also looks like Intan RHD2000.');
  await panel.getByRole('button', { name: 'Take the description away' }).click();
  await expect(tree).not.toContainText('Raw binary matrix');
});
