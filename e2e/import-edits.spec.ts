import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { madeWorkbook } from '../electron/ndi/event-tables/made-workbook.ts';
import { writeBlackrock, writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { bothLooks, expect, screenshot, test } from './support/door.ts';
import { holdUndo } from './support/offered-undo.ts';
import { givePath } from './support/path-dialog.ts';

/** Two animals, each with two runs on two devices; the channels tell one rig from another. */
async function writeRig(folder: string, channels: number): Promise<void> {
  for (const [at, place] of ['m1/run1', 'm1/run2', 'm2/run1', 'm2/run2'].entries()) {
    await writeIntan(join(folder, ...place.split('/'), `amp_${at}.rhd`), channels, at);
    await writeBlackrock(join(folder, ...place.split('/'), `ev_${at}`), at + 20);
  }
}

const panelOf = (page: Page) => page.locator('[data-panel-kind="import"]');

/** Selects a text of the example path, as somebody does with Shift and the arrows, and says what it is. */
async function mark(page: Page, text: string, as: string): Promise<void> {
  const input = panelOf(page).getByLabel('Select a part of this path, then say what it is');
  await input.focus();
  await input.evaluate((element, part) => {
    const field = element as HTMLInputElement;
    const from = field.value.indexOf(part);
    field.setSelectionRange(from, from + part.length);
  }, text);
  await panelOf(page).getByRole('group', { name: 'The selected part is' }).getByRole('button', { name: as }).click();
}

test('one marked path tells subjects, sessions and epochs apart; they become sessions of a dataset', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'animals');
  await writeRig(folder, 4);
  await writeIntan(join(folder, 'stray.rhd'), 4, 99);
  await door.startAgain(folder);
  const panel = panelOf(page);
  await panel.getByText('From the paths').click();
  await panel.getByLabel('An example').selectOption('m1/run1/amp_0.rhd');
  await mark(page, 'm1', 'Subject');
  await mark(page, 'run1', 'Epoch');
  await expect(panel.getByLabel('Pattern', { exact: true })).toHaveValue('{subject}/{epoch}/**');
  await expect(panel).toContainText('8 paths fit, 1 does not');
  const table = panel.getByRole('grid', { name: 'What the pattern reads' });
  await expect(table.getByRole('row').nth(1)).toContainText('stray.rhd');
  await panel.getByText('A session for each').click();
  await expect(panel).toContainText('say which laboratory');
  await expect(panel.getByRole('button', { name: /^Create 2 sessions/ })).toBeDisabled();
  await panel.getByLabel('Laboratory of the subjects').fill('lab.org');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Create 2 sessions (4 epochs)' })).toBeEnabled();
  await expect(panel.getByRole('tree')).toContainText('In no session');
  await bothLooks(page, 'import-paths', '[data-panel-kind="import"]');

  await panel.getByRole('button', { name: 'Create 2 sessions (4 epochs)' }).click();
  const undo = await holdUndo(page);
  const dataset = page.locator('[data-panel-kind="session"]');
  await expect(dataset.getByRole('grid', { name: 'Sessions' })).toContainText('m2');
  expect(readFileSync(join(folder, 'm1', '.ndi', 'reference.txt'), 'utf8')).toBe('m1');
  await undo.click();
  await expect(panel.getByRole('tree')).toBeVisible();
  expect(existsSync(join(folder, 'm1', '.ndi'))).toBe(false);
  expect(existsSync(join(folder, '.ndi'))).toBe(false);
});

test('epochs are merged, split, renamed and taken back by keyboard; the next drop of the rig is as the last', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'first day');
  await writeRig(folder, 6);
  await door.startAgain(folder);
  const panel = panelOf(page);
  const tree = panel.getByRole('tree');
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await panel.getByRole('button', { name: 'Make one epoch' }).press('Enter');
  await expect(tree.getByRole('treeitem')).toHaveCount(11);
  await panel.getByRole('button', { name: 'Split' }).press('Enter');
  await expect(tree.getByRole('treeitem')).toHaveCount(12);
  await page.keyboard.press('Control+z');
  await expect(tree.getByRole('treeitem')).toHaveCount(11);

  await panel.getByLabel('Id of the epoch').fill('baseline');
  await page.keyboard.press('Enter');
  await expect(tree.getByRole('treeitem').nth(1)).toContainText('baseline');
  const recording = panel.getByRole('article', { name: 'm1/run1/amp_0.rhd' });
  await recording.getByLabel('Device').fill('array');
  await page.keyboard.press('Enter');
  const probe = recording.getByRole('group', { name: 'Probe 1' });
  await probe.getByLabel('Channels').fill('ai1-9');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('It has no channel ai7');
  await expect(panel.getByRole('button', { name: /^Create session/ })).toBeDisabled();
  await probe.getByLabel('Channels').fill('ai1-2');
  await page.keyboard.press('Enter');
  await probe.getByLabel('Name').fill('cortex');
  await page.keyboard.press('Enter');
  await recording.getByRole('button', { name: /Say the same of the 3 other recordings/ }).press('Enter');
  await bothLooks(page, 'import-edited', '[data-panel-kind="import"]');
  await panel.getByRole('button', { name: 'Create session (7 epochs)' }).press('Enter');

  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByRole('grid', { name: 'Probes' })).toContainText('cortex');
  const maps = readdirSync(join(folder, 'm1', 'run1')).filter((name) => name.endsWith('epochprobemap.ndi'));
  const texts = maps.map((name) => readFileSync(join(folder, 'm1', 'run1', name), 'utf8'));
  expect(texts.join('')).toContain('cortex\t1\tn-trode\tarray:ai1-2\tunknown@unknown\n');

  const next = join(door.home, 'second day');
  await writeRig(next, 6);
  await door.startAgain(next);
  await expect(panel.getByRole('region', { name: 'As last time' })).toContainText('devices array, blackrock1');
  await expect(tree.getByRole('treeitem').nth(1)).toContainText('array');
  await panel.getByLabel('Name of the rig').fill('Rig 2');
  await page.keyboard.press('Enter');
  await screenshot(page, 'import-recipe');
  await panel.getByRole('button', { name: 'Forget' }).press('Enter');
  await expect(page.getByText('What was remembered of Rig 2 is forgotten')).toBeVisible();
  await expect(tree.getByRole('treeitem').nth(1)).toContainText('intan1');
});

test('a workbook beside the recordings becomes stimuli of an epoch', async ({ page, door }) => {
  const folder = join(door.home, 'with trials');
  await writeRig(folder, 8);
  const trials = [
    ['when', 'length', 'side'],
    [{ duration: 0.001 / 86_400 }, 0.001, 'left'],
    [{ duration: 0.004 / 86_400 }, 0.001, 'right'],
  ];
  writeFileSync(join(folder, 'm2', 'run1', 'trials.xlsx'), madeWorkbook({ Notes: [['calm']], Trials: trials }));
  await door.startAgain(folder);
  const panel = panelOf(page);
  await panel.getByText('Tables (1)').click();
  await expect(panel.getByLabel('Table in the file')).toHaveValue('Trials');
  await expect(panel.getByRole('grid', { name: 'First rows of the file' })).toContainText('00:00:00.004');
  await expect(panel.getByLabel('The times are on the clock of')).toHaveValue('m2/run1/amp_2.rhd');
  await panel.getByLabel('Onset').selectOption('when');
  await panel.getByLabel('Duration').selectOption('length');
  await panel.getByLabel('Stimulus').selectOption('side');
  await expect(panel.getByLabel('Keep these as stimuli')).toBeChecked();
  await panel.getByLabel('Stimulator').fill('lever');
  await bothLooks(page, 'import-table', '[data-panel-kind="import"]');
  await panel.getByRole('button', { name: 'Create session (8 epochs)' }).click();
  const session = page.locator('[data-panel-kind="session"]');
  const stimuli = session.getByRole('region', { name: 'Stimuli' });
  await stimuli.scrollIntoViewIfNeeded();
  await expect(stimuli).toContainText('lever | 1');
  await expect(stimuli.getByRole('grid', { name: 'Presentations of stimuli' })).toContainText('right');
});

test('recordings are copied to a folder that is chosen, with the room for it shown; the originals stay', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'to copy');
  await writeRig(folder, 10);
  await door.startAgain(folder);
  const panel = panelOf(page);
  await panel.getByText('Copy them').click();
  await expect(panel).toContainText('Choose a new or empty folder for the copy.');
  await expect(panel.getByRole('button', { name: /^Create session/ })).toBeDisabled();
  const target = join(door.home, 'copies');
  mkdirSync(target);
  await panel.getByRole('button', { name: 'Choose where…' }).click();
  const chooser = page.getByRole('dialog', { name: 'Choose where the copy goes' });
  await givePath(chooser, target, 'Copy here');
  await expect(panel).toContainText('free; each copy is checked, the originals stay');
  await screenshot(page, 'import-copy');
  // Somebody puts a file there meanwhile: nothing is written, and it is said why.
  writeFileSync(join(target, 'mine.txt'), '');
  await panel.getByRole('button', { name: 'Create session (8 epochs)' }).click();
  await expect(panel.getByRole('alert')).toContainText('is not empty');
  await screenshot(page, 'import-failing');
  rmSync(join(target, 'mine.txt'));
  await panel.getByRole('button', { name: 'Create session (8 epochs)' }).click();
  await expect(page.locator('[data-panel-kind="session"]').getByRole('heading', { level: 1 })).toHaveText('to copy');
  expect(existsSync(join(target, 'm2', 'run2', 'amp_3.rhd'))).toBe(true);
  expect(existsSync(join(folder, '.ndi'))).toBe(false);
});
