import type { LocalCloud } from './local-cloud/start.ts';
import { axe, expect, test } from './support/door.ts';
import { account, fillSignIn, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

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
  await expect(page.getByText('Demo Lab')).toBeVisible();
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
});
