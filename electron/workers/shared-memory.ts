import { sharedMemory } from '../signal/kernels.ts';

/** Memory that waits for its next use is given up after so long. */
const IDLE_MS = 3_000;
/** What is kept at most: a second of a probe of 384 channels in doubles. */
const MOST_KEPT_BYTES = 96 << 20;
const STEP_BYTES = 1 << 20;

/**
 * Memory that threads fill together, kept for a while for the next answer: the system clears fresh memory page by page
 * when it is first written, which takes as long as reading a recording into it.
 */
export class SharedMemory {
  readonly #free: WebAssembly.Memory[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** At least `bytes` bytes, with anything in them. */
  take(bytes: number): WebAssembly.Memory {
    const fits = ({ byteLength }: ArrayBuffer) => byteLength >= bytes && byteLength <= 2 * bytes + STEP_BYTES;
    const index = this.#free.findIndex(({ buffer }) => fits(buffer));
    if (index >= 0) return this.#free.splice(index, 1)[0] as WebAssembly.Memory;
    return sharedMemory(STEP_BYTES * Math.ceil(bytes / STEP_BYTES));
  }

  /** Gives back what nobody, no thread either, uses any more. What never comes back is left to the garbage collector. */
  give(memory: WebAssembly.Memory): void {
    this.#free.unshift(memory);
    while (this.keptBytes > MOST_KEPT_BYTES) this.#free.pop();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), IDLE_MS).unref();
  }

  get keptBytes(): number {
    return this.#free.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#free.length = 0;
  }
}
