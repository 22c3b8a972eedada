import type { Problem } from '../../../shared/contract/common.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';
import { HEADER_BYTES, positiveOf, readHeader, readStamp, type LegacyHeader } from './header.ts';

export const RECORD_BYTES = 2070;
export const RECORD_SAMPLES = 1024;
const HEAD_BYTES = 12;
const MARKER = [0, 1, 2, 3, 4, 5, 6, 7, 8, 255];
/** More breaks than this is no recording. */
const MAX_RUNS = 100_000;

/** Records whose stamps follow each other. */
export interface LegacyRun {
  readonly path: string;
  /** Byte of the first record's samples. */
  readonly offset: number;
  readonly samples: number;
  /** Sample number of the first one. */
  readonly stamp: number;
}

/** One file of one channel. */
export interface ContinuousFile {
  readonly path: string;
  readonly header: LegacyHeader;
  readonly label: string;
  readonly sampleRate: number;
  readonly bitVolts: number;
  readonly runs: readonly LegacyRun[];
}

/** Reads the header and checks all records. @throws NdiError format.*, path.* */
export function readContinuous(path: string, problems: Problem[]): ContinuousFile {
  return withFile(path, (file) => {
    const header = readHeader(file);
    const sampleRate = positiveOf(header, 'sampleRate', path);
    const bitVolts = positiveOf(header, 'bitVolts', path);
    const runs = findRuns(file, Number(header.get('version')) >= 0.4, problems);
    return { path, header, label: header.get('channel') ?? '', sampleRate, bitVolts, runs };
  });
}

/**
 * Another recording number, or a stamp that does not follow the one before, begins a run. Before version 0.4 the field
 * of the recording number means nothing.
 */
function findRuns(file: FileBytes, hasNumbers: boolean, problems: Problem[]): LegacyRun[] {
  const records = Math.floor((file.size - HEADER_BYTES) / RECORD_BYTES);
  const trailing = file.size - HEADER_BYTES - records * RECORD_BYTES;
  if (trailing > 0) {
    const message = `The last record is not complete: ${trailing} bytes are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  const runs: { -readonly [K in keyof LegacyRun]: LegacyRun[K] }[] = [];
  let previous = { stamp: -1, samples: 0, recording: -1 };
  let backwards = 0;
  for (let record = 0; record < records; record++) {
    const at = HEADER_BYTES + record * RECORD_BYTES;
    const view = file.view(at, RECORD_BYTES, 'a record');
    checkMarker(file, view, record, at);
    const stamp = readStamp(view, 0, file.path, at);
    const samples = countSamples(file, view.getUint16(8, true), record, records, at);
    const recording = hasNumbers ? view.getUint16(10, true) : 0;
    if (stamp < previous.stamp) backwards += 1;
    const last = runs.at(-1);
    const follows = stamp === previous.stamp + previous.samples && recording === previous.recording;
    if (last !== undefined && follows) last.samples += samples;
    else if (samples > 0) {
      if (runs.length >= MAX_RUNS) throw tooManyBreaks(file);
      runs.push({ path: file.path, offset: at + HEAD_BYTES, samples, stamp });
    }
    previous = { stamp, samples, recording };
  }
  if (backwards > 0) {
    const message = `Its sample numbers go back ${backwards} times: a segment begins at each.`;
    problems.push(shouldFix('format.clockRestart', message, file.path));
  }
  return runs;
}

function checkMarker(file: FileBytes, view: DataView, record: number, at: number): void {
  const wrong = MARKER.findIndex((byte, index) => view.getUint8(RECORD_BYTES - MARKER.length + index) !== byte);
  if (wrong < 0) return;
  const offset = at + RECORD_BYTES - MARKER.length + wrong;
  throw formatFault(
    'format.invalid',
    file.path,
    `record ${record + 1} does not end with its marker (byte ${offset}).`,
    {
      field: 'the record marker',
      value: view.getUint8(offset - at),
      offset,
    },
  );
}

/** Only the last record may be shorter. */
function countSamples(file: FileBytes, samples: number, record: number, records: number, at: number): number {
  if (samples === RECORD_SAMPLES || (samples < RECORD_SAMPLES && record === records - 1)) return samples;
  throw formatFault(
    'format.invalid',
    file.path,
    `record ${record + 1} has ${samples} samples, not 1024 (byte ${at + 8}).`,
    {
      field: 'the samples of a record',
      value: samples,
      offset: at + 8,
    },
  );
}

function tooManyBreaks(file: FileBytes) {
  return formatFault('format.unsupported', file.path, `it has more than ${MAX_RUNS} breaks.`, {
    field: 'time stamps',
    value: MAX_RUNS,
  });
}
