import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { holdAnswers } from './support/held-answers.ts';
import { givePath } from './support/path-dialog.ts';

const tree = (page: Page) => page.getByRole('tree', { name: 'Session tree' });
const start = (page: Page) => page.getByRole('heading', { name: 'Learn' });

/** Looks at a screen in both themes, and has axe look too. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await screenshot(page, `${name}-${colorScheme}`);
    await axe(page);
  }
}

/** Opens a copy of the sample session from the folder dialog. */
async function openCopy(page: Page, home: string, name: string): Promise<string> {
  const path = join(home, name);
  cpSync((await demoSession()).path, path, { recursive: true });
  await expect(start(page)).toBeVisible();
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Open a session, a dataset or a folder of recordings' });
  await givePath(dialog, path, 'Open');
  await expect(tree(page).getByRole('treeitem', { level: 1 })).toBeVisible();
  return path;
}

test('“Make a sample session” shows its job, opens the session and starts the tour', async ({ page }) => {
  await page.getByRole('button', { name: 'Make a sample session' }).click();
  const cancel = page.getByRole('button', { name: 'Cancel “Making a sample session”' });
  await expect(cancel).toBeVisible();
  await page.keyboard.press('Control+j');
  const jobs = page.getByRole('tabpanel', { name: 'Jobs' });
  await expect(jobs.getByRole('progressbar', { name: 'Progress of “Making a sample session”' })).toBeVisible();
  await screenshot(page, 'jobs-running');
  const tour = page.getByRole('dialog').filter({ hasText: 'of 4' });
  await expect(tour).toBeVisible();
  await inBothThemes(page, 'tour');
  for (const title of ['What is in a session', 'Every action by its name', 'Long work stays in sight']) {
    await tour.getByRole('button', { name: 'Next' }).click();
    await expect(tour.getByText(title)).toBeVisible();
    await screenshot(page, `tour-${title.slice(0, 4)}`);
  }
  await tour.getByText('Close', { exact: true }).click();
  await expect(tour).toHaveCount(0);
  await page.getByRole('tab', { name: 'Jobs' }).click();
  const made = jobs.getByRole('listitem').filter({ hasText: 'Making a sample session' }).first();
  await expect(made.getByText('Done', { exact: true })).toBeVisible();
  await inBothThemes(page, 'jobs-ended');
  await jobs.getByRole('button', { name: 'Clear what has ended' }).click();
  await expect(jobs.getByText('No job has run yet', { exact: false })).toBeVisible();
});

test('a job that is cancelled leaves nothing behind and says so', async ({ page }) => {
  await page.getByRole('button', { name: 'Make a sample session' }).click();
  await page.getByRole('button', { name: 'Cancel “Making a sample session”' }).click();
  await page.keyboard.press('Control+j');
  const jobs = page.getByRole('tabpanel', { name: 'Jobs' });
  await expect(jobs.getByText('Cancelled', { exact: true })).toBeVisible();
  await screenshot(page, 'jobs-cancelled');
  await expect(tree(page)).toHaveCount(0);
});

test('the tree opens by keys, and its menu does what belongs to a line', async ({ page, door }) => {
  await openCopy(page, door.home, 'tree session');
  await tree(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('d');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tree(page).getByRole('treeitem', { name: /Epoch 1/ })).toBeVisible();
  await inBothThemes(page, 'tree');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'What to do with Epoch 1' });
  await expect(menu).toBeVisible();
  await inBothThemes(page, 'tree-menu');
  await menu.getByRole('menuitem', { name: 'Show the traces', exact: true }).press('Enter');
  await expect(page.getByRole('tab', { name: /intan1/ })).toBeVisible();
  await tree(page).getByRole('treeitem', { level: 1 }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Close' }).click();
  await expect(tree(page)).toHaveCount(0);
  await expect(page.getByRole('tab', { name: /intan1/ })).toHaveCount(0);
});

test('the tree narrows to kinds, tells signs, and shows what one walks through beside itself', async ({
  page,
  door,
}) => {
  await openCopy(page, door.home, 'walked session');
  const root = tree(page).getByRole('treeitem', { level: 1 });
  await expect(root.getByRole('img', { name: '0 of 6 epochs ingested' })).toHaveText('i');
  await expect(root.getByRole('img', { name: 'NDI Cloud: only on this computer' })).toHaveText('c');

  await tree(page).focus();
  await page.keyboard.press('/');
  await page.getByRole('group', { name: 'Only nodes of these kinds' }).getByRole('button', { name: 'Probes' }).click();
  await expect(tree(page).getByRole('treeitem', { level: 2 })).toHaveText(/^Probes/);
  await page.keyboard.press('Escape');
  await expect(tree(page).getByRole('treeitem', { name: /^DAQ systems/ })).toBeVisible();

  await tree(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  const shown = page.locator('[data-panel-kind="documents"]');
  await expect(shown.getByRole('region', { name: 'Document', exact: true }).getByRole('heading').first()).toBeVisible();
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('d');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(page.locator('[data-panel-kind="traces"]')).toBeVisible();
  await expect(shown).toHaveCount(0);
  await expect(tree(page)).toBeFocused();
});

test('the palette finds documents of the session in front after #', async ({ page, door }) => {
  await openCopy(page, door.home, 'palette session');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, session or document' }).fill('#subject');
  const hit = page
    .getByRole('dialog')
    .getByRole('option', { name: /subject/ })
    .first();
  await expect(hit).toBeVisible();
  await inBothThemes(page, 'palette-documents');
  await hit.click();
  await expect(page.getByRole('tab', { name: /document/ })).toBeVisible();
});

test('what the palette finds late is chosen all the same; Enter waits for it and takes nothing older', async ({
  page,
  door,
}) => {
  await openCopy(page, door.home, 'late session');
  const answers = await holdAnswers(page);
  await expect(tree(page).getByRole('treeitem', { level: 1 })).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Find a command, session or document' });
  const chosen = page.getByRole('listbox', { name: 'What was found' }).getByRole('option', { selected: true });
  await page.keyboard.press('Control+k');
  await search.fill('#cortex');
  await expect(chosen).toHaveText(/cortex/);
  answers.hold();
  await search.fill('#ferret1');
  await expect(chosen).toHaveCount(0);
  await search.press('Enter');
  await expect(search).toBeVisible();
  answers.release();
  await expect(search).toHaveCount(0);
  const documents = page.locator('[data-panel-kind="documents"]');
  await expect(documents.getByRole('heading', { level: 2 })).toHaveText(/ferret1/);

  await page.keyboard.press('Control+k');
  answers.hold();
  await search.fill('#cortex');
  answers.release();
  await expect(chosen).toHaveText(/cortex/);
  await expect(search).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? 'none');
  await search.press('ArrowDown');
  await search.press('ArrowUp');
  await expect(chosen).toHaveText(/cortex/);
  await search.press('Enter');
  await expect(documents.last().getByRole('heading', { level: 2 })).toHaveText(/cortex/);
});

test('recents are pinned, located when they are gone, and removed', async ({ page, door }) => {
  const path = await openCopy(page, door.home, 'recent session');
  await page.getByRole('tab', { name: 'Start' }).click();
  const line = page.getByRole('listitem').filter({ hasText: path });
  await line.getByRole('button', { name: /^Pin/ }).click();
  await expect(line.getByRole('button', { name: /^Unpin/ })).toBeVisible();
  const moved = join(door.home, 'elsewhere', 'moved session');
  mkdirSync(join(door.home, 'elsewhere'), { recursive: true });
  renameSync(path, moved);
  await page.reload();
  // The layout may have been kept just before the tab was changed.
  await page.getByRole('tab', { name: 'Start' }).click();
  await expect(line.getByText('not found')).toBeVisible();
  await inBothThemes(page, 'recents-missing');
  await line.getByRole('button', { name: 'Locate…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Where is/ });
  await givePath(dialog, moved, 'Open');
  await page.getByRole('tab', { name: 'Start' }).click();
  await expect(line).toHaveCount(0);
  const found = page.getByRole('listitem').filter({ hasText: moved });
  await expect(found.getByRole('button', { name: /^Unpin/ })).toBeVisible();
  await found.getByRole('button', { name: /^Remove/ }).click();
  await expect(found).toHaveCount(0);
  rmSync(moved, { recursive: true });
});

test('About tells the version, and the memory meter empties the caches', async ({ page }) => {
  await page.getByRole('menuitem', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'About NDI Desktop' }).click();
  const about = page.getByRole('dialog', { name: 'About NDI Desktop' });
  await expect(about.getByRole('row', { name: /^Version \d+\.\d+\.\d+$/ })).toBeVisible();
  await inBothThemes(page, 'about');
  await page.keyboard.press('Escape');
  await expect(about).toHaveCount(0);
  await page.getByRole('button', { name: /^Memory:/ }).click();
  const memory = page.getByRole('dialog', { name: 'Memory' });
  await expect(memory.getByText('Worker threads')).toBeVisible();
  await inBothThemes(page, 'memory');
  await memory.getByRole('button', { name: 'Clear the caches' }).click();
  await expect(memory.getByText(/^0 B \//)).toBeVisible();
});
