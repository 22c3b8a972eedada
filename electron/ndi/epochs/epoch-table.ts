import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { type ClockSpan, noTime } from '../../../shared/model/clocks.ts';
import { type ProbeMapEntry, parseProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type DaqSystem, loadDaqSystems, PROBE_MAP_CLASS } from '../daq/daq-systems.ts';
import {
  type EpochFiles,
  findEpochFiles,
  probeMapAmong,
  readProbeMapText,
  sameClass,
  usesIdFiles,
} from '../daq/navigator.ts';
import { VHLAB_MAP_CLASS, vhlabProbeMap } from '../daq/vhlab-probe-map.ts';
import { findReader, type Reader } from '../daq/readers.ts';
import type { Session } from '../session.ts';
import { type DescribedImages, ImageCache } from '../../formats/images/image-cache.ts';
import type { ImageAddress } from '../../formats/images/open-images.ts';
import type { SeriesReader } from '../../formats/images/series.ts';
import { imageReader } from '../daq/image-readers.ts';
import type { Epoch, EpochImages, EpochRow } from './epoch.ts';
import { ingestedEpochs } from './ingested.ts';
import { probeMapFaults } from './probe-map-faults.ts';
import { isLocalIdentifier, subjects } from './subjects.ts';

/** Headers of a recording (`DataWorkers.describe`). */
export type Describe = (path: string) => Promise<RecordingInfo>;
/** Frames of an epoch (`DataWorkers.describeImages`). */
export type DescribeImages = (address: ImageAddress) => Promise<DescribedImages>;

/** Tables are made in other places than the data process too: in tests, in this thread. */
const describeHere: DescribeImages = (address) => Promise.resolve(new ImageCache().describe(address));

/**
 * The epochs of a DAQ system, those on disk and those that were ingested. Writes nothing; what cannot be read is a
 * problem of its epoch, never an error.
 * @param devices names of all DAQ systems of the session
 */
export async function epochTable(
  session: Session,
  system: DaqSystem,
  describe: Describe,
  describeImages: DescribeImages = describeHere,
  devices: readonly string[] = loadDaqSystems(session).systems.map(({ name }) => name),
): Promise<{ epochs: Epoch[]; problems: Problem[] }> {
  const ingested = ingestedEpochs(session, system);
  const { epochs: onDisk, problems } = findOnDisk(session, system);
  const known = new Set(ingested.map(({ epochId }) => epochId));
  const fresh = onDisk.filter(({ epochId }) => !known.has(epochId));
  const isSubject = subjectTest(session);
  const read = await Promise.all(
    fresh.map(async (files) => {
      const { channels, row } = await epochOnDisk(system, files, describe, describeImages);
      const around = { device: system.name, devices, channels, isSubject, files: files.files };
      return { ...row, problems: [...row.problems, ...probeMapFaults(row.probeMap, around)] };
    }),
  );
  const rows = ingested.length === 0 ? read : [...read, ...ingested].sort((a, b) => (a.epochId < b.epochId ? -1 : 1));
  const seen = new Set<string>();
  const twice = rows.filter(({ epochId }) => seen.size === seen.add(epochId).size);
  return {
    epochs: rows.map((row, at) => ({ ...row, number: at + 1 })),
    problems: [...problems, ...twice.map((row) => sameIdTwice(session, row))],
  };
}

function findOnDisk(session: Session, system: DaqSystem): { epochs: EpochFiles[]; problems: Problem[] } {
  try {
    return findEpochFiles(session.path, system.navigator);
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    const message = `The epochs of "${system.name}" cannot be listed: ${error.message}`;
    return { epochs: [], problems: [{ grade: 'shouldFix', code: error.code, message, paths: [session.path] }] };
  }
}

async function epochOnDisk(
  system: DaqSystem,
  found: EpochFiles,
  describe: Describe,
  describeImages: DescribeImages,
): Promise<{ row: EpochRow; channels: ReadonlySet<string> | null }> {
  const map = readProbeMap(system, found.files);
  const series = isImageSystem(system) ? imageReader(system) : null;
  const recording =
    series === null
      ? await readRecording(system, found.files, describe)
      : await readImages(series, found.files, describeImages);
  const provisional: Problem[] = found.provisional && usesIdFiles(system.navigator) ? [withoutId(found)] : [];
  const row = {
    epochId: found.epochId,
    device: system.name,
    files: found.files,
    probeMap: map.entries,
    clocks: recording.clocks,
    recordingPath: recording.path,
    timeShift: recording.timeShift,
    ...(recording.images === undefined ? {} : { images: recording.images }),
    problems: [...provisional, ...map.problems, ...recording.problems],
  };
  return { row, channels: recording.channels ?? null };
}

/** Subjects are looked for where a text is no identifier of one: most sessions never ask. */
function subjectTest(session: Session): (text: string) => boolean {
  let ids: ReadonlySet<string> | undefined;
  return (text) => {
    if (isLocalIdentifier(text)) return true;
    ids ??= new Set(subjects(session).map(({ id }) => id));
    return ids.has(text);
  };
}

function withoutId({ epochId, files }: EpochFiles): Problem {
  const message = `The epoch has no id on disk yet; it is shown as ${epochId} until the session is written.`;
  return { grade: 'note', code: 'epoch.provisional', message, paths: [...files] };
}

/** Entries of an epoch's probe map; a map that breaks a rule gives none and a problem. */
function readProbeMap(system: DaqSystem, files: readonly string[]): { entries: ProbeMapEntry[]; problems: Problem[] } {
  const { probeMapClass } = system.navigator;
  const isMade = sameClass(probeMapClass, VHLAB_MAP_CLASS);
  if (probeMapClass !== '' && !isMade && !sameClass(probeMapClass, PROBE_MAP_CLASS)) {
    const message = `Probe maps of class ${probeMapClass} cannot be read yet.`;
    return { entries: [], problems: [{ grade: 'note', code: 'format.unsupported', message, paths: [...files] }] };
  }
  try {
    const source = isMade ? probeMapAmong(files, system.navigator) : null;
    if (source !== null) return { entries: vhlabProbeMap(source), problems: [] };
    const text = readProbeMapText(files, system.navigator);
    const { entries, skipped } = parseProbeMap(text ?? '');
    const problems = skipped.map((line): Problem => {
      return {
        grade: 'shouldFix',
        code: 'document.invalid',
        message: `Probe map: ${line} It is left out.`,
        paths: [...files],
      };
    });
    return { entries, problems };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return {
      entries: [],
      problems: [{ grade: 'shouldFix', code: error.code, message: error.message, paths: [...files] }],
    };
  }
}

const isImageSystem = ({ className, readerClass }: DaqSystem): boolean =>
  /image/i.test(className) || readerClass.toLowerCase().startsWith('ndi.daq.reader.image');

/** Those that hand the files to NANSEN, which is not here. */
const IMAGES =
  'It is a series of images that NDI-matlab reads through NANSEN: its epochs, files and probes are listed, and kept in copies and syncs; its frames are not read here. The reader “tiffstack” reads TIFF files.';

interface ReadRecording {
  readonly path: string | null;
  readonly clocks: readonly ClockSpan[];
  readonly timeShift: number;
  readonly images?: EpochImages;
  /** Names of its channels; without them where there are none to be known. */
  readonly channels?: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

async function readRecording(system: DaqSystem, files: readonly string[], describe: Describe): Promise<ReadRecording> {
  const reader = findReader(system.readerClass, system.readerArgument);
  if (reader === null && isImageSystem(system)) return unread('note', 'format.unsupported', IMAGES, files);
  if (reader === null) {
    const name = [system.readerClass, system.readerArgument].filter((part) => part !== '').join(' ');
    return unread('note', 'format.unsupported', `Recordings of the reader ${name} cannot be read yet.`, files);
  }
  const path = reader.recordingPath(files);
  if (path === null) {
    const message = `None of the epoch's files (or more than one) is a recording for ${system.readerClass}.`;
    return unread('shouldFix', 'format.unknown', message, files);
  }
  return describeRecording(reader, path, describe);
}

/** Frames with times have the device's clock, from the first to the last; others none (reference, section 10). */
async function readImages(
  reader: SeriesReader,
  files: readonly string[],
  describeImages: DescribeImages,
): Promise<ReadRecording> {
  const address = { kind: 'series', reader, files } as const;
  try {
    const { layout, series } = await describeImages(address);
    const times = series?.times ?? null;
    const [t0, t1] = [times?.[0], times?.at(-1)];
    return {
      path: null,
      clocks: t0 === undefined || t1 === undefined ? [noTime] : [{ type: 'dev_local_time', t0, t1 }],
      timeShift: 0,
      images: { address, times, raster: series?.raster ?? null },
      problems: [...layout.problems, ...(series?.problems ?? [])],
    };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return unread('shouldFix', error.code, error.message, files);
  }
}

async function describeRecording(reader: Reader, path: string, describe: Describe): Promise<ReadRecording> {
  try {
    const info = await describe(path);
    const channels = new Set(info.channels.map(({ name }) => name));
    return { path, clocks: reader.clocks(info), timeShift: reader.timeShift(info), channels, problems: info.problems };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return unread('shouldFix', error.code, error.message, [path]);
  }
}

function unread(grade: Problem['grade'], code: string, message: string, paths: readonly string[]): ReadRecording {
  return { path: null, clocks: [noTime], timeShift: 0, problems: [{ grade, code, message, paths: [...paths] }] };
}

function sameIdTwice(session: Session, row: EpochRow): Problem {
  const message = `Two epochs of "${row.device}" have the id ${row.epochId}; the first one is meant by it.`;
  return { grade: 'shouldFix', code: 'epoch.ambiguous', message, paths: [session.path, ...row.files] };
}

/**
 * One epoch of a DAQ system by its id (case ignored).
 * @throws NdiError epoch.notFound
 */
export function findEpoch(epochs: readonly Epoch[], epochId: string): Epoch {
  const found = epochs.find((epoch) => epoch.epochId.toLowerCase() === epochId.toLowerCase());
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'epoch.notFound',
    message: `There is no epoch ${epochId}.`,
    recovery: 'List the epochs to see which there are.',
    details: { epoch: epochId },
  });
}
