import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';

test('tables by subject, probe and epoch: sort, filter, columns, export, open', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'tables'));
  await door.startAgain(path);
  await page.getByRole('button', { name: 'Browse the documents' }).click();
  await page.getByRole('button', { name: 'Show subjects, probes and epochs as tables' }).click();
  const panel = page.locator('[data-panel-kind="tables"]');
  const table = panel.getByRole('grid', { name: 'Table' });
  await expect(table).toContainText('ferret1@sample.lab');

  const by = panel.getByRole('combobox', { name: 'What the rows are' });
  await by.selectOption('epoch');
  await expect(panel.getByText('15 rows')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Filter the rows' }).fill('thalamus');
  await expect(panel.getByText('3 of 15 rows')).toBeVisible();
  await axe(page, '[data-panel-kind="tables"]');
  await screenshot(page, 'tables');
  await panel.getByRole('textbox', { name: 'Filter the rows' }).fill('');
  await panel.getByRole('button', { name: 'Add fields of…' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'stimulus_presentation' }).click();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: /^stimulus_presentation/ }).first()).toBeAttached();
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'tables-dark');

  await panel.getByRole('button', { name: 'Export the table' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(
    readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n'),
  ).toHaveLength(16);

  await by.selectOption('probe');
  const name = table.getByRole('button', { name: 'ProbeName' });
  await name.click();
  await name.click();
  await expect(table.getByRole('row').nth(1)).toContainText('trigger');
  await panel.getByRole('button', { name: 'Choose the columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'ProbeReference' }).click();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'ProbeReference' })).toHaveCount(0);
  await table.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-panel-kind="documents"]')).toContainText('trigger');
});
