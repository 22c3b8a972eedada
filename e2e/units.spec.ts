import type { Page } from '@playwright/test';
import { demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { untilKept } from './support/kept.ts';
import { canvasOf, durationField, ink } from './support/traces.ts';

interface Truth {
  readonly units: readonly {
    readonly device: string;
    readonly sortedAs: { readonly neuron?: string };
    readonly spikes: readonly { readonly epoch: number; readonly times: readonly number[] }[];
  }[];
}

async function openEpoch(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).press('Enter');
  await expect(canvasOf(page)).toBeVisible();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
}

test('units are chosen by the keyboard, and stepped through spike by spike', async ({ page, door }) => {
  const { path, answer } = await demoSession();
  const truth = answer['truth'] as Truth;
  await door.startAgain(path);
  await openEpoch(page, /Epoch 1 of intan1/);
  const before = await ink(canvasOf(page));
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('u');
  const panel = page.getByTestId('unit-panel');
  const list = panel.getByRole('listbox', { name: 'Sorted units' });
  await expect(list.getByRole('option')).toHaveCount(8);
  await expect(list.getByRole('img').first()).toHaveAccessibleName(/Mean of \d+ spikes/);
  await screenshot(page, 'units-none');
  await list.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(list.getByRole('option', { selected: true })).toHaveCount(2);
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /spikes of 2 units/);
  await expect.poll(async () => (await ink(canvasOf(page))).hash).not.toBe(before.hash);
  await axe(page, '[data-trace-view]');
  await screenshot(page, 'units-light');

  // The two units that lie at the tip of the probe are the first two that were planted.
  const times = truth.units
    .slice(0, 2)
    .flatMap(({ spikes }) => spikes.find(({ epoch }) => epoch === 1)?.times ?? [])
    .sort((a, b) => a - b);
  await durationField(page).fill('40 ms');
  await durationField(page).press('Enter');
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Alt+PageDown');
  const readout = page.getByTestId('cursor-readout');
  await expect(readout).toHaveText(/s · ai\d/);
  const first = times.find((time) => time > 0.02)!;
  const shown = async () => Number(/^([\d.]+) m?s/.exec((await readout.textContent()) ?? '')?.[1]);
  const inSeconds = async () => ((await readout.textContent())?.includes(' ms') === true ? 1e-3 : 1) * (await shown());
  await expect.poll(inSeconds).toBeCloseTo(first, 4);
  await page.keyboard.press('Alt+PageDown');
  await expect.poll(inSeconds).toBeCloseTo(
    times.find((time) => time > first)!,
    4,
  );
  await page.keyboard.press('Alt+PageUp');
  await expect.poll(inSeconds).toBeCloseTo(first, 4);
  await expect(page.getByTestId('sharpness')).toHaveText('raw');
  await screenshot(page, 'units-near');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'units-near-dark');
});

test('units of another device are carried to the clock that is looked at; the split moves by the arrows', async ({
  page,
  door,
}) => {
  const { path } = await demoSession();
  await door.startAgain(path);
  await openEpoch(page, /Epoch 2 of blackrock1/);
  await page.getByRole('button', { name: 'Show or hide the sorted units' }).click();
  const panel = page.getByTestId('unit-panel');
  const units = panel.getByRole('listbox', { name: 'Sorted units' }).getByRole('option');
  await expect(units).toHaveCount(8);
  await panel.getByLabel('Filter the units').fill('cortex');
  await expect(units).toHaveCount(6);
  await expect(units.first()).toHaveAccessibleName(/cortex_1_\d, good · .*intan1/);
  await panel.getByRole('button', { name: 'Show all' }).click();
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /spikes of 6 units/);
  await panel.getByLabel('Filter the units').fill('nobody');
  await expect(panel.getByText('No unit is called so.')).toBeVisible();
  await panel.getByLabel('Filter the units').fill('');
  await panel.getByLabel('Order of the units').selectOption('rate');
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'units-dark');
  const width = (await panel.boundingBox())!.width;
  const splitter = page.getByRole('separator').last();
  await splitter.focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowLeft');
  await expect.poll(async () => (await panel.boundingBox())!.width).toBeGreaterThan(width + 10);
  // Chosen units are remembered.
  await untilKept(page, '"sort":"rate"');
  await page.reload();
  const shown = page.getByRole('listbox', { name: 'Sorted units' }).getByRole('option', { selected: true });
  await expect(shown).toHaveCount(6);
});
