import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inTurn } from '../../files/lock-file.ts';
import { readSmallText, writeWholePrivate } from '../../files/whole-files.ts';

/** Seals text with the system's key store; null where that cannot be done. */
export interface Sealer {
  seal(text: string): Promise<string | null>;
  unseal(sealed: string): Promise<string | null>;
}

/** What is secret of an account. */
export interface Secret {
  readonly token: string;
  /** Null where it is not to be kept. */
  readonly password: string | null;
}

/** Secrets by the id of a profile. */
export interface SecretStore {
  get(id: string): Promise<Secret | null>;
  /** Gives whether it outlives this process. */
  set(id: string, secret: Secret): Promise<boolean>;
  remove(id: string): Promise<void>;
}

const secretSchema = z.object({ token: z.string(), password: z.string().nullable() });
const fileSchema = z.record(z.string(), z.unknown());

/**
 * Secrets of accounts. With a key store they lie sealed in the application's folder; without one in a file that only
 * the user can read, as in the web door and the command line, whose machines may have no key store.
 */
export function secretStore(dataFolder: string, sealer?: Sealer): SecretStore {
  if (sealer === undefined) return new FileSecrets(join(dataFolder, 'cloud-secrets.json'), plain);
  return new FileSecrets(join(dataFolder, 'cloud-secrets-sealed.json'), sealer);
}

const plain: Sealer = { seal: (text) => Promise.resolve(text), unseal: (text) => Promise.resolve(text) };

class FileSecrets implements SecretStore {
  readonly #path: string;
  readonly #sealer: Sealer;
  /** Those that the key store would not take live as long as the process. */
  readonly #unsealed = new Map<string, Secret>();

  constructor(path: string, sealer: Sealer) {
    this.#path = path;
    this.#sealer = sealer;
  }

  async get(id: string): Promise<Secret | null> {
    const unsealed = this.#unsealed.get(id);
    if (unsealed !== undefined) return unsealed;
    const sealed = this.#read()[id];
    const text = sealed === undefined ? null : await this.#sealer.unseal(sealed);
    return text === null ? null : parsed(text);
  }

  async set(id: string, secret: Secret): Promise<boolean> {
    const sealed = await this.#sealer.seal(JSON.stringify(secret));
    if (sealed === null) {
      this.#unsealed.set(id, secret);
      return false;
    }
    this.#change((kept) => ({ ...kept, [id]: sealed }));
    return true;
  }

  remove(id: string): Promise<void> {
    this.#unsealed.delete(id);
    if (id in this.#read()) {
      this.#change((kept) => Object.fromEntries(Object.entries(kept).filter(([other]) => other !== id)));
    }
    return Promise.resolve();
  }

  #read(): Record<string, string> {
    const text = readSmallText(this.#path);
    if (text === null) return {};
    // Somebody may have opened it to others since.
    if (process.platform !== 'win32') chmodSync(this.#path, 0o600);
    try {
      const rows = Object.entries(fileSchema.parse(JSON.parse(text)));
      return Object.fromEntries(rows.filter((row): row is [string, string] => typeof row[1] === 'string'));
    } catch {
      return {};
    }
  }

  /** One process at a time: the secrets of another are never lost. */
  #change(change: (kept: Record<string, string>) => Record<string, string>): void {
    inTurn(`${this.#path}.lock`, () => writeWholePrivate(this.#path, JSON.stringify(change(this.#read()))));
  }
}

function parsed(text: string): Secret | null {
  try {
    return secretSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
