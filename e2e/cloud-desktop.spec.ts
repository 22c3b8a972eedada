import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { LocalCloud } from './local-cloud/start.ts';
import { fileUids, makeDataset } from './support/cloud-door.ts';
import { dataProcess, test, type Desktop } from './support/desktop.ts';
import type { Notification } from './support/electron-stand-in/notification.ts';
import { account, fillSignIn, signIn, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

test.beforeAll(async () => {
  local = await startSampleCloud();
});
test.afterEach(() => local.cloud.faults.clear());
test.afterAll(() => local.stop());

test('the desktop seals what is secret of an account with the key store of the system', async ({ desktop }) => {
  const { page, dataFolder, isStandIn } = desktop;
  // The real key store of the machine that runs the tests is not ours to fill.
  test.skip(!isStandIn, 'needs the stand-in’s key store');
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await fillSignIn(page, local);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign in to NDI Cloud' });
  await expect(dialog.getByRole('combobox', { name: 'Organization' })).toHaveValue('Demo Lab');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: `NDI Cloud: ${account.email}` })).toBeVisible();

  const files = readdirSync(dataFolder).filter((name) => name.startsWith('cloud-'));
  expect(files.toSorted()).toEqual(['cloud-profiles.json', 'cloud-secrets-sealed.json']);
  const kept = files.map((name) => readFileSync(join(dataFolder, name), 'utf8'));
  for (const text of kept) {
    expect(text).not.toContain(account.password);
    expect(text).not.toContain('eyJ');
  }
  // The stand-in seals by turning round: what lies there has gone through the main process.
  const [sealed = ''] = Object.values(JSON.parse(kept[files.indexOf('cloud-secrets-sealed.json')] ?? '{}') as object);
  const opened = Buffer.from(String(sealed), 'base64').reverse().toString();
  expect(JSON.parse(opened)).toMatchObject({ password: account.password });
});

/** Opens a dataset in the window and sends it, once `before` has been done; gives the panel. */
async function upload(desktop: Desktop, path: string, before = () => Promise.resolve()): Promise<Locator> {
  expect(await desktop.startAgain(path)).toBe(0);
  const { page } = desktop;
  await page.locator('[data-panel-kind="session"]').last().getByRole('button', { name: 'Upload to NDI Cloud' }).click();
  const panel = page.locator('[data-panel-kind="cloudSync"]').last();
  const begin = panel.getByRole('button', { name: 'Upload to NDI Cloud' });
  await expect(begin).toBeEnabled();
  await before();
  await begin.click();
  return panel;
}

const lookAway = ({ app }: Desktop) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.blur());

/** The notices that the system has shown. */
const notices = ({ app }: Desktop) =>
  app.evaluate((electron) => {
    const { shown } = electron.Notification as unknown as typeof Notification;
    return shown.map(({ title, body }) => ({ title, body }));
  });

test('the system tells of a transfer that has ended while nobody looked; a click on that shows the transfers', async ({
  desktop,
}) => {
  const { app, page, dataFolder, isStandIn } = desktop;
  test.skip(!isStandIn, 'needs the stand-in’s windows, which nobody else brings to the front');
  await signIn(page, local);
  const seen = await upload(desktop, makeDataset(dataFolder, 'looked at', 2).path);
  await expect(seen.getByText('Nothing to do: both sides are in step.')).toBeVisible();
  await upload(desktop, makeDataset(dataFolder, 'left alone', 2).path, () => lookAway(desktop));
  await expect.poll(() => notices(desktop)).toEqual([{ title: 'Uploading left alone', body: 'Done' }]);
  await app.evaluate((electron) => {
    (electron.Notification as unknown as typeof Notification).shown[0]?.emit('click', {});
  });
  const transfers = page.locator('[data-panel-kind="transfers"]');
  await expect(transfers.getByRole('listitem').filter({ hasText: 'Uploading left alone' })).toContainText('Done');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null)).toBe(true);
});

test('a transfer whose process is killed goes on by itself in the next one, from the files that had arrived', async ({
  desktop,
}) => {
  const { dataFolder, isStandIn } = desktop;
  test.skip(!isStandIn, 'needs the stand-in’s key store');
  await signIn(desktop.page, local);
  // Of the size from which files travel by themselves; only the first gets further than its first bytes.
  const { path } = makeDataset(dataFolder, 'killed', 4, 20_000_000);
  local.cloud.faults.add({ route: 'PUT /_s3/files/**', skip: 1, stallRequestAtBytes: 1_000_000 });
  const arrived = () =>
    local.cloud.log
      .filter(({ method, path: to, status }) => method === 'PUT' && to.startsWith('/_s3/files/') && status === 200)
      .map(({ path: to }) => to.split('/').at(-1));
  const panel = await upload(desktop, path, () => lookAway(desktop));
  await expect.poll(() => arrived().length).toBe(1);
  const first = await dataProcess(desktop);
  process.kill(first, 'SIGKILL');
  local.cloud.faults.clear();
  await expect(panel.getByText('Nothing to do: both sides are in step.')).toBeVisible();
  // Each file has been sent once.
  expect(arrived().toSorted()).toEqual(fileUids(path).toSorted());
  await expect.poll(() => notices(desktop)).toEqual([{ title: 'Uploading killed', body: 'Done' }]);
  expect([0, first]).not.toContain(await dataProcess(desktop));
});
