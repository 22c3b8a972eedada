/** What waits for its moment to be kept. */
const waiting = new Set<LateSave>();

/** Keeps what changes in bursts: a moment after the last change, or at once when the window or the view is left. */
export class LateSave {
  readonly #save: () => void;
  readonly #delayMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(save: () => void, delayMs: number) {
    this.#save = save;
    this.#delayMs = delayMs;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), this.#delayMs);
    waiting.add(this);
  }

  /** Saves what waits; nothing where nothing does. */
  now(): void {
    if (!this.#forget()) return;
    this.#save();
  }

  /** Gives up what waits. */
  drop(): void {
    this.#forget();
  }

  #forget(): boolean {
    clearTimeout(this.#timer);
    return waiting.delete(this);
  }
}

/** Everything that waits is saved now. */
export function saveAllNow(): void {
  for (const late of [...waiting]) late.now();
}
