import type { Page } from '@playwright/test';
import { axe, expect, screenshot, test } from './support/door.ts';
import { plainTexts } from './support/plain-text.ts';

test.afterEach(async ({ page }) => {
  // The door serves other tests after this one.
  await page.keyboard.press('Escape');
  await setLanguage(page, 1);
});

/** Chooses the n-th language of the settings, whatever the language is at the moment. */
async function setLanguage(page: Page, position: number): Promise<void> {
  await page.keyboard.press('Control+,');
  await page
    .locator('section[aria-labelledby="setting-language"] label')
    .nth(position - 1)
    .click();
}

test('under the pseudo-language no text is left as it was written', async ({ page }) => {
  await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
  await setLanguage(page, 2);
  await expect(page.getByRole('heading', { name: /⟦Þšéûðó|⟦Ļáñĝûáĝé/ })).toBeVisible();
  await screenshot(page, 'settings-pseudo');
  expect(await plainTexts(page), 'settings').toEqual([]);
  for (const [keys, name] of [
    ['Control+Shift+H', 'start'],
    ['Shift+?', 'shortcuts'],
    ['Control+j', 'jobs'],
  ] as const) {
    await page.keyboard.press(keys);
    await page.waitForTimeout(300);
    expect(await plainTexts(page), name).toEqual([]);
    await screenshot(page, `${name}-pseudo`);
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await plainTexts(page), 'palette').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('dialog').getByRole('button').nth(3)).toBeVisible();
  expect(await plainTexts(page), 'folder dialog').toEqual([]);
  await axe(page);
  await page.keyboard.press('Escape');
});
