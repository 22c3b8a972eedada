import { expect, type Page } from '@playwright/test';

/** Waits until what the page keeps over restarts holds a text: it is written a moment after it was changed. */
export async function untilKept(page: Page, text: string): Promise<void> {
  // `waitForFunction` takes the promise itself for the answer.
  await expect.poll(() => page.evaluate(viewStateHolds, text)).toBe(true);
}

async function viewStateHolds(text: string): Promise<boolean> {
  const name = 'ndi-desktop-views';
  // Opening makes one where there is none yet.
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return false;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = reject;
    opening.onsuccess = () => {
      const asked = opening.result.transaction('viewState').objectStore('viewState').getAll();
      asked.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(asked.result).includes(text));
      };
    };
  });
}
