import { authError } from '../../ndi/cloud/account/auth-errors.ts';
import type { AccountsService } from './accounts.ts';

const done = { done: true } as const;
type Server = string | undefined;

/** What people do about their accounts besides signing in; the first five work signed out. */
export class AccountRequests {
  readonly #accounts: AccountsService;

  constructor(accounts: AccountsService) {
    this.#accounts = accounts;
  }

  async create(given: { email: string; name: string; password: string; server?: Server }, signal?: AbortSignal) {
    const { email, name, password } = given;
    const api = this.#accounts.openApi(given.server);
    await api.call('createUser', { body: { email, name, password }, signal }).catch(asAuth('signIn'));
    return done;
  }

  async resendCode({ email, server }: { email: string; server?: Server }, signal?: AbortSignal) {
    const api = this.#accounts.openApi(server);
    await api.call('resendConfirmation', { body: { email }, signal }).catch(asAuth('confirm'));
    return done;
  }

  async confirm({ email, code, server }: { email: string; code: string; server?: Server }, signal?: AbortSignal) {
    const api = this.#accounts.openApi(server);
    await api.call('verifyUser', { body: { email, confirmationCode: code }, signal }).catch(asAuth('confirm'));
    return done;
  }

  async forgotPassword({ email, server }: { email: string; server?: Server }, signal?: AbortSignal) {
    await this.#accounts.openApi(server).call('forgotPassword', { body: { email }, signal }).catch(asAuth('password'));
    return done;
  }

  async resetPassword(given: { email: string; code: string; password: string; server?: Server }, signal?: AbortSignal) {
    const body = { email: given.email, confirmationCode: given.code, newPassword: given.password };
    await this.#accounts.openApi(given.server).call('confirmPassword', { body, signal }).catch(asAuth('password'));
    return done;
  }

  async changePassword(given: { oldPassword: string; newPassword: string }, signal?: AbortSignal) {
    await this.#accounts.session().api.call('changePassword', { body: given, signal }).catch(asAuth('password'));
    return done;
  }
}

function asAuth(route: Parameters<typeof authError>[1]): (thrown: unknown) => never {
  return (thrown) => {
    throw authError(thrown, route);
  };
}
