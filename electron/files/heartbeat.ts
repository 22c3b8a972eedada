/**
 * Sign of life of a thread that reads files: every read that comes back is a beat. A thread whose disk or network drive
 * does not answer has none, and whoever waits for it can tell that from long work.
 */
let beats: Int32Array | null = null;

/** Where beats are counted from now on; shared with whoever waits. */
export function countBeats(counter: Int32Array | null): void {
  beats = counter;
}

export function beat(): void {
  if (beats !== null) Atomics.add(beats, 0, 1);
}
