import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';

/** A folder as it comes from two rigs: an Intan file and a Blackrock pair, and what else lies about. */
function copyRecordings(folder: string): void {
  mkdirSync(join(folder, 'day 1'), { recursive: true });
  mkdirSync(join(folder, 'day 2'), { recursive: true });
  cpSync(fixturePath('hardware', 'intan-rhd', 'example_v2.0.rhd'), join(folder, 'day 1', 'example.rhd'));
  for (const end of ['nev', 'ns2']) {
    cpSync(fixturePath('hardware', 'blackrock', `testData.${end}`), join(folder, 'day 2', `testData.${end}`));
  }
  writeFileSync(join(folder, 'notes.txt'), 'The animal was calm.');
}

test.describe('recordings of real rigs', () => {
  test.skip(!hasFixtures, 'The real recordings are not on this machine.');

  test('are shown before anything is written, and become a session', async ({ page, door }) => {
    const folder = join(door.home, 'rig 1');
    copyRecordings(folder);
    await door.startAgain(folder);
    const panel = page.locator('[data-panel-kind="import"]');
    const tree = panel.getByRole('tree');
    await expect(tree.getByRole('treeitem')).toHaveCount(4);
    await expect(tree).toContainText('Intan RHD2000');
    await expect(panel.getByRole('region', { name: 'Details' })).toContainText('magic number');
    await expect(panel.getByRole('img', { name: /analog channel/ })).toBeVisible();
    await expect(panel).toContainText('1 file skipped');
    await axe(page, '[data-panel-kind="import"]');
    await screenshot(page, 'import');
    expect(existsSync(join(folder, '.ndi'))).toBe(false);

    await expect(panel.getByRole('button', { name: 'Create session (2 epochs)' })).toBeEnabled();
    await tree.focus();
    await page.keyboard.press('End');
    await expect(panel.getByRole('region', { name: 'Details' })).toContainText('Blackrock');
    await page.keyboard.press('Space');
    await expect(tree.getByRole('treeitem').last()).toHaveAttribute('aria-checked', 'false');
    await panel.getByLabel('Name of the session').fill('first session');
    await panel.getByLabel('Subject (optional)').fill('mouse 12');
    await expect(panel.getByText('Write name@lab, without blanks.')).toBeVisible();
    await panel.getByLabel('Subject (optional)').fill('mouse12@lab.org');
    await panel.getByRole('button', { name: 'Create session (1 epoch)' }).click();

    const session = page.locator('[data-panel-kind="session"]');
    await expect(session.getByRole('heading', { level: 1 })).toHaveText('first session');
    await expect(session.getByRole('grid', { name: 'Epochs' }).getByRole('row')).toHaveCount(2);
    await expect(session.getByRole('grid', { name: 'Subjects' })).toContainText('mouse12@lab.org');
    await expect(panel).toHaveCount(0);
    expect(existsSync(join(folder, '.ndi', 'did-sqlite.sqlite'))).toBe(true);
  });

  test('need at least one epoch; a failure stays beside the button', async ({ page, door }) => {
    const folder = join(door.home, 'rig 2');
    copyRecordings(folder);
    await door.startAgain(folder);
    const panel = page.locator('[data-panel-kind="import"]');
    const tree = panel.getByRole('tree');
    await tree.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await page.keyboard.press('Space');
    await expect(panel.getByRole('button', { name: 'No epoch is taken in' })).toBeDisabled();
    await page.keyboard.press('Space');

    // Another program makes a session of the folder meanwhile.
    const demo = await copyOfDemo(join(door.home, 'other'));
    cpSync(join(demo, '.ndi'), join(folder, '.ndi'), { recursive: true });
    await panel.getByRole('button', { name: 'Create session (1 epoch)' }).click();
    await expect(panel.getByRole('alert')).toBeVisible();
    await panel.getByRole('alert').getByRole('button', { name: 'Open it' }).click();
    await expect(page.locator('[data-panel-kind="session"]').getByRole('heading', { level: 1 })).toBeVisible();
  });
});

test('a folder without recordings says what can be read and offers another', async ({ page, door }) => {
  const folder = join(door.home, 'only notes');
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes.txt'), 'Nothing was recorded today.');
  await door.startAgain(folder);
  const panel = page.locator('[data-panel-kind="import"]');
  await expect(panel).toContainText('No recording was recognised in only notes (1 file).');
  await expect(panel).toContainText('Intan RHD');
  await axe(page, '[data-panel-kind="import"]');
  await panel.getByRole('button', { name: 'Choose another folder' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});
