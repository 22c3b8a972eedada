import type { OpenRecording } from '../formats/format.ts';
import type { SignalContext } from './chunks.ts';
import { FileHandles } from './file-handles.ts';
import { Scratch, loadKernels } from './kernels.ts';
import { readSamples } from './samples.ts';

/** A thread's tools, for tests: compiled kernels unless `scalar` is asked for. */
export function testContext(kind: 'compiled' | 'scalar' = 'compiled'): SignalContext {
  return { scratch: new Scratch(loadKernels(kind)), files: new FileHandles(), isCancelled: () => false };
}

/** All stored samples of one channel, over all segments. */
export function readChannel(context: SignalContext, recording: OpenRecording, name: string): Float64Array {
  const samples = recording.info.channels.find((channel) => channel.name === name)?.samples ?? 0;
  if (samples === 0) return new Float64Array(0);
  const { data } = readSamples(context, recording, { channels: name, from: 0, to: samples, unit: 'samples' });
  return data[0] ?? new Float64Array(0);
}

/** What the expected values beside a fixture say of one channel. */
export interface ExpectedValues {
  readonly first10: readonly number[];
  readonly last10: readonly number[];
  readonly first10_raw: readonly number[];
  readonly ranges: readonly { start: number; end: number; sum: number; min: number; max: number }[];
}

/** Differences between a channel and its expected values; empty when all agree to the last bit (sums: but for order). */
export function compareValues(values: Float64Array, expected: ExpectedValues): string[] {
  const found: string[] = [];
  const compare = (what: string, a: number, b: number | undefined) => {
    if (a !== b) found.push(`${what}: ${a} instead of ${b}`);
  };
  expected.first10.forEach((value, index) => compare(`first10[${index}]`, values[index] ?? NaN, value));
  const tail = values.subarray(values.length - expected.last10.length);
  expected.last10.forEach((value, index) => compare(`last10[${index}]`, tail[index] ?? NaN, value));
  for (const { start, end, sum, min, max } of expected.ranges) {
    const part = values.subarray(start, end);
    compare(
      `min of ${start}-${end}`,
      part.reduce((low, value) => Math.min(low, value), Infinity),
      min,
    );
    compare(
      `max of ${start}-${end}`,
      part.reduce((high, value) => Math.max(high, value), -Infinity),
      max,
    );
    const total = part.reduce((all, value) => all + value, 0);
    const scale = part.reduce((all, value) => all + Math.abs(value), 1);
    if (Math.abs(total - sum) > 1e-11 * scale) found.push(`sum of ${start}-${end}: ${total} instead of ${sum}`);
  }
  return found;
}
