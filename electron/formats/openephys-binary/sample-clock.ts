import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { readNpyHeader, readNpyNumbers, type NpyArray } from '../npy.ts';

/**
 * Sample numbers and seconds of what lies in a folder: samples or events. `sample_numbers.npy` and `timestamps.npy`
 * in seconds, or, before GUI 0.6, sample numbers in `timestamps.npy`: the types of the arrays tell which.
 */
export class SampleClock {
  readonly #files: FileBytes[] = [];
  readonly #rate: number;
  #numbers: { file: FileBytes; array: NpyArray } | null = null;
  #seconds: { file: FileBytes; array: NpyArray } | null = null;
  /** How many values there are; null where the folder tells no times. */
  readonly count: number | null;

  /** @throws NdiError path.*, format.* */
  constructor(folder: string, rate: number, olderName = 'timestamps.npy') {
    this.#rate = rate;
    try {
      this.#add(join(folder, 'sample_numbers.npy'));
      this.#add(join(folder, 'timestamps.npy'));
      if (this.#numbers === null && this.#seconds === null) this.#add(join(folder, olderName));
    } catch (error) {
      this.close();
      throw error;
    }
    const counts = [this.#numbers, this.#seconds].filter((one) => one !== null).map(({ array }) => array.stored);
    this.count = counts.length === 0 ? null : Math.min(...counts);
    if (!this.#isSynchronized()) this.#seconds = null;
  }

  #add(path: string): void {
    if (!existsSync(path)) return;
    const file = new FileBytes(path);
    this.#files.push(file);
    const array = readNpyHeader(file);
    if (array.kind === 'f') this.#seconds = { file, array };
    else if (array.kind === 'i' || array.kind === 'u') this.#numbers ??= { file, array };
    else throw formatFault('format.invalid', path, 'it holds no times.', { field: 'descr', value: array.kind });
  }

  /** Some releases write -1 or 0 for seconds that are not known. */
  #isSynchronized(): boolean {
    const last = (this.count ?? 0) - 1;
    if (this.#seconds === null || last < 0) return false;
    const [first, end] = [this.#secondsAt(0), this.#secondsAt(last)];
    if (!(first >= 0) || !(end >= first) || end > Number.MAX_SAFE_INTEGER) return false;
    return this.#numbers === null || end > 0 || this.numberAt(last) === 0;
  }

  get hasNumbers(): boolean {
    return this.#numbers !== null;
  }

  get isSynchronized(): boolean {
    return this.#seconds !== null;
  }

  /** Number of a sample since the start of the acquisition. @throws NdiError format.invalid for numbers beyond 2^53 */
  numberAt(index: number): number {
    if (this.#numbers === null) return index;
    const { file, array } = this.#numbers;
    const value = readNpyNumbers(file, array, index, index + 1)[0] ?? NaN;
    if (Number.isSafeInteger(value)) return value;
    throw formatFault('format.invalid', file.path, `sample number ${index} is out of range (${value}).`, {
      field: 'sample number',
      offset: array.offset + index * array.itemBytes,
    });
  }

  #secondsAt(index: number): number {
    return this.#seconds === null
      ? NaN
      : (readNpyNumbers(this.#seconds.file, this.#seconds.array, index, index + 1)[0] ?? NaN);
  }

  /** Seconds as the recording tells them: synchronized ones, else sample number / rate. */
  timeAt(index: number): number {
    return this.isSynchronized ? this.#secondsAt(index) : this.numberAt(index) / this.#rate;
  }

  timesOf(from: number, to: number): Float64Array {
    if (this.#seconds !== null) return readNpyNumbers(this.#seconds.file, this.#seconds.array, from, to);
    if (this.#numbers === null) return new Float64Array(0);
    const numbers = readNpyNumbers(this.#numbers.file, this.#numbers.array, from, to);
    return numbers.map((number) => number / this.#rate);
  }

  close(): void {
    for (const file of this.#files.splice(0)) file.close();
  }
}

export function withClock<T>(folder: string, rate: number, use: (clock: SampleClock) => T, olderName?: string): T {
  const clock = new SampleClock(folder, rate, olderName);
  try {
    return use(clock);
  } finally {
    clock.close();
  }
}
