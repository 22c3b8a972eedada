/** Samples without a gap among those that were read. */
interface ReadSegment {
  /** Place of its first sample among those of the answer. */
  readonly start: number;
  samples: number;
  /** Times of its first and last sample. */
  readonly t0: number;
  t1: number;
}

/** Finds the gaps between pieces of samples that follow each other in an answer, so that they are not lost in it. */
export class ReadSegments {
  readonly #rate: number;
  readonly #found: ReadSegment[] = [];

  constructor(sampleRate: number) {
    this.#rate = sampleRate;
  }

  /** A piece of samples from `t0` on. */
  add(t0: number, samples: number): void {
    if (samples === 0) return;
    const last = this.#found.at(-1);
    const t1 = t0 + (samples - 1) / this.#rate;
    if (last !== undefined && Math.abs(t0 - last.t1 - 1 / this.#rate) < 0.5 / this.#rate) {
      last.samples += samples;
      last.t1 = t1;
    } else {
      this.#found.push({ start: last === undefined ? 0 : last.start + last.samples, samples, t0, t1 });
    }
  }

  /**
   * What an answer tells of them: nothing where there is no gap.
   * @param toldTime what is told for a time of the source
   */
  told(toldTime: (time: number) => number | null = (time) => time) {
    if (this.#found.length < 2) return {};
    return { segments: this.#found.map((one) => ({ ...one, t0: toldTime(one.t0), t1: toldTime(one.t1) })) };
  }
}
