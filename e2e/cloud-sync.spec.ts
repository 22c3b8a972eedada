import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { cloudCommand, editThere, fileUids, makeDataset, removeHere, storedThere, test } from './support/cloud-door.ts';
import { axe, bothLooks, expect, screenshot } from './support/door.ts';
import { fillSubject } from './support/new-subject.ts';

test.afterEach(({ local }) => local.cloud.faults.clear());

const syncPanel = (page: Page): Locator => page.locator('[data-panel-kind="cloudSync"]');
/** The line of the latest transfer in a panel. */
const latest = (panel: Locator): Locator =>
  panel.getByRole('list', { name: 'Latest transfer' }).getByRole('listitem').first();

async function openSync(page: Page): Promise<Locator> {
  const session = page.locator('[data-panel-kind="session"]').last();
  await session.getByRole('button', { name: /^(Upload to|Sync with) NDI Cloud$/ }).click();
  await expect(syncPanel(page)).toBeVisible();
  return syncPanel(page);
}

async function openTransfers(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, session or document' }).fill('Transfers with NDI');
  await page.getByRole('option', { name: 'Transfers with NDI Cloud' }).click();
  const dock = page.locator('[data-panel-kind="transfers"]');
  await expect(dock).toBeVisible();
  return dock;
}

async function limitSpeed(dock: Locator, name: string): Promise<void> {
  await dock.getByRole('combobox', { name: /Greatest speed/ }).click();
  await dock.page().getByRole('option', { name }).click();
}

/** Writes a subject down in the dataset that is looked at. */
async function makeDocument(page: Page): Promise<void> {
  const record = await fillSubject(page);
  await page.keyboard.press('Control+Enter');
  await expect(record.getByRole('heading', { name: 'subject: ferret7@lab.org' })).toBeVisible();
}

test('one click links, shows what it will do, sends, and reports; pages and lists show how the copy stands', async ({
  page,
  door,
  local,
}) => {
  const { path, ids } = makeDataset(door.home, 'oneclick', 6, 20_000);
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByText('only on this computer')).toBeVisible();
  const panel = await openSync(page);
  await expect(panel.getByRole('group', { name: /Sums/ })).toContainText(/Send: \d+ documents, 6 files, 12\d kB/);
  expect(storedThere(local, ids[0] ?? '')).toBeNull();
  await axe(page, '[data-panel-kind=cloudSync]');
  await screenshot(page, 'sync-first-plan');
  await panel.getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  await expect(latest(panel).getByRole('status')).toHaveText('Done');
  await expect(latest(panel)).toContainText('Files sent');
  await expect(panel.getByText('Nothing to do: both sides are in step.')).toBeVisible();
  await expect(panel.locator('[data-copy-state="in-step"]')).toContainText('looked at');
  expect(storedThere(local, ids[0] ?? '')).not.toBeNull();
  await axe(page, '[data-panel-kind=cloudSync]');
  await screenshot(page, 'sync-in-step');

  await page.getByRole('tab', { name: 'oneclick', exact: true }).click();
  await expect(session.locator('[data-copy-state="in-step"]')).toBeVisible();

  // An edit is seen at once, and a look at both sides makes sure.
  await makeDocument(page);
  await page.getByRole('tab', { name: 'oneclick', exact: true }).click();
  await expect(session.locator('[data-copy-state="unknown"]')).toContainText('changed here since');
  await page.getByRole('tab', { name: 'oneclick: cloud' }).click();
  await expect(panel.locator('[data-copy-state="local-ahead"]')).toBeVisible();
  await expect(panel.getByText('Send: 1 document')).toBeVisible();
  await panel.getByRole('button', { name: 'Carry out the plan' }).click();
  await expect(panel.locator('[data-copy-state="in-step"]')).toBeVisible();
  await page.getByRole('tab', { name: 'Start' }).click();
  const recent = page.locator('[data-panel-kind="start"]').getByRole('listitem').filter({ hasText: 'oneclick' });
  await expect(recent.locator('[data-copy-state="in-step"]')).toBeVisible();
  await screenshot(page, 'sync-recents');

  // Nothing secret is on the page or in what it keeps.
  const kept = await page.evaluate(
    () =>
      document.documentElement.outerHTML +
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  expect(kept).not.toContain(local.user.password);
  expect(kept).not.toMatch(/eyJ[A-Za-z0-9_-]{20}|X-Amz-Signature/);
});

test('the plan sums up and filters; deletions are apart and need the name of the dataset', async ({
  page,
  door,
  local,
}) => {
  const { path, ids } = makeDataset(door.home, 'deletions', 30);
  const [first = '', second = ''] = ids;
  await cloudCommand(local, door, ['cloud', 'upload', path, '--name', 'My deletions']);
  removeHere(path, [first, ...ids.slice(2)]);
  await cloudCommand(local, door, ['edit', path, second, 'demoNDI.value=77']);
  await door.startAgain(path);
  const panel = await openSync(page);
  await panel.getByRole('checkbox', { name: 'Carry deletions over' }).check();
  const deletion = panel.getByRole('region', { name: 'Deletions' });
  await expect(deletion).toContainText('The plan deletes 29 documents.');
  const begin = panel.getByRole('button', { name: 'Carry out the plan' });
  await expect(begin).toBeDisabled();
  const sum = panel.getByRole('group', { name: /Sums/ });
  await sum.getByText(/Delete in the cloud: 29 documents/).click();
  await expect(panel.getByRole('grid', { name: 'Plan' })).toHaveAttribute('aria-rowcount', '30');
  await axe(page, '[data-panel-kind=cloudSync]');
  await screenshot(page, 'sync-deletions');
  await deletion.getByRole('textbox').fill('my deletions');
  await expect(begin).toBeDisabled();

  // Without them the rest can be carried out; they are named again.
  await panel.getByRole('checkbox', { name: 'Carry edits over' }).check();
  await panel.getByRole('button', { name: 'Carry out the rest' }).click();
  await expect(latest(panel)).toContainText(/Documents updated\s*1/);
  await expect(latest(panel)).not.toContainText('Deleted in the cloud');
  expect(storedThere(local, first)).not.toBeNull();
  await panel.getByRole('checkbox', { name: 'Carry deletions over' }).check();
  await expect(deletion).toContainText('The plan deletes 29 documents.');
  await deletion.getByRole('textbox').fill('My deletions');
  await begin.click();
  await expect(latest(panel).getByRole('status')).toHaveText('Done');
  await expect(latest(panel)).toContainText('Deleted in the cloud');
  expect(storedThere(local, first)).toBeNull();
  expect(storedThere(local, second)).not.toBeNull();
});

test('a conflict is shown field by field, and each field can be taken from either side', async ({
  page,
  door,
  local,
}) => {
  const { path, ids } = makeDataset(door.home, 'conflict', 2);
  const [id = ''] = ids;
  await cloudCommand(local, door, ['cloud', 'upload', path]);
  await cloudCommand(local, door, ['edit', path, id, 'demoNDI.value=7', 'base.name="mine"']);
  editThere(local, id, { 'demoNDI.value': 9, 'base.name': 'theirs' });
  await door.startAgain(path);
  const panel = await openSync(page);
  await panel.getByRole('checkbox', { name: 'Carry edits over' }).check();
  await panel.getByRole('grid', { name: 'Plan' }).getByText('Conflict').first().click();
  const conflict = panel.getByRole('region', { name: 'Conflict' });
  await expect(conflict.getByRole('row').filter({ hasText: 'demoNDI.value' })).toContainText('7');
  await expect(conflict.getByRole('row').filter({ hasText: 'base.name' })).toContainText('"theirs"');
  await conflict.getByRole('row').filter({ hasText: 'demoNDI.value' }).getByRole('radio').nth(1).check();
  await bothLooks(page, 'sync-conflict', '[data-panel-kind=cloudSync]');
  await panel.getByRole('button', { name: 'Carry out the plan' }).click();
  await expect(latest(panel)).toContainText('Documents updated');
  expect(storedThere(local, id)?.body).toMatchObject({ base: { name: 'mine' }, demoNDI: { value: 9 } });
  const { documents } = await cloudCommand(local, door, ['documents', path, '--id', id, '--full']);
  expect(documents).toMatchObject([{ base: { name: 'mine' }, demoNDI: { value: 9 } }]);
});

test('transfers can be slowed down, paused, cancelled and begun anew', async ({ page, door }) => {
  const { path } = makeDataset(door.home, 'transfers', 4, 8_000_000);
  await door.startAgain(path);
  const panel = await openSync(page);
  const dock = await openTransfers(page);
  await expect(dock.getByText('No transfer is running')).toBeVisible();
  await screenshot(page, 'transfers-empty');
  await limitSpeed(dock, 'At most 1 MB a second');
  await page.getByRole('tab', { name: 'transfers: cloud' }).click();
  await panel.getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  await page.getByRole('tab', { name: 'Transfers', exact: true }).click();
  const line = dock.getByRole('listitem').filter({ hasText: 'Uploading transfers' }).first();
  await expect(line.getByRole('progressbar')).toBeVisible();
  await expect(dock.getByText('1 transfer is running')).toBeVisible();
  await screenshot(page, 'transfers-running');
  await line.getByRole('button', { name: 'Pause' }).click();
  await expect(line.getByRole('status')).toHaveText('Paused');
  await axe(page, '[data-panel-kind=transfers]');
  await limitSpeed(dock, 'As fast as possible');

  // Cancelled, and begun anew: what had arrived is gone on from.
  await line.getByRole('button', { name: 'Cancel' }).click();
  await expect(line.getByRole('status')).toHaveText('Cancelled');
  await expect(line.getByRole('button', { name: 'Remove from the list' })).toBeVisible();
  await screenshot(page, 'transfers-cancelled');
  await line.getByRole('button', { name: 'Try again' }).click();
  await expect(dock.getByRole('listitem').filter({ hasText: 'Uploading transfers' })).toHaveCount(2);
  await expect(line.getByRole('status')).toHaveText('Done', { timeout: 120_000 });
  await expect(line).toContainText('Files sent');
});

test('a paused transfer goes on, and what failed is tried again by itself', async ({ page, door, local }) => {
  const { path } = makeDataset(door.home, 'goeson', 4, 8_000_000);
  await door.startAgain(path);
  const panel = await openSync(page);
  const dock = await openTransfers(page);
  await limitSpeed(dock, 'At most 1 MB a second');
  await page.getByRole('tab', { name: 'goeson: cloud' }).click();
  await panel.getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  await page.getByRole('tab', { name: 'Transfers', exact: true }).click();
  const lines = dock.getByRole('listitem').filter({ hasText: 'Uploading goeson' });
  const line = lines.first();
  await expect(line.getByRole('list', { name: 'Files on their way' })).toBeVisible();
  // Archives are refused from now on, and one of the files that then go by themselves.
  const refused = { status: 400, body: '<Error><Code>Bad</Code></Error>' };
  local.cloud.faults.add({ route: 'PUT /_s3/file-uploads/**', ...refused });
  local.cloud.faults.add({ route: `PUT /_s3/files/*/${fileUids(path)[0] ?? ''}`, ...refused });
  await line.getByRole('button', { name: 'Pause' }).click();
  await expect(line.getByRole('status')).toHaveText('Paused');
  await limitSpeed(dock, 'As fast as possible');
  await line.getByRole('button', { name: 'Continue' }).click();
  await expect(line.getByRole('status')).toHaveText('Done in part', { timeout: 90_000 });
  await expect(line.getByText('1 thing failed')).toBeVisible();
  await screenshot(page, 'transfers-in-part');

  local.cloud.faults.clear();
  await line.getByRole('button', { name: 'Try what failed again' }).click();
  await expect(lines).toHaveCount(2);
  await expect(line.getByRole('status')).toHaveText('Done');
  await expect(line).toContainText(/Files sent\s*1/);
});

test('without a network the transfer waits, says so quietly, and goes on', async ({ page, door, local }) => {
  const { path, ids } = makeDataset(door.home, 'offline', 2);
  await cloudCommand(local, door, ['cloud', 'upload', path]);
  await cloudCommand(local, door, ['edit', path, ids[0] ?? '', 'demoNDI.value=5']);
  await door.startAgain(path);
  const panel = await openSync(page);
  await panel.getByRole('checkbox', { name: 'Carry edits over' }).check();
  await expect(panel.getByText(/Update: 1 document/)).toBeVisible();
  const plugIn = await local.unplug();
  try {
    await panel.getByRole('button', { name: 'Carry out the plan' }).click();
    const status = latest(panel).getByRole('status');
    await expect(status).toHaveText('Waiting for the network');
    await screenshot(page, 'sync-offline');
  } finally {
    await plugIn();
  }
  // By itself, a little later.
  await expect(latest(panel)).toContainText('Documents updated', { timeout: 90_000 });
  expect(storedThere(local, ids[0] ?? '')?.body).toMatchObject({ demoNDI: { value: 5 } });
});

test('a dataset is downloaded from the list, which then shows where it is', async ({ page, door, local }) => {
  const { path } = makeDataset(door.home, 'listed', 3, 2000);
  await cloudCommand(local, door, ['cloud', 'upload', path, '--name', 'Listed in the cloud']);
  await page.getByRole('button', { name: `NDI Cloud: ${local.user.email}` }).click();
  await page.getByRole('menuitem', { name: 'Datasets in NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind="cloud"]');
  await panel.getByRole('textbox', { name: 'Find a dataset' }).fill('Listed');
  await panel.getByRole('button', { name: 'Download…' }).click();
  const target = mkdtempSync(join(door.home, 'target-'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').or(dialog.getByRole('textbox')).first().fill(target);
  await dialog.getByRole('button', { name: 'Download here' }).click();
  const dock = page.locator('[data-panel-kind="transfers"]');
  const line = dock.getByRole('listitem').filter({ hasText: 'Downloading' }).first();
  await expect(line.getByRole('status')).toHaveText('Done');
  await expect(line).toContainText('Documents fetched');
  const [folder = ''] = readdirSync(target);
  await door.startAgain(join(target, folder));
  await expect(page.locator('[data-panel-kind="session"]').last().locator('[data-copy-state]')).toBeVisible();
  await page.getByRole('tab', { name: 'NDI Cloud' }).click();
  await panel.getByRole('button', { name: 'Ask again' }).first().click();
  await expect(panel.getByRole('grid', { name: 'Datasets' }).locator('[data-copy-state]').first()).toBeVisible();
  await axe(page, '[data-panel-kind=cloud]');
  await screenshot(page, 'cloud-list-linked');
});
