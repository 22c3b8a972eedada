import { expect, screenshot, test } from './support/door.ts';
import { demoSession } from './support/demo.ts';
import { timeField } from './support/traces.ts';

test('the palette goes to a time of another device and finds probes; the sheet is that of the view', async ({
  page,
  door,
}) => {
  const { path, answer } = await demoSession();
  const truth = answer['truth'] as { epochs: { clocks: { blackrock1: { offset: number; scale: number } } }[] };
  const { offset, scale } = truth.epochs[0]!.clocks.blackrock1;
  await door.startAgain(path);
  const palette = page.getByRole('combobox', { name: 'Find a command, session or document' });
  await page.keyboard.press('ControlOrMeta+K');
  await palette.fill('cortex');
  await page.getByRole('option', { name: /cortex \| 1.*probe/ }).click();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);

  await page.getByRole('group', { name: 'Traces' }).focus();
  // The way to the other device's clock is asked for while the view stands.
  await expect(page.getByTestId('other-clocks')).toBeAttached();
  await page.keyboard.press('ControlOrMeta+K');
  await palette.fill('@ 0:05.5 intan1');
  await page.getByRole('option', { name: /Go to 5\.5 s/ }).click();
  await expect(timeField(page)).toHaveValue(/^5\.5/);
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('other-clocks')).toContainText('blackrock1');
  await page.keyboard.press('ControlOrMeta+K');
  await palette.fill(`@ ${offset + scale * 8} blackrock1`);
  await page.getByRole('option', { name: /Go to 8 s/ }).click();
  await expect(timeField(page)).toHaveValue(/^(8\.0|7\.999)/);

  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('?');
  const sheet = page.locator('[data-panel-kind="shortcuts"]');
  await expect(sheet.getByRole('heading', { level: 2 }).first()).toHaveText('In a trace view');
});

test('a view stands alone and comes back, a panel floats, and a kept layout is used again', async ({ page, door }) => {
  const { path } = await demoSession();
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  const run = async (command: string) => {
    // An open dialog has the keyboard for itself, also while it closes.
    await expect(page.locator('[role="dialog"]:not(.dv-resize-container)')).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Find a command, session or document' }).fill(command);
    await page.getByRole('option', { name: command }).first().click();
  };
  await session.getByRole('region', { name: 'Session sample-experiment' }).focus();
  await page.keyboard.press('ControlOrMeta+.');
  await expect(page.getByRole('contentinfo')).toBeHidden();
  await expect(page.getByRole('tab').first()).toBeHidden();
  await expect(session).toBeVisible();
  await screenshot(page, 'panel-alone');
  await page.getByRole('button', { name: 'Show everything again' }).click();
  await expect(page.getByRole('tab').first()).toBeVisible();

  await run('Keep the layout…');
  await page.getByLabel('Name').fill('only the session');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The layout “only the session” is kept')).toBeVisible();
  await run('Let the focused panel float, or dock it again');
  await expect(page.locator('.dv-resize-container [data-panel-kind="session"]')).toBeVisible();
  await screenshot(page, 'panel-floating');
  await run('Use a kept layout…');
  await page.getByRole('button', { name: 'only the session', exact: true }).click();
  await expect(page.locator('.dv-resize-container')).toHaveCount(0);
  await expect(session).toBeVisible();
});
