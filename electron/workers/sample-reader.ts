import type { Precision } from '../../shared/model/sample-frame.ts';
import type { Floats } from '../signal/floats.ts';
import { FIRST_BYTE } from '../signal/kernels.ts';
import {
  blockOf,
  valueBytes,
  valuesIn,
  type SampleBlock,
  type SampleLayout,
  type SamplesQuery,
  type ValuesOf,
} from '../signal/samples.ts';
import { cancelTogether } from './cancel-together.ts';
import type { WorkerPool } from './pool.ts';
import { SharedMemory, bufferOf } from './shared-memory.ts';

/** Samples in memory that the next reading may use once they are released; whoever keeps them does not release them. */
export interface HeldSamples<A extends Floats> extends SampleBlock<A> {
  readonly channels: SampleLayout['channels'];
  /** Those of all channels, one after the other. */
  readonly values: A;
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
    const { layout, roomBytes, memory } = await this.#pool.run('read', { ...asked, maxBytes: SPLIT_BYTES }, { signal });
    const { channels, values: count } = layout;
    const held = (values: ValuesOf[P], release: () => void) => {
      return { ...blockOf(layout, values), channels, values, release };
    };
    if (memory !== null) return held(valuesIn(precision, memory, 0, count), () => undefined);
    const of = this.#pool.size;
    const rooms = FIRST_BYTE + 64 * Math.ceil((valueBytes[precision] * count) / 64);
    const into = this.#memory.take(rooms + of * roomBytes + 64);
    // Where one part fails or is cancelled, others may still be writing for a while.
    let users = of + 1;
    const leave = () => {
      users -= 1;
      if (users === 0) this.#memory.give(into);
    };
    try {
      await cancelTogether(signal, (common) =>
        Array.from({ length: of }, (_, index) => {
          const room = { at: rooms + index * roomBytes, bytes: roomBytes };
          const input = { ...asked, into, values: count, room, part: { index, of } };
          return this.#pool.run('fillPart', input, { signal: common, onLeft: leave });
        }),
      );
    } catch (error) {
      leave();
      throw error;
    }
    let isHeld = true;
    return held(valuesIn(precision, bufferOf(into), FIRST_BYTE, count), () => {
      if (isHeld) leave();
      isHeld = false;
    });
  }

  /** Memory that is kept for the next reading. */
  get keptBytes(): number {
    return this.#memory.keptBytes;
  }
}
