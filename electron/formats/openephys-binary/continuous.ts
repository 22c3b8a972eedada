import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { plainWords, sampledChannel, timeChannel, type Sampling, type Scale } from '../channels.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import type { BlockRun, SignalStream, StreamChannel } from '../format.ts';
import { findSegments } from '../intan-rhd/segments.ts';
import { note, shouldFix } from '../problems.ts';
import { wholeSamples } from '../whole-samples.ts';
import { withClock, type SampleClock } from './sample-clock.ts';
import type { ContinuousEntry } from './structure.ts';

/** Counts channels by type over the streams of a recording. */
export interface Numbering {
  analog: number;
  auxiliary: number;
  time: number;
}

/** Synchronized times that part from first time + sample / rate by more than this are told of. */
const DRIFT_SECONDS = 0.001;

/**
 * A stream of `continuous/`: interleaved 16-bit words, with a sample number and a time for each row.
 *
 * @param prefix put before labels where there are several streams
 * @throws NdiError path.*, format.*: this stream cannot be read
 */
export function openContinuous(
  recording: string,
  entry: ContinuousEntry,
  prefix: string,
  numbering: Numbering,
  problems: Problem[],
): SignalStream {
  const folder = join(recording, 'continuous', entry.folder_name);
  const path = join(folder, 'continuous.dat');
  const count = entry.channels.length;
  if (entry.num_channels !== undefined && entry.num_channels !== count) {
    const what = `structure.oebin tells ${entry.num_channels} channels and lists ${count} of them.`;
    throw formatFault('format.invalid', path, what, { field: 'num_channels', value: entry.num_channels });
  }
  const rowBytes = 2 * count;
  const rows = wholeSamples(path, sizeOf(path), rowBytes, problems);
  const runs = withClock(folder, entry.sample_rate, (clock) => readRuns(path, rows, rowBytes, clock, entry, problems));
  const samples = runs.reduce((sum, run) => sum + run.samples, 0);
  if (samples === 0) problems.push(note('format.empty', 'The stream holds no samples.', path));
  const sampling = { sampleRate: entry.sample_rate, samples };
  const channels = listChannels(entry, prefix, sampling, path, numbering, problems);
  return { sampleRate: entry.sample_rate, word: 'i16', channels, runs };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function readRuns(
  path: string,
  rows: number,
  rowBytes: number,
  clock: SampleClock,
  { sample_rate: rate }: ContinuousEntry,
  problems: Problem[],
): BlockRun[] {
  const run = { file: path, offset: 0, blockBytes: rowBytes, samplesPerBlock: 1 };
  if (rows === 0) return [];
  if (clock.count === null || clock.count === 0) {
    const message = 'Its time stamps are missing: times are counted from 0, and gaps cannot be seen.';
    problems.push(shouldFix('recording.noTimes', message, path));
    return [{ ...run, first: 0, samples: rows, firstSample: 0, t0: 0 }];
  }
  const samples = Math.min(rows, clock.count);
  if (rows !== clock.count) {
    const message = `There are ${rows} samples and ${clock.count} time stamps: the first ${samples} are used.`;
    problems.push(shouldFix('format.truncated', message, path));
  }
  if (!clock.hasNumbers) {
    problems.push(note('recording.noTimes', 'Its sample numbers are missing: gaps cannot be seen.', path));
  }
  const { segments, complete } = findSegments(samples, (sample) => clock.numberAt(sample));
  if (!complete) throw formatFault('format.invalid', path, 'its sample numbers jump more than 10,000 times.');
  const runs = segments.map((segment) => ({
    ...run,
    first: segment.start,
    samples: segment.samples,
    firstSample: segment.start,
    t0: clock.timeAt(segment.start),
  }));
  if (clock.isSynchronized) tellDrift(runs, clock, rate, path, problems);
  return runs;
}

/** Times within a segment are counted from its first one at the nominal rate; where that is not exact, it is said. */
function tellDrift(
  runs: readonly BlockRun[],
  clock: SampleClock,
  rate: number,
  path: string,
  problems: Problem[],
): void {
  const drifts = runs.map(({ first, samples, t0 }) =>
    Math.abs(clock.timeAt(first + samples - 1) - (t0 + (samples - 1) / rate)),
  );
  const largest = Math.max(0, ...drifts);
  if (!(largest > DRIFT_SECONDS)) return;
  const message = `Its synchronized times part from its rate by ${(largest * 1000).toFixed(1)} ms until the end of a segment: times are counted by the rate.`;
  problems.push(note('recording.clockDrift', message, path));
}

function listChannels(
  entry: ContinuousEntry,
  prefix: string,
  sampling: Sampling,
  path: string,
  numbering: Numbering,
  problems: Problem[],
): StreamChannel[] {
  let unscaled = 0;
  const groups = { stream: prefix.trim() };
  const channels = entry.channels.map(({ channel_name: name, bit_volts: gain, units }, index): StreamChannel => {
    // Old programs leave the unit out: converter inputs are in volts, all others in microvolts.
    const unit = units === '' ? (/^ADC/i.test(name) ? 'V' : 'uV') : units;
    const scale: Scale = gain === 0 ? plainWords : { units: unit, gain, offset: 0 };
    if (gain === 0) unscaled += 1;
    const label = `${prefix}${name}`;
    // Converter inputs follow the headstages' auxiliary inputs.
    const channel = /^(AUX|ADC)/i.test(name)
      ? sampledChannel('auxiliary_in', ++numbering.auxiliary, label, sampling, scale, groups)
      : sampledChannel('analog_in', ++numbering.analog, label, sampling, scale, groups);
    return { channel, channelOffset: 2 * index };
  });
  if (unscaled > 0) {
    const message = `${unscaled} channels have no scale (bit_volts is 0): their values are the stored words.`;
    problems.push(shouldFix('recording.assumedScale', message, path));
  }
  channels.push(timeChannel(++numbering.time, `${prefix}time`, sampling));
  return channels;
}
