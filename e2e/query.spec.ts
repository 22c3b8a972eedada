import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { createSession } from '../electron/ndi/create-session.ts';
import { newDocument } from '../electron/ndi/documents/build.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';

test('a query is shared as a link, looked for elsewhere, and stopped', async ({ page, door, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const [first, second] = [join(door.home, 'first'), join(door.home, 'second')];
  for (const [path, reference] of [
    [first, 'Ferret one'],
    [second, 'Ferret two'],
  ] as const) {
    createSession({
      ...{ path: made(path), reference },
      documents: ['a'.repeat(40), 'b'].map((name, at) =>
        newDocument('demoNDI', { 'base.name': name, 'demoNDI.value': at }),
      ),
    }).close();
    await door.startAgain(path);
    await page
      .locator('[data-panel-kind="session"]')
      .getByRole('button', { name: 'Browse the documents' })
      .first()
      .click();
  }
  const panel = page.locator('[data-panel-kind="documents"]:visible');
  await panel.getByRole('button', { name: 'Add condition' }).press('Enter');
  const form = page.getByRole('dialog');
  await form.getByRole('combobox', { name: 'Value' }).fill('b');
  await expect(form.getByText('demoNDI 1 — demoNDI.value')).toBeVisible();
  await screenshot(page, 'query-shape');
  await form.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  await expect(panel.getByText('1 document', { exact: true })).toBeVisible();

  const menu = panel.getByRole('button', { name: 'Saved queries, history, other forms' });
  await menu.press('Enter');
  await page.getByRole('menuitem', { name: 'Copy as link' }).press('Enter');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(`ndi-app://documents?path=${encodeURIComponent(second)}&where=base.name%20contains%20b`);
  await panel.getByRole('button', { name: /^Remove the condition/ }).press('Enter');
  await expect(panel.getByText('3 documents')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Filter the documents' }).focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(panel.getByText('1 document', { exact: true })).toBeVisible();

  await panel.getByRole('combobox', { name: 'Where to look' }).selectOption('All on this computer');
  // Other specs may have opened sessions by this door before.
  await expect(panel.getByText(/Found in \d+ places/)).toBeVisible();
  await bothLooks(page, 'query-everywhere', '[data-panel-kind="documents"]');
  await panel.getByRole('region', { name: 'Ferret one' }).getByRole('button', { name: 'demoNDI b' }).press('Enter');
  await expect(panel.getByText('1 document', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'base.name contains b', exact: true })).toBeVisible();
  await panel.getByRole('combobox', { name: 'Where to look' }).selectOption('NDI Cloud');
  await expect(panel.getByText('Sign in to look for documents in NDI Cloud.')).toBeVisible();
  await screenshot(page, 'query-cloud-signed-out');
  await panel.getByRole('combobox', { name: 'Where to look' }).selectOption('This session');

  // The door opens a link as it opens a path.
  await door.startAgain(link);
  await expect(page.getByRole('tab', { name: /Ferret two/ }).first()).toBeVisible();
  await expect(panel.getByText('1 document', { exact: true })).toBeVisible();

  // A pattern that takes for ever on one name: the page stays alive, and the question can be given up.
  await menu.click();
  await page.getByRole('menuitem', { name: 'Write the query as text…' }).click();
  await page.getByRole('textbox', { name: 'Query' }).fill('base.name matches "^(a+)+!$"');
  await page.getByRole('button', { name: 'Use', exact: true }).click();
  await expect(panel.getByText('Still looking…')).toBeVisible();
  await screenshot(page, 'query-still-looking');
  await panel.getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(panel.getByText('The search was stopped.')).toBeVisible();
  await axe(page, '[data-panel-kind="documents"]');
  await panel.getByRole('button', { name: /^Remove the condition/ }).press('Enter');
  await expect(panel.getByText('3 documents')).toBeVisible();
});

function made(path: string): string {
  mkdirSync(path);
  return path;
}

test('a query is built, changed, written as text, shown with its columns and exported', async ({ page, door }) => {
  test.skip(!hasFixtures, 'The real recordings and datasets are not on this machine.');
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
  await axe(page);
  await page.getByRole('menuitem', { name: 'Add a column of a field…' }).click();
  const field = page.getByRole('combobox', { name: 'Field to show as a column' });
  await field.fill('demoNDI.value');
  await field.press('Enter');
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
  await axe(page);
  await screenshot(page, 'query-menu');
});
