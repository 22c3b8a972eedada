import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { seedDemo } from '../local-cloud/seed.ts';
import { startLocalCloud, type LocalCloud } from '../local-cloud/start.ts';

/** The account of the local cloud's samples. */
export const account = { email: 'demo@example.org', password: 'correct horse battery' };

/** A local cloud with its samples, in a folder that goes with it. */
export async function startSampleCloud(): Promise<LocalCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'ndi-cloud-'));
  const local = await startLocalCloud({ folder });
  seedDemo(local.cloud);
  return {
    ...local,
    async stop() {
      await local.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fills the sign-in dialog for the local cloud. */
export async function fillSignIn(page: Page, local: LocalCloud, password = account.password): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in to NDI Cloud' });
  await dialog.getByRole('textbox', { name: 'E-mail address' }).fill(account.email);
  await dialog.locator('input[type=password]').fill(password);
  await dialog.getByRole('combobox', { name: 'Server' }).click();
  await page.getByRole('option', { name: 'Another server' }).click();
  await dialog.getByRole('textbox', { name: 'Address of the server' }).fill(local.url);
}

/** Signs in to the local cloud, in the first organization. `remember` keeps the password, so that the session renews itself. */
export async function signIn(page: Page, local: LocalCloud, { remember = true } = {}): Promise<void> {
  const who = page.getByRole('banner').getByRole('button', { name: /Sign in|NDI Cloud/ });
  const out = page.getByRole('menuitem', { name: 'Sign out of NDI Cloud' });
  const again = page.getByRole('menuitem', { name: 'Sign in again…' });
  const dialog = page.getByRole('dialog', { name: 'Sign in to NDI Cloud' });
  await who.click();
  await expect(again.or(dialog).or(out)).toBeVisible();
  if (await out.isVisible()) {
    await out.click();
    await expect(page.getByRole('button', { name: 'has ended' })).toBeVisible();
    await who.click();
    await expect(again).toBeVisible();
  }
  if (await again.isVisible()) await again.click();
  await fillSignIn(page, local);
  await dialog.getByRole('checkbox', { name: 'Keep me signed in' }).setChecked(remember);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  // Where it was chosen before, the organization is not asked for again.
  const organization = dialog.getByRole('combobox', { name: 'Organization' });
  const chip = page.getByRole('button', { name: `NDI Cloud: ${account.email}` });
  await expect(organization.or(chip).first()).toBeVisible();
  if (await organization.isVisible()) await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(chip).toBeVisible();
}
