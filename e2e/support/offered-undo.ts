import type { Locator, Page } from '@playwright/test';

/** “Undo” of the newest message, which goes after some seconds unless it is pointed at: from now on it stays. */
export async function holdUndo(page: Page): Promise<Locator> {
  const undo = page.locator('.mantine-Notification-root').getByRole('button', { name: 'Undo', exact: true }).last();
  await undo.hover();
  return undo;
}
