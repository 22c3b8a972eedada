import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeBlackrock, writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { bothLooks, expect, screenshot, test } from './support/door.ts';
import { dragFiles } from './support/drop.ts';
import { holdUndo } from './support/offered-undo.ts';
import { givePath } from './support/path-dialog.ts';
import { runProgram } from './support/program.ts';
import { pageMenu } from './support/session-page.ts';

const panelOf = (page: Page) => page.locator('[data-panel-kind="import"]');
const treeOf = (page: Page) => page.getByRole('tree', { name: 'Session tree' });

async function makeSession(folder: string, dataFolder: string): Promise<void> {
  await writeIntan(join(folder, 'day 1', 'a.rhd'), 3, 1);
  const { status } = await runProgram(['create', folder, '--reference', 'mouse', '--from', folder], { dataFolder });
  expect(status).toBe(0);
}

test('recordings that are dropped on a session of the tree are added to it, and taken back', async ({ page, door }) => {
  const folder = join(door.home, 'mouse');
  await makeSession(folder, join(door.home, 'cli'));
  const later = join(door.home, 'day 2');
  await writeIntan(join(later, 'b.rhd'), 3, 2);
  await writeBlackrock(join(later, 'x'), 3);
  await door.startAgain(folder);
  const line = treeOf(page).getByRole('treeitem', { level: 1 });
  await expect(line).toContainText('mouse');
  const { drop } = await dragFiles(page, [later], line);
  await expect(page.getByText('Add 1 item to the session mouse')).toBeVisible();
  await screenshot(page, 'drop-on-tree');
  await drop();
  const panel = panelOf(page);
  await expect(page.getByRole('tab', { name: 'Add day 2 to mouse' })).toBeVisible();
  await expect(panel).toContainText('They are copied into the folder of the session');
  await expect(panel).toContainText('free; each copy is checked, the originals stay');
  await bothLooks(page, 'import-add', '[data-panel-kind="import"]');
  await panel.getByRole('button', { name: 'Add 2 epochs to mouse' }).press('Enter');
  const undo = await holdUndo(page);
  const epochs = page.locator('[data-panel-kind="session"]').getByRole('grid', { name: 'Epochs' });
  await expect(epochs.getByRole('row')).toHaveCount(4);
  expect(existsSync(join(folder, 'day 2', 'b.rhd'))).toBe(true);
  await undo.click();
  await expect(epochs.getByRole('row')).toHaveCount(2);
  expect(existsSync(join(folder, 'day 2'))).toBe(false);
});

test('a session and recordings that are dropped on a dataset of the tree become sessions of it', async ({
  page,
  door,
}) => {
  const dataset = join(door.home, 'all animals');
  const dataFolder = join(door.home, 'cli');
  mkdirSync(dataset);
  expect((await runProgram(['create', dataset, '--reference', 'all', '--dataset'], { dataFolder })).status).toBe(0);
  const animal = join(door.home, 'animal');
  await makeSession(animal, dataFolder);
  const bare = join(door.home, 'rat');
  await writeIntan(join(bare, 'b.rhd'), 3, 2);
  await door.startAgain(dataset);
  const line = treeOf(page).getByRole('treeitem', { level: 1 }).first();
  const first = await dragFiles(page, [animal], line);
  await expect(page.getByText('Add 1 item to the dataset all')).toBeVisible();
  await first.drop();
  const sessions = page.locator('[data-panel-kind="session"]').getByRole('grid', { name: 'Sessions' });
  await expect(sessions).toContainText('mouse');
  const second = await dragFiles(page, [bare], line);
  await second.drop();
  await expect(panelOf(page)).toContainText('It is then linked to the dataset all.');
  await panelOf(page).getByRole('button', { name: 'Create session (1 epoch)' }).click();
  await expect(page.getByText('rat is linked to the dataset all')).toBeVisible();
});

const sessionOf = (page: Page) => page.locator('[data-panel-kind="session"]');
const epochsOf = (page: Page) => sessionOf(page).getByRole('grid', { name: 'Epochs' }).getByRole('row');

test('recordings are added by command: shortcut, button, context menu, or not, with the reason', async ({
  page,
  door,
}) => {
  const addFolder = 'Add a folder of recordings to the session…';
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /command/ }).fill('Add a folder of recordings');
  await expect(page.getByRole('dialog')).toContainText('The focused panel shows no session or dataset');
  await page.keyboard.press('Escape');
  const folder = join(door.home, 'rat 5');
  await makeSession(folder, join(door.home, 'cli'));
  await writeIntan(join(door.home, 'rat 5 later', 'b.rhd'), 3, 2);
  await writeIntan(join(door.home, 'rat 5 last', 'c.rhd'), 3, 3);
  await door.startAgain(folder);
  await expect(epochsOf(page)).toHaveCount(2);
  await page.keyboard.press('Control+Alt+o');
  const dialog = page.getByRole('dialog', { name: 'Choose a folder of recordings for mouse' });
  await givePath(dialog, join(door.home, 'rat 5 later'), 'Look at it');
  await expect(page.getByRole('tab', { name: 'Add rat 5 later to mouse' })).toBeVisible();
  await panelOf(page).getByRole('button', { name: 'Add 1 epoch to mouse' }).press('Enter');
  await expect(epochsOf(page)).toHaveCount(3);
  await pageMenu(sessionOf(page), 'Add').press('Enter');
  await expect(page.getByRole('menuitem', { name: addFolder })).toBeVisible();
  await bothLooks(page, 'session-add-menu', '[role=menu]');
  await page.getByRole('menuitem', { name: 'Add a recording or a table to the session…' }).click();
  const files = page.getByRole('dialog', { name: 'Choose a recording, or a table of trials, for mouse' });
  await givePath(files, join(door.home, 'rat 5 last', 'c.rhd'), 'Look at it');
  await expect(panelOf(page).getByRole('button', { name: 'Add 1 epoch to mouse' })).toBeEnabled();
  await treeOf(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Add a folder of recordings…' }).press('Enter');
  await expect(dialog).toBeVisible();
});

test('a table that is dropped on a session asks what it lists; one that comes with recordings is offered with them', async ({
  page,
  door,
}) => {
  const folder = join(door.home, 'rat 6');
  await makeSession(folder, join(door.home, 'cli'));
  const csv = (name: string, rows: string) => {
    const path = join(door.home, name);
    writeFileSync(path, `onset,duration,angle\n${rows}\n`);
    return path;
  };
  const first = csv('first trials.csv', '0.001,0.0005,45\n0.002,0.0005,90');
  const second = csv('second trials.csv', '0.0015,0.0005,45');
  await door.startAgain(folder);
  const line = treeOf(page).getByRole('treeitem', { level: 1 });
  await (await dragFiles(page, [first, second], line)).drop();
  const dialog = page.getByRole('dialog', { name: 'Import trials as stimuli' });
  await expect(dialog).toContainText('first trials.csv (1 of 2)');
  await expect(dialog.getByRole('grid', { name: 'What would be kept' }).getByRole('row')).toHaveCount(3);
  await bothLooks(page, 'table-on-session', '[role=dialog]');
  await dialog.getByRole('button', { name: 'Skip this table' }).click();
  await expect(dialog).toContainText('second trials.csv (2 of 2)');
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  await expect(page.getByText('1 presentation is kept')).toBeVisible();
  await expect(dialog).toBeHidden();

  await writeIntan(join(door.home, 'rat 6 later', 'd.rhd'), 3, 2);
  await (await dragFiles(page, [join(door.home, 'rat 6 later'), first], line)).drop();
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { name: 'Tables of trials and events' })).toBeVisible();
  await panel.getByRole('checkbox', { name: 'Keep these as stimuli' }).check();
  await bothLooks(page, 'import-add-table', '[data-panel-kind="import"]');
  await panel.getByRole('button', { name: 'Add 1 epoch to mouse' }).click();
  await expect(epochsOf(page)).toHaveCount(3);
  await expect(page.getByText('1 epoch was added')).toBeVisible();
  const shown = sessionOf(page)
    .getByRole('combobox', { name: 'Epoch' })
    .getByRole('option', { name: /^trials/ });
  await expect(shown).toHaveCount(2);

  // A table that is opened, by whatever road, leads to the session that is in front.
  await (await dragFiles(page, [first])).drop();
  await page.getByRole('button', { name: 'As trials of mouse…' }).click();
  await expect(dialog).toContainText('first trials.csv');
});
