import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { untilKept } from './support/kept.ts';

/** A hash over names, sizes, times of change and bytes of a tree: equal only if nothing at all was touched. */
function treeHash(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const { mtimeMs, size } = statSync(path);
    const file = statSync(path).isFile();
    hash.update(`${name}\0${size}\0${mtimeMs}\0`).update(file ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

const panel = (page: Page) => page.locator('[data-panel-kind="documents"]');
const list = (page: Page) => panel(page).getByRole('grid', { name: 'Documents' });

test.describe('a real dataset', () => {
  test.skip(!hasFixtures, 'The real recordings and datasets are not on this machine.');

  test('shows classes, documents, form, JSON, files and dependencies, and changes not a byte', async ({
    page,
    door,
  }) => {
    const path = join(door.home, 'real dataset');
    cpSync(fixturePath('ndi-dataset', 'oldDataset'), path, { recursive: true });
    const before = treeHash(path);
    await door.startAgain(path);

    await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).click();
    const classes = panel(page).getByRole('listbox', { name: 'Classes of documents' });
    await expect(classes.getByRole('option')).toHaveText([
      'All documents8',
      'dataset_session_info1',
      'demoNDI5',
      'session2',
    ]);
    await expect(panel(page).getByText('8 documents')).toBeVisible();

    await classes.getByRole('option', { name: 'demoNDI' }).click();
    await expect(panel(page).getByText('5 documents')).toBeVisible();
    await list(page).getByRole('row', { name: 'doc_3' }).click();
    const form = panel(page).getByRole('tabpanel');
    await expect(form.getByRole('region', { name: 'Demo NDI' })).toContainText('Value value3');
    await expect(form).toContainText('412694f69ab1ba5f_40b5cd572384dc0e');
    await axe(page);

    await panel(page).getByRole('tab', { name: 'JSON' }).click();
    await panel(page).getByRole('textbox', { name: 'Find in the JSON' }).fill('"value": 3');
    await expect(panel(page).getByText('1 of 1 lines')).toBeVisible();
    await axe(page);

    await panel(page).getByRole('tab', { name: 'Files (1)' }).click();
    await expect(panel(page).getByRole('tabpanel')).toContainText('5 B');
    await expect(panel(page).getByLabel('Beginning of filename1.ext', { exact: true })).toHaveText('doc_3');

    await panel(page)
      .getByRole('tab', { name: /Dependencies/ })
      .click();
    await expect(panel(page).getByRole('tabpanel')).toContainText('This document depends on no other.');
    await screenshot(page, 'documents-dataset');
    expect(treeHash(path)).toBe(before);
  });

  test('narrows to a session of the dataset and filters by any value', async ({ page, door }) => {
    const path = join(door.home, 'narrowed dataset');
    cpSync(fixturePath('ndi-dataset', 'oldDataset'), path, { recursive: true });
    await door.startAgain(path);
    await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).click();
    await panel(page).getByLabel('Session', { exact: true }).selectOption('exp_demo');
    await expect(panel(page).getByText('6 documents')).toBeVisible();
    await list(page).focus();
    await page.keyboard.press('/');
    await expect(panel(page).getByRole('textbox', { name: 'Filter the documents' })).toBeFocused();
    await page.keyboard.type('doc_4');
    await expect(panel(page).getByText('1 document', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel(page).getByText('6 documents')).toBeVisible();
    await page.keyboard.type('nowhere to be found');
    await expect(panel(page).getByText('holds “nowhere to be found”')).toBeVisible();
    await panel(page).getByRole('button', { name: 'Clear the filter' }).last().click();
    await expect(panel(page).getByText('6 documents')).toBeVisible();
  });
});

test('follows dependencies and finds the way back, by the keyboard alone', async ({ page, door }) => {
  const path = await copyOfDemo(door.home);
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).focus();
  await page.keyboard.press('Enter');
  const classes = panel(page).getByRole('listbox', { name: 'Classes of documents' });
  await classes.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(classes.getByRole('option', { name: 'daqsystem' })).toHaveAttribute('aria-selected', 'true');
  await expect(panel(page).getByText('2 documents')).toBeVisible();

  await list(page).focus();
  await page.keyboard.press('ArrowDown');
  const heading = panel(page).getByRole('heading', { level: 2 });
  await expect(heading).toHaveText('intan1');
  await panel(page).getByRole('tab', { name: 'Dependencies' }).focus();
  await page.keyboard.press('Enter');
  const dependsOn = panel(page).getByRole('region', { name: 'Depends on' });
  await dependsOn.getByRole('button', { name: /filenavigator/ }).focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('filenavigator');
  await expect(panel(page).getByRole('region', { name: 'Used by' }).getByRole('button')).toHaveText([
    'daqsystemintan1',
  ]);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading).toHaveText('intan1');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading).toHaveText('filenavigator');
  await axe(page);
});

test('chooses columns and sorts by them', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'columns'));
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).click();
  await expect(list(page).getByRole('columnheader')).toHaveText(['Name', 'Class', 'Date']);
  await panel(page).getByRole('button', { name: 'Choose the columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'ID' }).click();
  await page.keyboard.press('Escape');
  await expect(list(page).getByRole('columnheader')).toHaveText(['Name', 'Class', 'Date', 'ID']);
  const firstRow = list(page).getByRole('row').nth(1);
  await list(page).getByRole('button', { name: 'Class' }).click();
  await expect(firstRow).toContainText('daqreader');
  await list(page).getByRole('button', { name: 'Class' }).click();
  await expect(firstRow).toContainText('syncrule');
  await expect(list(page).getByRole('columnheader', { name: 'Class' })).toHaveAttribute('aria-sort', 'descending');
});

test('the browser goes on where it was left, after its tab and after the window', async ({ page, door }) => {
  const { path } = await demoSession();
  await door.startAgain(path);
  await page.getByRole('button', { name: 'Browse the documents' }).click();
  await page.getByRole('option', { name: /^element \d/ }).click();
  await panel(page).getByRole('textbox', { name: 'Filter the documents' }).fill('n-trode');
  await panel(page).getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Operation' }).selectOption('isa');
  await page.getByRole('combobox', { name: 'Class' }).fill('element');
  await page.getByRole('combobox', { name: 'Class' }).press('Enter');
  const grid = panel(page).getByRole('grid', { name: 'Documents' });
  await grid.getByRole('button', { name: 'Class' }).click();
  await grid.getByRole('row').nth(1).click();
  await panel(page).getByRole('tab', { name: 'JSON' }).click();
  const isAsLeft = async () => {
    await expect(panel(page).getByRole('option', { name: /^element \d/ })).toHaveAttribute('aria-selected', 'true');
    await expect(panel(page).getByRole('textbox', { name: 'Filter the documents' })).toHaveValue('n-trode');
    await expect(panel(page).getByRole('button', { name: 'isa(element)', exact: true })).toBeVisible();
    await expect(grid.getByRole('columnheader', { name: 'Class' })).toHaveAttribute('aria-sort', 'ascending');
    await expect(grid.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true');
    await expect(panel(page).getByRole('tab', { name: 'JSON' })).toHaveAttribute('aria-selected', 'true');
  };
  await isAsLeft();
  await page.getByRole('tab', { name: 'Start' }).click();
  await expect(panel(page)).toBeHidden();
  await page.getByRole('tab', { name: /: element$/ }).click();
  await isAsLeft();
  await untilKept(page, 'n-trode');
  await page.reload();
  await isAsLeft();
});
