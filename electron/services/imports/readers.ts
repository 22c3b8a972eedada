import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { findReader, type Reader } from '../../ndi/daq/readers.ts';

/** NDI's reader class for the recordings of each format. */
const readerClasses: Readonly<Record<string, string>> = {
  'intan-rhd': 'ndi.daq.reader.mfdaq.intan',
  blackrock: 'ndi.daq.reader.mfdaq.blackrock',
  'ced-smr': 'ndi.daq.reader.mfdaq.cedspike2',
  'ced-smrx': 'ndi.daq.reader.mfdaq.cedspike2',
};

/** @throws NdiError format.unsupported for a format that NDI has no reader for */
export function readerClassFor(format: string): string {
  const found = readerClasses[format];
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'format.unsupported',
    message: `NDI has no reader for recordings of the format ${format}.`,
    recovery: 'Leave these recordings out.',
    details: { format },
  });
}

/** The clock and its extent that a session will show of a recording. */
export function sessionClocks(recording: RecordingInfo): { type: string; t0: number; t1: number }[] {
  const readerClass = readerClasses[recording.format];
  const reader: Reader | null = readerClass === undefined ? null : findReader(readerClass, '');
  if (reader === null || (recording.segments.length === 0 && recording.extent === undefined)) return [];
  return reader.clocks(recording).map(({ type, t0, t1 }) => ({ type, t0, t1 }));
}
