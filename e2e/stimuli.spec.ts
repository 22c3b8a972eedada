import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { givePath } from './support/path-dialog.ts';
import { runProgram } from './support/program.ts';
import { chooseOnPage, openSession } from './support/session-page.ts';

test('stimuli: blocks on the timeline, a table on any clock, decoded and taken back, over the traces', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'stimuli'));
  const dataFolder = join(door.home, 'stimuli-data');
  const listed = await runProgram(['stimuli', path, '--epoch', '2', '--json'], { dataFolder });
  const { epochs } = JSON.parse(listed.out.toString()) as { epochs: { documentId: string }[] };
  const removed = await runProgram(['remove', path, epochs[0]?.documentId ?? '', '--cascade', '--json'], {
    dataFolder,
  });
  expect(removed.status).toBe(0);
  await door.startAgain(path);

  await expect(page.getByRole('button', { name: /Epoch 1 of intan1.*18 stimuli/ })).toBeVisible();
  const section = page.getByRole('region', { name: 'Stimuli' });
  await section.scrollIntoViewIfNeeded();
  const table = section.getByRole('grid', { name: 'Presentations of stimuli' });
  await expect(table).toContainText('direction');
  const firstRow = table.getByRole('row').nth(1);
  const own = await firstRow.textContent();
  await section.getByLabel('Times on the clock of').selectOption('blackrock1');
  await expect(section).toContainText('dev_local_time of blackrock1');
  await expect(firstRow).not.toHaveText(own ?? '');
  await expect(section).toContainText('The stimuli of 1 epoch are only in its recording: 18 presentations.');
  await axe(page, '[data-panel-kind="session"]');
  await screenshot(page, 'stimuli');
  await section.getByRole('button', { name: 'Decode the stimuli' }).press('Enter');
  await expect(page.getByText('The stimuli of 1 epoch are kept')).toBeVisible();
  await expect(section.getByRole('button', { name: 'Decode the stimuli' })).toBeHidden();
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'stimuli-dark');
  await page.keyboard.press('Control+z');
  await expect(section.getByRole('button', { name: 'Decode the stimuli' })).toBeVisible();

  // The other device: the times were carried to its clock.
  await page.getByRole('button', { name: /Epoch 1 of blackrock1/ }).press('Enter');
  const row = page.getByTestId('stimulus-row');
  const block = row.getByRole('button').first();
  await expect(block).toHaveAccessibleName(/screen \| 1: stimulus \d, .* direction/);
  await screenshot(page, 'stimuli-traces-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await block.press('ArrowRight');
  await expect(row.getByRole('button').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await screenshot(page, 'stimuli-traces');
});

test('a table of trials is looked at, kept as stimuli and taken back', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'trials'));
  const file = join(path, 'trials.csv');
  writeFileSync(file, 'time,duration,label,volume\n2,0.5,sugar,1\n4,0.5,salt,2\n6,0.5,sugar,1\n');
  await chooseOnPage(await openSession(page, door, path), 'Add', 'Import a table of trials…');
  const chooser = page.getByRole('dialog', { name: 'Choose a table of trials (CSV, TSV, Excel or MAT)' });
  await givePath(chooser, file, 'Choose');
  const dialog = page.getByRole('dialog', { name: 'Import trials as stimuli' });
  await expect(dialog.getByLabel('Onset')).toHaveValue('time');
  await expect(dialog.getByLabel('Stimulus')).toHaveValue('label');
  await expect(dialog).toContainText('3 presentations would be kept');
  await expect(dialog.getByRole('grid', { name: 'What would be kept' })).toContainText('salt');
  await expect(dialog.getByRole('grid', { name: 'First rows of the file' })).toContainText('sugar');
  await dialog.getByLabel('Onset').selectOption('label');
  await expect(dialog).toContainText('is no time');
  await expect(dialog.getByRole('button', { name: 'Keep them' })).toBeDisabled();
  await dialog.getByLabel('Onset').selectOption('time');
  await expect(dialog).toContainText('3 presentations would be kept');
  await bothLooks(page, 'trials-import', '[role="dialog"]');
  await dialog.getByRole('button', { name: 'Keep them' }).press('Enter');
  await expect(page.getByText('3 presentations are kept')).toBeVisible();
  await expect(page.getByRole('button', { name: /Epoch 1 of intan1.*21 stimuli/ })).toBeVisible();
});
