import type { FileBytes } from '../file-bytes.ts';
import type { VhsbHeader } from './header.ts';
import { eachRow, xAt } from './rows.ts';

/** Samples whose times grow evenly. */
export interface EvenRun {
  readonly first: number;
  readonly samples: number;
  readonly t0: number;
}

export interface EvenSpacing {
  readonly sampleRate: number;
  readonly runs: readonly EvenRun[];
}

const FEWEST = 100;
const MOST_RUNS = 10_000;
const PROBES = 64;
/** Of a period: steps within it are even. */
const TOLERANCE = 0.1;

/**
 * How the samples of a file lie in time where they were taken at a rate; null where their times are a matter of their
 * own, as those of spikes. The file's word is not enough: NDI-matlab's writer calls times even that come closer and
 * closer together, and says nothing of those that are even but for a gap.
 */
export function evenSpacing(file: FileBytes, header: VhsbHeader): EvenSpacing | null {
  const { samples, xStored, constantInterval } = header;
  if (!xStored) return computed(header);
  if (samples < 4 || (!constantInterval && samples < FEWEST)) return null;
  if (constantInterval) {
    const whole = oneRun(file, header);
    if (whole !== null) return whole;
  }
  const step = usualStep(file, header);
  return step === null ? null : runsBetweenGaps(file, header, step);
}

function computed({ samples, start, increment, x }: VhsbHeader): EvenSpacing | null {
  const rate = 1 / (increment * x.scale.scale);
  const t0 = (start - x.scale.offset) * x.scale.scale;
  if (!(rate > 0) || !Number.isFinite(rate) || !Number.isFinite(t0)) return null;
  return { sampleRate: rounded(rate), runs: samples === 0 ? [] : [{ first: 0, samples, t0 }] };
}

/** All samples at one rate, as far as looks at many places tell. */
function oneRun(file: FileBytes, header: VhsbHeader): EvenSpacing | null {
  const { samples } = header;
  const t0 = xAt(file, header, 0);
  const period = (xAt(file, header, samples - 1) - t0) / (samples - 1);
  if (!(period > 0) || !Number.isFinite(1 / period)) return null;
  for (const sample of places(samples)) {
    if (!(Math.abs(xAt(file, header, sample) - t0 - sample * period) <= TOLERANCE * period)) return null;
  }
  return { sampleRate: rounded(1 / period), runs: [{ first: 0, samples, t0 }] };
}

/** The step of X that nearly all are like, by looks at places all over the file; null where there is none. */
function usualStep(file: FileBytes, header: VhsbHeader): number | null {
  const samples = places(header.samples - 1);
  const steps = samples.map((sample) => xAt(file, header, sample + 1) - xAt(file, header, sample));
  const middle = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? NaN;
  const alike = steps.filter((step) => Math.abs(step - middle) <= TOLERANCE * middle).length;
  return middle > 0 && alike >= 0.9 * steps.length ? middle : null;
}

interface Stretch {
  readonly first: number;
  samples: number;
  readonly t0: number;
  t1: number;
}

/** Stretches without a gap; null where their rates differ, time runs backwards, or there are too many. */
function runsBetweenGaps(file: FileBytes, header: VhsbHeader, step: number): EvenSpacing | null {
  const runs = stretches(file, header, step);
  const longest = runs.reduce<Stretch | null>((best, run) => (run.samples > (best?.samples ?? 1) ? run : best), null);
  if (longest === null || runs.length > MOST_RUNS) return null;
  const period = (longest.t1 - longest.t0) / (longest.samples - 1);
  const isOne = runs.every(({ t0, t1, samples }) => Math.abs(t1 - t0 - (samples - 1) * period) <= period / 2);
  const isOrdered = runs.every(({ t0 }, at) => Number.isFinite(t0) && t0 > (runs[at - 1]?.t1 ?? -Infinity));
  return isOne && isOrdered ? { sampleRate: rounded(1 / period), runs } : null;
}

/** Broken where a step is not like the others; one more than may be where there are too many. */
function stretches(file: FileBytes, header: VhsbHeader, step: number): Stretch[] {
  const runs: Stretch[] = [];
  eachRow(file, header, (x, _view, _at, sample) => {
    const last = runs.at(-1);
    if (last !== undefined && Math.abs(x - last.t1 - step) <= TOLERANCE * step) {
      last.samples += 1;
      last.t1 = x;
    } else if (runs.length <= MOST_RUNS) {
      runs.push({ first: sample, samples: 1, t0: x, t1: x });
    }
  });
  return runs;
}

function places(count: number): number[] {
  const all = Array.from({ length: PROBES }, (_, probe) => Math.round((probe * (count - 1)) / (PROBES - 1)));
  return [...new Set([...all, Math.min(1, count - 1), Math.max(0, count - 2)])];
}

/** A rate that is whole but for the rounding of times is whole. */
function rounded(rate: number): number {
  const whole = Math.round(rate);
  return Math.abs(rate - whole) <= 1e-9 * rate ? whole : rate;
}
