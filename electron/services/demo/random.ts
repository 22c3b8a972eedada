/** Random numbers that a seed and the name of what they are for decide: a new use of chance changes no other. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  uniform(): number;
  between(low: number, high: number): number;
  /** Mean 0, standard deviation 1. */
  gaussian(): number;
  /** A new list in random order. */
  shuffled<T>(items: readonly T[]): T[];
}

export function createRandom(seed: number, purpose: string): Random {
  let state = hash(`${seed}/${purpose}`);
  // Mulberry32 by Tommy Ettinger (public domain).
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    // Box and Muller's transform.
    gaussian: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffled(items) {
      const list = [...items];
      for (let last = list.length - 1; last > 0; last--) {
        const other = Math.floor(uniform() * (last + 1));
        [list[last], list[other]] = [list[other] as (typeof list)[0], list[last] as (typeof list)[0]];
      }
      return list;
    },
  };
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}
