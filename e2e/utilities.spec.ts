import { appendFileSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { givePath } from './support/path-dialog.ts';
import { chooseOnPage, openSession } from './support/session-page.ts';

const panelOf = (page: Page, kind: string) => page.locator(`[data-panel-kind="${kind}"]`);

/** Answers our own dialog for paths, which takes one that is typed. */
async function choose(page: Page, path: string, confirm: string): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ has: page.getByRole('combobox', { name: 'Path' }) });
  await givePath(dialog, path, confirm);
}

test('a session is compared with its copy, which then differs', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'compared'));
  const copy = join(door.home, 'compared-copy');
  cpSync(path, copy, { recursive: true });
  await chooseOnPage(await openSession(page, door, path), 'Inspect', 'Compare the session with another…');
  const panel = panelOf(page, 'compare');
  await panel.getByRole('button', { name: 'Choose a session or dataset…' }).click();
  await choose(page, copy, 'Compare');
  await expect(panel.getByText(/documents, all equal/)).toBeVisible();
  await bothLooks(page, 'compare-equal', '[data-panel-kind="compare"]');

  const database = new DatabaseSync(join(copy, '.ndi', 'did-sqlite.sqlite'));
  database.exec(`UPDATE docs SET json_code = replace(json_code, '"ferret1@sample.lab"', '"ferret2@sample.lab"')
    WHERE json_code LIKE '%"class_name": "subject"%'`);
  database.close();
  const files = join(copy, '.ndi', 'files');
  appendFileSync(join(files, readdirSync(files)[0] ?? ''), 'more');
  await panel.getByRole('button', { name: 'Compare again' }).click();
  await expect(panel.getByRole('region', { name: 'Different documents' })).toContainText('subject.local_identifier');
  await expect(panel.getByRole('region', { name: 'Different files' })).toContainText('4 bytes differ');
  await bothLooks(page, 'compare-different', '[data-panel-kind="compare"]');
  await panel.getByRole('button', { name: 'Show B’s document' }).first().click();
  await expect(panelOf(page, 'documents')).toContainText('ferret2@sample.lab');
});

test('the check names broken rules and problems, and NDI’s data are deleted and brought back', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'checked'));
  const database = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
  database.exec(`UPDATE docs SET json_code = replace(json_code, '"reference": 1', '"reference": "one"')`);
  database.exec(`DELETE FROM files`);
  database.close();
  await chooseOnPage(await openSession(page, door, path), 'Inspect', 'Check and repair the session');
  const panel = panelOf(page, 'maintenance');
  await expect(panel.getByRole('article', { name: 'fields.stale' })).toBeVisible();
  await panel.getByRole('button', { name: 'Check the rules of all documents' }).click();
  await expect(panel.getByText(/breaches of rules/)).toBeVisible();
  await bothLooks(page, 'check-failing', '[data-panel-kind="maintenance"]');

  await panel.getByRole('button', { name: 'Delete NDI’s data…' }).click();
  const dialog = page.getByRole('dialog', { name: /Delete NDI’s data/ });
  await expect(dialog).toContainText('The recordings in the folder stay.');
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toBeDisabled();
  await screenshot(page, 'delete');
  await page.keyboard.type('sample-experiment');
  await page.keyboard.press('Enter');
  await expect(page.getByText('NDI’s data of sample-experiment were deleted.')).toBeVisible();
  expect(readdirSync(path)).toContain('truth.json');
  expect(readdirSync(path)).not.toContain('.ndi');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(panelOf(page, 'session').getByRole('heading', { level: 1 })).toHaveText('sample-experiment');
  expect(readdirSync(path)).toContain('.ndi');
});

test('subjects get terms, which are found everywhere; treatments come from a table', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'subjects'));
  const table = join(door.home, 'treatments.csv');
  writeFileSync(
    table,
    'ontologyName,name,numeric_value,string_value,group\nEMPTY:1,Light,5,,1\nEMPTY:2,Duration,2,s,1\n',
  );
  await door.startAgain(path);
  const session = panelOf(page, 'session');
  await session.getByRole('button', { name: 'Species, strain, sex…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Species, strain and sex' });
  const species = dialog.getByLabel('Species');
  await species.fill('mustela putorius');
  await page.getByRole('option', { name: /NCBITaxon:9669/ }).click();
  await dialog.getByLabel('Sex').selectOption('female');
  await axe(page, '[role="dialog"]');
  await screenshot(page, 'describe-subject');
  await dialog.getByRole('button', { name: 'Store' }).click();
  await expect(page.getByText('ferret1@sample.lab is described.')).toBeVisible();

  await session.getByRole('button', { name: 'Import treatments…' }).click();
  await choose(page, table, 'Choose');
  const treatments = page.getByRole('dialog', { name: 'Take treatments in' });
  await expect(treatments.getByText('2 treatments would be kept:')).toBeVisible();
  await axe(page, '[role="dialog"]');
  await screenshot(page, 'import-treatments');
  await treatments.getByRole('button', { name: 'Keep them' }).click();
  await expect(page.getByText('2 treatments are kept')).toBeVisible();

  await session.getByRole('button', { name: 'Browse the documents' }).click();
  const documents = panelOf(page, 'documents');
  await documents.getByRole('option', { name: /^openminds_subject/ }).click();
  await documents.getByRole('grid', { name: 'Documents' }).getByRole('row').nth(1).click();
  const chip = documents.getByRole('button', { name: /term (NCBITaxon:9669|PATO:0000383)/ });
  await chip.hover();
  const card = page.getByRole('note');
  await expect(card).toBeVisible();
  await card.hover();
  await screenshot(page, 'term-card');
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();
  await chip.focus();
  await chip.press('Enter');
  await expect(card).toBeVisible();
  await card.getByRole('button', { name: 'Find everywhere' }).click();
  await expect(documents.getByRole('textbox', { name: 'Filter the documents' })).toHaveValue(/^(NCBITaxon|PATO):/);
  await expect(documents.getByText('1 document', { exact: true })).toBeVisible();
  await bothLooks(page, 'found-everywhere', '[data-panel-kind="documents"]');

  await documents.getByRole('button', { name: 'Show subjects, probes and epochs as tables' }).click();
  const tables = panelOf(page, 'tables');
  await tables.getByRole('combobox', { name: 'What the rows are' }).selectOption('openminds');
  await tables.getByRole('combobox', { name: 'Which type of openMINDS' }).selectOption('Species');
  await expect(tables.getByRole('grid', { name: 'Table' })).toContainText('NCBITaxon:9669');
  await bothLooks(page, 'tables-openminds', '[data-panel-kind="tables"]');
});

test('the page of a session stays where it is while it is read again', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'scrolled'));
  await door.startAgain(path);
  const session = page.getByRole('region', { name: 'Session sample-experiment' });
  await expect(session.getByRole('grid', { name: 'DAQ systems' })).toBeVisible();
  await session.evaluate((page) => page.scrollTo(0, page.scrollHeight));
  const before = await session.evaluate((page) => page.scrollTop);
  expect(before).toBeGreaterThan(100);
  await session.getByRole('button', { name: 'Read again from disk' }).evaluate((button: HTMLElement) => button.click());
  await session.getByRole('button', { name: 'Species, strain, sex…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Species, strain and sex' });
  await dialog.getByLabel('Sex').selectOption('male');
  await dialog.getByRole('button', { name: 'Store' }).click();
  await expect(page.getByText('ferret1@sample.lab is described.')).toBeVisible();
  await expect(session.getByRole('grid', { name: 'DAQ systems' })).toBeVisible();
  expect(Math.abs((await session.evaluate((page) => page.scrollTop)) - before)).toBeLessThan(60);
});
