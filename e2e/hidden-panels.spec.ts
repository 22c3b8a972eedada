import { demoSession } from './support/demo.ts';
import { expect, test } from './support/door.ts';
import { canvasOf, durationField, ink } from './support/traces.ts';

interface Session {
  readonly epochs: readonly { readonly epochId: string; readonly device: string; readonly number: number }[];
}

test('a panel that is hidden asks nothing, and shows the newest when it comes back', async ({ page, door }) => {
  const sent: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
  });
  await page.reload();
  const { path, answer } = await demoSession();
  const { epochs } = (answer['session'] ?? answer) as unknown as Session;
  const idOf = (number: number) =>
    epochs.find((epoch) => epoch.device === 'intan1' && epoch.number === number)?.epochId ?? 'none';
  const asked = (number: number) => sent.filter((text) => text.includes(idOf(number))).length;
  await door.startAgain(path);
  for (const number of [1, 2]) {
    await page.getByRole('tab', { name: 'sample-experiment' }).click();
    await page.getByRole('button', { name: new RegExp(`Epoch ${number} of intan1`) }).press('Enter');
    await expect(page.getByTestId('sharpness').locator('visible=true')).toHaveText(/raw|min\/max/);
    if (number > 1) continue;
    // Units of the hidden panel are not looked for either.
    await page.keyboard.press('u');
    await expect(page.getByRole('listbox', { name: 'Sorted units' }).getByRole('option')).toHaveCount(8);
  }
  // Neighbours are fetched in advance for a moment.
  let last = [0, 0];
  const isQuiet = () => {
    const before = last;
    last = [asked(1), asked(2)];
    return before.join() === last.join();
  };
  await expect.poll(isQuiet, { intervals: [1500] }).toBe(true);
  const [before = 0, other = 0] = last;
  expect(before).toBeGreaterThan(0);
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('PageDown');
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('+');
  await expect.poll(() => asked(2)).toBeGreaterThan(other);
  await page.waitForTimeout(500);
  expect(asked(1)).toBe(before);

  await page.getByRole('tab', { name: /intan1 · epoch 1/ }).click();
  const canvas = canvasOf(page).locator('visible=true');
  await expect.poll(async () => (await ink(canvas)).colors).toBeGreaterThan(5);
  const field = durationField(page).locator('visible=true');
  await field.fill('20 ms');
  await field.press('Enter');
  await expect.poll(() => asked(1)).toBeGreaterThan(before);
});
