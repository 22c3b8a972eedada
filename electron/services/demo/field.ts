import { EPOCH_SECONDS, type EpochPlan } from './plan.ts';
import { createRandom, type Random } from './random.ts';

/**
 * The slow waves that all electrodes share: two sources of rhythms, the first of which also answers to stimuli. Held at
 * 2 kHz over the epoch and a little around it, read off at any time.
 */
export interface Field {
  /** Fills the arrays with the sources' microvolts at `count` times from `from` on, `step` seconds apart. */
  read(from: number, step: number, count: number, sources: readonly Float32Array[]): void;
}

export const FIELD_SOURCES = 2;

const FIELD_RATE = 2000;
/** Seconds before and after the epoch. */
const MARGIN = 2;

/** Rhythms of a source: centre (Hz), how long a wave lasts (seconds), strength (microvolts, standard deviation). */
const rhythms = [
  { hz: 1.7, lasts: 0.5, microvolts: 38 },
  { hz: 6.5, lasts: 0.35, microvolts: 26 },
  { hz: 22, lasts: 0.1, microvolts: 9 },
  { hz: 48, lasts: 0.06, microvolts: 5 },
] as const;

export function createField(seed: number, epoch: EpochPlan): Field {
  const count = Math.round((EPOCH_SECONDS + 2 * MARGIN) * FIELD_RATE);
  const tables = Array.from({ length: FIELD_SOURCES }, (_, source) => {
    const table = new Float32Array(count);
    const random = createRandom(seed, `epoch ${epoch.number}: field ${source + 1}`);
    for (const rhythm of rhythms) addRhythm(table, rhythm, random);
    return table;
  });
  const answering = tables[0];
  if (answering !== undefined) addResponses(answering, epoch);
  return {
    read(from, step, times, sources) {
      sources.forEach((out, source) => {
        const table = tables[source] ?? answering ?? out;
        let at = (from + MARGIN) * FIELD_RATE;
        const stride = step * FIELD_RATE;
        for (let index = 0; index < times; index++, at += stride) {
          const left = Math.floor(at);
          const value = table[left] ?? 0;
          out[index] = value + ((table[left + 1] ?? value) - value) * (at - left);
        }
      });
    },
  };
}

/** A resonator that noise keeps swinging: y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2] + noise. */
function addRhythm(table: Float32Array, rhythm: (typeof rhythms)[number], random: Random): void {
  const radius = Math.exp(-1 / (rhythm.lasts * FIELD_RATE));
  const turn = 2 * radius * Math.cos((2 * Math.PI * rhythm.hz) / FIELD_RATE);
  const swing = new Float64Array(table.length);
  let before = 0;
  let last = 0;
  let power = 0;
  for (let index = 0; index < table.length; index++) {
    const value = turn * last - radius * radius * before + random.gaussian();
    swing[index] = value;
    power += value * value;
    before = last;
    last = value;
  }
  const gain = rhythm.microvolts / Math.sqrt(power / table.length);
  for (let index = 0; index < table.length; index++) table[index] = (table[index] ?? 0) + gain * (swing[index] ?? 0);
}

/** A negative wave 70 ms after each onset, a slower positive one after it; nothing for the blank. */
function addResponses(table: Float32Array, epoch: EpochPlan): void {
  for (const shown of epoch.presentations) {
    if (shown.direction === null) continue;
    const first = Math.round((shown.onset + MARGIN) * FIELD_RATE);
    for (let index = 0; index < 0.5 * FIELD_RATE; index++) {
      const t = index / FIELD_RATE;
      const wave = -95 * Math.exp(-0.5 * ((t - 0.07) / 0.016) ** 2) + 55 * Math.exp(-0.5 * ((t - 0.17) / 0.045) ** 2);
      table[first + index] = (table[first + index] ?? 0) + wave;
    }
  }
}
