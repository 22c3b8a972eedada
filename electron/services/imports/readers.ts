import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { findReader } from '../../ndi/daq/readers.ts';

/** By which class NDI reads recordings, and for the class of NDR by which of its readers. */
export interface ReaderChoice {
  readonly readerClass: string;
  readonly readerArgument?: string;
}

const NDR = 'ndi.daq.reader.mfdaq.ndr';

const readers: Readonly<Record<string, ReaderChoice>> = {
  'intan-rhd': { readerClass: 'ndi.daq.reader.mfdaq.intan' },
  blackrock: { readerClass: 'ndi.daq.reader.mfdaq.blackrock' },
  'ced-smr': { readerClass: 'ndi.daq.reader.mfdaq.cedspike2' },
  'ced-smrx': { readerClass: 'ndi.daq.reader.mfdaq.cedspike2' },
  spikegadgets: { readerClass: 'ndi.daq.reader.mfdaq.spikegadgets' },
  abf: { readerClass: NDR, readerArgument: 'abf' },
  spikeglx: { readerClass: NDR, readerArgument: 'neuropixelsGLX' },
  'dabrowska-mat': { readerClass: NDR, readerArgument: 'dabrowska' },
  whitematter: { readerClass: NDR, readerArgument: 'whitematter' },
};

/** NDR's bridge to python-neo reads what NDI has no reader of its own for. */
const bridge: ReaderChoice = { readerClass: NDR, readerArgument: 'neo' };

export function readerFor(format: string): ReaderChoice {
  return readers[format] ?? bridge;
}

/** Whether NDI's reader of a format takes a folder of one file a signal by its own rule. */
export function readsFolders(format: string): boolean {
  return format === 'intan-rhd';
}

/** The clock and its extent that a session will show of a recording. */
export function sessionClocks(recording: RecordingInfo): { type: string; t0: number; t1: number }[] {
  const { readerClass, readerArgument = '' } = readerFor(recording.format);
  const reader = findReader(readerClass, readerArgument);
  if (reader === null || (recording.segments.length === 0 && recording.extent === undefined)) return [];
  return reader.clocks(recording).map(({ type, t0, t1 }) => ({ type, t0, t1 }));
}
