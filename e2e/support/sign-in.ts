import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
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
