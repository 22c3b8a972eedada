import type { Credentials } from '../../ndi/cloud/account/session.ts';
import type { Secret, SecretStore } from './secrets.ts';

/** Secrets of a session that live as long as the process. */
export class MemoryCredentials implements Credentials {
  readonly isKept = false;
  #secret: Secret;

  constructor(secret: Secret) {
    this.#secret = secret;
  }

  token(): Promise<string> {
    return Promise.resolve(this.#secret.token);
  }

  password(): Promise<string | null> {
    return Promise.resolve(this.#secret.password);
  }

  keepToken(token: string): Promise<void> {
    this.#secret = { ...this.#secret, token };
    return Promise.resolve();
  }
}

/** Secrets of a profile's session, from the store. */
export class StoredCredentials implements Credentials {
  readonly #store: SecretStore;
  readonly #id: string;
  readonly #onChange: () => void;
  #secret: Secret | null = null;
  #isKept = true;

  constructor(store: SecretStore, id: string, onChange: () => void) {
    this.#store = store;
    this.#id = id;
    this.#onChange = onChange;
  }

  /** They outlive this process. */
  get isKept(): boolean {
    return this.#isKept;
  }

  async token(): Promise<string> {
    return (await this.#read()).token;
  }

  async password(): Promise<string | null> {
    return (await this.#read()).password;
  }

  async keepToken(token: string): Promise<void> {
    const secret = { ...(await this.#read()), token };
    this.#secret = secret;
    this.#isKept = await this.#store.set(this.#id, secret);
    this.#onChange();
  }

  async #read(): Promise<Secret> {
    this.#secret ??= (await this.#store.get(this.#id)) ?? { token: '', password: null };
    return this.#secret;
  }
}
