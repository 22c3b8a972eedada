import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { holdUndo } from './support/offered-undo.ts';
import { runProgram } from './support/program.ts';

const record = (page: Page) => page.locator('[data-panel-kind="record"]:visible');
const documents = (page: Page) => page.locator('[data-panel-kind="documents"]:visible');

interface Stored {
  base: { id: string; name: string };
  [group: string]: unknown;
}

/** What another program reads of the documents of a class. */
async function stored(path: string, dataFolder: string, className: string): Promise<Stored[]> {
  const { out } = await runProgram(['documents', path, '--class', className, '--full', '--json'], { dataFolder });
  return (JSON.parse(out.toString()) as { documents: Stored[] }).documents;
}

async function chooseClass(page: Page, name: string): Promise<void> {
  const box = record(page).getByRole('combobox', { name: 'Class of the document' });
  await box.fill(name);
  await page
    .getByRole('option', { name: new RegExp(`^${name}\\b`) })
    .first()
    .click();
}

test('a subject is written down, changed, taken back and done again', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'meta-')));
  const before = await stored(path, door.dataFolder, 'subject');
  await door.startAgain(path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();

  await page.keyboard.press('Control+Alt+n');
  await chooseClass(page, 'subject');
  const identifier = record(page).getByRole('textbox', { name: /Local identifier/ });
  await identifier.fill('ferret 7');
  const problems = record(page).getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('It must have an @');
  await screenshot(page, 'metadata-problem');
  await problems.getByRole('button').first().click();
  await expect(identifier).toBeFocused();
  await identifier.fill('ferret7@lab.org');
  await expect(record(page).getByText('Nothing is missing.')).toBeVisible();
  await axe(page);
  await page.keyboard.press('Control+Enter');

  // The stored document: each field is written when it is left.
  const description = record(page).getByRole('textbox', { name: /Description/ });
  await expect(record(page).getByRole('heading', { name: 'subject: ferret7@lab.org' })).toBeVisible();
  await description.fill('jill, adult');
  await description.blur();
  const undo = record(page).getByRole('button', { name: 'Undo: Change subject.description' });
  await expect(undo).toBeVisible();
  await screenshot(page, 'metadata-stored');
  const made = (await stored(path, door.dataFolder, 'subject')).find((one) => one.base.name === 'ferret7@lab.org');
  expect(made?.['subject']).toEqual({ local_identifier: 'ferret7@lab.org', description: 'jill, adult' });
  await undo.click();
  await expect(description).toHaveValue('');
  await record(page).getByRole('heading', { name: 'subject: ferret7@lab.org' }).click();
  await page.keyboard.press('Control+Shift+z');
  await expect(description).toHaveValue('jill, adult');

  await record(page).getByRole('button', { name: 'History of changes' }).click();
  const history = page.locator('[data-panel-kind="history"]');
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await screenshot(page, 'metadata-history');
  await history.getByRole('button', { name: 'Undo down to here' }).last().click();
  await expect(history.getByText('undone')).toHaveCount(2);
  expect(await stored(path, door.dataFolder, 'subject')).toEqual(before);
});

test('a treatment is written down with a term of an ontology and the subject that had it', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'meta-')));
  const [subject] = await stored(path, door.dataFolder, 'subject');
  await door.startAgain(path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  await page.keyboard.press('Control+Alt+n');
  await chooseClass(page, 'treatment');
  await record(page).getByRole('textbox', { name: 'Subject subject_id' }).fill('ferret1');
  await page.getByRole('option', { name: /ferret1@sample.lab/ }).click();
  await record(page)
    .getByRole('textbox', { name: /Ontology name/ })
    .fill('left eye premature');
  await page.getByRole('option', { name: /NDIC:21/ }).click();
  await expect(record(page).getByRole('textbox', { name: 'Name name' }).first()).toHaveValue(
    'Treatment: left eye premature eye opening',
  );
  const chip = record(page).getByRole('button', { name: /term NDIC:21/ });
  const card = page.getByRole('note', { name: 'Meaning of NDIC:21' });
  // The form may still move below a pointer that rests: as a person does, it is moved there again.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await chip.hover();
    await expect(card).toContainText('before it would have opened by itself', { timeout: 2000 });
  }).toPass();
  await screenshot(page, 'metadata-term');
  await axe(page);
  await page.keyboard.press('Escape');
  await record(page)
    .getByRole('textbox', { name: /Numeric value/ })
    .fill('30 35');
  await expect(record(page).getByText('Nothing is missing.')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(record(page).getByRole('button', { name: /^Undo: Add treatment/ })).toBeVisible();
  const [treatment] = await stored(path, door.dataFolder, 'treatment');
  expect(treatment?.['treatment']).toMatchObject({ ontologyName: 'NDIC:21', numeric_value: [30, 35] });
  expect(treatment?.['depends_on']).toContainEqual({ name: 'subject_id', value: subject?.base.id });
});

test('a document is removed with what depends on it, and comes back', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'meta-')));
  const before = await stored(path, door.dataFolder, 'element');
  await door.startAgain(path);
  await page.getByRole('treeitem', { name: /^Subjects/ }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await documents(page)
    .getByRole('button', { name: /Remove the document/ })
    .click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('depend on it and go with it');
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await screenshot(page, 'metadata-remove');
  await question.getByRole('button', { name: /^Remove/ }).click();
  await expect(page.getByText(/^Removed subject/)).toBeVisible();
  const undo = await holdUndo(page);
  expect(await stored(path, door.dataFolder, 'element')).toEqual([]);
  await undo.click();
  await expect(page.getByText(/^Undone: Remove/)).toBeVisible();
  expect(await stored(path, door.dataFolder, 'element')).toEqual(before);
});
