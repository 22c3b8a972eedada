import { firstIndex } from '../../../shared/model/rising.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { shouldFix } from '../problems.ts';
import { HEADER_BYTES, readStamp } from './header.ts';

/** Records that are late by less than this are ordinary. */
const MARGIN_MICROSECONDS = 1e6;
const SLICE_BYTES = 1 << 20;

/** Records of one size, each with a stamp at the same place. */
export interface RecordShape {
  readonly bytes: number;
  readonly stampAt: number;
}

/** What one pass over a file of events or spikes tells. */
export interface StampedRecords {
  readonly path: string;
  readonly shape: RecordShape;
  readonly count: number;
  /** The smallest stamp; Infinity without records. */
  readonly earliest: number;
  /** The largest stamp; -Infinity without records. */
  readonly latest: number;
  /** Whether stamps grow, but for a margin. */
  readonly isSorted: boolean;
}

type Visit = (view: DataView, at: number, stamp: number) => void;

/** Reads all records once. @throws NdiError format.*, path.* */
export function indexRecords(file: FileBytes, shape: RecordShape, problems: Problem[], visit: Visit): StampedRecords {
  const count = Math.floor((file.size - HEADER_BYTES) / shape.bytes);
  const trailing = file.size - HEADER_BYTES - count * shape.bytes;
  if (trailing > 0) {
    const message = `The last record is not complete: ${trailing} bytes are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  let [earliest, latest, isSorted] = [Infinity, -Infinity, true];
  visitRecords(file, shape, 0, count, (view, at, stamp) => {
    if (stamp < latest - MARGIN_MICROSECONDS) isSorted = false;
    earliest = Math.min(earliest, stamp);
    latest = Math.max(latest, stamp);
    visit(view, at, stamp);
  });
  return { path: file.path, shape, count, earliest, latest, isSorted };
}

/** Visits the records with from <= stamp < to, in order of storage. */
export function recordsBetween(file: FileBytes, records: StampedRecords, from: number, to: number, visit: Visit): void {
  const { shape, count, isSorted } = records;
  const first = isSorted ? bisect(file, records, from - MARGIN_MICROSECONDS) : 0;
  const end = isSorted ? bisect(file, records, to + MARGIN_MICROSECONDS) : count;
  visitRecords(file, shape, first, end, (view, at, stamp) => {
    if (stamp >= from && stamp < to) visit(view, at, stamp);
  });
}

function visitRecords(
  file: FileBytes,
  { bytes, stampAt }: RecordShape,
  first: number,
  end: number,
  visit: Visit,
): void {
  const perSlice = Math.floor(SLICE_BYTES / bytes);
  for (let record = first; record < end; record += perSlice) {
    const slice = Math.min(perSlice, end - record);
    const start = HEADER_BYTES + record * bytes;
    const view = file.view(start, slice * bytes, 'the records');
    for (let at = 0; at < slice * bytes; at += bytes) {
      visit(view, at, readStamp(view, at + stampAt, file.path, start + at));
    }
  }
}

/** First record whose stamp is not before the given one, as far as order is kept. */
function bisect(file: FileBytes, { shape, count }: StampedRecords, stamp: number): number {
  return firstIndex(count, (record) => {
    const at = HEADER_BYTES + record * shape.bytes + shape.stampAt;
    return !(readStamp(file.view(at, 8, 'a record'), 0, file.path, at) < stamp);
  });
}
