import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';

/** What a frame says of one channel. Not-finite values take no part. */
export interface ChannelStatistics {
  readonly min: number;
  readonly max: number;
  readonly median: number;
  /** Height between the 2nd and the 98th of 100 columns: single artefacts do not count. */
  readonly height: number;
}

/** Values looked at for a median: enough for a stable one, few enough for hundreds of channels in a frame. */
const MOST_VALUES = 128;

/** Statistics of a channel in a frame; undefined where it has no finite value. */
export function channelStatistics({ body }: ViewFrame, channel: ViewChannel): ChannelStatistics | undefined {
  const total = channel.runs.reduce((sum, run) => sum + run.count, 0);
  const stride = Math.max(1, Math.floor(total / MOST_VALUES));
  const low: number[] = [];
  const high: number[] = [];
  let min = Infinity;
  let max = -Infinity;
  for (const run of channel.runs) {
    const second = channel.mode === 'envelope' ? run.count : 0;
    for (let index = 0; index < run.count; index += 1) {
      const lower = body[run.at + index] as number;
      const upper = body[run.at + index + second] as number;
      // Not finite: the difference is no number.
      if (!(lower - lower === 0 && upper - upper === 0)) continue;
      if (lower < min) min = lower;
      if (upper > max) max = upper;
      if (index % stride !== 0) continue;
      low.push(lower);
      high.push(upper);
    }
  }
  if (min > max) return undefined;
  if (low.length === 0) return { min, max, median: (min + max) / 2, height: max - min };
  // Typed arrays sort by number without a call a comparison.
  const lower = Float64Array.from(low).sort();
  const upper = Float64Array.from(high).sort();
  const median = (quantile(lower, 0.5) + quantile(upper, 0.5)) / 2;
  return { min, max, median, height: quantile(upper, 0.98) - quantile(lower, 0.02) };
}

/** Statistics of all channels of a frame by name; worked out once a frame. */
export function frameStatistics(frame: ViewFrame): ReadonlyMap<string, ChannelStatistics> {
  let known = cache.get(frame);
  if (known === undefined) {
    known = new Map();
    for (const channel of frame.header.channels) {
      const statistics = channelStatistics(frame, channel);
      if (statistics !== undefined) known.set(channel.name, statistics);
    }
    cache.set(frame, known);
  }
  return known;
}

const cache = new WeakMap<ViewFrame, Map<string, ChannelStatistics>>();

/**
 * Units that should fill a lane so that most channels of a group fit in theirs: a little more than the height of
 * three quarters of them.
 */
export function fittingScale(heights: readonly number[]): number | undefined {
  const sorted = Float64Array.from(heights.filter((height) => Number.isFinite(height) && height > 0)).sort();
  if (sorted.length === 0) return undefined;
  return quantile(sorted, 0.75) * 1.15;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? NaN;
}
