/** A crash after so long a calm has nothing to do with the one before it. */
const CALM_MS = 60_000;

/** Decides what to do about a process that died: start it again once; dying again soon after, it needs a person. */
export class CrashCount {
  #last = -Infinity;

  count(now: number = Date.now()): 'restart' | 'report' {
    const verdict = now - this.#last < CALM_MS ? 'report' : 'restart';
    this.#last = now;
    return verdict;
  }

  /** A person has asked for another try. */
  forget(): void {
    this.#last = -Infinity;
  }
}
