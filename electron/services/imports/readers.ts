import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { ReaderChoice } from '../../../shared/model/import-plan/choices.ts';
import { findReader } from '../../ndi/daq/readers.ts';

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
  bjg: { readerClass: NDR, readerArgument: 'bjg' },
  whitematter: { readerClass: NDR, readerArgument: 'whitematter' },
};

/** NDR's bridge to python-neo reads what NDI has no reader of its own for. */
const bridge: ReaderChoice = { readerClass: NDR, readerArgument: 'neo' };

export function readerFor(format: string): ReaderChoice {
  return readers[format] ?? bridge;
}

/** Readers of NDR for formats that NDI itself reads too. */
const others: Readonly<Record<string, readonly string[]>> = {
  'intan-rhd': ['RHD'],
  'ced-smr': ['ced-smr'],
  'ced-smrx': ['smrx'],
  spikegadgets: ['SpikeGadgets'],
};

/** NDI's readers for a recording with names for people and the clocks that they tell, the proposed one first. */
export function readersOf(recording: RecordingInfo) {
  const { format } = recording;
  const arguments_ = [...(others[format] ?? []), 'neo'];
  const all: ReaderChoice[] = [
    readerFor(format),
    ...arguments_.map((readerArgument) => ({ readerClass: NDR, readerArgument })),
  ];
  const named = all.map((reader) => ({
    ...reader,
    name: readerTitle(reader),
    clocks: sessionClocks(recording, reader),
  }));
  return named.filter(({ name }, at) => named.findIndex((other) => other.name === name) === at);
}

function readerTitle({ readerClass, readerArgument }: ReaderChoice): string {
  if (readerArgument === undefined) return `NDI ${readerClass.split('.').at(-1) ?? ''}`;
  return readerArgument === 'neo' ? 'NDR neo (python-neo)' : `NDR ${readerArgument}`;
}

/** Whether NDI's reader of a format takes a folder of one file a signal by its own rule. */
export function readsFolders(format: string): boolean {
  return format === 'intan-rhd';
}

/** The clock and its extent that a session will show of a recording. */
export function sessionClocks(
  recording: RecordingInfo,
  { readerClass, readerArgument = '' }: ReaderChoice = readerFor(recording.format),
): { type: string; t0: number; t1: number }[] {
  const reader = findReader(readerClass, readerArgument);
  if (reader === null || (recording.segments.length === 0 && recording.extent === undefined)) return [];
  return reader.clocks(recording).map(({ type, t0, t1 }) => ({ type, t0, t1 }));
}
