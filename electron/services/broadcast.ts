/** Sends values to every listener that watches at the time; a slow listener gets the newest only. */
export class Broadcast<T> {
  readonly #listeners = new Set<(value: T) => void>();
  #soon: NodeJS.Timeout | null = null;

  send(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  /** Sends what `read` gives after a moment; what happens until then is sent with it. */
  sendSoon(read: () => T, withinMs: number): void {
    if (this.#soon !== null) return;
    this.#soon = setTimeout(() => {
      this.#soon = null;
      this.send(read());
    }, withinMs).unref();
  }

  /** Values from now on, until the signal fires. */
  async *watch(signal?: AbortSignal): AsyncGenerator<T> {
    let waiting: { value: T } | null = null;
    let wake: (() => void) | null = null;
    const listener = (value: T) => {
      waiting = { value };
      wake?.();
    };
    const stop = () => wake?.();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      while (signal?.aborted !== true) {
        const next = waiting as { value: T } | null;
        if (next !== null) {
          waiting = null;
          yield next.value;
          continue;
        }
        await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}
