import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { axe, bothLooks, expect, test } from './support/door.ts';
import { givePath } from './support/path-dialog.ts';
import { chooseOnPage, openSession } from './support/session-page.ts';

const panelOf = (page: Page, kind: string) => page.locator(`[data-panel-kind="${kind}"]`);

test('an element is derived by the keyboard alone, seen, undone; one gets an epoch from a file', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'derived'));
  await door.startAgain(path);
  const session = panelOf(page, 'session');
  const probes = session.getByRole('grid', { name: 'Probes' });
  await probes.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'cortex | 1' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Derive an element…' }).focus();
  await page.keyboard.press('Enter');
  const derive = page.getByRole('dialog', { name: 'Derive an element' });
  await expect(derive.getByText(/3 epochs are computed · 96,000 samples of 16 channels · 2,000 Hz/)).toBeVisible();
  await bothLooks(page, 'derive-element', '[role="dialog"]');
  await axe(page, '[role="dialog"]');
  await derive.getByRole('textbox', { name: 'Keep every' }).fill('20');
  await derive.getByRole('textbox', { name: 'Name' }).fill('lfp');
  await expect(derive.getByText(/48,000 samples of 16 channels · 1,000 Hz/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('lfp | 1 is kept')).toBeVisible();
  const elements = session.getByRole('grid', { name: 'Elements' });
  await elements.scrollIntoViewIfNeeded();
  await expect(elements.getByRole('row', { name: /^lfp / })).toBeVisible();

  await elements.getByRole('row', { name: /^lfp / }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add an epoch…' }).click();
  const add = page.getByRole('dialog', { name: 'Add an epoch' });
  const table = join(door.home, 'values.csv');
  writeFileSync(
    table,
    ['time,x,y', ...Array.from({ length: 50 }, (_, at) => `${at / 10},${at},${at * at}`)].join('\n'),
  );
  await add.getByRole('textbox', { name: 'Id of the epoch' }).fill('by hand');
  await add.getByRole('button', { name: 'Choose a file with its samples…' }).click();
  await givePath(
    page.getByRole('dialog').filter({ has: page.getByRole('combobox', { name: 'Path' }) }),
    table,
    'Choose',
  );
  await expect(add.getByText(/50 samples/)).toBeVisible();
  await expect(add.getByRole('textbox', { name: 'To (s)' })).toHaveValue('4.9');
  await bothLooks(page, 'add-epoch', '[role="dialog"]');
  await axe(page, '[role="dialog"]');
  await add.getByRole('textbox', { name: 'To (s)' }).fill('3');
  await expect(add.getByText('Some samples lie outside of these times.')).toBeVisible();
  await add.getByRole('textbox', { name: 'To (s)' }).fill('4.9');
  await add.getByRole('button', { name: 'Add the epoch' }).click();
  await expect(page.getByText('The epoch by hand is kept')).toBeVisible();
});

test('a file is found by a part of its name, and an epoch’s files by its id', async ({ page, door }) => {
  await chooseOnPage(
    await openSession(page, door, await copyOfDemo(join(door.home, 'found'))),
    'Inspect',
    'Find a file of the session…',
  );
  const dialog = page.getByRole('dialog', { name: 'Find a file' });
  await expect(dialog.getByText('A part is enough, in any case.')).toBeVisible();
  await dialog.getByRole('textbox').fill('nothing of the kind');
  await expect(dialog.getByText('No document and no epoch has such a file.')).toBeVisible();
  await dialog.getByRole('textbox').fill('.NS5');
  const files = dialog.getByRole('grid', { name: 'Files found' });
  await expect(files.getByRole('row')).toHaveCount(4);
  await expect(files.getByRole('row').nth(1)).toContainText('of blackrock1');
  await bothLooks(page, 'find-file', '[role="dialog"]');
  await axe(page, '[role="dialog"]');
  await dialog.getByRole('textbox').fill('presentation');
  await expect(files.getByRole('row').nth(1)).toContainText('stimulus_presentation');
  await files.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(panelOf(page, 'documents')).toContainText('stimuli of t00001');
});
