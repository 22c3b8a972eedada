import type { Pace } from '../http/pace.ts';

/** Waits that take no time: the clock jumps, and what was waited is remembered. */
export class VirtualPace implements Pace {
  readonly waitedMs: number[] = [];
  /** This computer's clock minus the right time. */
  offsetMs = 0;
  #skippedMs = 0;
  readonly #random: () => number;

  constructor(random: () => number = () => 0.5) {
    this.#random = random;
  }

  now(): number {
    return Date.now() + this.offsetMs + this.#skippedMs;
  }

  random(): number {
    return this.#random();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waitedMs.push(milliseconds);
    this.#skippedMs += milliseconds;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
