import type { Problem } from '../../../shared/contract/common.ts';
import { formatFault } from '../file-faults.ts';
import type { Hdf5File, Hdf5Object } from '../hdf5/hdf5.ts';
import { shouldFix } from '../problems.ts';

/** Samples that follow each other without a gap: index of the first, how many, its time in seconds. */
export interface TimeSegment {
  readonly first: number;
  readonly samples: number;
  readonly t0: number;
}

export interface SeriesTimes {
  readonly sampleRate: number;
  readonly segments: readonly TimeSegment[];
}

/** NWB's rule of thumb: more than this many usual intervals between two samples is a gap. */
const GAP_INTERVALS = 1.5;
const MAX_SEGMENTS = 100_000;
/** Stamps that are read whole, in bytes: an hour at 30 kHz. */
const MAX_STAMP_BYTES = 1 << 30;
/** Enough stamps to know the usual interval. */
const MEDIAN_OF = 10_001;

/**
 * When the samples of a series were taken: by a rate and a start, or by a stamp each.
 * @returns null where the file tells both or neither, which is said among the problems
 */
export function readTimes(
  file: Hdf5File,
  series: Hdf5Object,
  samples: number,
  problems: Problem[],
): SeriesTimes | null {
  const start = file.find('starting_time', series);
  const stamps = file.find('timestamps', series);
  if ((start === undefined) === (stamps === undefined)) {
    const what = start === undefined ? 'neither a start with a rate nor time stamps' : 'both a start and time stamps';
    problems.push(shouldFix('format.invalid', `${series.path} is left out: it has ${what}.`, file.source.path));
    return null;
  }
  if (start !== undefined) {
    const sampleRate = Number(file.attributes(start).get('rate'));
    const t0 = Number(file.values(start)[0]);
    requireRate(file, series, sampleRate);
    if (!Number.isFinite(t0)) throw fault(file, series, `starts at ${t0} seconds`);
    return { sampleRate, segments: [{ first: 0, samples, t0 }] };
  }
  return stamps === undefined ? null : stampedTimes(file, series, stamps, samples, problems);
}

function stampedTimes(
  file: Hdf5File,
  series: Hdf5Object,
  stamps: Hdf5Object,
  samples: number,
  problems: Problem[],
): SeriesTimes {
  const times = readStamps(file, stamps);
  if (times.length !== samples) throw fault(file, series, `has ${times.length} time stamps for ${samples} samples`);
  const interval = medianInterval(times);
  const sampleRate = samples < 2 ? 1 : 1 / interval;
  requireRate(file, series, sampleRate);
  const segments: { first: number; samples: number; t0: number }[] = [];
  let backwards = 0;
  for (let index = 0; index < samples; index++) {
    const time = times[index] ?? NaN;
    const step = time - (times[index - 1] ?? -Infinity);
    if (!Number.isFinite(time)) throw fault(file, series, `has the time stamp ${time} at sample ${index}`);
    if (step <= 0) backwards += 1;
    const current = segments.at(-1);
    if (current === undefined || step > GAP_INTERVALS * interval || step < 0) {
      segments.push({ first: index, samples: 1, t0: time });
    } else current.samples += 1;
    if (segments.length > MAX_SEGMENTS) {
      throw fault(file, series, `is sampled too irregularly: more than ${MAX_SEGMENTS} gaps`);
    }
  }
  if (backwards > 0) {
    const message = `The time stamps of ${series.path} stand still or go back ${backwards} times.`;
    problems.push(shouldFix('recording.timeBackwards', message, file.source.path));
  }
  // A rate that fits each stretch: the usual interval is rounded where stamps are.
  const longest = segments.reduce((best, one) => (one.samples > best.samples ? one : best), {
    first: 0,
    samples: 0,
    t0: 0,
  });
  const span = (times[longest.first + longest.samples - 1] ?? 0) - longest.t0;
  const rate = longest.samples > 1 && span > 0 ? (longest.samples - 1) / span : sampleRate;
  return { sampleRate: tidy(rate), segments };
}

/** A rate is a whole number unless the stamps say otherwise by more than their rounding. */
function tidy(rate: number): number {
  const whole = Math.round(rate);
  return whole > 0 && Math.abs(rate - whole) / whole < 1e-7 ? whole : rate;
}

export function readStamps(file: Hdf5File, object: Hdf5Object): Float64Array {
  const array = file.array(object);
  const count = array.shape.reduce((product, size) => product * size, 1);
  const { type } = array;
  if (type.kind !== 'float' || type.size !== 8 || type.bigEndian) {
    return Float64Array.from(file.values(object), (value) => (typeof value === 'number' ? value : NaN));
  }
  return new Float64Array(file.bytes(array, 8 * count, MAX_STAMP_BYTES).buffer, 0, count);
}

function medianInterval(times: Float64Array): number {
  const steps: number[] = [];
  const stride = Math.max(1, Math.floor((times.length - 1) / MEDIAN_OF));
  for (let index = 1; index < times.length; index += stride) steps.push((times[index] ?? 0) - (times[index - 1] ?? 0));
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 1;
}

function requireRate(file: Hdf5File, series: Hdf5Object, rate: number): void {
  if (!(rate > 0) || !Number.isFinite(rate)) throw fault(file, series, `has the sample rate ${rate}`);
}

function fault(file: Hdf5File, series: Hdf5Object, what: string) {
  return formatFault('format.invalid', file.source.path, `${series.path} ${what}.`, { field: series.path });
}
