import { fitLine, type Pair } from './line-fit.ts';
import { nearest, runKeys } from './trigger-trains.ts';
import { entry, last } from '../entry.ts';

/** Pulses nearer than this to the one before are the same pulse, seen twice. */
const BOUNCE_SEC = 0.005;
const TOLERANCE_SEC = 0.005;
/** Runs of three intervals are enough to begin with: growing tells whether they belong together. */
const RUN = 3;
const LEAST_PAIRS = 6;
/** Of the shorter train. */
const LEAST_FRACTION = 0.6;
const MOST_SEEDS = 200;
/** Devices that count seconds agree to this: a seed that says otherwise is none. */
const MOST_DRIFT = 0.005;
const REMEMBERED = 40;

export interface GrownMatch {
  readonly pairs: readonly Pair[];
  readonly duplicated: number;
}

/**
 * Matches two trains where each missed pulses of the other or saw some twice: from runs of intervals that agree, pulses
 * are added outwards, one by one, as long as the line through those before predicts them. For trains that NDI's own
 * way gives up on.
 * @returns null where no way holds for most of the shorter train, or where two ways hold as well
 */
export function growMatch(first: readonly number[], second: readonly number[]): GrownMatch | null {
  const [a, b] = [withoutBounces(first), withoutBounces(second)];
  const duplicated = first.length - a.length + (second.length - b.length);
  const grown = seeds(a, b)
    .map((seed) => grow(a, b, seed))
    .sort((x, y) => y.length - x.length);
  const [best] = grown;
  if (best === undefined || best.length < LEAST_PAIRS) return null;
  if (best.length < LEAST_FRACTION * Math.min(a.length, b.length)) return null;
  const rival = grown.find((other) => other.length > 0.8 * best.length && isOther(best, other));
  return rival === undefined ? { pairs: best, duplicated } : null;
}

/** Adds to pairs of sorted trains what lies on their line, outwards from them. */
export function grow(a: readonly number[], b: readonly number[], seed: readonly Pair[]): Pair[] {
  const pairs = [...seed].sort(([x], [y]) => x - y);
  const [start, end] = [entry(pairs, 0)[0], last(pairs)[0]];
  for (const time of a.filter((one) => one > end)) extend(pairs, b, time, pairs.slice(-REMEMBERED), 'push');
  for (const time of a.filter((one) => one < start).reverse()) {
    extend(pairs, b, time, pairs.slice(0, REMEMBERED), 'unshift');
  }
  return pairs;
}

function extend(pairs: Pair[], b: readonly number[], time: number, near: readonly Pair[], add: 'push' | 'unshift') {
  const [scale = 1, shift = 0] = fitLine(near) ?? [];
  const sound = Math.abs(scale - 1) <= MOST_DRIFT;
  const edge = add === 'push' ? last(near) : entry(near, 0);
  const predicted = sound ? scale * time + shift : edge[1] + (time - edge[0]);
  const found = nearest(b, predicted);
  const taken = add === 'push' ? found <= edge[1] : found >= edge[1];
  if (!taken && Math.abs(found - predicted) <= TOLERANCE_SEC) pairs[add]([time, found]);
}

function withoutBounces(train: readonly number[]): number[] {
  const kept: number[] = [];
  for (const time of train) if (kept.length === 0 || time - last(kept) >= BOUNCE_SEC) kept.push(time);
  return kept;
}

function seeds(a: readonly number[], b: readonly number[]): Pair[][] {
  const places = new Map<string, number[]>();
  runKeys(b, 2 * TOLERANCE_SEC, RUN).forEach((key, at) => places.set(key, [...(places.get(key) ?? []), at]));
  const found = new Map<number, Pair[]>();
  runKeys(a, 2 * TOLERANCE_SEC, RUN).forEach((key, at) => {
    for (const place of places.get(key) ?? []) {
      // Seeds that say the same shift grow into the same match.
      const shift = Math.round((entry(b, place) - entry(a, at)) / 0.05);
      if (found.has(shift) || found.size >= MOST_SEEDS) continue;
      found.set(
        shift,
        Array.from({ length: RUN + 1 }, (_, k): Pair => [entry(a, at + k), entry(b, place + k)]),
      );
    }
  });
  return [...found.values()];
}

function isOther(best: readonly Pair[], other: readonly Pair[]): boolean {
  const shift = (pairs: readonly Pair[]) => entry(pairs, 0)[1] - entry(pairs, 0)[0];
  return Math.abs(shift(best) - shift(other)) > 10 * TOLERANCE_SEC;
}
