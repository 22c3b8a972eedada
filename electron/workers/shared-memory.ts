import { sharedMemory } from '../signal/kernels.ts';

/** What is kept: a second of a probe of 384 channels in doubles, and what the threads need beside it. */
const KEPT_BYTES = 96 << 20;

/** Memory of the kernels, which decode in it straight to where the values belong; or other memory, to copy them to. */
export type FilledMemory = WebAssembly.Memory | SharedArrayBuffer;

export function bufferOf(memory: FilledMemory): ArrayBufferLike {
  return memory instanceof SharedArrayBuffer ? memory : memory.buffer;
}

/**
 * Memory that threads fill together. One piece is kept for the next answer: the system clears fresh memory page by page
 * when it is first written, which takes as long as reading a recording into it. It is never given up, since no garbage
 * collector is in a hurry with memory of kernels; whoever wants more, or wants some while it is taken, gets other memory.
 */
export class SharedMemory {
  #kept: WebAssembly.Memory | undefined;
  #usedBytes = 0;
  #isTaken = false;

  /** At least `bytes` bytes, with anything in them. */
  take(bytes: number): FilledMemory {
    if (this.#isTaken || bytes > KEPT_BYTES) return new SharedArrayBuffer(bytes);
    this.#isTaken = true;
    this.#usedBytes = Math.max(this.#usedBytes, bytes);
    return (this.#kept ??= sharedMemory(KEPT_BYTES));
  }

  /** Gives back what nobody, no thread either, uses any more. What never comes back is not used again. */
  give(memory: FilledMemory): void {
    if (memory === this.#kept) this.#isTaken = false;
  }

  /** What was ever written to of the memory that is kept: the rest the system has not given yet. */
  get keptBytes(): number {
    return this.#usedBytes;
  }
}
