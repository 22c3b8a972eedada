import type { Account, Profile, SignIn } from '../../../shared/contract/cloud.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { probe } from '../../ndi/cloud/account/probe.ts';
import { chosenOrganization, organizationLabels, organizationsOf } from '../../ndi/cloud/account/organizations.ts';
import { cloudServers, serverAddress, serverName, serverOfEnvironment } from '../../ndi/cloud/account/servers.ts';
import { CloudSession } from '../../ndi/cloud/account/session.ts';
import { signInNeeded } from '../../ndi/cloud/api/call-errors.ts';
import { CloudApi } from '../../ndi/cloud/api/cloud-api.ts';
import type { CloudUser, Organization } from '../../ndi/cloud/api/shapes.ts';
import { CloudHttp } from '../../ndi/cloud/http/cloud-http.ts';
import { Broadcast } from '../broadcast.ts';
import { environmentAccount } from './environment-account.ts';
import { MemoryCredentials, StoredCredentials } from './credentials.ts';
import { Profiles } from './profiles.ts';
import type { SecretStore } from './secrets.ts';

interface AccountsOptions {
  readonly dataFolder: string;
  readonly secrets: SecretStore;
  readonly environment?: NodeJS.ProcessEnv;
  readonly http?: CloudHttp;
}

/** A session with what is known of it besides. */
interface Current {
  readonly session: CloudSession;
  readonly server: string;
  /** Null where the environment says who. */
  readonly profile: Profile | null;
  readonly credentials: StoredCredentials | MemoryCredentials;
}

const fromEnvironment = 'environment';

/** Who is signed in where: profiles, their sessions, signing in and out. */
export class AccountsService {
  readonly profiles: Profiles;
  readonly http: CloudHttp;
  readonly #secrets: SecretStore;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #sessions = new Map<string, Current>();
  readonly #changes = new Broadcast<Account | null>();
  #environmentCurrent: { readonly current: Current; organization: Organization | null } | null | undefined;

  constructor(options: AccountsOptions) {
    this.profiles = new Profiles(options.dataFolder);
    this.http = options.http ?? new CloudHttp();
    this.#secrets = options.secrets;
    this.#environment = options.environment ?? process.env;
  }

  /**
   * The session of the current account; calls made through its `api` renew its token by themselves.
   * @throws NdiError auth.required
   */
  session(): CloudSession {
    const current = this.#current();
    if (current === null) throw signInNeeded();
    return current.session;
  }

  /** The API as the current account, or as nobody: published datasets are open. @throws NdiError cloud.configuration */
  api(): CloudApi {
    const current = this.#current();
    if (current !== null) return current.session.api;
    const nobody = { token: () => Promise.resolve(null), renewed: () => Promise.reject(signInNeeded()) };
    return new CloudApi({ http: this.http, base: this.#server(), tokens: nobody });
  }

  /**
   * The organization that the current account works in.
   * @throws NdiError auth.required, auth.noOrganization, auth.chooseOrganization
   */
  async organization(signal?: AbortSignal): Promise<{ id: string; name: string }> {
    const current = this.#current();
    if (current === null) throw signInNeeded();
    const { profile } = current;
    if (profile?.organizationId) return { id: profile.organizationId, name: profile.organizationName };
    const known = this.#environmentCurrent?.organization;
    if (known) return { id: known.id, name: known.name ?? '' };
    const user = await current.session.api.call('getCurrentUser', { signal });
    const chosen = chosenOrganization(user, this.#environment['NDI_CLOUD_ORGANIZATION_ID'] ?? null);
    if (this.#environmentCurrent) this.#environmentCurrent.organization = chosen;
    return { id: chosen.id, name: chosen.name ?? '' };
  }

  /** Who is signed in, without asking the server. @throws NdiError cloud.configuration */
  async account(): Promise<Account | null> {
    const current = this.#current();
    return current === null ? null : await this.#describe(current);
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<Account | null> {
    yield await this.account();
    yield* this.#changes.watch(signal);
  }

  /** Resolves at the next sign-in, for work that waits for it. */
  async whenSignedIn(signal?: AbortSignal): Promise<Account> {
    for await (const account of this.#changes.watch(signal)) if (account?.state === 'valid') return account;
    throw signal?.reason ?? signInNeeded();
  }

  /**
   * Signs in and makes, or renews, the profile of the account.
   * @throws NdiError auth.*, cloud.*; nothing is kept of a failure
   */
  async signIn(given: SignIn, signal?: AbortSignal): Promise<Account> {
    const named = given.nickname ? this.profiles.list().find(({ nickname }) => nickname === given.nickname) : undefined;
    const server = given.server ? serverAddress(given.server) : (named?.server ?? this.#server());
    const before = named ?? this.profiles.ofAccount(given.email, server);
    const memory = new MemoryCredentials({ token: '', password: null });
    const session = new CloudSession({ http: this.http, base: server, email: given.email, credentials: memory });
    const user = await session.signIn(given.password, signal);
    const sameAccount = before?.email === given.email && before.server === server;
    const chosenId = given.organizationId ?? (sameAccount ? before.organizationId : null);
    const organization = chosenOrganization(user, chosenId);
    const facts = {
      email: given.email,
      server,
      organizationId: organization.id,
      organizationName: organization.name ?? '',
    };
    const nickname = given.nickname || before?.nickname || this.#freeNickname(given.email, server);
    const profile = before
      ? this.profiles.change(before.id, { ...facts, nickname })
      : this.profiles.add({ ...facts, nickname });
    const password = given.remember === false ? null : given.password;
    await this.#secrets.set(profile.id, { token: await memory.token(), password });
    this.#sessions.delete(profile.id);
    // Who signs in while the environment names another account means the one that he signs in with.
    this.#environmentCurrent = null;
    this.profiles.setDefault(profile.id);
    return await this.#used(profile.id);
  }

  /** Forgets token and password, and tells the server if it can be reached. */
  async signOut(): Promise<{ warning: string | null }> {
    const current = this.#current();
    if (current === null) return { warning: null };
    const { state } = await current.session.inspect();
    const isAlive = state === 'valid' || state === 'expiring' || state === 'noExpiry';
    const told = isAlive ? await this.#tell(current.session) : null;
    if (current.profile === null) {
      this.#environmentCurrent = null;
    } else {
      await this.#secrets.remove(current.profile.id);
      this.#sessions.delete(current.profile.id);
    }
    await this.#changed();
    return { warning: told };
  }

  /**
   * Asks the server whether the current session is good; where it is not, the token is forgotten, and the user name and
   * password of the environment are tried if they are those of the wanted user.
   */
  async probe(
    wantedEmail: string | null,
    signal?: AbortSignal,
  ): Promise<{ isGood: boolean; reason: string | null; account: Account | null }> {
    const current = this.#current();
    if (current === null) return { isGood: false, reason: 'nobody is signed in', account: null };
    const found = await probe(current.session, wantedEmail, signal);
    if (!found.isGood) {
      await current.session.forget();
      if (this.#fallsBackOnEnvironment(current, wantedEmail)) return await this.probe(wantedEmail, signal);
    } else if (found.user !== null && current.profile === null) this.#noteEnvironmentUser(found.user);
    return { isGood: found.isGood, reason: found.reason, account: await this.account() };
  }

  async organizations(signal?: AbortSignal) {
    const organizations = organizationsOf(await this.session().api.call('getCurrentUser', { signal }));
    const labels = organizationLabels(organizations);
    return organizations.map(({ id, name }, i) => ({ id, name: name ?? '', label: labels[i] ?? id }));
  }

  async chooseOrganization(organizationId: string, signal?: AbortSignal): Promise<Account> {
    const current = this.#current();
    if (current === null || current.profile === null) throw signInNeeded();
    const user = await current.session.api.call('getCurrentUser', { signal });
    const { id, name } = chosenOrganization(user, organizationId);
    this.profiles.change(current.profile.id, { organizationId: id, organizationName: name ?? '' });
    this.#sessions.delete(current.profile.id);
    return await this.#used(current.profile.id);
  }

  /** Another profile; the token of the one before is dropped, its password stays. */
  async useProfile(named: string, keepToken = false): Promise<Account> {
    const before = this.#current();
    const profile = this.profiles.find(named);
    if (!keepToken && before?.profile && before.profile.id !== profile.id) await before.session.forget();
    this.#environmentCurrent = null;
    return await this.#used(profile.id);
  }

  async removeProfile(named: string): Promise<void> {
    const { id } = this.profiles.find(named);
    await this.#secrets.remove(id);
    this.#sessions.delete(id);
    this.profiles.remove(id);
    await this.#changed();
  }

  /** The server that is meant where nobody is signed in. @throws NdiError cloud.configuration */
  #server(): string {
    return serverOfEnvironment(this.#environment) ?? this.profiles.current()?.server ?? cloudServers.production;
  }

  /** An API for the open account routes of a server. */
  openApi(server?: string): CloudApi {
    const base = server ? serverAddress(server) : this.#server();
    const nobody = { token: () => Promise.resolve(null), renewed: () => Promise.reject(signInNeeded()) };
    return new CloudApi({ http: this.http, base, tokens: nobody });
  }

  #current(): Current | null {
    const wantedServer = serverOfEnvironment(this.#environment);
    if (this.#environmentCurrent === undefined) this.#environmentCurrent = this.#ofEnvironment();
    if (this.#environmentCurrent !== null) return this.#environmentCurrent.current;
    const profile = this.profiles.current();
    // A token of one service is never sent to another.
    if (profile === null || (wantedServer !== null && profile.server !== wantedServer)) return null;
    let current = this.#sessions.get(profile.id);
    if (current === undefined) {
      const credentials = new StoredCredentials(this.#secrets, profile.id, () => void this.#changed());
      current = this.#made(profile.server, profile.email, profile, credentials);
      this.#sessions.set(profile.id, current);
    }
    return current;
  }

  #fallsBackOnEnvironment(failed: Current, wantedEmail: string | null): boolean {
    const next = this.#ofEnvironment({ ...this.#environment, NDI_CLOUD_TOKEN: '' });
    const email = next?.current.session.email;
    if (email === undefined || email === failed.session.email || (wantedEmail ?? email) !== email) return false;
    this.#environmentCurrent = next;
    return true;
  }

  #ofEnvironment(environment = this.#environment) {
    const found = environmentAccount(environment, this.http.clock.nowMs());
    if (found === null) return null;
    const credentials = new MemoryCredentials(found.secret);
    const { organizationId } = found;
    const organization = organizationId === null ? null : { id: organizationId };
    return { current: this.#made(found.server, found.email, null, credentials), organization };
  }

  #made(server: string, email: string, profile: Profile | null, credentials: Current['credentials']): Current {
    const session = new CloudSession({ http: this.http, base: server, email, credentials });
    return { session, server, profile, credentials };
  }

  async #describe({ session, server, profile, credentials }: Current): Promise<Account> {
    const { state, claims, expiresAtMs } = await session.inspect();
    const organization = profile?.organizationId
      ? { id: profile.organizationId, name: profile.organizationName }
      : this.#environmentCurrent?.organization;
    return {
      profile: profile?.nickname ?? fromEnvironment,
      profileId: profile?.id ?? null,
      email: session.email,
      userId: claims?.sub ?? null,
      organization: organization ? { id: organization.id, name: organization.name ?? '' } : null,
      server,
      serverName: serverName(server),
      expiresAt: expiresAtMs === undefined ? null : new Date(expiresAtMs).toISOString(),
      state,
      clockWrong: this.http.clock.isImplausible,
      renews: (await credentials.password()) !== null,
      kept: profile !== null && credentials.isKept,
    };
  }

  async #used(id: string): Promise<Account> {
    this.profiles.use(id);
    const account = await this.account();
    this.#changes.send(account);
    if (account === null) throw signInNeeded();
    return account;
  }

  async #changed(): Promise<void> {
    this.#changes.send(await this.account());
  }

  async #tell(session: CloudSession): Promise<string | null> {
    try {
      await session.api.call('logout', { retry: { tries: 1, when: 'always' } });
      return null;
    } catch (thrown) {
      if (!(thrown instanceof NdiError)) throw thrown;
      return `Signed out here; the server could not be told: ${thrown.message}`;
    }
  }

  #noteEnvironmentUser(user: CloudUser): void {
    if (this.#environmentCurrent === null || this.#environmentCurrent === undefined) return;
    const id = this.#environmentCurrent.organization?.id;
    this.#environmentCurrent.organization = organizationsOf(user).find((one) => one.id === id) ?? null;
  }

  #freeNickname(email: string, server: string): string {
    const taken = new Set(this.profiles.list().map(({ nickname }) => nickname));
    const wanted = [email, `${email} (${serverName(server)})`];
    return wanted.find((name) => !taken.has(name)) ?? `${email} ${taken.size + 1}`;
  }
}
