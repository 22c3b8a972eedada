import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';

test('a dataset is described: what is missing leads to its field, and an ORCID is checked', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'describe-')));
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Describe' }).click();
  const panel = page.locator('[data-panel-kind="metadata"]');
  const problems = panel.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('6 problems');
  await problems.getByRole('button', { name: /title/ }).first().click();
  await page.keyboard.type('What ferrets see');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Undo: Describe the dataset: title' })).toBeVisible();
  await panel.getByRole('button', { name: 'Add an author' }).click();
  await panel.getByRole('textbox', { name: 'Family name' }).fill('Hodgkin');
  await panel.getByRole('textbox', { name: 'ORCID' }).fill('0000-0002-1825-0098');
  await expect(problems).toContainText('its check digit does not fit');
  await screenshot(page, 'metadata-dataset');
  await axe(page);
  await panel.getByRole('textbox', { name: 'ORCID' }).fill('0000-0002-1825-0097');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Undo: Describe the dataset: authors' })).toBeVisible();
  const { out } = await runProgram(['metadata', path, '--json'], { dataFolder: door.dataFolder });
  expect(JSON.parse(out.toString())).toMatchObject({
    title: 'What ferrets see',
    authors: [{ familyName: 'Hodgkin', orcid: '0000-0002-1825-0097' }],
    source: 'metadata_editor',
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'metadata-dataset-dark');
});
