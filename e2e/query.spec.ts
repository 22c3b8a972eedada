import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { axe, expect, screenshot, test } from './support/door.ts';

test.skip(!hasFixtures, 'The real recordings and datasets are not on this machine.');

test('a query is built, changed, written as text, shown with its columns and exported', async ({ page, door }) => {
  const path = join(door.home, 'queried dataset');
  cpSync(fixturePath('ndi-dataset', 'oldDataset'), path, { recursive: true });
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).click();
  const panel = page.locator('[data-panel-kind="documents"]');
  await expect(panel.getByText('8 documents')).toBeVisible();

  await panel.getByRole('button', { name: 'Add condition' }).press('Enter');
  const form = page.getByRole('dialog');
  await form.getByRole('combobox', { name: 'Field' }).fill('demoNDI.value');
  await form.getByRole('combobox', { name: 'Operation' }).selectOption('>');
  await form.getByRole('combobox', { name: 'Value' }).fill('2');
  await expect(form.getByText('3 documents')).toBeVisible();
  await axe(page);
  await screenshot(page, 'query-form');
  await form.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  await expect(panel.getByText('3 documents')).toBeVisible();

  await panel.getByRole('button', { name: 'demoNDI.value > 2', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Turn into its opposite' }).click();
  await expect(panel.getByText('5 documents')).toBeVisible();

  await panel.getByRole('button', { name: 'Saved queries, history, other forms' }).click();
  await page.getByRole('menuitem', { name: 'Write the query as text…' }).click();
  const text = page.getByRole('textbox', { name: 'Query' });
  await text.fill('base.name frobs 3');
  await expect(page.getByText(/"frobs/)).toBeVisible();
  await text.fill('isa(demoNDI) and (demoNDI.value = 1 or base.name contains "_5")');
  await page.getByRole('textbox', { name: 'Save it under a name (optional)' }).fill('first and last');
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await expect(panel.getByText('2 documents')).toBeVisible();

  await panel.getByRole('button', { name: 'Choose the columns' }).click();
  const field = page.getByRole('combobox', { name: 'Field to show as a column' });
  await field.fill('demoNDI.value');
  await field.press('Enter');
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'demoNDI.value', exact: true }).click();
  const rows = panel.getByRole('grid', { name: 'Documents' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('doc_1');
  await axe(page);
  await screenshot(page, 'query-chips');

  const saving = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Export what is listed' }).click();
  await page.getByRole('menuitem', { name: 'CSV of the columns shown' }).click();
  expect((await saving).suggestedFilename()).toBe('documents.csv');

  await panel.getByRole('button', { name: 'Saved queries, history, other forms' }).click();
  await expect(page.getByRole('menuitem', { name: 'first and last' })).toBeVisible();
  await screenshot(page, 'query-menu');
});
