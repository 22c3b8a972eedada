import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSession } from '../electron/ndi/create-session.ts';
import { newDocument } from '../electron/ndi/documents/build.ts';
import { bothLooks, expect, test } from './support/door.ts';

const NUMBERS = 3_000_000;

/** A session with a document of tens of MB, a grid of as many coordinates, and an ordinary one. */
function makeHugeSession(home: string): string {
  const path = mkdtempSync(join(home, 'huge-'));
  const grid = {
    'ngrid.data_size': 8,
    'ngrid.data_type': 'double',
    'ngrid.data_dim': [1, NUMBERS],
    'ngrid.coordinates': Array.from({ length: NUMBERS }, (_, at) => at / 1000),
  };
  const documents = [
    newDocument('ngrid', { 'base.name': 'the grid', ...grid }),
    newDocument('demoNDI', { 'base.name': 'small', 'demoNDI.value': 5 }),
  ];
  createSession({ path, reference: 'huge', documents }).close();
  expect(statSync(join(path, '.ndi', 'did-sqlite.sqlite')).size).toBeGreaterThan(20e6);
  return path;
}

test('a document of tens of MB shows how it begins, leaves the page at work, is saved whole and not edited in part', async ({
  page,
  door,
}) => {
  await door.startAgain(makeHugeSession(door.home));
  await page.locator('[data-panel-kind="session"]').getByRole('button', { name: 'Browse the documents' }).click();
  const panel = page.locator('[data-panel-kind="documents"]:visible');
  const row = (name: string) => panel.getByRole('grid', { name: 'Documents' }).getByRole('row', { name });
  const heading = panel.getByRole('heading', { level: 2 });
  const note = panel.getByRole('note');

  // While the huge one is read, a click on another is answered.
  await row('the grid').click();
  await row('small').click();
  await expect(heading).toHaveText('small');
  await expect(note).toHaveCount(0);

  await row('the grid').click();
  await expect(heading).toHaveText('the grid');
  await expect(note).toContainText('Shown are the first 1,000 of 3,000,000 in ngrid.coordinates');
  const form = panel.getByRole('tabpanel', { name: 'Form' });
  await expect(form).toContainText('50 of 3,000,000 shown; the JSON shows 1,000');
  await bothLooks(page, 'huge-form', '[data-panel-kind="documents"]');

  await panel.getByRole('tab', { name: 'JSON' }).click();
  await expect(note).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Copy what shows' })).toBeVisible();
  const find = panel.getByRole('textbox', { name: 'Find in the JSON' });
  await find.fill('1.001');
  await expect(panel.getByText('0 of 0 lines')).toBeVisible();
  await find.fill('0.999');
  await expect(panel.getByText('1 of 1 lines')).toBeVisible();
  await bothLooks(page, 'huge-json', '[data-panel-kind="documents"]');

  const saving = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save all of it as JSON' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('ngrid.json');
  const [whole] = JSON.parse(readFileSync(await saved.path(), 'utf8')) as { ngrid: { coordinates: number[] } }[];
  expect([whole?.ngrid.coordinates.length, whole?.ngrid.coordinates.at(-1)]).toEqual([NUMBERS, (NUMBERS - 1) / 1000]);

  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  const record = page.locator('[data-panel-kind="record"]:visible');
  await expect(record.getByRole('alert')).toContainText(
    'The document is too large for a form: ngrid.coordinates (of length 3,000,000).',
  );
  await expect(record.getByRole('textbox')).toHaveCount(0);
  await bothLooks(page, 'huge-edit', '[data-panel-kind="record"]');
  await record.getByRole('button', { name: 'Show in the browser' }).click();
  await row('small').click();
  await expect(heading).toHaveText('small');
});
