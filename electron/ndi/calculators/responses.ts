/**
 * Scalar responses to stimuli (analysis reference, section 8): the mean, or the Fourier component at a frequency, of
 * what was recorded between two times. Times are seconds on one clock, frequencies Hz; a frequency of 0 is the mean.
 */

/** A stretch of time and the frequency that is looked for in it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly frequency: number;
}

export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

const NOTHING: Complex = { real: NaN, imaginary: NaN };

/**
 * Of spikes: spikes a second, or 2/duration times the sum of e^(-2 pi i f t) with t from the start of the stretch.
 * @param times rising
 * @param durationSec by which spikes are counted: that of the stimulus, also for its control
 */
export function spikeResponse(times: Float64Array, { from, to, frequency }: Stretch, durationSec = to - from): Complex {
  if (!(to > from)) return NOTHING;
  const first = firstFrom(times, from);
  let end = first;
  let [real, imaginary] = [0, 0];
  for (; end < times.length && (times[end] ?? NaN) <= to; end += 1) {
    const angle = -2 * Math.PI * frequency * ((times[end] ?? NaN) - from);
    real += Math.cos(angle);
    imaginary += Math.sin(angle);
  }
  if (frequency === 0) return { real: (end - first) / durationSec, imaginary: 0 };
  const scale = 2 / (to - from);
  return { real: scale * real, imaginary: scale * imaginary };
}

/**
 * Of samples, which come piece by piece: their mean without those that are no number, or 2/N times the sum over
 * k = 1..N of x_k e^(-2 pi i f k / rate). NaN where the samples do not reach over the whole stretch.
 */
export class SampleResponse {
  readonly #stretch: Stretch;
  readonly #sampleRate: number;
  #count = 0;
  #numbers = 0;
  #real = 0;
  #imaginary = 0;
  #reaches = { from: false, to: false };

  constructor(stretch: Stretch, sampleRate: number) {
    this.#stretch = stretch;
    this.#sampleRate = sampleRate;
  }

  /** @param times rising, and after those that came before */
  take(times: Float64Array, values: Float64Array): void {
    const { from, to, frequency } = this.#stretch;
    // A sample that stands exactly at the end of the stretch is in it.
    if ((times[0] ?? Infinity) <= from) this.#reaches.from = true;
    if ((times.at(-1) ?? -Infinity) >= to) this.#reaches.to = true;
    for (let at = firstFrom(times, from); at < times.length && (times[at] ?? NaN) <= to; at += 1) {
      const value = values[at] ?? NaN;
      this.#count += 1;
      if (frequency !== 0) {
        const angle = (-2 * Math.PI * frequency * this.#count) / this.#sampleRate;
        this.#real += value * Math.cos(angle);
        this.#imaginary += value * Math.sin(angle);
      } else if (!Number.isNaN(value)) {
        this.#numbers += 1;
        this.#real += value;
      }
    }
  }

  response(): Complex {
    if (this.#count === 0 || !this.#reaches.from || !this.#reaches.to) return NOTHING;
    if (this.#stretch.frequency === 0) return { real: this.#real / this.#numbers, imaginary: 0 };
    const scale = 2 / this.#count;
    return { real: scale * this.#real, imaginary: scale * this.#imaginary };
  }
}

/** Position of the first time that is not before one. */
function firstFrom(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? NaN) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
