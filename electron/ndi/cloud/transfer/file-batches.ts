/** Files from this size on go by themselves: they need no archive and no memory (cloud reference, 12.5). */
export const DIRECT_BYTES = 20_000_000;
const BATCH_BYTES = 50_000_000;
const BATCH_ENTRIES = 1000;

/**
 * Batches of files for archives: repeatedly walks the remaining files in order and takes each that still fits, or the
 * first whatever its size; so a small file behind a large one may travel earlier, as in NDI-matlab.
 */
export function* fileBatches<T extends { readonly bytes: number }>(
  files: readonly T[],
  limitBytes = BATCH_BYTES,
  limitEntries = BATCH_ENTRIES,
): Generator<T[]> {
  let remaining = [...files];
  while (remaining.length > 0) {
    const batch: T[] = [];
    const left: T[] = [];
    let bytes = 0;
    for (const file of remaining) {
      const fits = batch.length === 0 || (batch.length < limitEntries && bytes + file.bytes <= limitBytes);
      if (fits && (batch.length === 0 || bytes < limitBytes)) {
        batch.push(file);
        bytes += file.bytes;
      } else left.push(file);
    }
    yield batch;
    remaining = left;
  }
}
