import type { HostEvent } from '../../shared/contract/application.ts';

/** Events kept for a page that is not there yet. */
const KEPT = 20;

/** What the outside asks of the page (a second start with a path, a menu entry): one page gets each event, in order. */
export class HostEvents {
  readonly #waiting: HostEvent[] = [];
  #wake: (() => void) | null = null;

  send(event: HostEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > KEPT) this.#waiting.shift();
    this.#wake?.();
  }

  /** The newest listener gets the events: a reloaded page takes over from the one before. */
  async *watch(signal?: AbortSignal): AsyncGenerator<HostEvent> {
    let mine = true;
    this.#wake?.();
    for (;;) {
      if (signal?.aborted === true || !mine) return;
      const event = this.#waiting.shift();
      if (event !== undefined) {
        yield event;
        continue;
      }
      await new Promise<void>((resolve) => {
        const wake = () => {
          mine = this.#wake === wake;
          resolve();
        };
        this.#wake = wake;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }
}
