import type { Sealer } from '../services/cloud/secrets.ts';
import type { KeyStoreAnswer, KeyStoreQuestion } from './data-messages.ts';

/** The data process's side of the key store: questions to the main process, and its answers. */
export class KeyStoreClient implements Sealer {
  readonly #ask: (question: KeyStoreQuestion) => void;
  readonly #waiting = new Map<number, (text: string | null) => void>();
  #lastId = 0;

  constructor(ask: (question: KeyStoreQuestion) => void) {
    this.#ask = ask;
  }

  seal(text: string): Promise<string | null> {
    return this.#question('seal', text);
  }

  unseal(sealed: string): Promise<string | null> {
    return this.#question('unseal', sealed);
  }

  answered({ id, text }: KeyStoreAnswer): void {
    this.#waiting.get(id)?.(text);
    this.#waiting.delete(id);
  }

  #question(ask: KeyStoreQuestion['ask'], text: string): Promise<string | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#ask({ type: 'keyStore', id, ask, text });
    });
  }
}
