import { NdiError } from '../../../../shared/model/errors.ts';
import { firstNotBefore } from '../../../../shared/model/rising.ts';
import { reverseMapping, type TimeMapping } from '../../../../shared/model/time-mapping.ts';
import { fitLine, type Pair, roundAwayFromZero } from './line-fit.ts';
import { entry, last } from '../entry.ts';

/** NDI's own numbers (daq-epochs-time reference, sections 21.6 and 21.7). */
const TRAIN_TOLERANCE_SEC = 0.005;
const LEAST_MATCHED = 0.8;
const TRAIN_RUN = 5;
const RANDOM_TOLERANCE_SEC = 0.002;
const RANDOM_RUN = 4;

/** Trains of pulses that fit each other: the line from the first to the second, and which pulses belong together. */
export interface TrainMatch {
  readonly mapping: TimeMapping;
  readonly pairs: readonly Pair[];
}

/**
 * Finds where two trains of the same pulses belong together although one has pulses that the other missed: at most one
 * of the shorter train may be without a partner (`ndi.time.fun.syncTriggerTrains`).
 * @param first sorted seconds @param second sorted seconds
 * @returns null where they do not fit @throws NdiError time.ambiguous where they fit in more than one way
 */
export function matchTrains(first: readonly number[], second: readonly number[]): TrainMatch | null {
  if (Math.min(first.length, second.length) < TRAIN_RUN) return null;
  const firstIsTarget = first.length >= second.length;
  const [target, prober] = firstIsTarget ? [first, second] : [second, first];
  const accepted = seedsOf(target, prober, 2 * TRAIN_TOLERANCE_SEC, TRAIN_RUN)
    .map((seed) => acceptSeed(target, prober, seed))
    .filter((match) => match !== null)
    .sort((a, b) => b.fraction - a.fraction);
  const [best] = accepted;
  if (best === undefined) return null;
  const [, bestShift = 0] = best.mapping;
  const rival = accepted.find(
    ({ fraction, mapping: [, shift = 0] }) =>
      Math.abs(shift - bestShift) > 10 * TRAIN_TOLERANCE_SEC && fraction > LEAST_MATCHED * best.fraction,
  );
  if (rival !== undefined) throw ambiguous();
  // Found from prober to target.
  if (!firstIsTarget) return { mapping: best.mapping, pairs: best.pairs };
  return { mapping: reverseMapping(best.mapping), pairs: best.pairs.map(([a, b]) => [b, a] as const) };
}

interface Seed {
  readonly target: number;
  readonly prober: number;
}

/** One seed for each offset at which runs of quantised intervals are equal. */
function seedsOf(target: readonly number[], prober: readonly number[], stepSec: number, run: number): Seed[] {
  const places = new Map<string, number[]>();
  runKeys(target, stepSec, run).forEach((key, at) => {
    const known = places.get(key);
    if (known === undefined) places.set(key, [at]);
    else known.push(at);
  });
  const seeds = new Map<number, Seed>();
  runKeys(prober, stepSec, run).forEach((key, at) => {
    for (const place of places.get(key) ?? []) {
      if (!seeds.has(place - at)) seeds.set(place - at, { target: place, prober: at });
    }
  });
  return [...seeds.values()];
}

/** Keys of all runs of intervals, quantised. */
export function runKeys(train: readonly number[], stepSec: number, run: number): string[] {
  const steps = train.slice(1).map((time, at) => roundAwayFromZero((time - entry(train, at)) / stepSec));
  return Array.from({ length: Math.max(0, steps.length - run + 1) }, (_, at) => steps.slice(at, at + run).join(' '));
}

function acceptSeed(target: readonly number[], prober: readonly number[], seed: Seed) {
  const seedTime = entry(prober, seed.prober);
  const shift = entry(target, seed.target) - seedTime;
  const pairs = prober.flatMap((time): Pair[] => {
    const near = nearest(target, time + shift);
    const allowed = Math.max(5 * TRAIN_TOLERANCE_SEC, 0.001 * Math.abs(time - seedTime));
    return Math.abs(near - time - shift) <= allowed ? [[time, near]] : [];
  });
  const fraction = pairs.length / prober.length;
  if (fraction < LEAST_MATCHED || prober.length - pairs.length > 1) return null;
  const mapping = fitLine(pairs);
  return mapping === null ? null : { fraction, mapping, pairs };
}

/** The value of a sorted, non-empty list that is nearest. */
export function nearest(sorted: readonly number[], value: number): number {
  const at = Math.min(firstNotBefore(sorted, value), sorted.length - 1);
  const [after, before] = [entry(sorted, at), entry(sorted, Math.max(0, at - 1))];
  return Math.abs(before - value) <= Math.abs(after - value) ? before : after;
}

/**
 * Finds where trains of pulses at random intervals belong together (`ndi.time.fun.syncRandomTriggers`; runs are probed
 * in order, so that the same pulses give the same answer).
 * @returns the line from the second train to the first with the pulses it was found by, or null
 */
export function matchRandomTrains(first: readonly number[], second: readonly number[]): TrainMatch | null {
  if (first.length <= RANDOM_RUN || second.length <= RANDOM_RUN) return null;
  const duration = (train: readonly number[]) => last(train) - entry(train, 0);
  const firstIsTarget = duration(first) >= duration(second);
  const [target, prober] = firstIsTarget ? [first, second] : [second, first];
  const places = new Map<string, number>();
  randomRunKeys(target).forEach((key, at) => {
    if (!places.has(key)) places.set(key, at);
  });
  for (const [at, key] of randomRunKeys(prober).entries()) {
    const place = places.get(key);
    if (place === undefined) continue;
    const pairs = Array.from({ length: RANDOM_RUN + 1 }, (_, k): Pair => [
      entry(prober, at + k),
      entry(target, place + k),
    ]);
    const mapping = fitLine(pairs);
    if (mapping === null || !predictsNext(mapping, prober[at + RANDOM_RUN + 1], target[place + RANDOM_RUN + 1]))
      continue;
    if (firstIsTarget) return { mapping, pairs };
    return { mapping: reverseMapping(mapping), pairs: pairs.map(([a, b]) => [b, a] as const) };
  }
  return null;
}

/** Runs by which random trains are found in each other. */
export const randomRunKeys = (train: readonly number[]): string[] => runKeys(train, RANDOM_TOLERANCE_SEC, RANDOM_RUN);

function predictsNext([scale = 1, shift = 0]: TimeMapping, next: number | undefined, expected: number | undefined) {
  if (next === undefined || expected === undefined) return true;
  return Math.abs(scale * next + shift - expected) <= RANDOM_TOLERANCE_SEC;
}

function ambiguous(): NdiError {
  return new NdiError({
    code: 'time.ambiguous',
    message: 'The two trains of pulses fit each other in more than one way.',
    recovery: 'Regular pulses cannot tell which belong together: use pulses at irregular intervals, or another rule.',
    details: { reason: 'ndi:time:sync:ambiguous' },
  });
}
