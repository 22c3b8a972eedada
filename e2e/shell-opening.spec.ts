import { expect, test } from './support/door.ts';

test.use({ doorOf: 'somebody who opens the window' });

test('a window that opens never takes its own reconnecting for a fault of the account', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(window, { seenOfAccount: () => [...seen] });
    new MutationObserver(() => {
      const chip = document.querySelector(
        'header button[aria-label*="NDI Cloud"], header button[aria-label="Sign in"]',
      );
      if (chip !== null) seen.add(chip.getAttribute('aria-label') ?? '');
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.reload();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('dialog', { name: 'Sign in to NDI Cloud' })).toBeVisible();
  const seen = await page.evaluate(() => (window as unknown as { seenOfAccount: () => string[] }).seenOfAccount());
  expect(seen).toEqual(['Sign in']);
});

test('what is asked before the dialogs are fetched is shown when they are', async ({ page }) => {
  let fetchThem = () => {};
  const held = new Promise<void>((resolve) => {
    fetchThem = resolve;
  });
  await page.route(/assets\/all-overlays-.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.getByRole('menuitem', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'About NDI Desktop' }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).click();
  fetchThem();
  await expect(page.getByRole('dialog', { name: 'Sign in to NDI Cloud' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'About NDI Desktop' })).toBeVisible();
});
