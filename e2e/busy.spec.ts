import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { test as desktopTest } from './support/desktop.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { fillSubject } from './support/new-subject.ts';

/** Stores a subject while another program is about to write: refused after some seconds, and done once that is over. */
async function storeWhileBusy(page: Page, path: string): Promise<void> {
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  const record = await fillSubject(page);

  const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  await page.keyboard.press('Control+Enter');
  const alert = record.getByRole('alert');
  await expect(alert).toContainText('in use by another program', { timeout: 15_000 });
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
  await expect(record.getByRole('heading', { name: 'subject: ferret7@lab.org' })).toBeVisible({ timeout: 15_000 });
}

test('a session that another program holds says so, and is written once it is free', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'busy-')));
  await door.startAgain(path);
  await storeWhileBusy(page, path);
  await axe(page);
});

desktopTest('so it does in the desktop window', async ({ desktop }) => {
  const path = await copyOfDemo(mkdtempSync(join(tmpdir(), 'ndi-busy-')));
  expect(await desktop.startAgain(path)).toBe(0);
  await storeWhileBusy(desktop.page, path);
  expect(desktop.faults).toEqual([]);
});
