/** Steps of different length that are told apart; of more, those that came first tell the median. */
const MOST_STEPS = 1 << 18;

/** The steps of a growing list of times: whether they are even, and their median. */
export class StepCount {
  samples = 0;
  first = 0;
  #last = NaN;
  #lastStep = NaN;
  #isUneven = false;
  readonly #counts = new Map<number, number>();

  /** By the rule that NDI means (its MATLAB writer forgets the sign of the difference). */
  get areEven(): boolean {
    return this.samples > 3 && !this.#isUneven;
  }

  add(times: ArrayLike<number>): void {
    for (let at = 0; at < times.length; at += 1) this.#take(times[at] ?? NaN);
  }

  median(): number {
    const steps = [...this.#counts].sort(([a], [b]) => a - b);
    const total = steps.reduce((sum, [, count]) => sum + count, 0);
    const at = (place: number) => {
      let before = 0;
      return steps.find(([, count]) => (before += count) > place)?.[0] ?? 0;
    };
    return total % 2 === 1 ? at(total >> 1) : (at((total >> 1) - 1) + at(total >> 1)) / 2;
  }

  #take(time: number): void {
    if (this.samples === 0) this.first = time;
    else this.#takeStep(time - this.#last);
    this.#last = time;
    this.samples += 1;
  }

  #takeStep(step: number): void {
    if (this.samples > 1 && !(Math.abs(step - this.#lastStep) < 1e-7)) this.#isUneven = true;
    this.#lastStep = step;
    const count = this.#counts.get(step);
    if (count !== undefined || this.#counts.size < MOST_STEPS) this.#counts.set(step, (count ?? 0) + 1);
  }
}
