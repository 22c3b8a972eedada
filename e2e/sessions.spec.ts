import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';

test('the page of a session says what it holds', async ({ page, door }) => {
  const path = await copyOfDemo(door.home);
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByRole('heading', { level: 1 })).toHaveText('sample-experiment');
  await expect(session).toContainText('No problems found.');
  await expect(session.getByRole('grid', { name: 'Epochs' }).getByRole('row')).toHaveCount(7);
  await expect(session.getByRole('grid', { name: 'Probes' }).getByRole('row')).toHaveCount(6);
  await expect(session.getByRole('grid', { name: 'Subjects' })).toContainText('ferret1@sample.lab');
  await expect(session.getByRole('grid', { name: 'DAQ systems' })).toContainText('ndi.daq.reader.mfdaq.intan');
  await expect(session.getByRole('group', { name: 'Timeline of the epochs' }).getByRole('button')).toHaveCount(6);
  await axe(page, '[data-panel-kind="session"]');
  await screenshot(page, 'session');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, '[data-panel-kind="session"]');
  await screenshot(page, 'session-dark');
});

test('the timeline and the tables lead to signals and documents by the keyboard', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'keyboard'));
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  const bars = session.getByRole('group', { name: 'Timeline of the epochs' }).getByRole('button');
  await bars.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(bars.nth(3)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(bars.nth(4)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-panel-kind="traces"]')).toBeVisible();

  await page.getByRole('tab', { name: 'sample-experiment' }).first().click();
  await expect(session).toBeVisible();
  await session.getByRole('grid', { name: 'Subjects' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const documents = page.locator('[data-panel-kind="documents"]');
  await expect(documents.getByRole('heading', { level: 2 })).toHaveText('ferret1@sample.lab');
});

test('the page of a dataset lists its sessions and opens one', async ({ page, door }) => {
  test.skip(!hasFixtures, 'The real recordings and datasets are not on this machine.');
  const path = join(door.home, 'dataset');
  cpSync(fixturePath('ndi-dataset', 'oldDataset'), path, { recursive: true });
  await door.startAgain(path);
  const pages = page.locator('[data-panel-kind="session"]');
  await expect(pages.getByRole('heading', { level: 1 })).toHaveText('ds_demo');
  const sessions = pages.getByRole('grid', { name: 'Sessions' });
  await expect(sessions).toContainText('ingested');
  await axe(page, '[data-panel-kind="session"]');
  await sessions.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const opened = pages.filter({ has: page.getByRole('heading', { level: 1, name: 'exp_demo' }) });
  await expect(opened).toContainText('412694f69aafaba3_40dbbdf6582271b2');
  await expect(opened).toContainText('This session has no recordings');
});

test('a session that cannot be read says what to do', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'spoiled'));
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByRole('heading', { level: 1 })).toHaveText('sample-experiment');
  cpSync(join(path, 'truth.json'), join(path, '.ndi', 'did-sqlite.sqlite'));
  await session.getByRole('button', { name: 'Read again from disk' }).click();
  await expect(session.getByRole('alert')).toContainText('did-sqlite.sqlite');
  await expect(session.getByRole('button', { name: 'Try again' })).toBeVisible();
  await axe(page, '[data-panel-kind="session"]');
});
