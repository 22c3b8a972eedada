import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the form of a new document and fills in a subject; it is whole, and not stored yet. @returns the form */
export async function fillSubject(page: Page): Promise<Locator> {
  const record = page.locator('[data-panel-kind="record"]:visible');
  await page.keyboard.press('Control+Alt+n');
  await record.getByRole('combobox', { name: 'Class of the document' }).fill('subject');
  await page
    .getByRole('option', { name: /^subject\b/ })
    .first()
    .click();
  await record.getByRole('textbox', { name: /Local identifier/ }).fill('ferret7@lab.org');
  await expect(record.getByText('Nothing is missing.')).toBeVisible();
  return record;
}
