import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { copyOfDemo } from './support/demo.ts';
import { bothLooks, expect, test } from './support/door.ts';
import { durationField, timeField } from './support/traces.ts';

/** Opens a copy of the sample session with the traces of its first epoch above, and the timeline docked below them. */
async function traceAndTimeline(
  page: Page,
  door: { home: string; startAgain(path: string): Promise<string> },
  name: string,
) {
  const path = await copyOfDemo(join(door.home, name));
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('ControlOrMeta+Shift+E');
  const timeline = page.locator('[data-panel-kind="timeline"]');
  await expect(timeline.getByRole('button', { name: /Epoch 3 of intan1/ })).toBeVisible();
  return { path, timeline, lanes: timeline.getByRole('group', { name: 'Timeline of the epochs' }) };
}

const seconds = (text: string) => Number(text.replace('−', '-').replace(/[^\d.-]/g, ''));

test('a drag on the timeline moves the traces, and the window of the traces is dragged back', async ({
  page,
  door,
}) => {
  const { timeline } = await traceAndTimeline(page, door, 'drag');
  const bar = (await timeline.getByRole('button', { name: /Epoch 1 of intan1/ }).boundingBox())!;
  await page.mouse.move(bar.x + bar.width * 0.25, bar.y + 10);
  await page.mouse.down();
  await page.mouse.move(bar.x + bar.width * 0.4, bar.y + 12);
  await page.mouse.move(bar.x + bar.width * 0.5, bar.y + 12);
  await page.mouse.up();
  const [from, to] = [timeline.getByLabel('From (s)'), timeline.getByLabel('To (s)')];
  await expect(from).toBeVisible();
  const [t0, t1] = [Number(await from.inputValue()), Number(await to.inputValue())];
  expect(t1).toBeGreaterThan(t0);
  await expect.poll(async () => seconds(await timeField(page).inputValue())).toBeCloseTo(t0, 1);
  await expect.poll(async () => seconds(await durationField(page).inputValue())).toBeCloseTo(t1 - t0, 1);

  const viewed = timeline.getByRole('slider', { name: /What the traces of intan1 show/ });
  const grip = (await viewed.locator('span').boundingBox())!;
  await page.mouse.move(grip.x + grip.width / 2, grip.y + 4);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2 + bar.width * 0.2, grip.y + 4, { steps: 4 });
  await page.mouse.up();
  const moved = t0 + (t1 - t0) * 0.8;
  await expect.poll(async () => seconds(await timeField(page).inputValue())).toBeCloseTo(moved, 0);
  await bothLooks(page, 'timeline-docked', '[data-panel-kind="timeline"]');
});

test('a bookmark is a flag on traces and timeline that leads back, is changed, and comes back when it is removed', async ({
  page,
  door,
}) => {
  const { timeline } = await traceAndTimeline(page, door, 'flags');
  const traces = page.getByRole('group', { name: 'Traces' });
  await traces.focus();
  await page.keyboard.press('Home');
  const time = async () => seconds(await timeField(page).inputValue());
  const begun = await time();
  await page.keyboard.press('b');
  await page.getByLabel('Note').fill('light on');
  await page.keyboard.press('Enter');
  const flag = timeline.getByRole('button', { name: /^Bookmark at .*light on$/ });
  await expect(flag).toBeVisible();
  await expect(traces.getByRole('button', { name: /^Bookmark at .*light on$/ })).toBeVisible();

  await traces.focus();
  await page.keyboard.press('End');
  await expect.poll(time).toBeGreaterThan(begun + 4);
  await flag.click();
  await expect.poll(time).toBeCloseTo(begun, 0);

  await flag.focus();
  await page.keyboard.press('F2');
  await page.getByLabel('Note').fill('light off');
  await page.keyboard.press('Enter');
  const changed = timeline.getByRole('button', { name: /^Bookmark at .*light off$/ });
  await changed.focus();
  await page.keyboard.press('Delete');
  await expect(changed).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(changed).toBeVisible();
});

test('[ and ] choose the epochs before and after by the keyboard, and the traces follow', async ({ page, door }) => {
  const { timeline, lanes } = await traceAndTimeline(page, door, 'steps');
  const bars = lanes.getByRole('group', { name: 'intan1' }).getByRole('button');
  await bars.first().focus();
  await page.keyboard.press(']');
  await expect(bars.nth(1)).toBeFocused();
  await expect(page.getByTestId('epoch')).toContainText('epoch 2');
  await expect(timeline.getByRole('group', { name: 'Chosen time' })).toContainText(
    'on intan1: dev_local_time, 1 epoch',
  );
  await page.keyboard.press('[');
  await expect(page.getByTestId('epoch')).toContainText('epoch 1');
  await page.keyboard.press('Escape');
  await expect(timeline.getByRole('group', { name: 'Chosen time' })).toHaveCount(0);
  await page.keyboard.press('t');
  const table = timeline.getByRole('grid', { name: 'Epochs in sight' });
  await expect(table.getByRole('row').filter({ hasText: 'intan1' })).toHaveCount(3);
  await timeline.getByLabel('Lanes of the timeline').selectOption('elements');
  await expect(lanes.getByRole('group', { name: 'cortex | 1' }).getByRole('button')).toHaveCount(3);
});
