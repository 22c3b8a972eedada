import { NdiError } from '../../../../shared/model/errors.ts';
import type { TokenSource } from '../api/caller.ts';
import { CloudApi } from '../api/cloud-api.ts';
import { sessionEnded, signInNeeded } from '../api/call-errors.ts';
import type { CloudUser } from '../api/shapes.ts';
import type { CloudHttp } from '../http/cloud-http.ts';
import { authError } from './auth-errors.ts';
import { inspectToken, type TokenReport } from './token.ts';

/** What a session has to remember, and where: the memory of a process, or a store of secrets. */
export interface Credentials {
  token(): Promise<string>;
  password(): Promise<string | null>;
  keepToken(token: string): Promise<void>;
}

/**
 * One account on one server. Renews its token a minute before the end, once for all who wait, as long as it has the
 * password; the user of a session never changes.
 */
export class CloudSession implements TokenSource {
  readonly api: CloudApi;
  readonly email: string;
  readonly #http: CloudHttp;
  readonly #credentials: Credentials;
  #renewal: Promise<string> | null = null;
  #token: string | null = null;
  /** A password that was refused is not sent again: accounts are locked after some tries. */
  #refused: { readonly password: string; readonly error: unknown } | null = null;

  constructor(options: { http: CloudHttp; base: string; email: string; credentials: Credentials }) {
    this.email = options.email;
    this.#http = options.http;
    this.#credentials = options.credentials;
    this.api = new CloudApi({ http: options.http, base: options.base, tokens: this });
  }

  /** The state of its token, without asking the server. */
  async inspect(): Promise<TokenReport> {
    return this.#inspected(await this.#current());
  }

  async token(signal?: AbortSignal): Promise<string | null> {
    const token = await this.#current();
    let { state } = this.#inspected(token);
    if (state === 'expired' && !this.#http.clock.isKnown) state = await this.#stateByServer(token, signal);
    if (state === 'valid' || state === 'noExpiry') return token;
    if ((await this.#credentials.password()) === null) return state === 'expiring' ? token : null;
    try {
      return await this.#renew();
    } catch (thrown) {
      // It is good for some seconds yet, and the server may be back by then.
      if (state === 'expiring' && !isCredentialsError(thrown)) return token;
      throw thrown;
    }
  }

  async renewed(refused: string): Promise<string> {
    const token = await this.#current();
    const { state } = this.#inspected(token);
    if (token !== refused && (state === 'valid' || state === 'noExpiry')) return token;
    if ((await this.#credentials.password()) === null) {
      // The server is right about its tokens: everything that shows the account shows that its session has ended.
      await this.forget();
      throw sessionEnded(this.email);
    }
    return await this.#renew();
  }

  /**
   * Signs in with a password, and remembers the token.
   * @throws NdiError auth.*, cloud.*
   */
  async signIn(password: string, signal?: AbortSignal): Promise<CloudUser> {
    const body = { email: this.email, password };
    const { token, user } = await this.api.call('login', { body, signal }).catch((thrown: unknown) => {
      throw authError(thrown, 'signIn');
    });
    const { state, reason, claims } = this.#inspected(token);
    if (state === 'malformed' || state === 'absent') throw badToken(reason ?? 'it is missing');
    this.#mustBeSame(claims?.sub);
    this.#refused = null;
    this.#token = token;
    await this.#credentials.keepToken(token);
    return user;
  }

  /** Forgets the token. */
  async forget(): Promise<void> {
    this.#token = '';
    await this.#credentials.keepToken('');
  }

  /** The same session for one piece of long work, which never goes on as another user. */
  async pinned(): Promise<TokenSource> {
    const sub = (await this.inspect()).claims?.sub;
    const checked = (token: string) => {
      const now = this.#inspected(token).claims;
      if (sub !== undefined && now?.sub !== sub) throw otherUser(this.email, now?.email ?? 'another user');
      return token;
    };
    return {
      token: async (signal) => {
        const token = await this.token(signal);
        // Going on as nobody would make “not found” of what only this user may see.
        if (token === null && sub !== undefined) throw signInNeeded();
        return token === null ? null : checked(token);
      },
      renewed: async (refused) => checked(await this.renewed(refused)),
    };
  }

  async #current(): Promise<string> {
    this.#token ??= await this.#credentials.token();
    return this.#token;
  }

  #inspected(token: string): TokenReport {
    return inspectToken(token, this.#http.clock.nowMs());
  }

  /** A clock of this computer that is fast makes tokens look old: one cheap question tells the server's time. */
  async #stateByServer(token: string, signal?: AbortSignal): Promise<TokenReport['state']> {
    const asked: TokenSource = { token: () => Promise.resolve(token), renewed: () => Promise.reject(signInNeeded()) };
    const probe = new CloudApi({ http: this.#http, base: this.api.base, tokens: asked });
    await probe.call('getCurrentUser', { signal, retry: { tries: 1, when: 'always' } }).catch(() => undefined);
    return this.#inspected(token).state;
  }

  #renew(): Promise<string> {
    this.#renewal ??= this.#signInAgain().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #signInAgain(): Promise<string> {
    const password = await this.#credentials.password();
    if (password === null) throw signInNeeded();
    if (this.#refused?.password === password) throw this.#refused.error;
    try {
      await this.signIn(password);
    } catch (thrown) {
      if (isCredentialsError(thrown)) this.#refused = { password, error: thrown };
      throw thrown;
    }
    return await this.#current();
  }

  #mustBeSame(sub: string | undefined): void {
    const before = this.#token === null ? undefined : this.#inspected(this.#token).claims;
    if (before?.sub !== undefined && sub !== undefined && before.sub !== sub) {
      throw otherUser(before.email ?? this.email, this.email);
    }
  }
}

function isCredentialsError(thrown: unknown): boolean {
  return thrown instanceof NdiError && ['auth.credentials', 'auth.unconfirmed'].includes(thrown.code);
}

function otherUser(before: string, now: string): NdiError {
  return new NdiError({
    code: 'auth.otherUser',
    message: `This was begun as ${before}, and now ${now} is signed in.`,
    recovery: `Sign in as ${before} to go on with it.`,
    details: { before, now },
  });
}

function badToken(reason: string): NdiError {
  return new NdiError({
    code: 'cloud.badAnswer',
    message: `The server’s token cannot be used: ${reason}.`,
    recovery: 'Check the address of the server.',
  });
}
