import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { addDocument } from './local-cloud/store/documents.ts';
import {
  cloudCommand,
  countThere,
  editThere,
  makeDataset,
  makeLinkedRecordings,
  makeLinkedSession,
  storedThere,
  test,
} from './support/cloud-door.ts';
import { bothLooks, expect, screenshot } from './support/door.ts';
import { openSession } from './support/session-page.ts';
import { canvasOf } from './support/traces.ts';

test('linked sessions are taken in and sent; the copy is compared, repaired, unlinked and linked again', async ({
  page,
  door,
  local,
}) => {
  const { path, ids } = makeDataset(door.home, 'members', 3);
  const [doubled = '', edited = ''] = ids;
  const guest = makeLinkedSession(door.home, path, 'guest');
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').last().getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind="cloudSync"]');
  const dialog = page.getByRole('dialog');

  // What cannot be sent is named; taking it in is the way on, and says first what it does.
  const before = panel.getByRole('region', { name: 'Before it can be sent' });
  await expect(before).toContainText('guest (linked)');
  await expect(before).toContainText('Linked sessions are then copied into the dataset');
  await bothLooks(page, 'sync-take-in', '[data-panel-kind=cloudSync]');
  await before.getByRole('button', { name: 'Take them in and send' }).click();
  const status = panel.getByRole('list', { name: 'Latest transfer' }).getByRole('status');
  await expect(status).toHaveText('Done');
  expect(storedThere(local, guest.ids[0] ?? '')).not.toBeNull();

  // Another program sends a document twice and changes one.
  const body = storedThere(local, doubled)?.body ?? {};
  const row = local.cloud.db.get('SELECT dataset_id FROM documents WHERE ndi_id = ?', doubled);
  const datasetId = String(row?.['dataset_id']);
  addDocument(local.cloud, datasetId, body);
  editThere(local, edited, { 'demoNDI.value': 99 });
  const act = async (name: string) => {
    await panel.getByRole('button', { name: 'More with NDI Cloud' }).click();
    await expect(page.getByRole('menuitem', { name })).toBeEnabled();
    await screenshot(page, 'sync-menu');
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Compare with NDI Cloud');
  const comparison = panel.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('status')).toContainText('1 different');
  const differences = comparison.getByRole('grid', { name: 'Differences' });
  await expect(differences.getByRole('row').filter({ hasText: 'More than once' })).toContainText(doubled.slice(-8));
  await expect(differences.getByRole('row').filter({ hasText: 'Different' })).toContainText(edited.slice(-8));
  await bothLooks(page, 'sync-comparison', '[data-panel-kind=cloudSync]');

  // A row opens its document.
  await differences.getByRole('row').filter({ hasText: 'Different' }).click();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-panel-kind=documents]').getByText(edited).first()).toBeVisible();
  await page.getByRole('tab', { name: 'members: cloud' }).click();
  await comparison.getByRole('button', { name: 'Take the doubles away…' }).click();
  await dialog.getByRole('button', { name: 'Take them away' }).click();
  await expect(comparison.getByRole('status')).toContainText('0 more than once');
  const left = 'SELECT count(*) AS n FROM documents WHERE ndi_id = ? AND delete_at IS NULL';
  expect(local.cloud.db.get(left, doubled)).toMatchObject({ n: 1 });

  // Unlinking asks first and takes nothing away; linking finds the dataset again.
  await act('Take the link to NDI Cloud away…');
  await dialog.getByRole('button', { name: 'Take the link away' }).click();
  await expect(panel.locator('[data-copy-state="local-only"]')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Upload to NDI Cloud' })).toBeVisible();
  // No plan was asked for along a link that is gone.
  await expect(page.getByText(/\d failed/)).toHaveCount(0);
  expect(storedThere(local, edited)).not.toBeNull();
  await act('Link to a dataset in NDI Cloud…');
  await dialog.getByRole('combobox', { name: 'Dataset' }).or(dialog.getByRole('textbox')).first().fill(datasetId);
  await page.getByRole('option', { name: datasetId }).click();
  await screenshot(page, 'sync-link');
  await dialog.getByRole('button', { name: 'Link', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Carry out the plan' })).toBeVisible();
  expect(await cloudCommand(local, door, ['cloud', 'status', path, '--offline'])).toMatchObject({
    cloudDatasetId: datasetId,
  });
});

test('a linked member with recordings is taken in, and its recordings arrive with it', async ({
  page,
  door,
  local,
}) => {
  const { path } = makeDataset(door.home, 'withrecordings', 1);
  await makeLinkedRecordings(door.home, path);
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').last().getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind="cloudSync"]');
  const before = panel.getByRole('region', { name: 'Before it can be sent' });
  await expect(before).toContainText('sample-experiment (linked)');
  await before.getByRole('button', { name: 'Take them in and send' }).click();
  const latest = panel.getByRole('list', { name: 'Latest transfer' });
  await expect(latest.getByRole('status')).toHaveText('Done', { timeout: 90_000 });
  await expect(latest).toContainText('Files sent');
  await expect(panel.getByText('Nothing to do: both sides are in step.')).toBeVisible();
  const { cloudDatasetId } = await cloudCommand(local, door, ['cloud', 'status', path]);
  expect(countThere(local, String(cloudDatasetId), 'daqreader_mfdaq_epochdata_ingested')).toBeGreaterThan(0);

  // On another computer the signals are there: only the documents were fetched.
  const folder = mkdtempSync(join(door.home, 'elsewhere-'));
  await cloudCommand(local, door, ['cloud', 'download', String(cloudDatasetId), folder]);
  const copy = await openSession(page, door, join(folder, readdirSync(folder)[0] ?? ''));
  await copy
    .getByRole('grid', { name: 'Sessions' })
    .getByRole('row', { name: /sample-experiment/ })
    .dblclick();
  const member = page.locator('[data-panel-kind="session"]:visible');
  await member.getByRole('button', { name: 'Show the signals of the first epoch' }).click();
  await expect(canvasOf(page)).toBeVisible();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
});
