const IGNORED_BELOW_MS = 5000;
const BELIEVED_UP_TO_MS = 24 * 3600 * 1000;

/** How far the server's clock is from this computer's, learnt from the Date header of every answer. */
export class ServerClock {
  readonly #now: () => number;
  #offsetMs: number | null = null;
  #implausible = false;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @param date the Date header of an answer that has just come */
  learn(date: string | undefined): void {
    const server = Date.parse(date ?? '');
    if (Number.isNaN(server)) return;
    const offset = server - this.#now();
    this.#implausible = Math.abs(offset) > BELIEVED_UP_TO_MS;
    if (this.#implausible) return;
    this.#offsetMs = Math.abs(offset) < IGNORED_BELOW_MS ? 0 : offset;
  }

  /** Whether an answer has told the server's time yet. */
  get isKnown(): boolean {
    return this.#offsetMs !== null;
  }

  /** Server minus local; 0 while unknown. */
  get offsetMs(): number {
    return this.#offsetMs ?? 0;
  }

  /** The last answer was more than a day away: one of the two clocks is wrong, and was not believed. */
  get isImplausible(): boolean {
    return this.#implausible;
  }

  /** The server's time now, as far as known. */
  nowMs(): number {
    return this.#now() + this.offsetMs;
  }
}
