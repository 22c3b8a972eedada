import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { test, type Desktop } from './support/desktop.ts';
import { fillSubject } from './support/new-subject.ts';

/** What the menu calls a command now. */
const label = ({ app }: Desktop, id: string) =>
  app.evaluate(({ Menu }, asked) => Menu.getApplicationMenu()?.getMenuItemById(asked)?.label, id);

const choose = ({ app }: Desktop, id: string) =>
  app.evaluate(({ Menu }, asked) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(asked);
    (item?.click as (() => void) | undefined)?.();
  }, id);

const panel = (page: Page, kind: string) => page.locator(`[data-panel-kind="${kind}"]`);

/** Opens a session that may be changed. */
async function openSession(desktop: Desktop): Promise<void> {
  const path = await copyOfDemo(mkdtempSync(join(desktop.dataFolder, 'windows-')));
  await expect(desktop.page.getByRole('heading').first()).toBeVisible();
  expect(await desktop.startAgain(path)).toBe(0);
  await expect(panel(desktop.page, 'session')).toBeVisible();
}

/** Moves the focused panel out by the menu. */
async function moveOut(desktop: Desktop): Promise<Page> {
  const [main] = desktop.app.windows();
  await choose(desktop, 'panel.moveOut');
  await expect.poll(() => desktop.app.windows().length).toBe(2);
  const window = desktop.app.windows().find((one) => one !== main);
  if (window === undefined) throw new Error('There is no second window.');
  return window;
}

test('a panel goes to a window like the first, and comes back from the menu', async ({ desktop }) => {
  const { app, page, dataFolder } = desktop;
  await openSession(desktop);
  const window = await moveOut(desktop);
  await expect(panel(window, 'session').getByRole('heading').first()).toBeVisible();
  await expect(page.getByText('is in a window of its own.')).toBeVisible();
  const opened = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const contents = webContents as unknown as { getLastWebPreferences?: () => object };
      return { address: webContents.getURL(), web: JSON.stringify(contents.getLastWebPreferences?.()) };
    }),
  );
  expect(opened[1]?.address).toMatch(/^app:\/\/ndi\/\?window=[\w-]+&of=desktop$/);
  expect(opened[1]?.web).toBe(opened[0]?.web);

  // It is in front: the menu's commands are for it.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.focus());
  await choose(desktop, 'panel.moveBack');
  await expect(page.getByText('is in a window of its own.')).toHaveCount(0);
  await expect(panel(page, 'session').getByRole('heading').first()).toBeVisible();
  await expect.poll(() => app.windows().length).toBe(1);
  const kept = JSON.parse(readFileSync(join(dataFolder, 'panel-window.json'), 'utf8')) as object;
  expect(kept).toMatchObject({ maximized: false });
  expect(desktop.faults).toEqual([]);
});

test('a panel comes back when its window is closed, and when it crashes', async ({ desktop }) => {
  const { app, page } = desktop;
  await openSession(desktop);
  await moveOut(desktop);
  await expect(page.getByText('is in a window of its own.')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.close());
  await expect(panel(page, 'session').getByRole('heading').first()).toBeVisible();

  await moveOut(desktop);
  await expect(page.getByText('is in a window of its own.')).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    const details = { reason: 'crashed', exitCode: 5 };
    BrowserWindow.getAllWindows()[1]?.webContents.emit('render-process-gone', {}, details);
  });
  await expect.poll(() => app.windows().length).toBe(1);
  await expect(panel(page, 'session').getByRole('heading').first()).toBeVisible();
  expect(desktop.faults).toEqual([]);
});

test('opens no window for a page that asks for anything else, and none beside our own', async ({ desktop }) => {
  const { app, page } = desktop;
  await expect(page.getByRole('heading').first()).toBeVisible();
  await page.evaluate(() => {
    const ask = (asked: unknown) => globalThis.ndiHost?.openPanelWindow(asked as { id: string; main: string });
    ask({ id: '../x', main: 'desktop' });
    ask({ id: 'x', main: 'https://example.org' });
    ask('x');
    window.open('./?window=x&of=desktop');
    // Answered after the others: what was asked before it is done by then.
    globalThis.ndiHost?.nameCommands({ 'edit.undo': 'Undo: nothing & more' });
  });
  await expect.poll(() => label(desktop, 'edit.undo')).toBe('Undo: nothing && more');
  expect(app.windows()).toHaveLength(1);
});

test('the menu says what undo and redo would do in the window in front', async ({ desktop }) => {
  await openSession(desktop);
  await expect.poll(() => label(desktop, 'edit.undo')).toBe('Undo');
  await fillSubject(desktop.page);
  await desktop.page.keyboard.press('Control+Enter');
  await expect.poll(() => label(desktop, 'edit.undo')).toMatch(/^Undo: Add subject/);
  await choose(desktop, 'edit.undo');
  await expect.poll(() => label(desktop, 'edit.redo')).toMatch(/^Redo: Add subject/);
  await expect.poll(() => label(desktop, 'edit.undo')).toBe('Undo');
});
