import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';
import { canvasOf } from './support/traces.ts';

interface PlantedClock {
  readonly offset: number;
  readonly scale: number;
}

/** Times of the rows of what is visible, exported as CSV on a clock of the menu. */
async function exportedTimes(page: Page, clock: string): Promise<number[]> {
  await page.getByRole('button', { name: 'Export what is visible' }).click();
  await page.getByRole('menuitemradio', { name: clock }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Numbers (CSV)' }).click(),
  ]);
  const rows = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  return rows.filter((row) => /^-?\d/.test(row)).map((row) => Number(row.split(',')[0]));
}

test('the timeline puts all devices on the clock of one, and sets apart what nothing relates', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'one-clock'));
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  const timeline = session.getByRole('group', { name: 'Timeline of the epochs' });
  const clock = session.getByLabel('Clock of the timeline');
  await clock.selectOption('blackrock1/dev_local_time');
  await expect(session).toContainText('Each epoch of blackrock1 with all that ran during it');
  await clock.selectOption('intan1/dev_local_time');
  await expect(session).toContainText('Each epoch of intan1 with all that ran during it');
  for (const number of [1, 2, 3]) {
    const [first, second] = await Promise.all(
      ['intan1', 'blackrock1'].map((device) =>
        timeline.getByRole('button', { name: new RegExp(`^Epoch ${number} of ${device}`) }).boundingBox(),
      ),
    );
    // The second device runs from a little before to a little after the first.
    expect(Math.abs((first?.x ?? NaN) - (second?.x ?? NaN))).toBeLessThan((first?.width ?? NaN) * 0.1);
    expect(second?.x ?? NaN).not.toBe(first?.x ?? NaN);
  }
  await bothLooks(page, 'timeline-one-clock', '[data-panel-kind="session"]');

  const dataFolder = join(door.home, 'one-clock-data');
  const rules = await runProgram(['sync-rules', path, '--json'], { dataFolder });
  const [rule] = JSON.parse(rules.out.toString()) as { id: string }[];
  await runProgram(['sync-rules', path, '--remove', rule?.id ?? '', '--json'], { dataFolder });
  await door.startAgain(path);
  await clock.selectOption('intan1/dev_local_time');
  const link = timeline.getByRole('button', { name: '3 unsynchronised: show the clocks' });
  await expect(link).toHaveAttribute('title', /There is no path/);
  await screenshot(page, 'timeline-unsynchronised-dark');
  await axe(page, '[data-panel-kind="session"]');
  await page.emulateMedia({ colorScheme: 'light' });
  await screenshot(page, 'timeline-unsynchronised');
  await link.press('Enter');
  await expect(page.locator('[data-panel-kind="sync"]')).toBeVisible();
});

test('events of another device stand over the traces, and the cursor tells the time on its clock', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'other-events'));
  await door.startAgain(path);
  await page.getByRole('button', { name: 'Show the signals of the first epoch' }).click();
  const others = page.getByRole('group', { name: 'Other devices' });
  await others.getByLabel('Events of another device').selectOption('blackrock1/mk1');
  const { answer } = await demoSession();
  const [first] = (
    answer['truth'] as { epochs: { triggers: { intan1: number[] }; clocks: { blackrock1: PlantedClock } }[] }
  ).epochs;
  // The overlay's canvas lies on top and takes the pointer.
  await canvasOf(page).dblclick({ force: true });
  await expect(others.getByRole('img', { name: /in view/ })).toHaveAttribute(
    'aria-label',
    `${first?.triggers.intan1.length ?? 0} events of blackrock1/mk1 in view`,
  );
  await canvasOf(page).hover({ force: true });
  await expect(others.getByTestId('other-clocks')).toHaveText(
    /^[\d,.]+ s (± \S+ \S+ )?on dev_local_time of blackrock1$/,
  );

  // What is visible is exported on either clock: the same rows, as far apart as was planted.
  const [own, other] = [
    await exportedTimes(page, 'On the device’s own clock'),
    await exportedTimes(page, 'On dev_local_time of blackrock1'),
  ];
  expect(other).toHaveLength(own.length);
  expect(own.length).toBeGreaterThan(500);
  const { offset = NaN, scale = NaN } = first?.clocks.blackrock1 ?? {};
  for (const [at, time] of own.entries())
    expect(Math.abs((other[at] ?? NaN) - (offset + scale * time))).toBeLessThan(50e-6);
  await bothLooks(page, 'other-events', '[data-panel-kind="traces"]');
});
