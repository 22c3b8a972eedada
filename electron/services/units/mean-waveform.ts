import type { MeanWaveform } from '../../../shared/contract/units.ts';
import { designSections, type Section } from '../../signal/filter/design.ts';
import type { SampleBlock, SamplesQuery } from '../../signal/samples.ts';

/** What is seen of a spike, in seconds around it. */
const BEFORE = 0.001;
const AFTER = 0.002;
/** Read on either side, for the filter to settle in. */
const PADDING = 0.005;
/** Spikes that are averaged: more would look the same. */
const MOST_SPIKES = 80;
/** As NDI's import of sorted spikes filters them: above 300 Hz, forwards and backwards. */
const HIGH_PASS = { low: 300, high: null, order: 4, phase: 'zero', reference: 'none' } as const;

type Read = (query: SamplesQuery) => Promise<SampleBlock>;

/**
 * The mean of spikes spread evenly over a train, on the given channels. Filtering and averaging may change places: the
 * mean is filtered, not each spike.
 * @returns null where no spike has all its samples
 */
export async function meanWaveform(
  times: Float64Array,
  channels: readonly string[],
  read: Read,
): Promise<MeanWaveform | null> {
  const wanted = Math.min(MOST_SPIKES, times.length);
  let sums: Float64Array<ArrayBuffer>[] | null = null;
  let averaged = 0;
  let description = { sampleRate: 0, units: '' };
  for (let index = 0; index < wanted; index++) {
    const time = times[Math.floor(((index + 0.5) * times.length) / wanted)] ?? NaN;
    const from = time - BEFORE - PADDING;
    const block = await read({ channels: channels.join(','), from, to: time + AFTER + PADDING, unit: 'seconds' });
    const [first] = block.channels;
    if (first === undefined) return null;
    const length = Math.floor((BEFORE + AFTER + 2 * PADDING) * first.sampleRate) - 1;
    if (block.data.some((values) => !isWhole(values, length))) continue;
    description = { sampleRate: first.sampleRate, units: first.units };
    sums ??= block.data.map(() => new Float64Array(length));
    block.data.forEach((values, channel) => add(sums?.[channel], values));
    averaged += 1;
  }
  if (sums === null) return null;
  const { sampleRate, units } = description;
  const sections = designSections(HIGH_PASS, sampleRate) ?? [];
  // The first sample read is the one after `from`: half a sample later on average.
  const start = Math.round(PADDING * sampleRate);
  const count = Math.round((BEFORE + AFTER) * sampleRate);
  return {
    channels: sums.map((sum, index) => {
      const mean = sum.map((value) => value / averaged);
      passBothWays(mean, sections);
      return { name: channels[index] ?? '', values: Array.from(mean.subarray(start, start + count)) };
    }),
    units,
    startSec: (start + 0.5) / sampleRate - PADDING - BEFORE,
    sampleRate,
    spikes: averaged,
  };
}

function isWhole(values: Float64Array, length: number): boolean {
  return values.length >= length && values.subarray(0, length).every(Number.isFinite);
}

function add(sum: Float64Array | undefined, values: Float64Array): void {
  if (sum === undefined) return;
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0);
}

/** Filters forwards and backwards in place; a few hundred values need no WebAssembly. */
function passBothWays(values: Float64Array, sections: readonly Section[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const { a, b, steady } of sections) {
      const level = values[0] ?? 0;
      let [first, second] = [steady[0] * level, steady[1] * level];
      for (let at = 0; at < values.length; at++) {
        const value = values[at] ?? 0;
        const out = b[0] * value + first;
        first = b[1] * value - a[0] * out + second;
        second = b[2] * value - a[1] * out;
        values[at] = out;
      }
    }
    values.reverse();
  }
}
