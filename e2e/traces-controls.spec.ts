import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { runProgram } from './support/program.ts';
import { canvasOf, durationField, timeField } from './support/traces.ts';

test('a time of any clock is typed, short commands follow a colon, a probe is chosen', async ({ page, door }) => {
  const { path, answer } = await demoSession();
  const truth = answer['truth'] as { epochs: { clocks: { blackrock1: { offset: number; scale: number } } }[] };
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  const { offset, scale } = truth.epochs[0]!.clocks.blackrock1;
  await expect(page.getByRole('combobox', { name: 'Events of another device' })).toBeVisible();
  await durationField(page).fill('1 s');
  await durationField(page).press('Enter');
  await timeField(page).fill(`${(offset + scale * 5).toFixed(6)} s blackrock1`);
  await timeField(page).press('Enter');
  await expect(timeField(page)).toHaveValue(/^5\.00\d? s$/);
  // The field has the keyboard still, and the time in it is new: what is typed takes its place.
  await page.keyboard.insertText('2 s');
  await page.keyboard.press('Enter');
  await expect(timeField(page)).toHaveValue(/^2\.00\d? s$/);

  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press(':');
  const line = page.getByRole('textbox', { name: 'Short command' });
  await expect(line).toBeFocused();
  await line.fill('q 3');
  await line.press('Enter');
  await expect(page.getByText('“q” is no command.')).toBeVisible();
  await screenshot(page, 'traces-snippet');
  await axe(page, '[data-trace-view]');
  await line.fill('g 3');
  await line.press('Enter');
  await expect(line).toBeHidden();
  await expect(page.getByRole('group', { name: 'Gain' }).getByText('×3')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Traces' })).toBeFocused();
  await page.keyboard.press(':');
  await line.fill('c ai1-4');
  await line.press('Enter');
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /^4 channels/);
  await page.getByRole('combobox', { name: 'Probe' }).selectOption('cortex | 1');
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /^16 channels/);
});

test('the edges of a band of one’s own are typed in a dialog, by the keyboard alone', async ({ page, door }) => {
  const { path } = await demoSession();
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await page.getByTestId('band').press('Enter');
  const custom = page.getByRole('menuitemradio', { name: /^Custom/ });
  await expect(custom).toBeVisible();
  await custom.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Edges of the band' });
  const from = dialog.getByRole('textbox', { name: 'From' });
  await expect(from).toBeFocused();
  await page.keyboard.type('soon');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Write 300 Hz, 6 kHz, or nothing');
  await axe(page, '[role="dialog"]');
  await screenshot(page, 'traces-band-edges');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('100');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'to' })).toBeFocused();
  await page.keyboard.type('2 kHz');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const edges = page.getByRole('button', { name: 'Edges of the band: 100 Hz to 2 kHz' });
  await expect(edges).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(from).toHaveValue('100 Hz');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(edges).toBeFocused();
});

test('channels are grouped by probe: a group is shown alone and moved by keyboard, which is kept', async ({
  page,
  door,
}) => {
  const path = await copyOfDemo(join(door.home, 'groups'));
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  const channels = page.getByRole('region', { name: 'Channels' });
  const by = channels.getByRole('combobox', { name: 'Group the channels' });
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('c');
  await expect(by).toHaveValue('probe');
  const heads = channels.getByRole('button', { expanded: false }).filter({ hasText: / of / });
  await expect(heads).toHaveText([/^cortex \| 1/, /^Other channels/]);
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /cortex \| 1 \(16\)/);

  await channels.getByRole('button', { name: 'More for Other channels' }).click();
  await page.getByRole('menuitem', { name: 'Show this group only' }).click();
  await expect(canvasOf(page)).not.toHaveAttribute('aria-label', /cortex \| 1/);
  await channels.getByRole('button', { name: 'Show all of cortex | 1' }).click();
  await heads.first().press('Alt+ArrowDown');
  await expect(heads).toHaveText([/^Other channels/, /^cortex \| 1/]);
  await expect(heads.last()).toBeFocused();
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /Other channels \(\d+\), cortex \| 1 \(16\)/);
  await axe(page, '[data-trace-view]');
  await screenshot(page, 'traces-groups');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'traces-groups-dark');

  const epoch = page.getByTestId('epoch');
  const name = (await epoch.textContent())!;
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press(']');
  await expect(epoch).not.toHaveText(name);
  await expect(by).toHaveValue('type');
  await page.keyboard.press('[');
  await expect(epoch).toHaveText(name);
  await expect(by).toHaveValue('probe');
  await expect(heads).toHaveText([/^Other channels/, /^cortex \| 1/]);
});

test('shanks stand side by side, each over the whole range', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'shanks'));
  const dataFolder = join(door.home, 'shanks-data');
  mkdirSync(dataFolder, { recursive: true });
  const read = async (...rest: string[]) =>
    JSON.parse((await runProgram([...rest, '--json'], { dataFolder })).out.toString()) as unknown;
  const found = (await read('documents', path, '--class', 'probe_geometry', '--full')) as {
    documents: { base: { id: string }; probe_geometry: Record<string, unknown> }[];
  };
  const [geometry] = found.documents;
  // The sites of the sample session's probe, told to be those of two shanks.
  const changed = join(door.home, 'geometry.json');
  geometry!.probe_geometry['shank_id'] = Array.from({ length: 16 }, (_, site) => (site < 8 ? 1 : 2));
  writeFileSync(changed, JSON.stringify({ ...geometry, base: { ...geometry!.base, id: '' } }));
  const removed = await runProgram(['remove', path, geometry!.base.id, '--cascade', '--json'], { dataFolder });
  expect(removed.status).toBe(0);
  const added = await runProgram(['add', path, changed, '--json'], { dataFolder });
  expect(added.out.toString()).not.toContain('error');
  await door.startAgain(path);
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await page.getByRole('button', { name: 'Spacing, density, polarity, offset' }).click();
  await page.getByRole('menuitemradio', { name: 'Shanks side by side, by depth' }).click();
  await page.keyboard.press('Escape');
  const canvas = canvasOf(page);
  const box = (await canvas.boundingBox())!;
  // The same time lies under the same place of either shank, on other channels.
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60);
  const readout = page.getByTestId('hover-readout');
  await expect(readout).toHaveText(/ai\d+/);
  const left = (await readout.textContent()) ?? '';
  await page.mouse.move(box.x + box.width * 0.25 + (box.width + 16) / 2, box.y + 60);
  await expect(readout).not.toHaveText(left);
  const right = (await readout.textContent()) ?? '';
  const parts = (text: string) => ({ time: Number.parseFloat(text), channel: Number(/ai(\d+)/.exec(text)?.[1]) });
  expect(Math.abs(parts(left).time - parts(right).time)).toBeLessThan(0.02);
  expect(parts(right).channel - parts(left).channel).toBe(8);
  await screenshot(page, 'traces-shanks');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'traces-shanks-dark');
});
