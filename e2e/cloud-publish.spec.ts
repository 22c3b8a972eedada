import { updateRecord } from './local-cloud/routes/datasets.ts';
import { cloudCommand, makeDataset, test } from './support/cloud-door.ts';
import { axe, expect, screenshot } from './support/door.ts';
import { chooseOnPage, openSession, pageMenu } from './support/session-page.ts';

const described = [
  'title=What ferrets see',
  'abstract=Tuning of 50% of the cells.',
  'license=ccBy4_0',
  'authors=[{"givenName":"Ada","familyName":"Hodgkin","orcid":"0000-0002-1694-233X","email":"","roles":[],"affiliations":[]}]',
];

test('the check-list leads to what is missing, and publishes what is whole', async ({ page, door, local }) => {
  const { path } = makeDataset(door.home, 'exp1', 3);
  await chooseOnPage(await openSession(page, door, path), 'Share', 'Publish the dataset…');
  const panel = page.locator('[data-panel-kind="publish"]');
  const row = (title: string) =>
    panel.getByRole('list', { name: 'Check-list' }).getByRole('listitem').filter({ hasText: title });
  await expect(row('All is uploaded')).toContainText('not in NDI Cloud yet');
  await expect(panel.getByText('not in the cloud', { exact: true })).toBeVisible();
  await screenshot(page, 'publish-empty');
  await axe(page, '[data-panel-kind=publish]');
  await expect(panel.getByRole('button', { name: 'Submit for publication…' })).toBeDisabled();

  // Each row leads to where its thing is mended.
  await row('Abstract').getByRole('button', { name: 'Abstract: Describe' }).click();
  const description = page.locator('[data-panel-kind="metadata"]');
  await expect(description.getByRole('textbox', { name: 'Abstract' })).toBeFocused();
  await cloudCommand(local, door, ['metadata', path, ...described.flatMap((field) => ['--set', field])]);
  await cloudCommand(local, door, ['cloud', 'upload', path]);
  await page.reload();
  await page.getByRole('tab', { name: 'Publish exp1' }).click();

  await expect(row('Title')).toContainText('What ferrets see');
  await expect(row('ORCIDs')).toContainText('its check digit is right');
  await row('Documents are valid').getByRole('button', { name: 'Documents are valid: Validate now' }).click();
  await expect(row('Documents are valid')).toContainText('all valid');
  await panel.getByRole('button', { name: 'Submit for publication…' }).click();
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Submit' }).click();
  await expect(panel.getByRole('button', { name: 'Submitted' })).toBeDisabled();
  await panel.getByRole('button', { name: 'Publish…', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(panel.getByText('It can be seen by everybody.')).toBeVisible();

  // The DOI: tried at the test system, registered for good, written into the record.
  const doi = panel.getByRole('region', { name: 'DOI' });
  await doi.getByRole('textbox', { name: 'E-mail address of the depositor' }).fill('data@example.org');
  await doi.getByRole('button', { name: 'Try it at the test system' }).click();
  await expect(doi.getByRole('status')).toContainText('waits at Crossref’s test system');
  await doi.getByRole('button', { name: 'Ask what became of it' }).click();
  await expect(doi.getByRole('status')).toContainText('test system took 10.63884/ndic.');
  await doi.getByRole('button', { name: 'Register the DOI…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Register', exact: true }).click();
  await expect(doi.getByRole('status')).toContainText('waits at Crossref.');
  await doi.getByRole('button', { name: 'Ask what became of it' }).click();
  await expect(doi).toContainText('https://doi.org/10.63884/ndic.');
  await expect(row('DOI')).toContainText('10.63884/ndic.');
  await screenshot(page, 'publish-done');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, '[data-panel-kind=publish]');
  await screenshot(page, 'publish-done-dark');

  const branches = panel.getByRole('region', { name: 'Branches' });
  await branches.getByRole('textbox', { name: 'Name of a new branch' }).fill('revision');
  await page.keyboard.press('Enter');
  await expect(branches.getByRole('listitem')).toContainText('revision');

  // A description that is edited afterwards is sent when it is asked for.
  await cloudCommand(local, door, ['metadata', path, '--set', 'title=What all ferrets see']);
  await page.reload();
  await page.getByRole('tab', { name: 'Publish exp1' }).click();
  await expect(row('Description is sent')).toContainText('differs from the one in the cloud: name');
  await row('Description is sent').getByRole('button').click();
  await expect(row('Description is sent')).toContainText('has the description that is here');
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText('What all ferrets see');
});

test('the citation can be had in three formats, by the keyboard alone', async ({ page, door, local, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { path } = makeDataset(door.home, 'cited', 1);
  await cloudCommand(local, door, ['metadata', path, ...described.flatMap((field) => ['--set', field])]);
  const { cloudDatasetId } = await cloudCommand(local, door, ['cloud', 'upload', path]);
  updateRecord(local.cloud, String(cloudDatasetId), {
    doi: '10.63884/ndic.2026.abcd1234',
    createdAt: '2026-05-31T14:02:11Z',
  });
  const share = pageMenu(await openSession(page, door, path), 'Share');
  await share.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Cite the dataset…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Cite this dataset' });
  await expect(dialog.getByLabel('Citation as Text')).toHaveText(
    'Hodgkin, A. (2026). What ferrets see. NDI Cloud. https://doi.org/10.63884/ndic.2026.abcd1234',
  );
  await screenshot(page, 'citation');
  await axe(page, '[role=dialog]');
  await dialog.getByRole('tab', { name: 'Text' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByLabel('Citation as BibTeX')).toContainText('@misc{hodgkin2026,');
  await dialog.getByRole('button', { name: 'Copy' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('author = {Hodgkin, Ada}');
  await dialog.getByRole('tab', { name: 'RIS' }).click();
  await expect(dialog.getByLabel('Citation as RIS')).toContainText('DO - 10.63884/ndic.2026.abcd1234');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(share).toBeFocused();
});
