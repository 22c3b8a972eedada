import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { LocalCloud } from './local-cloud/start.ts';
import { test } from './support/desktop.ts';
import { account, fillSignIn, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

test.beforeAll(async () => {
  local = await startSampleCloud();
});
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
