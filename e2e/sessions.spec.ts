import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath, hasFixtures } from '../build/testing/fixtures.ts';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, bothLooks, expect, screenshot, test } from './support/door.ts';
import { canvasOf, durationField } from './support/traces.ts';

interface Truth {
  readonly units: readonly {
    readonly sortedAs: { readonly neuron?: string };
    readonly spikes: readonly { readonly epoch: number; readonly times: readonly number[] }[];
  }[];
}

test('the page of a session says what it holds', async ({ page, door }) => {
  const path = await copyOfDemo(door.home);
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByRole('heading', { level: 1 })).toHaveText('sample-experiment');
  await expect(session).toContainText('No problems found.');
  await expect(session.getByRole('grid', { name: 'Epochs' }).getByRole('row')).toHaveCount(7);
  await expect(session.getByRole('grid', { name: 'Probes' }).getByRole('row')).toHaveCount(6);
  await expect(session.getByRole('grid', { name: 'Subjects' })).toContainText('ferret1@sample.lab');
  await expect(session.getByRole('grid', { name: 'DAQ systems' })).toContainText('ndi.daq.reader.mfdaq.intan');
  await expect(session.getByRole('group', { name: 'Timeline of the epochs' }).getByRole('button')).toHaveCount(6);
  await bothLooks(page, 'session', '[data-panel-kind="session"]');
});

test('the timeline and the tables lead to signals and documents by the keyboard', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'keyboard'));
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  const timeline = session.getByRole('group', { name: 'Timeline of the epochs' });
  const bar = (number: number, device: string) =>
    timeline.getByRole('button', { name: new RegExp(`^Epoch ${number} of ${device}`) });
  await bar(1, 'intan1').focus();
  await page.keyboard.press('ArrowDown');
  await expect(bar(1, 'blackrock1')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(bar(2, 'blackrock1')).toBeFocused();
  // Close up, the bar in focus comes into view whatever was seen before.
  const width = async () => (await bar(2, 'blackrock1').boundingBox())!.width;
  const whole = await width();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('+');
  await expect.poll(width).toBeGreaterThan(4 * whole);
  await page.keyboard.press('ArrowLeft');
  await expect(bar(1, 'blackrock1')).toBeInViewport();
  await screenshot(page, 'timeline-zoomed');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('0');
  await expect.poll(width).toBeCloseTo(whole, 0);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-panel-kind="traces"]')).toBeVisible();

  await page.getByRole('tab', { name: 'sample-experiment' }).first().click();
  await expect(session).toBeVisible();
  await session.getByRole('grid', { name: 'Subjects' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const documents = page.locator('[data-panel-kind="documents"]');
  await expect(documents.getByRole('heading', { level: 2 })).toHaveText('ferret1@sample.lab');
});

test('the page of a dataset lists its sessions and opens one', async ({ page, door }) => {
  test.skip(!hasFixtures, 'The real recordings and datasets are not on this machine.');
  const path = join(door.home, 'dataset');
  cpSync(fixturePath('ndi-dataset', 'oldDataset'), path, { recursive: true });
  await door.startAgain(path);
  const pages = page.locator('[data-panel-kind="session"]');
  await expect(pages.getByRole('heading', { level: 1 })).toHaveText('ds_demo');
  const sessions = pages.getByRole('grid', { name: 'Sessions' });
  await expect(sessions).toContainText('ingested');
  await axe(page, '[data-panel-kind="session"]');
  await sessions.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const opened = pages.filter({ has: page.getByRole('heading', { level: 1, name: 'exp_demo' }) });
  await expect(opened).toContainText('412694f69aafaba3_40dbbdf6582271b2');
  await expect(opened).toContainText('This session has no recordings');
});

test('a session that cannot be read says what to do', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'spoiled'));
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  await expect(session.getByRole('heading', { level: 1 })).toHaveText('sample-experiment');
  cpSync(join(path, 'truth.json'), join(path, '.ndi', 'did-sqlite.sqlite'));
  await session.getByRole('button', { name: 'Read again from disk' }).click();
  await expect(session.getByRole('alert')).toContainText('did-sqlite.sqlite');
  await expect(session.getByRole('button', { name: 'Try again' })).toBeVisible();
  await axe(page, '[data-panel-kind="session"]');
});

test('probes, neurons and their documents lead to their signals', async ({ page, door }) => {
  const { path, answer } = await demoSession();
  const { units } = answer['truth'] as Truth;
  const unit = units.find(({ sortedAs }) => sortedAs.neuron !== undefined)!;
  await door.startAgain(path);
  const session = page.locator('[data-panel-kind="session"]');
  const toSession = () => page.getByRole('tab', { name: 'sample-experiment', exact: true }).click();
  const traces = page.locator('[data-panel-kind="traces"]:visible');
  const shown = traces.getByTestId('epoch');

  const table = session.getByRole('grid', { name: 'Elements' });
  await expect(session.getByRole('heading', { name: 'Elements' })).toBeAttached();
  await expect(table).toHaveCount(0);
  await session.getByRole('heading', { name: 'Elements' }).scrollIntoViewIfNeeded();
  const neurons = units.filter(({ sortedAs }) => sortedAs.neuron !== undefined);
  await expect(table).toHaveAttribute('aria-rowcount', String(neurons.length + 1));
  await expect(table.getByRole('row').nth(1)).toContainText('cortex | 1');
  await table.scrollIntoViewIfNeeded();
  await bothLooks(page, 'session-elements', '[data-panel-kind="session"]');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(shown).toHaveText(`${unit.sortedAs.neuron} | 1 · epoch 1`);
  await durationField(page).fill('16 s');
  await durationField(page).press('Enter');
  const spikes = unit.spikes.find(({ epoch }) => epoch === 1)!.times.length;
  await expect(canvasOf(page)).toHaveAttribute('aria-label', new RegExp(`\\b${spikes} events`));
  await screenshot(page, 'traces-neuron-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await screenshot(page, 'traces-neuron');
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press(']');
  await expect(shown).toHaveText(`${unit.sortedAs.neuron} | 1 · epoch 2`);

  await toSession();
  await session.getByRole('button', { name: 'Show the signals of cortex | 1', exact: true }).click();
  await expect(shown).toHaveText('cortex | 1 · intan1 · epoch 1');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await screenshot(page, 'traces-probe');

  await toSession();
  await table.getByRole('row').nth(2).getByRole('button', { name: 'Show the document' }).click();
  const documents = page.locator('[data-panel-kind="documents"]');
  await expect(documents.getByRole('button', { name: 'Show its signals' })).toBeVisible();
  await screenshot(page, 'document-signals');
  await documents.getByRole('button', { name: 'Show its signals' }).press('Enter');
  await expect(shown).toHaveText(`${neurons[1]!.sortedAs.neuron} | 1 · epoch 1`);
});
