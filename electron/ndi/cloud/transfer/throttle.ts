import type { Pace } from '../http/pace.ts';

/** Keeps all transfers together below a number of bytes a second. */
export class Throttle {
  readonly #pace: Pace;
  #bytesASecond: number | null = null;
  /** When the line is free again, in milliseconds. */
  #freeAt = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  get bytesASecond(): number | null {
    return this.#bytesASecond;
  }

  /** @param bytesASecond null for as fast as it goes */
  set(bytesASecond: number | null): void {
    this.#bytesASecond = bytesASecond;
    this.#freeAt = 0;
  }

  /** Waits until so many bytes may pass. */
  async pass(bytes: number, signal?: AbortSignal): Promise<void> {
    const limit = this.#bytesASecond;
    if (limit === null) return;
    const now = this.#pace.now();
    const start = Math.max(now, this.#freeAt);
    this.#freeAt = start + (bytes * 1000) / limit;
    if (start > now) await this.#pace.sleep(start - now, signal);
  }
}
