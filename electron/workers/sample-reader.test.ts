import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeNs5 } from '../../bench/generate.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { WorkerPool, type RunOptions } from './pool.ts';
import type { RequestInput, RequestKind, RequestOutput } from './requests.ts';
import { SampleReader } from './sample-reader.ts';

const CHANNELS = 32;

/** Tells, before any answer can come, that its threads were given parts to write. */
class ToldPool extends WorkerPool {
  onParts: () => void = () => undefined;

  override run<K extends RequestKind>(
    kind: K,
    input: RequestInput<K>,
    options?: RunOptions,
  ): Promise<RequestOutput<K>> {
    const answer = super.run(kind, input, options);
    if (kind === 'fillPart') queueMicrotask(() => this.onParts());
    return answer;
  }
}

const pool = new ToldPool(2);
const reader = new SampleReader(pool);
const path = join(temporaryFolder('ndi-reader-'), 'long.ns5');

beforeAll(() => writeNs5(path, CHANNELS, 40e6));
afterAll(() => pool.close());

it('uses memory again after a reading was cancelled, once no thread writes there any more', async () => {
  const query = { channels: 'ai1-10', from: 0, to: 300_000, unit: 'samples' as const };
  const first = await reader.read('double', path, query, undefined);
  const expected = first.data.map((values) => values.slice());
  first.release();

  const cancel = new AbortController();
  pool.onParts = () => cancel.abort();
  const cancelled = reader.read('double', path, { ...query, channels: 'ai11-20' }, cancel.signal);
  await expect(cancelled).rejects.toMatchObject({ code: 'app.cancelled' });
  // Each thread answers this once it has left its part.
  await pool.runOnAll('clearCaches', null);

  const second = await reader.read('double', path, query, undefined);
  expect(second.values.buffer === first.values.buffer).toBe(true);
  expect(second.data.every((values, channel) => same(values, expected[channel]))).toBe(true);
  second.release();
});

/** `toEqual` would print a million numbers. */
function same(a: Float64Array, b: Float64Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((value, at) => value === b[at]);
}
