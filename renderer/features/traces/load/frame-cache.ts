import type { ViewFrame, ViewHeader } from '../../../../shared/model/view-frame.ts';

/** Room for about twenty views of 64 channels on a wide screen. */
const BUDGET_BYTES = 48 * 1024 * 1024;

/** The frames that were loaded for one set of channels, the ones used last kept longest. */
export class FrameCache {
  readonly #budget: number;
  #frames: ViewFrame[] = [];
  #bytes = 0;

  constructor(budgetBytes = BUDGET_BYTES) {
    this.#budget = budgetBytes;
  }

  /** From the one used longest ago to the last. */
  get frames(): readonly ViewFrame[] {
    return this.#frames;
  }

  /** A sampled frame of the same range goes: the new one shows more. */
  add(frame: ViewFrame): void {
    const kept = this.#frames.filter(({ header }) => header.sampled === 0 || !isSame(header, frame.header));
    this.#frames = [...kept, frame];
    this.#bytes = this.#frames.reduce((sum, { body }) => sum + body.byteLength, 0);
    // The frame just added stays, whatever its size: it is what the view shows.
    while (this.#bytes > this.#budget && this.#frames.length > 1) {
      const [oldest, ...rest] = this.#frames;
      this.#frames = rest;
      this.#bytes -= oldest?.body.byteLength ?? 0;
    }
  }

  /** Marks frames as used just now. */
  touch(used: ReadonlySet<ViewFrame>): void {
    this.#frames = [
      ...this.#frames.filter((frame) => !used.has(frame)),
      ...this.#frames.filter((frame) => used.has(frame)),
    ];
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }
}

function isSame(a: ViewHeader, b: ViewHeader): boolean {
  return a.t0 === b.t0 && a.t1 === b.t1 && a.columns === b.columns && a.channels.length === b.channels.length;
}
