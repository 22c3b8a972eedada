import type { Locator, Page } from '@playwright/test';
import type { LocalCloud } from './local-cloud/start.ts';
import { editThere, makeDataset, removeHere, storedThere } from './support/cloud-door.ts';
import { expect, test } from './support/door.ts';
import { runProgram } from './support/program.ts';
import { account, startSampleCloud } from './support/sign-in.ts';

let local: LocalCloud;

// It begins before anybody has signed in.
test.use({ doorOf: 'cloud-keyboard' });

test.beforeAll(async () => {
  local = await startSampleCloud();
});
test.afterAll(() => local.stop());

/** More stops than any window of this test has. */
const MOST_STOPS = 150;

/** Goes to a control by the Tab key alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not reach ${target.toString()}`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('everything in the cloud can be done by the keyboard alone', async ({ page, door }) => {
  const { path, ids } = makeDataset(door.home, 'keys', 4, 2000);
  const [conflicted = '', gone = ''] = ids;
  await door.startAgain(path);

  // Sign in, with another server, and choose the organization.
  await press(page, page.getByRole('banner').getByRole('button', { name: 'Sign in' }));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'E-mail address' })).toBeFocused();
  await page.keyboard.type(account.email);
  await tabTo(page, dialog.locator('input[type=password]'));
  await page.keyboard.type(account.password);
  await press(page, dialog.getByRole('combobox', { name: 'Server' }), 'ArrowDown');
  await expect(page.getByRole('option', { name: 'Another server' })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Address of the server' }));
  await page.keyboard.type(local.url);
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('combobox', { name: 'Organization' }));
  await press(page, dialog.getByRole('button', { name: 'Sign in' }));
  await expect(dialog).toBeHidden();

  // One click, the plan, the transfer.
  const session = page.locator('[data-panel-kind="session"]');
  await press(page, session.getByRole('button', { name: 'Upload to NDI Cloud' }));
  const panel = page.locator('[data-panel-kind="cloudSync"]');
  await tabTo(page, panel.getByRole('textbox', { name: 'Name in NDI Cloud' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('By the keyboard');
  await press(page, panel.getByRole('button', { name: 'Upload to NDI Cloud' }));
  const status = panel.getByRole('list', { name: 'Latest transfer' }).getByRole('status');
  const inStep = panel.getByText('Nothing to do: both sides are in step.');
  await expect(inStep).toBeVisible();
  await expect(status).toHaveText('Done');

  // A conflict.
  await runProgram(['edit', path, conflicted, 'demoNDI.value=7'], { dataFolder: door.dataFolder });
  editThere(local, conflicted, { 'demoNDI.value': 9 });
  await press(page, panel.getByRole('button', { name: 'Compare again' }));
  await press(page, panel.getByRole('checkbox', { name: 'Carry edits over' }), 'Space');
  const grid = panel.getByRole('grid', { name: 'Plan' });
  await expect(grid.getByText('Conflict')).toBeVisible();
  await press(page, grid, 'Home');
  await press(page, panel.getByRole('button', { name: 'Take the cloud’s' }));
  await press(page, panel.getByRole('button', { name: 'Carry out the plan' }));
  await expect(inStep).toBeVisible();
  const { out } = await runProgram(['documents', path, '--id', conflicted, '--full', '--json'], {
    dataFolder: door.dataFolder,
  });
  expect(JSON.parse(out.toString())).toMatchObject({ documents: [{ demoNDI: { value: 9 } }] });

  // What lost is still there.
  await press(page, panel.getByRole('button', { name: 'More with NDI Cloud' }));
  await expect(page.getByRole('menuitem', { name: 'Compare with NDI Cloud' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const lost = panel.getByRole('grid', { name: 'Replaced and deleted versions' });
  await press(page, lost, 'Home');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('The version as JSON')).toContainText('"value": 7');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await press(page, panel.getByRole('button', { name: 'Close the list of what was replaced' }));

  // A deletion, agreed to.
  removeHere(path, [gone]);
  await press(page, panel.getByRole('button', { name: 'Compare again' }));
  await press(page, panel.getByRole('checkbox', { name: 'Carry deletions over' }), 'Space');
  await expect(panel.getByRole('button', { name: 'Carry out the plan' })).toBeDisabled();
  await press(page, panel.getByRole('checkbox', { name: 'Delete them' }), 'Space');
  await press(page, panel.getByRole('button', { name: 'Carry out the plan' }));
  await expect(inStep).toBeVisible();
  expect(storedThere(local, gone)).toBeNull();

  // The check-list, and the citation.
  await press(page, panel.getByRole('button', { name: 'Publish…' }));
  const publish = page.locator('[data-panel-kind="publish"]');
  await press(page, publish.getByRole('button', { name: 'Documents are valid: Validate now' }));
  await expect(publish.getByText(/all valid/)).toBeVisible();
  await press(page, publish.getByRole('button', { name: 'Cite…' }));
  await expect(dialog.getByRole('tab', { name: 'Text' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByLabel('Citation as BibTeX')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // The dock of transfers.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Transfers with NDI');
  await page.keyboard.press('Enter');
  const dock = page.locator('[data-panel-kind="transfers"]');
  await expect(dock.getByRole('listitem').first()).toContainText('Deleted in the cloud');
  const lines = await dock.getByRole('button', { name: 'Remove from the list' }).count();
  await press(page, dock.getByRole('button', { name: 'Remove from the list' }).first());
  await expect(dock.getByRole('button', { name: 'Remove from the list' })).toHaveCount(lines - 1);
  await press(page, dock.getByRole('checkbox', { name: 'Only on this network' }), 'Space');
  await expect(dock.getByRole('checkbox', { name: 'Only on this network' })).toBeChecked();

  // Sign out: the last of the account's menu.
  await press(page, page.getByRole('button', { name: `NDI Cloud: ${account.email}` }));
  await expect(page.getByRole('menuitem', { name: 'Shared Facility' })).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'has ended' })).toBeVisible();
});
