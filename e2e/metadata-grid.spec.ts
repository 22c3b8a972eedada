import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';

test('rows pasted from a spreadsheet become documents, are filled down, and taken back', async ({ page, door }) => {
  const path = await copyOfDemo(mkdtempSync(join(door.home, 'grid-')));
  const stored = async () => {
    const { out } = await runProgram(['documents', path, '--class', 'treatment', '--full', '--json'], {
      dataFolder: door.dataFolder,
    });
    return (JSON.parse(out.toString()) as { documents: { treatment: object }[] }).documents.map((one) => one.treatment);
  };
  await door.startAgain(path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible();
  await page.keyboard.press('Control+Alt+t');
  const panel = page.locator('[data-panel-kind="grid"]');
  await panel.getByRole('combobox', { name: 'Class of the document' }).fill('treatment');
  await page
    .getByRole('option', { name: /^treatment\b/ })
    .first()
    .click();

  const grid = panel.getByRole('grid', { name: 'treatment' });
  await grid.focus();
  const rows = [
    ['name', 'subject', 'ontologyName', 'numeric_value'],
    ['Acclimation', 'ferret1@sample.lab', 'NDIC:19', '21.5'],
    ['Eyes open', 'nobody@lab', 'NDIC:24', 'thirty'],
  ];
  await grid.evaluate(
    (element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    rows.map((row) => row.join('\t')).join('\n'),
  );
  const problems = panel.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('Row 2: Write numbers');
  await expect(problems).toContainText('must be the id of a stored document');
  await screenshot(page, 'grid-problems');
  await axe(page);

  // By the keyboard alone: to the subject of the second row, filled down from the first; then its number.
  await problems.getByRole('button', { name: /subject_id/ }).click();
  await page.keyboard.press('Control+d');
  await expect(grid.getByRole('row').nth(2)).toContainText('ferret1@sample.lab');
  await problems.getByRole('button', { name: /numeric_value/ }).click();
  await page.keyboard.type('31');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Nothing is missing.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(problems).toContainText('Row 2: Write numbers');
  await page.keyboard.press('Control+Shift+z');
  await panel.getByRole('button', { name: 'Store 2 new rows' }).click();
  await expect(panel.getByRole('button', { name: 'Nothing new to store' })).toBeVisible();
  expect(await stored()).toMatchObject([
    { name: 'Acclimation', ontologyName: 'NDIC:19', numeric_value: 21.5 },
    { name: 'Eyes open', ontologyName: 'NDIC:24', numeric_value: 31 },
  ]);

  // A stored cell is written at once; the table's undo is then that of the session.
  await grid.getByRole('gridcell', { name: 'Acclimation' }).click();
  await page.keyboard.type('Acclimated');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Undo: Change 1 cell' })).toBeVisible();
  await screenshot(page, 'grid-stored');
  await page.keyboard.press('Control+z');
  await expect(grid.getByRole('gridcell', { name: 'Acclimation' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(grid.getByRole('row')).toHaveCount(2);
  expect(await stored()).toEqual([]);
});
