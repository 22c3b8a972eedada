import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cloudCommand, makeDataset, test, type CloudWorld } from './support/cloud-door.ts';
import { copyOfDemo } from './support/demo.ts';
import type { DoorProcess } from './support/door-process.ts';
import { axe, expect, screenshot } from './support/door.ts';
import { canvasOf } from './support/traces.ts';

test.afterEach(({ local }) => local.cloud.faults.clear());

/** A copy of a dataset from the cloud, its documents only. */
async function downloaded(local: CloudWorld, door: DoorProcess, path: string): Promise<string> {
  const { cloudDatasetId } = await cloudCommand(local, door, ['cloud', 'upload', path]);
  const folder = mkdtempSync(join(door.home, 'downloaded-'));
  await cloudCommand(local, door, ['cloud', 'download', String(cloudDatasetId), folder]);
  return join(folder, readdirSync(folder)[0] ?? '');
}

test('signals of an epoch that lies in the cloud are fetched when they are looked at, and kept', async ({
  page,
  door,
  local,
}) => {
  const original = await copyOfDemo(mkdtempSync(join(door.home, 'signals-')));
  await cloudCommand(local, door, ['ingest', original]);
  const copy = await downloaded(local, door, original);
  await door.startAgain(copy);
  const session = page.locator('[data-panel-kind="session"]').last();
  const traces = page.locator('[data-panel-kind="traces"]');

  // What cannot be fetched is said where it is missed, and can be tried again.
  local.cloud.faults.add({ route: 'GET /datasets/*/files/*/detail', status: 404, body: { error: 'File not found' } });
  await session.getByRole('button', { name: 'Show the signals of the first epoch' }).click();
  await expect(traces.getByRole('alert')).toContainText('is not available in the cloud');
  await screenshot(page, 'cloud-file-missing');
  local.cloud.faults.clear();
  local.cloud.faults.add({ route: 'GET /_s3/**', delayMs: 500 });
  await traces.getByRole('button', { name: 'Try again' }).click();
  await expect(traces.getByTestId('fetching')).toContainText('Fetching from NDI Cloud');
  await screenshot(page, 'cloud-file-fetching');
  await expect(canvasOf(page)).toBeVisible();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await axe(page, '[data-panel-kind=traces]');
  await screenshot(page, 'cloud-file-traces');

  // What was seen once is seen without a network.
  local.cloud.faults.clear();
  local.cloud.faults.add({ route: '* /**', drop: 'before' });
  await page.reload();
  await expect(canvasOf(page)).toBeVisible();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
});

test('a file of a document is fetched for its beginning; settings show what is kept and clear it', async ({
  page,
  door,
  local,
}) => {
  const { path } = makeDataset(door.home, 'files', 1, 3000);
  const copy = await downloaded(local, door, path);
  await door.startAgain(copy);
  await page
    .locator('[data-panel-kind="session"]')
    .last()
    .getByRole('button', { name: 'Browse the documents' })
    .click();
  const documents = page.locator('[data-panel-kind="documents"]');
  await documents.getByRole('grid').getByText('files 0').click();
  await documents.getByRole('tab', { name: 'Files (1)' }).click();
  await expect(documents.getByText('fetched when it is needed')).toBeVisible();
  await documents.getByRole('button', { name: 'Show the beginning of filename1.ext' }).click();
  await expect(documents.getByLabel('Beginning of filename1.ext', { exact: true })).toContainText(
    'some bytes of a file.',
  );
  await expect(documents.getByText('in NDI Cloud, and kept here for a while')).toBeVisible();
  await axe(page, '[data-panel-kind=documents]');
  await screenshot(page, 'cloud-file-preview');

  await page.getByRole('button', { name: 'Settings' }).first().click();
  const settings = page.locator('[data-panel-kind="settings"]');
  await settings.getByRole('textbox', { name: 'Find a setting' }).fill('Files of NDI Cloud');
  await expect(settings.getByRole('status')).toContainText(/files?, [\d.]+/);
  await screenshot(page, 'cloud-files-setting');
  await settings.getByRole('button', { name: 'Clear them away' }).click();
  await expect(settings.getByRole('status')).toContainText('0 files');
});
