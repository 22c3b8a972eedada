import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeBlackrock, writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { bothLooks, expect, screenshot, test } from './support/door.ts';
import { dragFiles } from './support/drop.ts';
import { runProgram } from './support/program.ts';

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
  const epochs = page.locator('[data-panel-kind="session"]').getByRole('grid', { name: 'Epochs' });
  await expect(epochs.getByRole('row')).toHaveCount(4);
  expect(existsSync(join(folder, 'day 2', 'b.rhd'))).toBe(true);
  await page.getByRole('button', { name: 'Undo' }).last().click();
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
