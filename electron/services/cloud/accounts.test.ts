// Scenario groups A and B of NDI Cloud: tokens in use, signing in and out.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addOrganization } from '../../../e2e/local-cloud/routes/accounts.ts';
import { seedUser, type SeededUser } from '../../../e2e/local-cloud/seed.ts';
import { defaultSettings } from '../../../e2e/local-cloud/settings.ts';
import type { LocalCloud } from '../../../e2e/local-cloud/start.ts';
import { startTestCloud, timesAsked } from '../../../e2e/local-cloud/testing.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { CloudHttp } from '../../ndi/cloud/http/cloud-http.ts';
import { VirtualPace } from '../../ndi/cloud/testing/virtual-pace.ts';
import { AccountRequests } from './account-requests.ts';
import { AccountsService } from './accounts.ts';
import { secretStore } from './secrets.ts';

let local: LocalCloud;
let user: SeededUser;
let other: SeededUser;
let folder = '';
let pace: VirtualPace;

beforeAll(async () => {
  local = await startTestCloud();
  user = seedUser(local.cloud, { email: 'ada@example.org' });
  other = seedUser(local.cloud, { email: 'ben@example.org' });
});
afterAll(() => local.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-accounts-'));
  pace = new VirtualPace();
  local.cloud.faults.clear();
  local.cloud.log.length = 0;
  Object.assign(local.cloud.settings, defaultSettings);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const accountsIn = (environment: NodeJS.ProcessEnv = {}) =>
  new AccountsService({ dataFolder: folder, secrets: secretStore(folder), environment, http: new CloudHttp(pace) });

async function signedIn(who = user, more: object = {}) {
  const accounts = accountsIn();
  await accounts.signIn({ email: who.email, password: who.password, server: local.url, ...more });
  return accounts;
}

const logins = () => timesAsked(local.cloud, 'POST', /^\/auth\/login$/);
const me = (accounts: AccountsService) => accounts.session().api.call('getCurrentUser', {});
const errorOf = async (work: Promise<unknown>) => {
  const thrown = await work.then(() => null).catch((caught: unknown) => caught);
  expect(thrown).toBeInstanceOf(NdiError);
  return thrown as NdiError;
};

test('A2: a fast clock of this computer costs one cheap question, no sign-in', async () => {
  await signedIn();
  pace.offsetMs = 3_600_000 + 600_000;
  const later = accountsIn();
  local.cloud.log.length = 0;
  expect((await me(later)).email).toBe(user.email);
  expect(logins()).toBe(0);
  expect(timesAsked(local.cloud, 'GET', /^\/users\/me/)).toBe(2);
  expect(Math.round(later.http.clock.offsetMs / 60_000)).toBe(-70);
  expect((await later.account())?.state).toBe('valid');
});

test('A2: a slow clock: the server says 401, which counts; one sign-in, the call again', async () => {
  const accounts = await signedIn();
  local.cloud.settings.clockOffsetMs = 3_700_000;
  local.cloud.log.length = 0;
  expect((await me(accounts)).email).toBe(user.email);
  expect(logins()).toBe(1);
  expect(local.cloud.log.map(({ status }) => status)).toEqual([401, 200, 200]);
});

test('A2: an offset of seconds is none, one of days is not believed', async () => {
  const accounts = await signedIn();
  local.cloud.settings.clockOffsetMs = 3000;
  await me(accounts);
  expect(accounts.http.clock.offsetMs).toBe(0);
  local.cloud.settings.clockOffsetMs = 25 * 3_600_000;
  accounts.http.clock.learn(new Date(local.cloud.now()).toUTCString());
  expect([accounts.http.clock.offsetMs, accounts.http.clock.isImplausible]).toEqual([0, true]);
});

test('A3: twenty calls with an expiring token sign in once', async () => {
  local.cloud.settings.tokenLifeSec = 30;
  const accounts = await signedIn();
  local.cloud.settings.tokenLifeSec = 3600;
  local.cloud.log.length = 0;
  await Promise.all(Array.from({ length: 20 }, () => me(accounts)));
  expect(logins()).toBe(1);
  expect(new Set(local.cloud.log.map(({ status }) => status))).toEqual(new Set([200]));
});

test('A3: a refused password is sent once, and all who wait hear of it', async () => {
  local.cloud.settings.tokenLifeSec = -1;
  const accounts = await signedIn();
  local.cloud.log.length = 0;
  local.cloud.faults.add({
    route: 'POST /auth/login',
    status: 401,
    body: { message: 'Incorrect username or password.' },
  });
  const errors = await Promise.all(Array.from({ length: 20 }, () => errorOf(me(accounts))));
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['auth.credentials']));
  await errorOf(me(accounts));
  expect(logins()).toBe(1);
});

test('B1: a wrong password', async () => {
  const accounts = await signedIn();
  const wrong = errorOf(accounts.signIn({ email: user.email, password: 'wrong', server: local.url }));
  expect((await wrong).code).toBe('auth.credentials');
  expect(logins()).toBe(2);
  expect((await accounts.account())?.renews).toBe(true);
  expect((await me(accounts)).email).toBe(user.email);
});

test('B2: several organizations of one name have to be told apart, once', async () => {
  const two = seedUser(local.cloud, { email: 'two@example.org', organization: 'Lab' });
  const second = addOrganization(local.cloud, 'Lab', [two.id]);
  const accounts = accountsIn();
  const given = { email: two.email, password: two.password, server: local.url };
  const asked = await errorOf(accounts.signIn(given));
  expect(asked.code).toBe('auth.chooseOrganization');
  expect(asked.details).toMatchObject({
    organizationIds: [two.organizationId, second],
    organizationLabels: [`Lab  (${two.organizationId})`, `Lab  (${second})`],
  });
  expect(await accounts.account()).toBeNull();
  const account = await accounts.signIn({ ...given, organizationId: second });
  expect(account.organization).toEqual({ id: second, name: 'Lab' });
  expect((await accountsIn().signIn(given)).organization?.id).toBe(second);
});

test.each([
  ['missing', undefined],
  ['an empty list', []],
  ['an empty id', [{ id: '', name: 'Lab' }]],
])('B2: organizations %s', async (_what, organizations) => {
  const token = await issuedToken();
  const body = { token, user: { id: user.id, email: user.email, organizations } };
  local.cloud.faults.add({ route: 'POST /auth/login', status: 200, body });
  const accounts = accountsIn();
  const error = await errorOf(accounts.signIn({ email: user.email, password: 'x', server: local.url }));
  expect(error.code).toBe('auth.noOrganization');
  expect(await accounts.account()).toBeNull();
});

test('B2: a bare object is a list of one', async () => {
  const token = await issuedToken();
  const organizations = { id: user.organizationId, name: 'Lab', canUploadDataset: true };
  const body = { token, user: { id: user.id, email: user.email, organizations } };
  local.cloud.faults.add({ route: 'POST /auth/login', status: 200, body });
  const account = await accountsIn().signIn({ email: user.email, password: 'x', server: local.url });
  expect(account.organization?.id).toBe(user.organizationId);
});

test('B3: an account that is not confirmed, and its code', async () => {
  const email = 'new@example.org';
  const accounts = accountsIn();
  const requests = new AccountRequests(accounts);
  const server = local.url;
  await requests.create({ email, name: 'New', password: 'a long password', server });
  const signIn = () => accounts.signIn({ email, password: 'a long password', server });
  expect((await errorOf(signIn())).code).toBe('auth.unconfirmed');
  expect((await errorOf(requests.confirm({ email, code: 'no', server }))).code).toBe('auth.codeWrong');
  const codeOf = () =>
    /your code is (\d+)/.exec(local.cloud.notes.findLast((note) => note.includes(email)) ?? '')?.[1] ?? '';
  const old = codeOf();
  local.cloud.settings.clockOffsetMs = 25 * 3_600_000;
  expect((await errorOf(requests.confirm({ email, code: old, server }))).code).toBe('auth.codeExpired');
  await requests.resendCode({ email, server });
  await requests.confirm({ email, code: codeOf(), server });
  expect((await errorOf(requests.confirm({ email, code: old, server }))).code).toBe('auth.alreadyConfirmed');
  expect((await signIn()).email).toBe(email);
});

test('B4: a password reset that answers 200 with a failure has failed', async () => {
  const requests = new AccountRequests(accountsIn());
  const given = { email: user.email, code: 'no', password: 'a new long password', server: local.url };
  expect((await errorOf(requests.resetPassword(given))).code).toBe('auth.codeWrong');
  local.cloud.faults.add({ route: 'POST /auth/password/confirm', status: 200, body: { message: 'ok' }, first: 1 });
  expect(await requests.resetPassword(given)).toEqual({ done: true });
  local.cloud.faults.add({ route: 'POST /auth/password/confirm', status: 200 });
  expect(await requests.resetPassword(given)).toEqual({ done: true });
});

test('B5: the probe believes the server, not the token', async () => {
  const accounts = await signedIn();
  expect((await accounts.probe(user.email)).isGood).toBe(true);
  expect(await accounts.probe(other.email)).toMatchObject({
    isGood: false,
    reason: `the token is that of ${user.email}`,
  });
  expect((await accounts.account())?.state).toBe('absent');
});

test.each([
  ['another case', { email: 'ADA@example.org' }, true],
  ['no address', {}, true],
  ['somebody else', { email: 'eve@example.org' }, false],
])('B5: the server answers with %s', async (_what, known, isGood) => {
  const accounts = await signedIn();
  local.cloud.faults.add({ route: 'GET /users/me', status: 200, body: { id: user.id, ...known } });
  expect((await accounts.probe(null)).isGood).toBe(isGood);
});

test('B5: a revoked token is none, whatever it says of its end', async () => {
  const accounts = await signedIn(user, { remember: false });
  local.cloud.faults.add({ route: 'GET /users/me', status: 401, body: { message: 'Unauthorized' } });
  expect((await accounts.probe(null)).isGood).toBe(false);
});

test('B5: a token of the environment is used while it lives, its password only for the same user', async () => {
  const NDI_CLOUD_TOKEN = await issuedToken();
  const base = { NDI_CLOUD_URL: local.url, NDI_CLOUD_ORGANIZATION_ID: user.organizationId };
  const ofToken = accountsIn({ ...base, NDI_CLOUD_TOKEN, NDI_CLOUD_USERNAME: other.email, NDI_CLOUD_PASSWORD: 'x' });
  expect(await ofToken.account()).toMatchObject({ profile: 'environment', email: user.email, renews: false });
  const credentials = { NDI_CLOUD_USERNAME: other.email, NDI_CLOUD_PASSWORD: other.password };
  const both = accountsIn({ ...base, NDI_CLOUD_TOKEN, ...credentials });
  expect(await both.probe(other.email)).toMatchObject({ isGood: true, account: { email: other.email } });
  expect((await accountsIn({ ...base, NDI_CLOUD_TOKEN, ...credentials }).probe('eve@example.org')).isGood).toBe(false);
  const ofPassword = accountsIn({ NDI_CLOUD_URL: local.url, ...credentials });
  expect((await ofPassword.probe(null)).isGood).toBe(true);
  expect(await ofPassword.organization()).toMatchObject({ id: other.organizationId });
});

test('B6: signing out without a network forgets all and says so; again it has nothing to do', async () => {
  const accounts = await signedIn();
  local.cloud.faults.add({ route: 'POST /auth/logout', drop: 'before' });
  expect((await accounts.signOut()).warning).toContain('could not be told');
  expect(await accountsIn().account()).toMatchObject({ state: 'absent', renews: false });
  expect((await errorOf(me(accounts))).code).toBe('auth.required');
  expect(await accounts.signOut()).toEqual({ warning: null });
  expect(readFileSync(join(folder, 'cloud-secrets.json'), 'utf8')).toBe('{}');
});

test('B7: an unknown environment is a fault of the configuration, before any question', async () => {
  const accounts = accountsIn({ CLOUD_API_ENVIRONMENT: 'staging', NDI_CLOUD_USERNAME: 'a', NDI_CLOUD_PASSWORD: 'b' });
  expect((await errorOf(accounts.account())).code).toBe('cloud.configuration');
  expect((await errorOf(Promise.resolve().then(() => accounts.api()))).code).toBe('cloud.configuration');
  expect(local.cloud.log).toEqual([]);
});

test('B7: the environment’s server does not get another server’s token', async () => {
  await signedIn();
  const elsewhere = accountsIn({ CLOUD_API_ENVIRONMENT: 'dev' });
  expect(await elsewhere.account()).toBeNull();
  expect(elsewhere.api().base).toBe('https://dev-api.ndi-cloud.com/v1');
});

test('B7: changing the profile drops the token, and keeps the password', async () => {
  const accounts = await signedIn();
  await accounts.signIn({ email: other.email, password: other.password, server: local.url });
  expect(accounts.profiles.list().map(({ nickname }) => nickname)).toEqual([user.email, other.email]);
  await accounts.useProfile(user.email);
  expect((await me(accounts)).email).toBe(user.email);
  const token = secretStore(folder).get(accounts.profiles.find(other.email).id);
  expect(await token).toEqual({ token: '', password: other.password });
  await accounts.removeProfile(other.email);
  expect(await secretStore(folder).get('nobody')).toBeNull();
  expect(accounts.profiles.list()).toHaveLength(1);
});

test('a piece of work never goes on as another user', async () => {
  const accounts = await signedIn();
  const pinned = await accounts.session().pinned();
  const token = await pinned.token();
  expect(token).not.toBeNull();
  const impostor = await issuedToken(other);
  local.cloud.faults.add({
    route: 'POST /auth/login',
    status: 200,
    body: { token: impostor, user: { id: other.id, email: other.email, organizations: { id: 'x' } } },
  });
  const error = await errorOf(pinned.renewed(token ?? ''));
  expect(error.code).toBe('auth.otherUser');
  expect(error.message).toContain(user.email);
});

test('secrets lie in a file of the user alone, and in nothing else', async () => {
  const accounts = await signedIn();
  const path = join(folder, 'cloud-secrets.json');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toContain(JSON.stringify(user.password).slice(1, -1));
  const profiles = readFileSync(join(folder, 'cloud-profiles.json'), 'utf8');
  const shown = JSON.stringify([await accounts.account(), accounts.profiles.list()]) + profiles;
  const token = (await accounts.session().token()) ?? '';
  for (const secret of [user.password, token]) expect(shown).not.toContain(secret);
  const error = await errorOf(accounts.signIn({ email: user.email, password: 'my secret try', server: local.url }));
  expect(JSON.stringify([error.toReport(), String(error.cause)])).not.toContain('my secret try');
});

test('a key store that keeps nothing leaves the session to this process', async () => {
  const sealer = { seal: () => Promise.resolve(null), unseal: () => Promise.resolve(null) };
  const secrets = secretStore(folder, sealer);
  const accounts = new AccountsService({ dataFolder: folder, secrets, environment: {} });
  await accounts.signIn({ email: user.email, password: user.password, server: local.url });
  expect((await me(accounts)).email).toBe(user.email);
  const again = new AccountsService({ dataFolder: folder, secrets: secretStore(folder, sealer), environment: {} });
  expect((await again.account())?.state).toBe('absent');
});

/** A good token, as a client would have got it elsewhere. */
async function issuedToken(who = user): Promise<string> {
  const response = await fetch(`${local.url}/auth/login`, {
    method: 'POST',
    body: JSON.stringify({ email: who.email, password: who.password }),
  });
  return ((await response.json()) as { token: string }).token;
}
