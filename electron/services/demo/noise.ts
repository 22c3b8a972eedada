import type { Random } from './random.ts';

/** Numbers in the table from which noise is drawn: more would not be heard, fewer might. */
const TABLE = 1 << 16;

/** Background of one electrode: white amplifier noise and the slower hum of distant cells. */
export interface Noise {
  /** Adds the next samples to `out`. */
  addTo(out: Float32Array, count: number): void;
}

/**
 * Makes noise of the given standard deviations (microvolts). Drawing from a table of normal numbers with a xorshift
 * generator (Marsaglia 2003) is ten times faster than computing each number.
 */
export function createNoise(
  table: Float32Array,
  random: Random,
  sampleRate: number,
  white: number,
  slow: number,
): Noise {
  let state = (Math.floor(random.uniform() * 0x7fff_ffff) | 1) >>> 0;
  let hum = 0;
  const decay = Math.exp((-2 * Math.PI * 150) / sampleRate);
  const drive = slow * Math.sqrt(1 - decay * decay);
  return {
    addTo(out, count) {
      for (let index = 0; index < count; index++) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        hum = decay * hum + drive * (table[state & (TABLE - 1)] ?? 0);
        out[index] = (out[index] ?? 0) + hum + white * (table[state >>> 16] ?? 0);
      }
    },
  };
}

/** Normal numbers for all noises of an experiment. */
export function createNoiseTable(random: Random): Float32Array {
  return Float32Array.from({ length: TABLE }, () => random.gaussian());
}
