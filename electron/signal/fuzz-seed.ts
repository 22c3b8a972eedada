/**
 * Of all that tests make at random: damage, properties. It is the same in every run, so that a test fails for what was
 * changed. `NDI_FUZZ_SEED=random` looks for what no run has met yet, and titles print the number, to have it again.
 */
export const testSeed = seedOf(process.env['NDI_FUZZ_SEED']);

function seedOf(given = '1'): number {
  if (given === 'random') return Date.now() % 1e9;
  const seed = Number(given);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`NDI_FUZZ_SEED is "${given}": use a whole number, or random.`);
  return seed;
}
