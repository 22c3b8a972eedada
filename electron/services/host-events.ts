import type { HostEvent } from '../../shared/contract/application.ts';

/** Events kept for a page that is not there yet. */
const KEPT = 20;

/** What the outside asks of the page (a second start with a path, a menu entry): one page gets each event, in order. */
export class HostEvents {
  readonly #waiting: HostEvent[] = [];
  /** The newest listener: it gets the events; a reloaded page takes over from the one before. */
  #listener: { wake: () => void } | null = null;

  send(event: HostEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > KEPT) this.#waiting.shift();
    this.#listener?.wake();
  }

  async *watch(signal?: AbortSignal): AsyncGenerator<HostEvent> {
    const me = { wake: () => {} };
    const before = this.#listener;
    this.#listener = me;
    before?.wake();
    const stop = () => me.wake();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      while (signal?.aborted !== true && this.#listener === me) {
        const event = this.#waiting.shift();
        if (event !== undefined) yield event;
        else await new Promise<void>((resolve) => (me.wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}
