import type { Floats } from '../signal/floats.ts';
import {
  blockOf,
  valueBytes,
  valuesIn,
  type Precision,
  type SampleBlock,
  type SamplesQuery,
  type ValuesOf,
} from '../signal/samples.ts';
import { cancelTogether } from './cancel-together.ts';
import type { WorkerPool } from './pool.ts';
import { SharedMemory } from './shared-memory.ts';

/** Samples in memory that the next reading may use once they are released; whoever keeps them does not release them. */
export interface HeldSamples<A extends Floats> extends SampleBlock<A> {
  readonly release: () => void;
}

/** Bytes, read and written, that one thread does by itself; of more each thread reads some of the time. */
const SPLIT_BYTES = 4 << 20;

/** Reads exact samples by all threads of a pool. */
export class SampleReader {
  readonly #pool: WorkerPool;
  readonly #memory = new SharedMemory();

  constructor(pool: WorkerPool) {
    this.#pool = pool;
  }

  /** @throws as `readSamples` */
  async read<P extends Precision>(
    precision: P,
    path: string,
    query: SamplesQuery,
    signal: AbortSignal | undefined,
  ): Promise<HeldSamples<ValuesOf[P]>> {
    const asked = { path, query, precision };
    const { layout, memory } = await this.#pool.run('read', { ...asked, maxBytes: SPLIT_BYTES }, { signal });
    const { values } = layout;
    if (memory !== null) return { ...blockOf(layout, valuesIn(precision, memory, values)), release: () => undefined };
    const into = this.#memory.take(valueBytes[precision] * values);
    const of = this.#pool.size;
    // Where one part fails others may still be writing: the memory is not used again.
    await cancelTogether(signal, (common) =>
      Array.from({ length: of }, (_, index) =>
        this.#pool.run('fillPart', { ...asked, into, values, part: { index, of } }, { signal: common }),
      ),
    );
    let held = true;
    const release = () => {
      if (held) this.#memory.give(into);
      held = false;
    };
    return { ...blockOf(layout, valuesIn(precision, into, values)), release };
  }

  /** Memory that waits for the next reading. */
  get keptBytes(): number {
    return this.#memory.keptBytes;
  }

  clear(): void {
    this.#memory.clear();
  }
}
