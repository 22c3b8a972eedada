import { chromium, type Browser, type Locator, type Page } from '@playwright/test';
import { installedBrowser } from '../build/commands/browser.mjs';
import { browserArguments } from '../e2e/support/browser.ts';

/** The browser in which pages are measured: the installed one, else Playwright's own. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = installedBrowser();
  return chromium.launch({ args: browserArguments(), ...(executablePath === null ? {} : { executablePath }) });
}

/** What a page shows as soon as it can be used. */
export function sampleButton(page: Page): Locator {
  return page.getByRole('button', { name: /sample session/i }).first();
}

/** A page of a door that can be used, in a context of its own. */
export async function openPage(
  browser: Browser,
  address: string,
  viewport?: { readonly width: number; readonly height: number },
): Promise<Page> {
  const context = await browser.newContext(viewport === undefined ? {} : { viewport });
  const page = await context.newPage();
  await page.goto(address);
  await sampleButton(page).waitFor();
  return page;
}
