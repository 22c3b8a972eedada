import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentId } from '../shared/model/documents.ts';
import { encodeVhsb } from '../electron/formats/vhsb/writer.ts';
import { newElement, newElementEpoch } from '../electron/ndi/epochs/new-element.ts';
import { openSession } from '../electron/ndi/session.ts';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { expect, screenshot, test } from './support/door.ts';
import { canvasOf } from './support/traces.ts';

test('the crosshair of one view is shown in the other, on the clock of its device', async ({ page, door }) => {
  const { path, answer } = await demoSession();
  const truth = answer['truth'] as { epochs: { clocks: { blackrock1: { offset: number; scale: number } } }[] };
  const { offset, scale } = truth.epochs[0]!.clocks.blackrock1;
  await door.startAgain(path);
  const session = page.getByRole('tab', { name: 'sample-experiment', exact: true });
  await page.getByRole('button', { name: /Epoch 1 of intan1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await session.click();
  await page.getByRole('button', { name: /Epoch 1 of blackrock1/ }).press('Enter');
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);

  // The second view beside the first: its tab is dropped on the right half.
  const panel = page.locator('[data-panel-kind="traces"]:visible');
  const box = (await panel.boundingBox())!;
  const target = { x: box.width * 0.95, y: box.height * 0.5 };
  await page.getByRole('tab', { name: /blackrock1/ }).dragTo(panel, { targetPosition: target });
  await page.getByRole('tab', { name: /intan1/ }).click();
  await expect(canvasOf(page)).toHaveCount(2);
  const viewOf = (device: string) =>
    page.locator('[data-panel-kind="traces"]').filter({ has: page.getByTestId('epoch').filter({ hasText: device }) });
  const [first, second] = [viewOf('intan1'), viewOf('blackrock1')];
  await first.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  const seconds = async (text: Promise<string | null>) => Number(/([\d.]+) s/.exec((await text) ?? '')?.[1]);
  const linked = second.getByTestId('linked-readout');
  await expect(linked).toBeVisible();
  const here = await seconds(first.getByTestId('cursor-readout').textContent());
  expect(await seconds(linked.textContent())).toBeCloseTo(offset + scale * here, 1);
  await screenshot(page, 'traces-linked');
});

test('an element whose samples the session stores is opened as traces', async ({ page, door }) => {
  const path = await copyOfDemo(join(door.home, 'derived'));
  const session = openSession(path, { writable: true });
  const element = newElement({
    ...{ name: 'speed', reference: 1, type: 'timeseries', className: 'ndi.element.timeseries' },
    ...{ subjectId: session.documents({ isa: 'subject' })[0]!.id, underlyingId: '' },
  });
  const file = join(door.home, 'speed.vhsb');
  const times = Float64Array.from({ length: 1000 }, (_, at) => at / 100);
  writeFileSync(file, encodeVhsb(times, [times.map((time) => Math.sin(time)), times.map((time) => Math.cos(time))]));
  const clocks = [{ type: 'dev_local_time', t0: 0, t1: 9.99 } as const];
  const epoch = newElementEpoch({ elementId: documentId(element), epochId: 'walk', clocks, file });
  session.addDocuments([element, epoch]);
  session.close();

  await door.startAgain(path);
  const panel = page.locator('[data-panel-kind="session"]');
  await panel.getByRole('heading', { name: 'Elements' }).scrollIntoViewIfNeeded();
  const row = panel.getByRole('grid', { name: 'Elements' }).getByRole('row').filter({ hasText: 'speed' });
  await row.dblclick();
  await expect(page.getByTestId('sharpness')).toHaveText(/raw|min\/max/);
  await expect(canvasOf(page)).toHaveAttribute('aria-label', /^2 channels from .* \(10(\.\d+)? s\)/);
  await page.getByRole('group', { name: 'Traces' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByTestId('cursor-readout')).toHaveText(/ai1/);
  await screenshot(page, 'traces-derived');
});
