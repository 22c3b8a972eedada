import type { Locator, Page } from '@playwright/test';

/**
 * Drags files or folders of this machine over the middle of the page, or of something on it, as a person does; `drop`
 * lets them go.
 */
export async function dragFiles(
  page: Page,
  files: readonly string[],
  over?: Locator,
): Promise<{ drop: () => Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const box = (await over?.boundingBox()) ?? { x: 0, y: 0, ...(page.viewportSize() ?? { width: 800, height: 600 }) };
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2), data };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at });
  return {
    async drop() {
      await session.send('Input.dispatchDragEvent', { type: 'drop', ...at });
      await session.detach();
    },
  };
}
