import { expect, type Locator } from '@playwright/test';

/**
 * Types a path into the dialog for folders and files, and takes it.
 * @param confirm the name of the button that takes it
 */
export async function givePath(dialog: Locator, path: string, confirm: string): Promise<void> {
  const field = dialog.getByRole('combobox', { name: 'Path' });
  // The field shows the folder as soon as it is listed; that must not come in between.
  await expect(field).not.toHaveValue('');
  await field.fill(path);
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
}
