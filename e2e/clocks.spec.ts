import { join } from 'node:path';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';
import { canvasOf } from './support/traces.ts';

test('the clocks of a session: graph, health, a link and a time both ways', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'clocks'));
  await door.startAgain(path);
  await page.getByRole('button', { name: 'Show the clocks' }).click();
  const clocks = page.locator('[data-panel-kind="sync"]');
  await expect(clocks.locator('.react-flow__node-epoch')).toHaveCount(6);
  const health = clocks.getByRole('region', { name: 'Health of the clocks' });
  await expect(health).toContainText('The clock of blackrock1 jumps 250.0');
  await expect(health).toContainText('ppm faster');

  const times = clocks.getByRole('textbox', { name: 'Time there (s)' });
  await times.first().fill('5');
  await expect(clocks.getByRole('list').filter({ hasText: 'commonTriggersOverlappingEpochs' })).toBeVisible();
  const there = Number(await times.nth(1).inputValue());
  expect(there).toBeGreaterThan(5);
  await times.nth(1).fill(String(there));
  await expect(times.first()).toHaveValue(/^(5|4\.99999\d*|5\.00000\d*)$/);

  await health.getByRole('button', { name: /jumps/ }).press('Enter');
  await expect(clocks.getByRole('img', { name: /Residuals of \d+ pulses/ })).toBeVisible();
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'clocks-dark');
  await clocks.getByText('Table', { exact: true }).click();
  await expect(clocks.getByRole('grid', { name: 'Links between clocks' }).getByRole('row')).toHaveCount(7);
  await screenshot(page, 'clocks-table-dark');
});

test('a rule is tried before it is kept', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'rules'));
  await door.startAgain(path);
  await page.getByRole('button', { name: 'Show the clocks' }).click();
  const clocks = page.locator('[data-panel-kind="sync"]');
  await clocks.getByRole('button', { name: 'Add a sync rule' }).click();
  const form = clocks.getByRole('region', { name: 'Add a sync rule' });
  const keep = form.getByRole('button', { name: 'Keep the rule' });
  await expect(keep).toBeDisabled();
  const channels = form.getByRole('textbox', { name: 'Pulse channel' });
  await channels.first().fill('dep10');
  await channels.nth(1).fill('mk1');
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(form).toContainText('It relates 3 pairs of epochs');
  await screenshot(page, 'clocks-rule');
  await keep.click();
  await expect(clocks).toContainText('1 rule');
});

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
  await axe(page, '[data-panel-kind="session"]');
  await screenshot(page, 'timeline-one-clock');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'timeline-one-clock-dark');

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
  const [first] = (answer['truth'] as { epochs: { triggers: { intan1: number[] } }[] }).epochs;
  // The overlay's canvas lies on top and takes the pointer.
  await canvasOf(page).dblclick({ force: true });
  await expect(others.getByRole('img', { name: /in view/ })).toHaveAttribute(
    'aria-label',
    `${first?.triggers.intan1.length ?? 0} events of blackrock1/mk1 in view`,
  );
  await canvasOf(page).hover({ force: true });
  await expect(others.getByTestId('other-clocks')).toHaveText(/^[\d,.]+ s on dev_local_time of blackrock1$/);
  await axe(page, '[data-panel-kind="traces"]');
  await screenshot(page, 'other-events');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'other-events-dark');
});
