import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { refusal } from '../foreign-content.ts';
import type {
  BlockRun,
  FileCandidate,
  NearMiss,
  OpenRecording,
  RecordingFormat,
  SignalStream,
  Sniff,
} from '../format.ts';
import { Hdf5File, type Hdf5Object } from '../hdf5/hdf5.ts';
import { sampleAccess } from '../hdf5/samples.ts';
import { hdf5Signature } from '../hdf5/superblock.ts';
import { note } from '../problems.ts';
import { findEvents, type NwbEvents } from './events.ts';
import { isSeries, readSeries, textOf, typeOf, type Series } from './series.ts';

const FORMAT = 'nwb';
const MAX_DEPTH = 5;
const MAX_SERIES = 10_000;

/** Neurodata Without Borders 1 and 2, on HDF5: raw and derived series, units, tables of intervals, annotations. */
export const nwb: RecordingFormat = {
  id: FORMAT,
  name: 'NWB',
  extensions: ['.nwb'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const named = path.toLowerCase().endsWith('.nwb');
  const isHdf5 = [0, 512, 1024, 2048].some((at) => hdf5Signature.every((byte, index) => head[at + index] === byte));
  if (!isHdf5) return named ? { format: FORMAT, path, refused: refusal(head, 'NWB') } : null;
  const version = named ? '' : versionOf(path);
  if (version === null) return null;
  const why = [
    named
      ? 'The file begins with the mark of HDF5 and is named as NWB files are.'
      : `The file is HDF5 and says that it is NWB ${version}; the name ${basename(path)} does not say so.`,
  ];
  return { format: FORMAT, path, files: [path], why };
}

/** Version of NWB that a file states, or null: HDF5 files of other kinds, damaged ones. */
function versionOf(path: string): string | null {
  try {
    return withFile(path, (bytes) => readVersion(new Hdf5File(bytes)) || null);
  } catch (error) {
    if (error instanceof NdiError) return null;
    throw error;
  }
}

function readVersion(file: Hdf5File): string {
  return textOf(file.attributes(file.root).get('nwb_version')) || textOf(file.value('/nwb_version'));
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (bytes) => {
    const file = new Hdf5File(bytes);
    const version = readVersion(file);
    if (version === '') {
      const sentence = 'it is HDF5, but not NWB: its root has no nwb_version.';
      throw formatFault('format.invalid', found.path, sentence, { field: 'nwb_version', offset: 0 });
    }
    const problems: Problem[] = [];
    const objects = findSeries(file);
    const series = objects
      .filter((object) => !isEventSeries(typeOf(file, object)))
      .map((object) => readSeries(file, object, problems))
      .filter((one) => one !== null);
    const numbering = new Numbering();
    const streams = series.map((one, index) => toStream(found.path, file, bytes.size, one, index + 1, numbering));
    const events = findEvents(file, objects, problems);
    if (streams.length === 0 && events.channels.length === 0) {
      problems.push(note('format.empty', 'The file holds no series of samples and no events.', found.path));
    }
    return {
      info: describe(found, file, version, series, streams, events, problems),
      streams,
      readEvents: events.read,
    };
  });
}

function isEventSeries(type: string): boolean {
  return type === 'IntervalSeries' || type === 'AnnotationSeries';
}

/** Raw series first, then stimuli, then what was derived; by name in each. */
function findSeries(file: Hdf5File): Hdf5Object[] {
  const found: Hdf5Object[] = [];
  const seen = new Set<number>();
  const visit = (object: Hdf5Object, depth: number): void => {
    if (seen.has(object.address) || found.length >= MAX_SERIES) return;
    seen.add(object.address);
    if (isSeries(file, object)) found.push(object);
    else if (depth < MAX_DEPTH) {
      for (const name of file.names(object)) {
        const child = file.find(name, object);
        if (child !== undefined && file.isGroup(child)) visit(child, depth + 1);
      }
    }
  };
  for (const path of ['/acquisition', '/stimulus/presentation', '/processing']) {
    const group = file.find(path);
    if (group !== undefined) visit(group, 0);
  }
  return found;
}

/** Channels of a type are numbered over all series. */
class Numbering {
  readonly #last = new Map<string, number>();

  next(type: string): number {
    const number = (this.#last.get(type) ?? 0) + 1;
    this.#last.set(type, number);
    return number;
  }
}

function channelType({ type, path }: Series): 'analog_in' | 'analog_out' | 'auxiliary_in' {
  if (type === 'ElectricalSeries') return 'analog_in';
  return path.startsWith('/stimulus/') ? 'analog_out' : 'auxiliary_in';
}

function toStream(
  path: string,
  file: Hdf5File,
  fileBytes: number,
  series: Series,
  number: number,
  numbering: Numbering,
): SignalStream {
  const { sampleRate, samples, units, offset } = series;
  const access = sampleAccess(series.array, file.superblock, fileBytes, series.word, series.time);
  const type = channelType(series);
  const channels = series.gains.map((gain, index) => ({
    channel: sampledChannel(
      type,
      numbering.next(type),
      series.labels[index] ?? '',
      { sampleRate, samples },
      { units, gain, offset },
      { electrodeGroup: series.groups[index] },
    ),
    channelOffset: access.channelOffset(index),
  }));
  const time = timeChannel(number, `time of ${basename(series.path)}`, { sampleRate, samples });
  const runs = series.segments.map(({ first, samples: length, t0 }): BlockRun => ({
    file: path,
    offset: access.offset,
    blockBytes: access.blockBytes,
    samplesPerBlock: 1,
    first,
    samples: length,
    firstSample: first,
    t0,
  }));
  const { word, decode } = access;
  return { sampleRate, word, channels: [...channels, time], runs, ...(decode === undefined ? {} : { decode }) };
}

function describe(
  found: Sniff,
  file: Hdf5File,
  version: string,
  series: readonly Series[],
  streams: readonly SignalStream[],
  events: NwbEvents,
  problems: Problem[],
): RecordingInfo {
  const fastest = series.reduce<Series | null>(
    (best, one) => (one.sampleRate > (best?.sampleRate ?? 0) ? one : best),
    null,
  );
  const segments = (fastest?.segments ?? []).map(({ first, samples, t0 }) => ({
    start: first,
    samples,
    t0,
    t1: t0 + (samples - 1) / (fastest?.sampleRate ?? 1),
  }));
  const channels: Channel[] = streams.flatMap((stream) => stream.channels.map(({ channel }) => channel));
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: nwb.name,
    version,
    files: [...found.files],
    device: deviceOf(file),
    startedAt: textOf(file.value('/session_start_time')) || null,
    segments,
    ...(segments.length === 0 && events.lastTime !== null ? { extent: { t0: 0, t1: events.lastTime } } : {}),
    channels: [...channels, ...events.channels],
    events: { ...events.counts },
    problems,
    why: [...found.why],
  };
}

function deviceOf(file: Hdf5File): string {
  const devices = file.find('/general/devices');
  return (devices === undefined ? [] : file.names(devices)).join(', ') || 'NWB';
}
