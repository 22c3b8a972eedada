import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import type { DoorProcess } from './support/door-process.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { pngSize, savedBy } from './support/saved.ts';
import { makeLongSession } from './support/long-session.ts';
import { holdUndo } from './support/offered-undo.ts';
import { chooseOnPage, openSession } from './support/session-page.ts';

async function openClocks(page: Page, door: DoorProcess, path: string): Promise<Locator> {
  await chooseOnPage(await openSession(page, door, path), 'Inspect', 'Show how the clocks are related');
  return page.locator('[data-panel-kind="sync"]');
}

test('the clocks of a session: graph, health, a link and a time both ways', async ({ page, door }) => {
  const clocks = await openClocks(page, door, await copyOfDemo(join(door.home, 'clocks')));
  await expect(clocks.locator('.react-flow__node-epoch')).toHaveCount(6);
  await clocks.locator('.react-flow__node-epoch').first().focus();
  const drawing = await savedBy(page, () => page.keyboard.press('d'));
  const svg = drawing.bytes.toString();
  expect(svg.match(/rx="6"/g)).toHaveLength(6);
  expect(svg).toContain('>blackrock1</text>');
  expect(svg).toContain('commonTriggersOverlappingEpochs');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command, session or document' }).fill('clocks as PNG');
  const picture = await savedBy(page, () => page.keyboard.press('Enter'));
  expect(pngSize(picture.bytes)?.width).toBeGreaterThan(500);
  const health = clocks.getByRole('region', { name: 'Health of the clocks' });
  await expect(health).toContainText('The clock of blackrock1 jumps 250.0');
  await expect(health).toContainText('ppm faster');

  const times = clocks.getByRole('textbox', { name: 'Time there (s)' });
  await times.first().fill('5');
  await expect(clocks.getByRole('list').filter({ hasText: 'commonTriggersOverlappingEpochs' }).first()).toBeVisible();
  await expect(clocks).toContainText(/nearest sample [\d,]+/);
  const there = Number(await times.nth(1).inputValue());
  expect(there).toBeGreaterThan(5);
  await times.nth(1).fill(String(there));
  await expect(times.first()).toHaveValue(/^(5|4\.99999\d*|5\.00000\d*)$/);
  for (const text of ['', 'soon', 'NaN', 'Infinity', '1e999']) {
    await times.first().fill(text);
    await expect(clocks).toContainText('Type a time in seconds.');
    await expect(times.nth(1)).toHaveValue('');
  }
  await times.first().fill('900');
  await expect(clocks).toContainText('The time lies outside the epoch');

  await clocks.locator('.react-flow__node-epoch').first().click();
  const epoch = clocks.getByRole('region', { name: 'Epoch', exact: true });
  await expect(epoch.getByRole('list', { name: 'Files' })).toContainText('.rhd');
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks');
});

test('the page of a session counts what is doubtful about its clocks', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'counted'));
  await door.startAgain(path);
  const health = page.locator('[data-panel-kind="session"]').getByRole('region', { name: 'Health' });
  await expect(health).toContainText('Clocks: 1 thing to fix, 6 notes');
  await screenshot(page, 'session-clock-health');
  await health.getByRole('button', { name: 'Show them' }).press('Enter');
  await expect(page.locator('[data-panel-kind="sync"]')).toContainText('jumps 250.0');
});

test('a finding leads to its link: residuals and drift, drawn and as numbers, by keyboard, in light and dark', async ({
  page,
  door,
}) => {
  const clocks = await openClocks(page, door, await copyOfDemo(join(door.home, 'drift')));
  const health = clocks.getByRole('region', { name: 'Health of the clocks' });
  const zoom = () => clocks.locator('.react-flow__viewport').getAttribute('style');
  await expect(clocks.locator('.react-flow__node-epoch')).toHaveCount(6);
  const before = await zoom();
  await health.getByRole('button', { name: /jumps/ }).first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(zoom).not.toBe(before);
  await expect(clocks.locator('[data-told]')).toHaveCount(2);
  const link = clocks.getByRole('region', { name: 'Link', exact: true });
  const residuals = link.getByRole('img', { name: /Residuals of \d+ pulses, at most [\d.]+ µs/ });
  const drift = link.getByRole('img', { name: /Drift over time, from [\d.]+ to [\d.]+ ppm/ });
  for (const plot of [residuals, drift]) {
    await expect(plot).toHaveAttribute('aria-busy', 'false');
    await expect(plot.locator('.annotation')).toContainText('jump');
  }
  for (const [kind, begin] of [
    ['Picture (PNG)', '\x89PNG'],
    ['Drawing (SVG)', '<svg'],
    ['Numbers (CSV)', '# Residuals of'],
  ] as const) {
    await link.getByRole('button', { name: 'Save the figure' }).first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: kind }).click();
    const saved = readFileSync(await (await download).path()).toString('latin1');
    expect(saved.slice(0, begin.length)).toBe(begin);
  }
  await screenshot(page, 'clocks-link');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(residuals.locator('.main-svg').first()).toHaveCSS('background-color', 'rgb(23, 26, 31)');
  await link.getByText('Values', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(link.getByRole('grid', { name: 'Pulses' })).toContainText('µs');
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks-link-dark');
  await clocks.getByText('Table', { exact: true }).click();
  await expect(clocks.getByRole('grid', { name: 'Links between clocks' }).getByRole('row')).toHaveCount(7);
  await screenshot(page, 'clocks-table-dark');
});

test('rules are tried before they are kept, by keyboard, and taken back', async ({ page, door }) => {
  const clocks = await openClocks(page, door, await copyOfDemo(join(door.home, 'rules')));
  const rules = clocks.getByRole('region', { name: 'Sync rules', exact: true });
  await rules.getByRole('button', { name: 'Remove the rule commonTriggersOverlappingEpochs' }).press('Enter');
  await expect(rules).toContainText('The session has no sync rules.');
  const health = clocks.getByRole('region', { name: 'Health of the clocks' });
  await health.getByRole('button', { name: /No path leads from blackrock1/ }).press('Enter');
  const form = clocks.getByRole('region', { name: 'Add a sync rule' });
  await expect(form.getByRole('combobox', { name: 'First device' })).toHaveValue('intan1');
  await expect(form.getByRole('combobox', { name: 'Second device' })).toHaveValue('blackrock1');

  // What is not filled in is said beside its field.
  const keep = form.getByRole('button', { name: 'Keep the rule' });
  await form.getByRole('button', { name: 'Preview' }).press('Enter');
  await expect(form).toContainText('it must be a text that is not empty');
  await expect(keep).toBeDisabled();
  await form.getByRole('combobox', { name: 'Pulse channel of the first' }).fill('dep10');
  await form.getByRole('combobox', { name: 'Pulse channel of the second' }).fill('mk9');
  await form.getByRole('button', { name: 'Preview' }).press('Enter');
  await expect(form).toContainText('mk9');
  await expect(keep).toBeDisabled();
  await form.getByRole('combobox', { name: 'Pulse channel of the second' }).fill('mk1');
  await form.getByRole('button', { name: 'Preview' }).press('Enter');
  await expect(form).toContainText('It relates 3 pairs of epochs');
  await expect(form).toContainText(/residual [\d.]+ µs, drift [\d.]+ ppm/);
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks-rule');
  await keep.press('Enter');
  const undo = await holdUndo(page);
  await expect(rules).toContainText('relates 3 pairs of epochs');
  await undo.click();
  await expect(rules).toContainText('The session has no sync rules.');
});

test('a rule about a file says why it does not apply', async ({ page, door }) => {
  const clocks = await openClocks(page, door, await copyOfDemo(join(door.home, 'filefind')));
  await clocks.getByRole('button', { name: 'Add a sync rule' }).click();
  const form = clocks.getByRole('region', { name: 'Add a sync rule' });
  await form.getByRole('combobox', { name: 'Rule' }).click();
  await page.getByRole('option', { name: 'A file with shift and scale' }).click();
  await form.getByRole('textbox', { name: /Name of the file/ }).fill('shift.txt');
  await form.getByRole('button', { name: 'Preview' }).click();
  await expect(form).toContainText('No epoch of the first device shares 1 file with one of the second.');
  await expect(form.getByRole('button', { name: 'Keep the rule' })).toBeDisabled();
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'clocks-filefind-dark');
});

test('hundreds of epochs are drawn together, and opened by keyboard', async ({ page, door }) => {
  const path = join(door.home, 'long');
  await makeLongSession(path, 320);
  const clocks = await openClocks(page, door, path);
  const boxes = clocks.locator('.react-flow__node-epoch');
  await expect(clocks).toContainText('640 clocks of epochs');
  await expect(boxes).toHaveCount(20);
  await expect(boxes.first()).toContainText('Epochs 1 to');
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks-clusters');
  const places = () => boxes.evaluateAll((all) => all.map((one) => (one as HTMLElement).style.transform));
  const picture = await places();
  await boxes.nth(3).focus();
  await page.keyboard.press('Enter');
  const up = clocks.getByRole('button', { name: 'All epochs' });
  await expect(up).toBeFocused();
  await expect(boxes.first()).toContainText('dev_local_time');
  await axe(page, '[data-panel-kind="sync"]');
  await screenshot(page, 'clocks-cluster-open');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('Enter');
  await expect(boxes.first()).toContainText('Epochs 1 to');
  expect(await places()).toEqual(picture);
  await screenshot(page, 'clocks-clusters-dark');
});
