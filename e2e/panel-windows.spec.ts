import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test, watchFaults } from './support/door.ts';
import { fillSubject } from './support/new-subject.ts';
import { durationField } from './support/traces.ts';

const traces = (page: Page) => page.getByRole('group', { name: 'Traces' });
const isSharp = (page: Page) => expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);

/** Moves the focused panel to a window of its own by the keyboard. */
async function moveOut(page: Page): Promise<{ window: Page; faults: readonly string[] }> {
  const opening = page.waitForEvent('popup');
  await page.keyboard.press('ControlOrMeta+Alt+p');
  const window = await opening;
  return { window, faults: watchFaults(window) };
}

/** Presses a key that closes the window, which may be gone before the key is let go. */
async function pressLast(window: Page, key: string): Promise<void> {
  await window.keyboard.press(key).catch((error: unknown) => {
    if (!String(error).includes('has been closed')) throw error;
  });
  await expect.poll(() => window.isClosed()).toBe(true);
}

/** Zooms in at the keyboard and gives the duration that is shown then. */
async function zoomIn(page: Page): Promise<string> {
  await traces(page).focus();
  const before = await durationField(page).inputValue();
  await page.keyboard.press('+');
  await expect(durationField(page)).not.toHaveValue(before);
  return durationField(page).inputValue();
}

/** Opens a session of the test's own and shows the traces of an epoch. */
async function openTraces(
  page: Page,
  door: { home: string; startAgain(path: string): Promise<string> },
): Promise<void> {
  await door.startAgain(await copyOfDemo(mkdtempSync(join(door.home, 'windows-'))));
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await isSharp(page);
}

const noteOf = (page: Page) => page.getByText('is in a window of its own.');

test('traces go to a window of their own and come back as they are', async ({ page, door }) => {
  await openTraces(page, door);
  const first = await zoomIn(page);

  const { window, faults } = await moveOut(page);
  await isSharp(window);
  await expect(durationField(window)).toHaveValue(first);
  await expect(window).toHaveTitle(/intan1.* – sample-experiment – NDI Desktop/);
  await expect(noteOf(page)).toBeVisible();
  await expect(page.getByTestId('traces-canvas')).toHaveCount(0);
  await screenshot(page, 'panel-window-note');
  await screenshot(window, 'panel-window');

  const second = await zoomIn(window);
  await pressLast(window, 'ControlOrMeta+Alt+b');
  await expect(durationField(page)).toHaveValue(second);
  await expect(noteOf(page)).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('a window follows the settings, outlives a reload of the first, and gives its panel back when it is closed', async ({
  page,
  door,
}) => {
  await openTraces(page, door);
  await traces(page).focus();
  const { window, faults } = await moveOut(page);
  await isSharp(window);
  await axe(window);
  const scheme = (one: Page) => expect(one.locator('html'));
  await window.keyboard.press('ControlOrMeta+Shift+l');
  for (const one of [page, window]) await scheme(one).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await screenshot(window, 'panel-window-dark');
  await screenshot(page, 'panel-window-note-dark');
  await page.keyboard.press('ControlOrMeta+Shift+l');
  await scheme(window).toHaveAttribute('data-mantine-color-scheme', 'light');

  // The layout holds the panel, the window says that it has it.
  await page.reload();
  await expect(noteOf(page)).toBeVisible();
  const duration = await zoomIn(window);
  await window.close({ runBeforeUnload: true });
  await expect(durationField(page)).toHaveValue(duration);
  expect(faults).toEqual([]);
});

test('what is changed in one window shows in the other, and is taken back there', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'windows-')));
  await door.startAgain(path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Find a command, session or document' }).fill('History of changes');
  await page.getByRole('option', { name: 'History of changes' }).first().click();
  const history = page.locator('[data-panel-kind="history"]');
  await expect(history).toBeVisible();

  // From the tab's menu; the panel stood alone there, and takes no room while it is away.
  await page.getByRole('tab', { name: /^History of/ }).click({ button: 'right' });
  const opening = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Move the focused panel to a new window' }).click();
  const window = await opening;
  const faults = watchFaults(window);
  await expect(window.locator('[data-panel-kind="history"]')).toBeVisible();
  await expect(history).toBeHidden();

  await fillSubject(page);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(window.getByText(/^Add subject/).first()).toBeVisible();
  await window.locator('[data-panel-kind="history"]').focus();
  await window.keyboard.press('ControlOrMeta+z');
  await expect(window.getByText(/^Undone: Add subject/)).toBeVisible();
  await page.locator('[data-panel-kind="session"], [data-panel-kind="record"]').first().focus();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page.getByText(/^Done again: Add subject/)).toBeVisible();

  // A panel that is closed in its window is closed.
  await window.locator('[data-panel-kind="history"]').focus();
  await pressLast(window, 'Alt+w');
  await expect(page.getByRole('tab', { name: /^History of/ })).toHaveCount(0);
  expect(faults).toEqual([]);
});
