import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { latin1, withFile } from '../file-bytes.ts';
import { sampledChannel } from '../channels.ts';
import { folderNames, namesOfStem, stemOf } from '../folder-names.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { NEV_MAGICS, readNevHeader } from './nev-header.ts';
import { eventChannels, indexEvents, readNevEvents, type NevIndex } from './nev-events.ts';
import { NSX_MAGICS, readNsxHeader, type NsxHeader } from './nsx-header.ts';
import type { NsxData } from './nsx-data.ts';
import { findPackets } from './nsx-packets.ts';
import { channelScales } from './scaling.ts';

const FORMAT = 'blackrock';
const NSX_ENDING = /\.ns[1-9]$/i;

/** Blackrock NEV and NSx, specs 2.1 to 3.0 with and without PTP; Ripple writes the same. */
export const blackrock: RecordingFormat = {
  id: FORMAT,
  name: 'Blackrock NEV/NSx',
  extensions: ['.nev', '.ns1', '.ns2', '.ns3', '.ns4', '.ns5', '.ns6', '.ns7', '.ns8', '.ns9'],
  sniff,
  open,
};

function sniff({ path, head, siblings }: FileCandidate): Sniff | NearMiss | null {
  const magic = String.fromCharCode(...head.subarray(0, 8));
  const folder = dirname(path);
  const ofStem = namesOfStem(siblings, stemOf(basename(path)));
  if (isOneOf(NSX_MAGICS, magic)) {
    const why = [`The file begins with ${magic}, the mark of Blackrock's continuous data.`];
    if (!NSX_ENDING.test(path)) why.push(`The name ${basename(path)} does not say so.`);
    const nev = ofStem.find((name) => /\.nev$/i.test(name));
    if (nev === undefined) return { format: FORMAT, path, files: [path], why };
    why.push(`${nev} beside it has the same stem: its events belong to it.`);
    return { format: FORMAT, path, files: [path, join(folder, nev)], why };
  }
  if (isOneOf(NEV_MAGICS, magic)) {
    const why = [`The file begins with ${magic}, the mark of Blackrock's events.`];
    const continuous = ofStem.filter((name) => NSX_ENDING.test(name)).sort();
    const main = fastestGroup(folder, continuous);
    if (main === undefined) return { format: FORMAT, path, files: [path], why };
    why.push(`${main} beside it has the same stem: they are one recording.`);
    return { format: FORMAT, path: join(folder, main), files: [join(folder, main), path], why };
  }
  if (!NSX_ENDING.test(path) && !/\.nev$/i.test(path)) return null;
  return { format: FORMAT, path, refused: refusal(head, 'Blackrock') };
}

/** The group of the highest rate, which the files tell. */
function fastestGroup(folder: string, names: readonly string[]): string | undefined {
  if (names.length < 2) return names[0];
  const periods = names.map((name) => {
    try {
      return withFile(join(folder, name), (file) => readNsxHeader(file).period);
    } catch {
      // A group that cannot be opened tells why when it is opened by itself.
      return Infinity;
    }
  });
  const shortest = Math.min(...periods);
  return names.findLast((_, index) => periods[index] === shortest);
}

function isOneOf(list: readonly string[], magic: string): boolean {
  return list.includes(magic);
}

function open(found: Sniff): OpenRecording {
  const nevPath = found.files.find((path) => isNev(path));
  const nsxPath = found.files.find((path) => path !== nevPath);
  const problems: Problem[] = [];
  const nev = nevPath === undefined ? null : openNev(nevPath, nsxPath !== undefined, problems);
  const nsx = nsxPath === undefined ? null : openNsx(nsxPath, nev, problems);
  if (nsxPath !== undefined) problems.push(...mentionOthers(nsxPath));
  const clockShifts = nsx?.data.clockShifts ?? [0];
  return {
    info: describe(found, nsx, nev, problems),
    streams: nsx ? [nsx.stream] : [],
    readEvents: (names, from, to, limit) =>
      nev ? readNevEvents(nev, clockShifts, names, from, to, limit) : { events: [], total: 0 },
  };
}

function isNev(path: string): boolean {
  return withFile(path, (file) => file.size >= 8 && isOneOf(NEV_MAGICS, latin1(file.view(0, 8, 'the file type'))));
}

/** Events beside continuous data are a help: when they cannot be read, the data still open and say so. */
function openNev(path: string, isCompanion: boolean, problems: Problem[]): NevIndex | null {
  try {
    return withFile(path, (file) => {
      const index = indexEvents(file, readNevHeader(file));
      if (index.trailing > 0) {
        const message = `The last event packet is not complete: ${index.trailing} bytes are left out.`;
        problems.push(shouldFix('format.truncated', message, path));
      }
      if (index.passedOver.size > 0) {
        const kinds = [...index.passedOver].map(([kind, count]) => `${count} of ${kind}`).join(', ');
        problems.push(note('format.skipped', `Packets that are no channels of NDI are passed over: ${kinds}.`, path));
      }
      return index;
    });
  } catch (error) {
    if (!isCompanion || !(error instanceof NdiError)) throw error;
    problems.push(shouldFix(error.code, `Its events cannot be read. ${error.message}`, path));
    return null;
  }
}

interface OpenNsx {
  readonly header: NsxHeader;
  readonly data: NsxData;
  readonly stream: SignalStream;
}

function openNsx(path: string, nev: NevIndex | null, problems: Problem[]): OpenNsx {
  return withFile(path, (file) => {
    const header = readNsxHeader(file);
    const data = findPackets(file, header);
    problems.push(...header.problems, ...data.problems);
    const samples = data.segments.reduce((sum, segment) => sum + segment.samples, 0);
    if (samples === 0) problems.push(note('format.empty', 'The file holds a header and no samples.', path));
    const numbers = uniqueNumbers(header, path, problems);
    const scales = channelScales(header, nev?.header ?? null, path, problems);
    const analog = header.channels.map((entry, index) => {
      const number = numbers[index] ?? 0;
      const { units, gain, offset } = scales[index] ?? { units: '', gain: 1, offset: 0 };
      const label = nev?.header.electrodeLabels.get(entry.electrode) ?? entry.label;
      const channel = sampledChannel(
        'analog_in',
        number,
        entry.scale === null ? label : entry.label,
        { sampleRate: header.sampleRate, samples },
        { units, gain, offset },
        // Some programs tell the connector in the file of events only.
        { bank: bankName(nev?.header.banks.get(entry.electrode) || entry.bank) },
      );
      return { channel, channelOffset: 2 * index };
    });
    return { header, data, stream: toStream(path, header, data, analog, samples) };
  });
}

/** Banks are lettered on the front end: connector 1 is A. */
function bankName(connector: number): string {
  return connector >= 1 && connector <= 26 ? String.fromCharCode(64 + connector) : '';
}

function toStream(
  file: string,
  header: NsxHeader,
  data: NsxData,
  analog: SignalStream['channels'],
  samples: number,
): SignalStream {
  const time: Channel = {
    name: 't1',
    type: 'time',
    number: 1,
    label: 'time',
    units: 's',
    sampleRate: header.sampleRate,
    samples,
    gain: null,
    offset: null,
  };
  let firstSample = 0;
  const runs = data.segments.map((segment) => {
    const run = {
      file,
      offset: segment.offset,
      blockBytes: segment.rowBytes,
      samplesPerBlock: 1,
      first: 0,
      samples: segment.samples,
      firstSample,
      t0: segment.t0,
    };
    firstSample += segment.samples;
    return run;
  });
  const channels = [...analog, { channel: time, channelOffset: 0, time: true as const }];
  return { sampleRate: header.sampleRate, word: 'i16', channels, runs: runs.filter((run) => run.samples > 0) };
}

/** Channels are named by electrode id; a second channel of the same id gets the next free number, and it is said. */
function uniqueNumbers(header: NsxHeader, path: string, problems: Problem[]): number[] {
  const used = new Set<number>();
  let free = Math.max(...header.channels.map((channel) => channel.electrode)) + 1;
  return header.channels.map(({ electrode, label }) => {
    if (used.has(electrode)) {
      const message = `Electrode ${electrode} occurs more than once; its channel ${label} is called ai${free}.`;
      problems.push(shouldFix('format.invalid', message, path));
      used.add(free);
      return free++;
    }
    used.add(electrode);
    return electrode;
  });
}

/** Other sampling groups of the same recording are recordings of their own: NDI takes one NSx an epoch. */
function mentionOthers(path: string): Problem[] {
  const name = basename(path);
  const ofStem = namesOfStem(folderNames(dirname(path)), stemOf(name));
  const others = ofStem.filter((other) => NSX_ENDING.test(other) && other !== name);
  if (others.length === 0) return [];
  const message = `${others.sort().join(', ')} of the same recording hold other sampling groups: open them by themselves.`;
  return [note('recording.otherGroups', message, ...others.map((name) => join(dirname(path), name)))];
}

function describe(found: Sniff, nsx: OpenNsx | null, nev: NevIndex | null, problems: Problem[]): RecordingInfo {
  const rate = nsx?.header.sampleRate ?? 1;
  const madeBy = `${nsx?.header.comment ?? ''} ${nev?.header.application ?? ''}`;
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: blackrock.name,
    version: nsx?.header.spec ?? nev?.header.spec ?? '',
    files: [...found.files],
    device: /trellis|ripple/i.test(madeBy) ? 'Ripple' : 'Blackrock',
    startedAt: nsx?.header.startedAt ?? nev?.header.startedAt ?? null,
    segments: segmentsOf(nsx?.stream.runs ?? [], rate),
    channels: [...(nsx?.stream.channels.map(({ channel }) => channel) ?? []), ...(nev ? eventChannels(nev) : [])],
    events: nev ? Object.fromEntries(eventChannels(nev).map(({ name }) => [name, nev.counts.get(name) ?? 0])) : {},
    problems,
    why: [...found.why],
  };
}
