import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { expect, screenshot, test } from './support/door.ts';
import { dragFiles } from './support/drop.ts';

test('a folder that hovers over the window is named, and opens when it is let go', async ({ page, door }) => {
  const folder = join(door.home, 'dropped here');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'readme.txt'), 'not a recording');
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  const { drop } = await dragFiles(page, [folder]);
  await expect(page.getByText('Open 1 item')).toBeVisible();
  await screenshot(page, 'drop');
  await drop();
  await expect(page.getByText('Open 1 item')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Import dropped here' })).toBeVisible();
});

test('two folders of one name and content: the person says which is meant', async ({ page, door }) => {
  for (const parent of ['one', 'two']) {
    mkdirSync(join(door.home, parent, 'twin'), { recursive: true });
    writeFileSync(join(door.home, parent, 'twin', 'a.txt'), 'same');
  }
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  const { drop } = await dragFiles(page, [join(door.home, 'two', 'twin')]);
  await drop();
  const dialog = page.getByRole('dialog', { name: 'Which “twin” is meant?' });
  await dialog.getByRole('button', { name: join(door.home, 'two', 'twin') }).click();
  await expect(page.getByRole('tab', { name: 'Import twin' })).toBeVisible();
});

test.describe('with the real dataset', () => {
  test.skip(!hasFixtures, 'the fixtures are not on this machine');

  test('a dropped dataset opens and stands in the tree with its sessions', async ({ page, door }) => {
    const copy = join(door.home, 'a dataset');
    cpSync(fixturePath('ndi-dataset', 'oldDataset'), copy, { recursive: true });
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    const { drop } = await dragFiles(page, [copy]);
    await drop();
    const tree = page.getByRole('tree', { name: 'Session tree' });
    await expect(tree.getByRole('treeitem', { level: 1 })).toHaveCount(1);
    await expect(tree.getByRole('treeitem', { name: /Documents/ })).toBeVisible();
    await screenshot(page, 'dataset-tree');
  });
});
