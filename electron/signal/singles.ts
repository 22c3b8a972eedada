import type { SampleWord } from '../formats/format.ts';
import { wordRules } from './words.ts';

/** A physical formula in 32-bit arithmetic: `singleValue` of the signed word + `bias`. */
export interface SingleForm {
  readonly bias: number;
  readonly high: number;
  readonly low: number;
}

export function singleValue(number: number, high: number, low: number): number {
  return Math.fround(Math.fround(number * high) + Math.fround(number * low));
}

const known = new Map<string, SingleForm | null>();
/** Bounds the memory: a recording has a few gains, or one a channel. */
const MOST_KNOWN = 4096;

/**
 * The formula in singles that gives of every word exactly word * gain + offset, computed in doubles and rounded once; null
 * where none does, as is the case for most gains of many digits. It takes a third of the time.
 */
export function singleForm(word: SampleWord, gain: number, offset: number): SingleForm | null {
  const key = `${word} ${gain} ${offset}`;
  let form = known.get(key);
  if (form === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    form = findForm(word, gain, offset);
    known.set(key, form);
  }
  return form;
}

/**
 * The offset becomes part of the word where it is a multiple of the gain. The gain is split in two: the product of a word
 * and 8 bits is exact, and what the rest adds is so small that its rounding shows in few values, or in none.
 */
function findForm(word: SampleWord, gain: number, offset: number): SingleForm | null {
  const { bias } = wordRules[word];
  const zero = offset === 0 ? 0 : Math.round(-offset / gain);
  if (!(Math.abs(zero) < 0x10_0000)) return null;
  const high = roundedAway(gain);
  const low = Math.fround(gain - high);
  for (let signed = -32_768; signed < 32_768; signed++) {
    const value = Math.fround((signed + bias) * gain + offset);
    if (!Object.is(value, singleValue(signed + bias - zero, high, low))) return null;
  }
  return { bias: bias - zero, high, low };
}

/** To 8 significant bits, away from zero: what is left has the other sign, so that a word of 0 gives 0 and not -0. */
function roundedAway(gain: number): number {
  const single = Float32Array.of(gain);
  const bits = new Int32Array(single.buffer);
  bits[0] = ((bits[0] ?? 0) + 0xffff) & ~0xffff;
  return single[0] ?? NaN;
}
