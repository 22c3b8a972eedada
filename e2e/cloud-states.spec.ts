import type { LocalCloud } from './local-cloud/start.ts';
import { makeDataset } from './support/cloud-door.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { account, signIn, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

// It leaves the door signed in.
test.use({ doorOf: 'cloud-states' });

test.beforeAll(async () => {
  local = await startSampleCloud();
});
test.afterEach(() => local.cloud.faults.clear());
test.afterAll(() => local.stop());

const ended = { status: 401, body: { message: 'Unauthorized' } };

test('a session that ends while a list is looked at says so, and the list is there after a sign-in', async ({
  page,
}) => {
  await signIn(page, local, { remember: false });
  await page.getByRole('button', { name: `NDI Cloud: ${account.email}` }).click();
  await page.getByRole('menuitem', { name: 'Datasets in NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind=cloud]');
  await expect(panel.getByText('2 datasets')).toBeVisible();
  local.cloud.faults.add({ route: 'GET /**', ...ended });
  await panel.getByRole('button', { name: 'Ask again' }).click();
  await expect(panel.getByText(`The session of ${account.email} has ended.`)).toBeVisible();
  await bothLooks(page, 'cloud-session-ended', '[data-panel-kind=cloud]');
  local.cloud.faults.clear();
  await panel.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'E-mail address' })).toHaveValue(account.email);
  await expect(dialog.locator('input[type=password]')).toBeFocused();
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await expect(panel.getByText('2 datasets')).toBeVisible();
});

test('a session that ends during a transfer lets it wait; it goes on after the sign-in', async ({ page, door }) => {
  await signIn(page, local, { remember: false });
  const { path } = makeDataset(door.home, 'signedout', 3, 2000);
  await door.startAgain(path);
  await page.locator('[data-panel-kind="session"]').last().getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind="cloudSync"]');
  const begin = panel.getByRole('button', { name: 'Upload to NDI Cloud' });
  await expect(begin).toBeEnabled();
  local.cloud.faults.add({ route: '* /datasets/**', ...ended });
  await begin.click();
  const status = panel.getByRole('list', { name: 'Latest transfer' }).getByRole('status');
  await expect(status).toHaveText('Waiting for a sign-in');
  await bothLooks(page, 'transfer-session-ended', '[data-panel-kind=cloudSync]');
  local.cloud.faults.clear();
  await signIn(page, local, { remember: false });
  await expect(status).toHaveText('Done');
  await expect(panel.getByText('Nothing to do: both sides are in step.')).toBeVisible();
});

test('a server that is faulty or gone is named, and can be asked again', async ({ page, door }) => {
  await signIn(page, local);
  await page.getByRole('button', { name: `NDI Cloud: ${account.email}` }).click();
  await page.getByRole('menuitem', { name: 'Datasets in NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind=cloud]');
  const datasets = panel.getByText(/^\d datasets$/);
  const alert = panel.getByRole('alert');
  const again = panel.getByRole('button', { name: 'Ask again' });
  await expect(datasets).toBeVisible();

  // A page of a proxy instead of an answer: none of its HTML shows.
  local.cloud.faults.add({ route: 'GET /organizations/**', status: 500, body: '<html><h1>Internal Error</h1></html>' });
  await again.click();
  await expect(alert).toContainText('500');
  await expect(alert.locator('p').first()).not.toContainText('<');
  await bothLooks(page, 'cloud-server-fault', '[data-panel-kind=cloud]');
  local.cloud.faults.clear();
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(datasets).toBeVisible();

  const plugIn = await local.unplug();
  try {
    await again.click();
    await expect(alert).toContainText('no server answers there');
    await screenshot(page, 'cloud-server-gone');

    // What lies here is not touched by it: the plan of a first upload shows all the same.
    const { path } = makeDataset(door.home, 'gone', 2);
    await door.startAgain(path);
    await page
      .locator('[data-panel-kind="session"]')
      .last()
      .getByRole('button', { name: 'Upload to NDI Cloud' })
      .click();
    await expect(page.getByRole('group', { name: /Sums/ })).toContainText('Send: 3 documents');
    await axe(page, '[data-panel-kind=cloudSync]');
  } finally {
    await plugIn();
  }
  await page.getByRole('tab', { name: 'NDI Cloud', exact: true }).click();
  // For half a minute a host that was gone is not asked again.
  await expect(async () => {
    await panel.getByRole('button', { name: 'Try again' }).click({ timeout: 5000 });
    await expect(datasets).toBeVisible({ timeout: 10_000 });
  }).toPass();
});
