import { stat } from 'node:fs/promises';
import { whenOver } from '../files/when-over.ts';

/** A drive that answers does so at once; one that does not must not keep a list waiting. */
const LIMIT_MS = 500;
/** Each call that never comes back holds one of the system's four threads for files: others need theirs. */
const MOST_HUNG = 1;

/**
 * Looks which of some paths are there without ever waiting for a drive that does not answer: what lies on such a one is
 * not there for now.
 */
export class Presence {
  readonly #look: (path: string) => Promise<unknown>;
  readonly #limitMs: number;
  readonly #hung = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(look: (path: string) => Promise<unknown> = stat, limitMs = LIMIT_MS) {
    this.#look = look;
    this.#limitMs = limitMs;
  }

  /** Questions wait for each other: one that is just being answered must not be taken for one that hangs. */
  of(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const found = this.#last.then(() => this.#of(paths));
    this.#last = found;
    return found;
  }

  async #of(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const there = new Set<string>();
    // One after the other: a drive that hangs is met once, and not by all threads at the same time.
    for (const path of paths) if (await this.#isThere(path)) there.add(path);
    return there;
  }

  async #isThere(path: string): Promise<boolean> {
    if (this.#hung.size >= MOST_HUNG) return false;
    this.#hung.add(path);
    const answer = this.#look(path).then(
      () => true,
      () => false,
    );
    void answer.then(() => this.#hung.delete(path));
    const late = Promise.withResolvers<false>();
    const takeBack = whenOver(this.#limitMs, () => late.resolve(false));
    const found = await Promise.race([answer, late.promise]);
    takeBack();
    return found;
  }
}
