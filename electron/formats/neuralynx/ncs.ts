import type { Problem } from '../../../shared/contract/common.ts';
import { plainWords, type Scale } from '../channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { note, shouldFix } from '../problems.ts';
import { HEADER_BYTES, numberOf, readHeader, readStamp, type NeuralynxHeader } from './header.ts';

export const RECORD_BYTES = 1044;
const HEAD_BYTES = 20;
export const RECORD_SAMPLES = 512;
/** More breaks than this is no recording. */
const MAX_RUNS = 1_000_000;

/** Records of 512 samples one after the other; the last may hold fewer. */
export interface NcsRun {
  readonly path: string;
  /** Byte of the first record's samples. */
  readonly offset: number;
  readonly samples: number;
  /** Of the first and the last record: microseconds on the system's clock. */
  readonly stamp: number;
  readonly lastStamp: number;
  /** Whether time jumps before it; else its samples follow those of the run before. */
  readonly afterGap: boolean;
}

/** One file of continuous data. */
export interface NcsFile {
  readonly path: string;
  readonly header: NeuralynxHeader;
  readonly label: string;
  readonly sampleRate: number;
  readonly scale: Scale;
  readonly runs: readonly NcsRun[];
}

/** Reads the header and the heads of all records. @throws NdiError format.*, path.* */
export function readNcs(path: string, problems: Problem[]): NcsFile {
  return withFile(path, (file) => {
    const header = readHeader(file);
    const sampleRate = rateOf(file, header);
    const label = header.entries.get('acqentname') || (header.entries.get('nlx_base_class_name') ?? '');
    return {
      path,
      header,
      label,
      sampleRate,
      scale: scaleOf(header, path, problems),
      runs: findRuns(file, sampleRate, problems),
    };
  });
}

function rateOf(file: FileBytes, header: NeuralynxHeader): number {
  const told = numberOf(header, 'samplingfrequency');
  if (told !== null && told > 0) return told;
  const first = file.size >= HEADER_BYTES + HEAD_BYTES ? file.view(HEADER_BYTES, HEAD_BYTES, 'the first record') : null;
  const rate = first?.getUint32(12, true) ?? 0;
  if (rate > 0) return rate;
  throw formatFault('format.invalid', file.path, 'neither its header nor its records tell a sampling frequency.', {
    field: 'SamplingFrequency',
    value: header.entries.get('samplingfrequency') ?? '',
  });
}

/** Microvolts a word; inverted inputs count downwards. */
function scaleOf(header: NeuralynxHeader, path: string, problems: Problem[]): Scale {
  const volts = numberOf(header, 'adbitvolts');
  if (volts === null || volts === 0) {
    problems.push(note('recording.assumedScale', 'ADBitVolts is missing: its values are the stored words.', path));
    return plainWords;
  }
  const sign = /^true$/i.test(header.entries.get('inputinverted') ?? '') ? -1 : 1;
  return { units: 'uV', gain: volts * 1e6 * sign, offset: 0 };
}

/**
 * The runs of records. A gap is a stamp that differs from the expected one by more than one sample: stamps are rounded
 * to microseconds, and so are off by up to one anyway.
 */
function findRuns(file: FileBytes, sampleRate: number, problems: Problem[]): NcsRun[] {
  const records = Math.floor((file.size - HEADER_BYTES) / RECORD_BYTES);
  const trailing = file.size - HEADER_BYTES - records * RECORD_BYTES;
  if (trailing > 0) {
    const message = `The last record is not complete: ${trailing} bytes are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  const period = 1e6 / sampleRate;
  const runs: { -readonly [K in keyof NcsRun]: NcsRun[K] }[] = [];
  let expected: number | null = null;
  let isOpen = false;
  let backwards = 0;
  for (let record = 0; record < records; record++) {
    const at = HEADER_BYTES + record * RECORD_BYTES;
    const view = file.view(at, HEAD_BYTES, 'a record');
    const stamp = readStamp(view, 0, file.path, at);
    const valid = view.getUint32(16, true);
    if (valid > RECORD_SAMPLES) throw tooManySamples(file, record, valid, at + 16);
    const afterGap = expected !== null && Math.abs(stamp - expected) > period;
    if (expected !== null && stamp < expected - period) backwards += 1;
    expected = stamp + valid * period;
    if (valid === 0) continue;
    const last = runs.at(-1);
    if (isOpen && !afterGap && last !== undefined) {
      last.samples += valid;
      last.lastStamp = stamp;
    } else {
      if (runs.length >= MAX_RUNS) throw tooManyBreaks(file);
      const offset = at + HEAD_BYTES;
      const isFirst = runs.length === 0;
      runs.push({ path: file.path, offset, samples: valid, stamp, lastStamp: stamp, afterGap: afterGap || isFirst });
    }
    isOpen = valid === RECORD_SAMPLES;
  }
  if (backwards > 0) {
    const message = `Its time stamps go back ${backwards} times: a segment begins at each.`;
    problems.push(shouldFix('format.clockRestart', message, file.path));
  }
  return runs;
}

function tooManySamples(file: FileBytes, record: number, valid: number, offset: number) {
  const message = `record ${record + 1} says that ${valid} of its ${RECORD_SAMPLES} samples are valid (byte ${offset}).`;
  return formatFault('format.invalid', file.path, message, { field: 'the valid samples', value: valid, offset });
}

function tooManyBreaks(file: FileBytes) {
  return formatFault('format.unsupported', file.path, `it has more than ${MAX_RUNS} breaks.`, {
    field: 'time stamps',
    value: MAX_RUNS,
  });
}

/**
 * The rate that the stamps of the longest run tell, where it differs so much that the nominal one would be off by a
 * sample at its end.
 */
export function measuredRate(runs: readonly NcsRun[], nominal: number): number {
  const longest = runs.reduce<NcsRun | null>((best, run) => (best && best.samples >= run.samples ? best : run), null);
  if (longest === null || longest.samples <= RECORD_SAMPLES) return nominal;
  const samples = (Math.ceil(longest.samples / RECORD_SAMPLES) - 1) * RECORD_SAMPLES;
  const span = longest.lastStamp - longest.stamp;
  return Math.abs(span - (samples * 1e6) / nominal) > 1e6 / nominal ? (samples * 1e6) / span : nominal;
}
