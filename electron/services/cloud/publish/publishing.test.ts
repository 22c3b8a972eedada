import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { crossrefLogin } from '../../../../e2e/local-cloud/crossref.ts';
import { updateRecord } from '../../../../e2e/local-cloud/routes/datasets.ts';
import { seedUser } from '../../../../e2e/local-cloud/seed.ts';
import type { LocalCloud } from '../../../../e2e/local-cloud/start.ts';
import { startTestCloud, timesAsked } from '../../../../e2e/local-cloud/testing.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { createSession } from '../../../ndi/create-session.ts';
import { PLACEHOLDER_DOI } from '../../../ndi/cloud/publish/check-list.ts';
import { newDocument } from '../../../ndi/documents/build.ts';
import { cleanUp, temporaryFolder } from '../../../ndi/testing/folders.ts';
import { createServices, type Services } from '../../services.ts';
import { DoiJournal } from './doi-journal.ts';

let local: LocalCloud;
let services: Services;
let path = '';
let datasetId = '';

beforeAll(async () => {
  local = await startTestCloud({ publishDelayMs: 0 });
  const admin = seedUser(local.cloud, { email: 'ada@example.org', isAdmin: true });
  services = createServices({ door: 'cli', dataFolder: temporaryFolder() });
  vi.stubEnv('NDI_CROSSREF_URL', `${local.cloud.origin}/_crossref`);
  vi.stubEnv('CROSSREF_USERNAME', crossrefLogin.user);
  vi.stubEnv('CROSSREF_PASSWORD', crossrefLogin.password);
  await services.cloud.accounts.signIn({ email: admin.email, password: admin.password, server: local.url });
  path = temporaryFolder();
  const subject = newDocument('subject', { 'subject.local_identifier': 'ferret22@lab.org' });
  createSession({ path, reference: 'exp1', kind: 'dataset', documents: [subject] }).close();
});
afterAll(async () => {
  await services.close();
  await local.stop();
  vi.unstubAllEnvs();
  cleanUp();
});

const state = (validate = false) => services.cloud.publishing.state(path, validate);
const checks = async () => Object.fromEntries((await state()).checks.map((check) => [check.code, check]));
const record = () =>
  JSON.parse(String(local.cloud.db.get('SELECT record FROM datasets WHERE id = ?', datasetId)?.['record'])) as Record<
    string,
    unknown
  >;
const failure = async (work: Promise<unknown>) => {
  const thrown = await work.then(() => null).catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(NdiError);
  return thrown as NdiError;
};
const described = {
  title: 'What ferrets see',
  abstract: 'Orientation tuning of cells in V1.',
  license: 'ccBy4_0',
  authors: [
    { givenName: 'Ada', familyName: 'Hodgkin', orcid: '0000-0002-1694-233X', email: '', roles: [], affiliations: [] },
  ],
  funding: [{ funder: 'NIH', awardTitle: '', awardNumber: '' }],
};

test('before the upload it is held against what the upload would send', async () => {
  const before = await checks();
  expect(before['uploaded']).toMatchObject({ state: 'missing', mend: 'sync' });
  expect(before['title']).toMatchObject({ state: 'missing', mend: 'describe', field: 'title' });
  expect(before['validator']).toMatchObject({ state: 'unknown', mend: 'validate' });
  await services.metadata.set({ path, change: { title: 'What ferrets see' } });
  expect((await checks())['title']).toMatchObject({ state: 'good' });
  const id = await services.cloud.transfers.start({ kind: 'upload', path });
  datasetId = (await services.cloud.transfers.finish(id)).cloudDatasetId;
  expect(record()).toMatchObject({ name: 'What ferrets see', numberOfSubjects: 1 });
  expect(await state()).toMatchObject({ cloudDatasetId: datasetId, state: 'draft', differing: [] });
});

test('what is missing is named and stops it; the description is sent when it is asked for', async () => {
  expect((await failure(services.cloud.publishing.act(path, 'submit'))).message).toMatch(
    /no abstract.*no license.*no author/,
  );
  expect(timesAsked(local.cloud, 'POST', /submit$/)).toBe(0);
  await services.metadata.set({ path, change: described });
  expect((await checks())['abstract']).toMatchObject({ state: 'missing', mend: 'sendDescription' });
  const sent = await services.cloud.publishing.sendDescription(path);
  expect(sent.checks.filter((check) => check.state === 'missing')).toEqual([]);
  expect(record()).toMatchObject({
    license: 'CC-BY-4.0',
    contributors: [{ firstName: 'Ada', lastName: 'Hodgkin', orcid: 'https://orcid.org/0000-0002-1694-233X' }],
    funding: [{ source: 'NIH' }],
  });
  expect(await state(true)).toMatchObject({ ready: true, differing: [] });
  expect((await services.cloud.publishing.act(path, 'submit')).state).toBe('submitted');
  expect((await services.cloud.publishing.act(path, 'publish')).state).toBe('published');
  const { cloudDatasetId } = await services.cloud.publishing.branch(path, 'revision');
  expect(await services.cloud.publishing.branches(path)).toEqual([{ id: cloudDatasetId, name: 'revision' }]);
});

test('L4: a DOI that somebody else has is not taken; the one that was chosen stays', async () => {
  const { dois } = services.cloud;
  const { crossref } = local.cloud;
  const serve = crossref.serve.bind(crossref);
  const asked: string[] = [];
  vi.spyOn(crossref, 'serve').mockImplementation((cloud, question, response, url) => {
    const [, doi] = /\/handles\/(.+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    // The first resolves already, wherever it is asked for.
    if (doi !== undefined && asked.push(doi) === 1) crossref.registered.set(doi, '0');
    return serve(cloud, question, response, url);
  });
  const { doi } = await dois.xml(path, 'data@example.org');
  expect(asked).toEqual([expect.stringMatching(/^10\.63884\/ndic\.\d{4}\.[a-z0-9]{8}$/), doi]);
  expect(asked[0]).not.toBe(doi);
  expect((await dois.xml(path, 'data@example.org')).doi).toBe(doi);
  expect(asked).toHaveLength(2);
  crossref.registered.clear();
  vi.restoreAllMocks();
});

test('L3: a placeholder stands in the way of a DOI until it is taken out', async () => {
  updateRecord(local.cloud, datasetId, { doi: PLACEHOLDER_DOI });
  expect((await checks())['doi']).toMatchObject({ state: 'missing', mend: 'removePlaceholder' });
  const expectNothingSent = watchSent();
  expect((await failure(services.cloud.dois.deposit(request('test')))).message).toMatch(/placeholder/);
  expectNothingSent();
  await services.cloud.publishing.removePlaceholder(path);
  expect((await services.cloud.dois.state(path)).obstacles).toEqual([]);
  vi.stubEnv('CROSSREF_PASSWORD', '');
  const expectNothingSentEither = watchSent();
  expect((await failure(services.cloud.dois.deposit(request('test')))).message).toMatch(/CROSSREF_USERNAME/);
  expect((await services.cloud.dois.state(path)).obstacles).toEqual([expect.stringContaining('No login at Crossref')]);
  expectNothingSentEither();
  vi.stubEnv('CROSSREF_PASSWORD', 'wrong');
  const refused = await failure(services.cloud.dois.deposit(request('test')));
  expect(refused.code).toBe('cloud.forbidden');
  expect(JSON.stringify(refused.toReport())).not.toContain('wrong');
  vi.stubEnv('CROSSREF_PASSWORD', crossrefLogin.password);
});

/** Gives the look, after a refusal, whether neither Crossref nor the record has heard of it. */
function watchSent(): () => void {
  const asked = vi.spyOn(local.cloud.crossref, 'serve');
  const before = timesAsked(local.cloud, 'POST', /^\/datasets\//);
  return () => {
    expect(asked).not.toHaveBeenCalled();
    expect(timesAsked(local.cloud, 'POST', /^\/datasets\//)).toBe(before);
    asked.mockRestore();
  };
}

test.each([
  ['a DOI that it has', { doi: '10.63884/ndic.2024.abcd1234' }, 'It has the DOI 10.63884/ndic.2024.abcd1234 already.'],
  ['an author without a surname', { contributors: [{ firstName: 'Ada' }] }, '1 of 1 authors have no surname.'],
  ['an unknown license', { license: 'mine' }, 'The license “mine” is not known.'],
  ['that it is not published', { isPublished: false }, 'It is not published.'],
])('L3: %s stands in the way of a DOI, and nothing is sent', async (_what, change, obstacle) => {
  const { dois } = services.cloud;
  const before = record();
  updateRecord(local.cloud, datasetId, change);
  const expectNothingSent = watchSent();
  for (const work of [() => dois.deposit(request('production')), () => dois.xml(path, 'data@example.org')]) {
    const { code, message } = await failure(work());
    expect([code, message]).toEqual(['usage.invalid', expect.stringContaining(obstacle)]);
  }
  expect((await dois.state(path)).obstacles).toEqual([expect.stringContaining(obstacle)]);
  expectNothingSent();
  const names = Object.keys(change);
  updateRecord(local.cloud, datasetId, Object.fromEntries(names.map((name) => [name, before[name]])));
});

const request = (system: 'test' | 'production') => ({ path, email: 'data@example.org', system });

test('L4: what Crossref refuses is told with its reason, and nothing is written; the DOI stays the chosen one', async () => {
  const { dois } = services.cloud;
  const chosen = (await dois.xml(path, 'data@example.org')).doi;
  const answers = (text: string) =>
    vi.spyOn(local.cloud.crossref, 'serve').mockImplementationOnce((_cloud, _request, response) => {
      response.end(text);
      return Promise.resolve();
    });
  const written = timesAsked(local.cloud, 'POST', /^\/datasets\//);
  answers('<h2>SUCCESS</h2>');
  const deposited = await dois.deposit(request('test'));
  expect(deposited.registration).toMatchObject({ doi: chosen, system: 'test', state: 'deposited' });
  answers('<doi_batch_diagnostic status="queued"></doi_batch_diagnostic>');
  expect((await dois.check(path)).registration?.state).toBe('deposited');
  const refusal = `<doi_batch_diagnostic status="completed"><record_diagnostic status="Failure"><doi>${chosen}</doi><msg>The prefix is not yours</msg></record_diagnostic></doi_batch_diagnostic>`;
  answers(refusal);
  const found = await dois.check(path);
  expect(found.registration).toMatchObject({ state: 'failed', doi: chosen, message: 'The prefix is not yours' });
  expect(record()['doi']).toBe('');
  expect(timesAsked(local.cloud, 'POST', /^\/datasets\//)).toBe(written);
  vi.restoreAllMocks();
});

test('L4: the test system makes no DOI; the real one does, which is written into the record', async () => {
  const deposited = await services.cloud.dois.deposit(request('test'));
  expect(deposited.registration).toMatchObject({ state: 'deposited', system: 'test' });
  const doi = deposited.registration?.doi ?? '';
  expect(doi).toMatch(/^10\.63884\/ndic\.\d{4}\.[a-z0-9]{8}$/);
  expect((await services.cloud.dois.check(path)).registration?.state).toBe('tested');
  expect(record()['doi']).toBe('');

  local.cloud.crossref.delayMs = 1e9;
  await services.cloud.dois.deposit(request('production'));
  expect((await services.cloud.dois.check(path)).registration?.state).toBe('deposited');
  local.cloud.crossref.delayMs = 0;
  // The DOI lives, but the record cannot be written: it is kept, and the next look writes it.
  local.cloud.faults.add({ route: `POST /datasets/${datasetId}`, status: 403, body: { message: 'no' } });
  expect((await failure(services.cloud.dois.check(path))).code).toBe('cloud.forbidden');
  local.cloud.faults.clear();
  expect((await services.cloud.dois.state(path)).registration).toMatchObject({ state: 'registered', doi });
  expect(await services.cloud.dois.check(path)).toMatchObject({ doi, registration: { state: 'written' } });
  expect(record()['doi']).toBe(doi);
  expect([...local.cloud.crossref.registered.keys()]).toEqual([doi]);
  expect((await failure(services.cloud.dois.deposit(request('production')))).message).toMatch(/already/);
});

test('the DOI that was chosen outlives the process; a damaged journal counts as empty', () => {
  const file = join(services.dataFolder, 'cloud', 'dois.json');
  const chosen = new DoiJournal(services.dataFolder).get(local.url, datasetId);
  expect(chosen).toMatchObject({ doi: record()['doi'], state: 'written' });
  expect(readFileSync(file, 'utf8')).not.toContain(crossrefLogin.password);
  writeFileSync(file, `{"${local.url} ${datasetId}": {"doi": 3}}`);
  expect(new DoiJournal(services.dataFolder).get(local.url, datasetId)).toBeNull();
});

test('cites by the description here with the address and DOI there; others by their id', async () => {
  const { text } = await services.cloud.citing.cite({ path });
  expect(text).toMatch(/^Hodgkin, A\. \(\d{4}\)\. What ferrets see\. NDI Cloud\. https:\/\/doi\.org\/10\.63884/);
  expect((await services.cloud.citing.cite({ cloudDatasetId: datasetId })).text).toBe(text);
  local.cloud.faults.add({ route: 'GET /datasets/*', status: 404, body: { message: 'gone' } });
  expect((await services.cloud.citing.cite({ path })).text).toContain(
    `https://www.ndi-cloud.com/datasets/${datasetId}`,
  );
  local.cloud.faults.clear();
});
