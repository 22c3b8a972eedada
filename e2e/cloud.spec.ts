import type { LocalCloud } from './local-cloud/start.ts';
import { makeDataset } from './support/cloud-door.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { account, fillSignIn, signIn, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

// It begins before anybody has signed in.
test.use({ doorOf: 'cloud' });

test.beforeAll(async () => {
  local = await startSampleCloud();
});
test.afterAll(() => local.stop());

test('signs in, shows who and what, names a fault, and signs out', async ({ page }) => {
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in to NDI Cloud' });
  await expect(dialog.getByRole('textbox', { name: 'E-mail address' })).toBeFocused();
  await fillSignIn(page, local, 'not the password');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('does not know this e-mail address with this password');
  await axe(page, '[role=dialog]');

  await dialog.locator('input[type=password]').fill(account.password);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Organization' })).toHaveValue('Demo Lab');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: `NDI Cloud: ${account.email}` }).click();
  await expect(page.getByRole('menu').getByText('Demo Lab').first()).toBeVisible();
  await expect(page.getByText('renews itself')).toBeVisible();
  await page.getByRole('menuitem', { name: 'Datasets in NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind=cloud]');
  await expect(panel.getByText('2 datasets')).toBeVisible();
  await panel.getByRole('textbox', { name: 'Find a dataset' }).fill('ferret');
  await expect(panel.getByText('1 of 2 datasets')).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Orientation tuning in ferret V1' })).toBeVisible();
  await axe(page, '[data-panel-kind=cloud]');

  await expect(panel.getByRole('button', { name: 'Download…' })).toBeVisible();
  local.cloud.faults.add({ route: 'GET /datasets/deleted', status: 403, body: { message: 'Not today' }, first: 1 });
  await panel.getByText('Deleted', { exact: true }).click();
  await expect(panel.getByRole('alert')).toContainText('Not today');
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByText('No deleted dataset can be had back.')).toBeVisible();

  // Nothing secret is on the page or in what it keeps.
  const kept = await page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify(Object.entries(localStorage)),
  );
  expect(kept).not.toContain(account.password);
  expect(kept).not.toMatch(/eyJ[A-Za-z0-9_-]{20}/);

  await page.getByRole('button', { name: `NDI Cloud: ${account.email}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out of NDI Cloud' }).click();
  await expect(page.getByRole('button', { name: 'has ended' })).toBeVisible();
  await expect(panel.getByText('Sign in to see the datasets of your organization.')).toBeVisible();
  await axe(page, '[data-panel-kind=cloud]');
});

test('a query finds documents in NDI Cloud, shows them to be read, and leads to the dataset of each', async ({
  page,
  door,
}) => {
  await signIn(page, local);
  await door.startAgain(makeDataset(door.home, 'asking', 2).path);
  await page
    .locator('[data-panel-kind="session"]')
    .last()
    .getByRole('button', { name: 'Browse the documents' })
    .click();
  const panel = page.locator('[data-panel-kind="documents"]:visible');
  await panel.getByRole('combobox', { name: 'Where to look' }).selectOption('NDI Cloud');
  await expect(panel.getByText('Type a text or add a condition to look for it in NDI Cloud.')).toBeVisible();

  await panel.getByRole('button', { name: 'Add condition' }).press('Enter');
  const form = page.getByRole('dialog');
  await form.getByRole('combobox', { name: 'Field' }).fill('element.name');
  await form.getByRole('combobox', { name: 'Operation' }).selectOption('is');
  await form.getByRole('combobox', { name: 'Value' }).fill('probe 5');
  await form.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  await expect(panel.getByText('4 documents in NDI Cloud')).toBeVisible();
  const found = panel.getByRole('listitem').getByRole('button', { name: /^element element 5/ });
  expect((await found.allTextContents()).toSorted()).toEqual(
    [
      'Chronic recordings with two probes',
      'Mouse 12, pilot',
      'Orientation tuning in ferret V1',
      'Spontaneous activity of the developing cortex',
    ].map((dataset) => `elementelement 5${dataset}`),
  );
  await bothLooks(page, 'query-cloud', '[data-panel-kind="documents"]');

  // One's own dataset, and one that another laboratory has published.
  const cloud = page.locator('[data-panel-kind=cloud]:visible');
  await found.filter({ hasText: 'Mouse 12' }).click();
  const document = panel.getByRole('region', { name: 'Document', exact: true });
  await expect(document.getByRole('heading', { name: 'element 5' })).toBeVisible();
  await expect(document.getByRole('region', { name: 'Element' })).toContainText('probe 5');
  await document.getByRole('tab', { name: 'JSON' }).click();
  await expect(document.getByText('"probe 5"')).toBeVisible();
  await document.getByRole('tab', { name: /^Dependencies/ }).click();
  await expect(document.getByRole('region', { name: 'Used by' })).not.toContainText('Loading');
  await bothLooks(page, 'cloud-document', '[data-panel-kind="documents"]');
  await document.getByRole('button', { name: 'Show its dataset' }).click();
  await expect(cloud.getByText('1 of 2 datasets')).toBeVisible();
  await expect(cloud.getByRole('heading', { name: 'Mouse 12, pilot' })).toBeVisible();
  await page.getByRole('tab', { name: /asking: documents/ }).click();
  await expect(document.getByRole('heading', { name: 'element 5' })).toBeVisible();
  await panel.getByRole('button', { name: /^Remove the condition/ }).click();
  await panel.getByRole('textbox', { name: 'Filter the documents' }).fill('element 1199');
  await expect(panel.getByText('1 document in NDI Cloud')).toBeVisible();
  await panel.getByRole('button', { name: /^element element 1199/ }).press('Enter');
  await expect(document.getByRole('heading', { name: 'element 1199' })).toBeVisible();
  await document.getByRole('button', { name: 'Show its dataset' }).press('Enter');
  await expect(cloud.getByRole('heading', { name: 'Chronic recordings with two probes' })).toBeVisible();
});

test('a dataset is looked into, deleted by its name, and restored; organization and password can be changed', async ({
  page,
}) => {
  await signIn(page, local);
  const chip = page.getByRole('button', { name: `NDI Cloud: ${account.email}` });
  await chip.click();
  await expect(page.getByRole('menuitem', { name: 'Demo Lab' })).toHaveAttribute('aria-current', 'true');
  await bothLooks(page, 'cloud-account', '[role=menu]');
  await page.getByRole('menuitem', { name: 'Check the sign-in' }).click();
  await expect(page.getByText('the server agrees')).toBeVisible();
  await chip.click();
  await page.getByRole('menuitem', { name: 'Datasets in NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind=cloud]');
  const datasets = panel.getByRole('grid', { name: 'Datasets' });

  // Sorted by the number of documents, fewest first.
  await panel.getByRole('button', { name: 'Documents', exact: true }).click();
  await expect(datasets.getByRole('row').nth(1)).toContainText('Mouse 12, pilot');
  await datasets.getByRole('row').nth(1).click();
  const dialog = page.getByRole('dialog');
  await panel.getByRole('button', { name: 'Documents…' }).click();
  await dialog.getByRole('textbox', { name: 'Name, class or id' }).fill('element 3');
  await expect(dialog.getByRole('status')).toHaveText('1 of 7 documents');
  await bothLooks(page, 'cloud-documents', '[role=dialog]');
  await dialog.getByRole('row', { name: /element 3/ }).dblclick();
  const remote = page.locator('[data-panel-kind=remoteDocument]');
  await expect(remote.getByRole('heading', { name: 'element 3' })).toBeVisible();
  await remote.getByRole('tab', { name: /^Dependencies/ }).click();
  await expect(remote.getByRole('region', { name: 'Depends on' })).toBeVisible();
  await page.getByTitle('Close Document in NDI Cloud').click();
  await panel.getByRole('button', { name: 'Use this data…' }).click();
  await expect(dialog.getByLabel('Lines for MATLAB')).toContainText(
    'ndi.cloud.downloadDataset(cloudDatasetId, dataPath)',
  );
  await axe(page, '[role=dialog]');
  await page.keyboard.press('Escape');

  await panel.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  const name = dialog.getByRole('textbox', { name: /type the name/ });
  await name.fill('mouse 12, pilot');
  await expect(dialog.getByRole('button', { name: 'Delete in the cloud' })).toBeDisabled();
  await axe(page, '[role=dialog]');
  await name.fill('Mouse 12, pilot');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('1 dataset', { exact: true })).toBeVisible();
  await panel.getByText('Deleted', { exact: true }).click();
  await expect(panel.getByRole('heading', { name: 'Mouse 12, pilot' })).toBeVisible();
  await screenshot(page, 'cloud-deleted');
  await panel.getByRole('button', { name: 'Restore' }).click();
  await expect(panel.getByText('No deleted dataset can be had back.')).toBeVisible();
  await panel.getByText('Mine', { exact: true }).click();
  await expect(panel.getByText('2 datasets')).toBeVisible();

  await chip.click();
  await page.getByRole('menuitem', { name: 'Shared Facility' }).click();
  await expect(panel.getByText('Your organization has no datasets in the cloud yet.')).toBeVisible();
  await chip.click();
  await page.getByRole('menuitem', { name: 'Demo Lab' }).click();
  await expect(panel.getByText('2 datasets')).toBeVisible();

  await chip.click();
  await page.getByRole('menuitem', { name: 'Change the password' }).click();
  await dialog.getByLabel('Password until now').fill('a wrong password');
  await dialog.getByLabel('New password').fill('another password');
  await axe(page, '[role=dialog]');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('Password until now').fill(account.password);
  await page.keyboard.press('Enter');
  await expect(page.getByText('The password was changed')).toBeVisible();
});
