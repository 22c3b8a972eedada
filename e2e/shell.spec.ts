import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startDoor } from './support/door-process.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { untilKept } from './support/kept.ts';

const tab = (page: Page, name: string) => page.getByRole('tab', { name });

test('the start page offers to open, to go back and to learn', async ({ page }) => {
  for (const name of ['Open', 'Recent', 'Learn'])
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Make a sample session' })).toBeEnabled();
  await screenshot(page, 'start-light');
  await axe(page);
});

test('the theme switches by its shortcut and survives a reload', async ({ page }) => {
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  await page.keyboard.press('Control+Shift+L');
  await expect.poll(scheme).toBe('dark');
  await axe(page);
  await screenshot(page, 'start-dark');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  expect(await scheme()).toBe('dark');
  await page.keyboard.press('Control+Shift+L');
  await expect.poll(scheme).toBe('light');
});

test('the palette runs commands, says why others are not possible, and finds settings', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const search = page.getByRole('combobox', { name: 'Find a command, session or document' });
  await expect(search).toBeFocused();
  await search.fill('zoom in');
  await expect(page.getByRole('option', { name: /Zoom in.*Only in a trace view/ })).toBeVisible();
  await axe(page);
  await screenshot(page, 'palette');
  await search.fill('show jobs');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Jobs')).toBeVisible();
  // No key is lost that comes before the field has the focus.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('>cache');
  await expect(search).toHaveValue('>cache');
  await page.getByRole('option', { name: /Cache budget/ }).click();
  await expect(page.getByRole('region', { name: 'Cache budget' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Theme' })).toHaveCount(0);
});

test('settings hold at once, are marked as changed and can be reset', async ({ page }) => {
  await page.keyboard.press('Control+,');
  const theme = page.getByRole('region', { name: 'Theme' });
  await theme.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(theme.getByText('changed')).toBeVisible();
  await screenshot(page, 'settings-dark');
  await theme.getByRole('button', { name: 'Reset “Theme”' }).click();
  await expect(theme.getByText('changed')).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  await axe(page);
});

test('a shortcut can be bound anew, with a warning where two commands share it', async ({ page }) => {
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Change the shortcut of “Show jobs”' }).click();
  await page.keyboard.press('Control+b');
  await expect(page.getByText('Also the shortcut of: Show or hide the session tree', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Change the shortcut of “Show jobs”' }).click();
  await page.keyboard.press('Alt+j');
  await expect(page.getByText('Also the shortcut of', { exact: false })).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Find a setting' }).press('Alt+j');
  await expect(tab(page, 'Jobs')).toBeVisible();
  await tab(page, 'Settings').click();
  await page.getByRole('button', { name: 'Reset the shortcut of “Show jobs”' }).click();
  await expect(page.getByRole('button', { name: 'Reset the shortcut of “Show jobs”' })).toHaveCount(0);
});

test('the layout is there again after a reload, and can be reset', async ({ page }) => {
  await page.keyboard.press('Control+,');
  await page.keyboard.press('?');
  await expect(tab(page, 'Keyboard shortcuts')).toBeVisible();
  await page.keyboard.press('Control+b');
  await expect(page.getByRole('complementary', { name: 'Sessions' })).toHaveCount(0);
  await untilKept(page, 'shortcuts');
  await untilKept(page, '"shown":false');
  await page.reload();
  for (const name of ['Start', 'Settings', 'Keyboard shortcuts']) await expect(tab(page, name)).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Sessions' })).toHaveCount(0);
  await page.keyboard.press('Control+b');
  await page.getByRole('menuitem', { name: 'View' }).click();
  await page.getByRole('menuitem', { name: 'Reset the layout' }).click();
  await expect(tab(page, 'Settings')).toHaveCount(0);
  await expect(tab(page, 'Start')).toBeVisible();
});

test('a folder opens by the keyboard alone', async ({ page, door }) => {
  const folder = join(door.home, 'Zürich “A” day 1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'notes.txt'), 'nothing to record');
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  await page.keyboard.press('Control+o');
  const dialog = page.getByRole('dialog', { name: 'Open a session, a dataset or a folder of recordings' });
  await expect(dialog.getByRole('listbox', { name: 'Folders' })).toBeFocused();
  // Other tests have made folders here: it may be far down.
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('z');
  await expect(dialog.getByRole('option', { name: 'Zürich “A” day 1' })).toBeVisible();
  await axe(page);
  await screenshot(page, 'folder-dialog');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Path' })).toHaveValue(folder);
  await dialog.getByRole('button', { name: 'Open' }).press('Enter');
  await expect(tab(page, 'Import Zürich “A” day 1')).toBeVisible();
});

test('F6 walks through the regions and comes back', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  const region = () =>
    page.evaluate(() => {
      const element = document.activeElement?.closest('[data-region], [data-panel-kind]');
      return element?.getAttribute('data-region') ?? element?.getAttribute('data-panel-kind');
    });
  const walked = [];
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press('F6');
    walked.push(await region());
  }
  expect(walked).toEqual(['title', 'tree', 'start', 'status', 'title']);
});

test.describe('with a part of the page that does not load', () => {
  test.use({ allowedMessages: ['net::ERR_FAILED', 'Failed to fetch dynamically imported module'] });

  test('the panel says so, and loads when it is asked again', async ({ page }) => {
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    await page.route(/assets\/jobs-.*\.js/, (route) => route.abort());
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('alert').filter({ hasText: 'stopped because of a fault' })).toBeVisible();
    await axe(page);
    await screenshot(page, 'panel-fault');
    await page.unroute(/assets\/jobs-.*\.js/);
    await page.getByRole('button', { name: 'Load the panel again' }).click();
    // Empty, or with the jobs of another test of this worker.
    const jobs = page.getByRole('tabpanel', { name: 'Jobs' });
    await expect(jobs.getByText(/No job has run yet|No job is running/)).toBeVisible();
  });
});

test('the window works at 200 % zoom and at 900 x 600', async ({ page }) => {
  for (const [width, height] of [
    [640, 400],
    [900, 600],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeAttached();
    await screenshot(page, `start-${width}`);
    const overflow = await page.evaluate(() => ({
      window: document.documentElement.scrollWidth - innerWidth,
      panel: [...document.querySelectorAll('[data-panel-kind]')].map((panel) => panel.scrollWidth - panel.clientWidth),
    }));
    expect(overflow).toEqual({ window: 0, panel: [0] });
    await page.getByRole('button', { name: 'Make a sample session' }).scrollIntoViewIfNeeded();
    await expect(page.getByRole('button', { name: 'Make a sample session' })).toBeInViewport();
  }
});

test.describe('without the data process', () => {
  test.use({ allowedMessages: ['WebSocket connection', 'ERR_CONNECTION_REFUSED'] });

  test('a banner says so and everything stays on the screen', async ({ browser }) => {
    const own = await startDoor();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(own.address);
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    await own.stop();
    await expect(page.getByText('The data process is not reachable – trying again')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    await axe(page);
    await screenshot(page, 'without-data-process');
    await context.close();
  });
});
