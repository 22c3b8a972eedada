import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyOfDemo } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { untilKept } from './support/kept.ts';
import { runProgram } from './support/program.ts';
import { demoRecording, durationField, ink, showTraces, timeAt, timeField } from './support/traces.ts';

test('traces are drawn in colour, and the wheel zooms at the pointer', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await expect.poll(async () => (await ink(canvas)).colors).toBeGreaterThan(5);
  expect((await ink(canvas)).share).toBeGreaterThan(0.02);
  await screenshot(page, 'traces-light');
  await axe(page);
  const box = (await canvas.boundingBox())!;
  const before = await timeAt(page, box.x + box.width * 0.3, box.y + 60);
  const hash = (await ink(canvas)).hash;
  for (let notch = 0; notch < 5; notch += 1) await page.mouse.wheel(0, -100);
  await expect.poll(async () => (await ink(canvas)).hash).not.toBe(hash);
  const after = await timeAt(page, box.x + box.width * 0.3, box.y + 60);
  expect(Math.abs(after - before)).toBeLessThan(0.01);
});

test('a drag pans, the keyboard moves and goes back, fields take typed values', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('250 ms');
  await durationField(page).press('Enter');
  await timeField(page).fill('1 s');
  await timeField(page).press('Enter');
  await expect(durationField(page)).toHaveValue('250 ms');
  await expect(timeField(page)).toHaveValue(/^1\.0+ s$/);
  const box = (await canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.75, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.25, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await expect(timeField(page)).toHaveValue(/^1\.12[45]\d* s$/);
  await page.keyboard.press('Escape');
  await expect(timeField(page)).toHaveValue(/^1\.0+ s$/);
  await page.keyboard.press('+');
  await expect(durationField(page)).toHaveValue('166.7 ms');
  await page.keyboard.press('Home');
  await expect(timeField(page)).toHaveValue(/^0/);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('group', { name: 'Gain' }).getByText('×1.25')).toBeVisible();
  await durationField(page).fill('soon');
  await durationField(page).press('Enter');
  await expect(durationField(page)).toHaveAttribute('aria-invalid', 'true');
});

test('the cursor reads values from the keyboard and measures from a mark', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  await durationField(page).fill('20 ms');
  await durationField(page).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText('raw');
  await canvas.locator('..').locator('..').locator('..').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/ai1 .*µV/);
  await page.keyboard.press('m');
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/Δt .* · 1\/Δt .* Hz · ΔV .* µV/);
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/ai2/);
});

test('a hidden channel is not drawn, one alone is drawn alone, and both are remembered', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.rhd'));
  const count = async () => Number(/^(\d+)/.exec((await canvas.getAttribute('aria-label')) ?? '')?.[1]);
  const all = await count();
  await page.getByRole('button', { name: 'Hide ai1', exact: true }).click();
  await expect.poll(count).toBe(all - 1);
  await page.getByRole('button', { name: 'Show ai2 alone', exact: true }).click();
  await expect.poll(count).toBe(1);
  await untilKept(page, '"solo":true');
  await page.reload();
  await expect(canvas).toHaveAttribute('aria-label', /^1 channel/);
  await page.getByRole('button', { name: 'Show ai2 beside the others again' }).click();
  await page.getByRole('button', { name: 'Show ai1', exact: true }).click();
  await expect.poll(count).toBe(all);
});

test('the table holds the values that the command line reads', async ({ page, door }) => {
  const path = await demoRecording('.rhd');
  await showTraces(page, door, path);
  await durationField(page).fill('2 ms');
  await durationField(page).press('Enter');
  await timeField(page).fill('0.5 s');
  await timeField(page).press('Enter');
  await page.getByRole('button', { name: 'Show the values as a table' }).click();
  const rows = page.getByTestId('values-table').locator('tbody tr:not([aria-hidden])');
  await expect(rows.first()).toBeVisible();
  await screenshot(page, 'traces-table');
  await axe(page);
  const { out } = await runProgram(['read', path, '--channels', 'ai1', '--from', '0.5', '--to', '0.502', '--json'], {
    dataFolder: door.dataFolder,
  });
  const answer = JSON.parse(out.toString()) as { t0: number; data: number[][] };
  const shown = await rows.locator('td:nth-of-type(1)').allTextContents();
  expect(answer.data[0]!.length).toBeGreaterThan(10);
  expect(shown.slice(0, 10).map(Number)).toEqual(
    // Without the noise of scaling stored words in doubles.
    answer.data[0]!.slice(0, 10).map((value) => Number(value.toPrecision(10))),
  );
  expect(Number(await rows.first().locator('th').textContent())).toBeCloseTo(answer.t0, 6);
});

test('events have their own rows, and say what they are', async ({ page, door }) => {
  const canvas = await showTraces(page, door, await demoRecording('.ns5'));
  await expect(canvas).toHaveAttribute('aria-label', /[1-9][\d,]* events?/);
  await screenshot(page, 'traces-events');
});

test('a figure of sixteen channels is drawn under the strict content policy', async ({ page, door }) => {
  await showTraces(page, door, await demoRecording('.rhd'));
  await page.getByRole('button', { name: 'Make a figure' }).click();
  const lines = page.getByTestId('figure').locator('svg .scatterlayer path.js-line');
  await expect(lines).toHaveCount(16);
  await screenshot(page, 'traces-figure');
  for (const kind of ['PNG', 'SVG']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save as ${kind}` }).click();
    const saved = readFileSync(await (await download).path());
    expect((await download).suggestedFilename()).toMatch(new RegExp(`\\.${kind}$`, 'i'));
    expect(saved.subarray(0, 4).toString('latin1')).toBe(kind === 'PNG' ? '\x89PNG' : '<svg');
  }
  await axe(page);
});

test('a recording that vanishes leaves the picture and says so', async ({ page, door }) => {
  const folder = mkdtempSync(join(tmpdir(), 'ndi traces ü-'));
  try {
    const path = await demoRecording('.rhd', await copyOfDemo(folder));
    const canvas = await showTraces(page, door, path);
    rmSync(path);
    await page.keyboard.press('Home');
    await durationField(page).fill('10 ms');
    await durationField(page).press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 'What was read before is still shown.' })).toBeVisible();
    expect((await ink(canvas)).colors).toBeGreaterThan(5);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a band, a reference and a bookmark are set by the keyboard', async ({ page, door }) => {
  await showTraces(page, door, await demoRecording('.rhd'));
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await page.keyboard.press('r');
  await expect(page.getByTestId('band')).toHaveText('Spikes · median');
  await page.keyboard.press('b');
  await page.getByLabel('Note').fill('light on');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Bookmarks' }).click();
  await expect(page.getByRole('menuitem', { name: 'light on' })).toBeVisible();
});
