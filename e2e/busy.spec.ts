import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { test as desktopTest } from './support/desktop.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { fillSubject } from './support/new-subject.ts';

/** Linux tells which program it is: this one. */
const HELD = /in use by (another program|node \(process \d+\))/;

/** Stores a subject while another program is about to write: refused after some seconds, and done once that is over. */
async function storeWhileBusy(page: Page, path: string): Promise<void> {
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  const record = await fillSubject(page);

  const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'), { timeout: 5000 });
  other.exec('BEGIN IMMEDIATE');
  await page.keyboard.press('Control+Enter');
  const alert = record.getByRole('alert');
  await expect(alert).toContainText(HELD);
  await expect(alert.getByRole('timer')).toContainText('Trying again');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await screenshot(page, 'busy');
  other.exec('ROLLBACK');
  other.close();
  // By the button, or by itself a moment earlier.
  await alert
    .getByRole('button', { name: 'Try again' })
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await expect(record.getByRole('heading', { name: 'subject: ferret7@lab.org' })).toBeVisible();
}

test('a session that another program holds says so, and is written once it is free', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'busy-')));
  await door.startAgain(path);
  await storeWhileBusy(page, path);
  await axe(page);
});

test('an old offer to try again writes over nothing that came later, unless that is meant', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'late-')));
  await door.startAgain(path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  const record = await fillSubject(page);
  await page.keyboard.press('Control+Enter');
  await expect(record.getByRole('heading', { name: 'subject: ferret7@lab.org' })).toBeVisible();
  const description = record.getByRole('textbox', { name: 'Description' });
  const write = async (text: string) => {
    await description.fill(text);
    await description.press('Tab');
  };

  const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'), { timeout: 5000 });
  other.exec('BEGIN IMMEDIATE');
  await write('the first thought');
  const offer = page.getByRole('alert').filter({ hasText: HELD });
  await expect(offer).toBeVisible();
  other.exec('ROLLBACK');
  other.close();
  await write('the second thought');
  await expect(record.getByRole('button', { name: 'Undo: Change subject.description' })).toBeVisible();

  await offer.getByRole('button', { name: 'Try again' }).click();
  const choice = page.getByRole('alert').filter({ hasText: 'holds something else by now: "the second thought"' });
  await expect(choice).toBeVisible();
  await expect(description).toHaveValue('the second thought');
  await choice.getByRole('button', { name: 'Write over it' }).click();
  await expect(description).toHaveValue('the first thought');
});

desktopTest('so it does in the desktop window', async ({ desktop }) => {
  const path = await copyOfDemo(mkdtempSync(join(tmpdir(), 'ndi-busy-')));
  expect(await desktop.startAgain(path)).toBe(0);
  await storeWhileBusy(desktop.page, path);
  expect(desktop.faults).toEqual([]);
});
