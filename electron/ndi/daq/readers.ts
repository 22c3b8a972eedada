import { basename, dirname } from 'node:path';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { stimulusAddress } from '../../formats/stimulus-files/address.ts';
import { sameClass } from './navigator.ts';

/** How NDI reads the files of one epoch with one of its reader classes. */
export interface Reader {
  /** Path by which the recording is opened: one of the epoch's files or their folder; null when none of them is one. */
  recordingPath(files: readonly string[]): string | null;
  /** The epoch's extent on its clocks, as the reader of NDI tells it. */
  clocks(info: RecordingInfo): ClockSpan[];
  /** Added to the recording's own times to get the session's. */
  timeShift(info: RecordingInfo): number;
}

const STIMULUS = 'ndi.setup.daq.reader.mfdaq.stimulus.';

/** Readers of NDI-matlab by class name, and NDR's by the names of its own table (case ignored). */
const readers = [
  { class: 'ndi.daq.reader.mfdaq.intan', ndr: ['intan', 'RHD', 'intanRHD'], reader: countedReader(intanPath) },
  { class: 'ndi.daq.reader.mfdaq.blackrock', ndr: [], reader: stampedReader(firstOf(/\.ns\d$/i, /\.nev$/i)) },
  {
    class: 'ndi.daq.reader.mfdaq.cedspike2',
    ndr: ['ced-smr', 'smr', 'son', 'smrx', 'ced-smrx'],
    reader: spanReader(firstOf(/\.(smrx?|son)$/i)),
  },
  {
    class: 'ndi.daq.reader.mfdaq.spikegadgets',
    ndr: ['SpikeGadgets', 'SpikeGadgetsREC', 'rec'],
    reader: countedReader(firstOf(/\.rec$/i)),
  },
  // Between sweeps time passes: their stored starts are the clock.
  { class: null, ndr: ['abf', 'axon_abf'], reader: stampedReader(firstOf(/\.abf$/i)) },
  { class: null, ndr: ['sev', 'tdt_sev'], reader: countedReader(firstOf(/\.sev$/i)) },
  { class: null, ndr: ['whitematter', 'WMHS'], reader: countedReader(firstOf(/\.bin$/i)) },
  { class: null, ndr: ['dabrowska', 'dabrowska_mat'], reader: spanReader(firstOf(/\.mat$/i)) },
  { class: null, ndr: ['bjg', 'bjg_bin'], reader: countedReader(firstOf(/\.bin$/i)) },
  { class: null, ndr: ['neo'], reader: stampedReader((files) => files[0] ?? null) },
  {
    class: null,
    ndr: ['neuropixelsGLX', 'neuropixels', 'spikeglx', 'imec'],
    reader: countedReader(firstOf(/\.ap\.bin$/i, /\.bin$/i)),
  },
  { class: `${STIMULUS}vhlabvisspike2`, ndr: [], reader: stimulusReader('vhlabvisspike2', firstOf(/\.smrx?$/i)) },
  { class: `${STIMULUS}nielsenvisintan`, ndr: [], reader: stimulusReader('nielsenvisintan', intanPath) },
  {
    class: `${STIMULUS}nielsenvisneuropixelsglx`,
    ndr: [],
    reader: stimulusReader('nielsenvisneuropixelsglx', firstOf(/\.nidq\.bin$/i)),
  },
  { class: `${STIMULUS}rayolab_intanseries`, ndr: [], reader: stimulusReader('rayolab_intanseries', intanPath) },
  { class: `${STIMULUS}angelucci_visstim`, ndr: [], reader: stimulusReader('angelucci_visstim', firstOf(/\.ns\d$/i)) },
  { class: `${STIMULUS}VHAudreyBPod`, ndr: [], reader: stimulusReader('VHAudreyBPod', firstOf(/\.nidq\.bin$/i)) },
] as const;

const NDR_CLASS = 'ndi.daq.reader.mfdaq.ndr';

/** The reader of a class (and NDR argument), or null where it is not known. */
export function findReader(readerClass: string, argument: string): Reader | null {
  if (sameClass(readerClass, NDR_CLASS)) {
    const wanted = argument.toLowerCase();
    return readers.find((one) => one.ndr.some((name) => name.toLowerCase() === wanted))?.reader ?? null;
  }
  return readers.find((one) => one.class !== null && sameClass(one.class, readerClass))?.reader ?? null;
}

type PathRule = (files: readonly string[]) => string | null;

/** The first file that fits the first pattern that any file fits. */
function firstOf(...patterns: readonly RegExp[]): PathRule {
  return (files) => {
    for (const pattern of patterns) {
      const found = files.find((file) => pattern.test(file));
      if (found !== undefined) return found;
    }
    return null;
  };
}

/** One .rhd; `info.rhd` beside a `time.dat` stands for a folder of one file a signal. */
function intanPath(files: readonly string[]): string | null {
  const headers = files.filter((file) => /\.rhd$/i.test(file));
  const [header] = headers;
  if (header === undefined || headers.length > 1) return null;
  const perSignal =
    basename(header).includes('info') && files.some((file) => /(time|digitalin)\.dat$/.test(basename(file)));
  return perSignal ? dirname(header) : header;
}

/** Readers that count samples from 0, whatever the device's time stamps say: t1 = N/sr - 1/sr. */
function countedReader(recordingPath: PathRule): Reader {
  return {
    recordingPath,
    clocks(info) {
      const samples = info.segments.reduce((sum, segment) => sum + segment.samples, 0);
      const rate = Math.max(0, ...info.channels.map((channel) => channel.sampleRate ?? 0));
      if (samples === 0 || rate === 0) return [{ type: 'dev_local_time', t0: 0, t1: 0 }];
      return [{ type: 'dev_local_time', t0: 0, t1: samples / rate - 1 / rate }];
    },
    timeShift: (info) => {
      const start = info.segments[0]?.t0 ?? 0;
      return start === 0 ? 0 : -start;
    },
  };
}

/** Readers that keep the device's time stamps: from the first to the last sample. */
function stampedReader(recordingPath: PathRule): Reader {
  return {
    recordingPath,
    clocks(info) {
      const [first, last] = [info.segments[0], info.segments.at(-1)];
      return [{ type: 'dev_local_time', t0: first?.t0 ?? 0, t1: last?.t1 ?? 0 }];
    },
    timeShift: () => 0,
  };
}

/** Readers that take the extent which the file states, from 0 on. */
function spanReader(recordingPath: PathRule): Reader {
  return {
    recordingPath,
    clocks: (info) => [{ type: 'dev_local_time', t0: 0, t1: info.extent?.t1 ?? info.segments.at(-1)?.t1 ?? 0 }],
    timeShift: () => 0,
  };
}

/** Readers that make event channels of a laboratory's files, with the recording beside them where there is one. */
function stimulusReader(reader: string, recordingPath: PathRule): Reader {
  return {
    recordingPath: (files) => stimulusAddress({ reader, files: [...files], recording: recordingPath(files) }),
    clocks: (info) => [{ type: 'dev_local_time', t0: info.extent?.t0 ?? 0, t1: info.extent?.t1 ?? 0 }],
    timeShift: () => 0,
  };
}
