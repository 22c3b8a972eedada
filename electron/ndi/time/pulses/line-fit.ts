import type { TimeMapping } from '../../../../shared/model/time-mapping.ts';
import { entry } from '../entry.ts';

/** The same event on two clocks, in seconds. */
export type Pair = readonly [first: number, second: number];

/**
 * The straight line from the first clock to the second with the least squares of what is left over, or null where the
 * pairs determine none (reference, section 21.5).
 */
export function fitLine(pairs: readonly Pair[]): TimeMapping | null {
  const meanFirst = mean(pairs.map(([first]) => first));
  const meanSecond = mean(pairs.map(([, second]) => second));
  let [products, squares] = [0, 0];
  for (const [first, second] of pairs) {
    products += (first - meanFirst) * (second - meanSecond);
    squares += (first - meanFirst) ** 2;
  }
  const scale = products / squares;
  return Number.isFinite(scale) && scale !== 0 ? [scale, meanSecond - scale * meanFirst] : null;
}

/** One rate for all groups of pairs, an own offset for each: a clock that jumps but does not change its pace. */
export function fitParallelLines(groups: readonly (readonly Pair[])[]): TimeMapping[] | null {
  let [products, squares] = [0, 0];
  const means = groups.map((pairs) => [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))] as const);
  groups.forEach((pairs, group) => {
    const [meanFirst, meanSecond] = entry(means, group);
    for (const [first, second] of pairs) {
      products += (first - meanFirst) * (second - meanSecond);
      squares += (first - meanFirst) ** 2;
    }
  });
  const scale = products / squares;
  if (!Number.isFinite(scale) || scale === 0) return null;
  return means.map(([meanFirst, meanSecond]) => [scale, meanSecond - scale * meanFirst]);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** As MATLAB rounds: halves away from zero. */
export function roundAwayFromZero(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
