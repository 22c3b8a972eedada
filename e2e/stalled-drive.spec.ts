import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { type DoorProcess, startDoor } from './support/door-process.ts';
import { canvasOf, demoRecording, durationField, showTraces } from './support/traces.ts';

const preload = pathToFileURL(join(import.meta.dirname, 'support', 'stalling-drive.mjs')).href;

/** A door on a computer with a drive that can be cut off, and what lies there. */
async function doorWithDrive() {
  const drive = join(mkdtempSync(join(tmpdir(), 'ndi-drive-')), 'drive');
  mkdirSync(drive);
  const source = await demoRecording('.rhd');
  const recording = join(drive, basename(source));
  cpSync(source, recording);
  const door = await startDoor({ environment: { NODE_OPTIONS: `--import ${preload}`, NDI_TEST_DRIVE: drive } });
  return {
    door,
    recording,
    cutOff: () => writeFileSync(`${drive}.stalled`, ''),
    connect: () => rmSync(`${drive}.stalled`, { force: true }),
  };
}

/** What does not lie on the drive is there, long before the 20 s are over after which the drive is given up. */
async function expectOthersOpen(page: Page, door: DoorProcess): Promise<void> {
  await door.startAgain((await demoSession()).path);
  await expect(page.locator('[data-panel-kind="session"]')).toBeVisible({ timeout: 15_000 });
}

test('a drive that is cut off keeps nobody else waiting, and is read again once it is back', async ({
  page: first,
}) => {
  const { door, recording, cutOff, connect } = await doorWithDrive();
  const page = await first.context().newPage();
  try {
    await page.goto(door.address);
    await showTraces(page, door, recording);
    cutOff();
    // Right after it has answered: nothing has been asked of it in between. So few samples are never at hand already.
    await durationField(page).fill('10 ms');
    await durationField(page).press('Enter');
    await expectOthersOpen(page, door);
    await page
      .getByRole('tab', { name: basename(recording) })
      .first()
      .click();
    const alert = page.getByRole('alert').filter({ hasText: 'does not answer' }).first();
    await expect(alert).toBeVisible();
    await screenshot(page, 'stalled-drive');
    await axe(page);
    connect();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(canvasOf(page)).toBeVisible();
    await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  } finally {
    connect();
    await door.stop();
  }
});

test('what lies on a drive that is cut off is told to be out of reach when it is opened', async ({ page: first }) => {
  const { door, recording, cutOff, connect } = await doorWithDrive();
  const page = await first.context().newPage();
  try {
    await page.goto(door.address);
    cutOff();
    await door.startAgain(recording);
    await expectOthersOpen(page, door);
    const message = page.locator('.mantine-Notification-root').filter({ hasText: 'does not answer' });
    await expect(message).toBeVisible();
    connect();
    await message.getByRole('button', { name: 'Try again' }).click();
    await expect(canvasOf(page)).toBeVisible();
  } finally {
    connect();
    await door.stop();
  }
});
