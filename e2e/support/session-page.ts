import { expect, type Locator, type Page } from '@playwright/test';

/**
 * The page of a session or dataset that is opened by its path, once it is in front. Other sessions may have been open
 * before: until then their pages show, and take clicks.
 */
export async function openSession(
  page: Page,
  door: { startAgain(path: string): Promise<string> },
  path: string,
): Promise<Locator> {
  await door.startAgain(path);
  const session = page.locator(`[data-panel-id=${JSON.stringify(`session:${path}`)}]`);
  await expect(session).toBeVisible();
  return session;
}

type PageMenu = 'Add' | 'Inspect' | 'Share';

/** The button of one of the menus on the page of a session or dataset. */
export function pageMenu(session: Locator, menu: PageMenu): Locator {
  return session.getByRole('button', { name: menu, exact: true });
}

/** Chooses from such a menu. */
export async function chooseOnPage(session: Locator, menu: PageMenu, item: string): Promise<void> {
  await pageMenu(session, menu).click();
  await session.page().getByRole('menuitem', { name: item }).click();
}
