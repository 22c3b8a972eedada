import { readFileSync } from 'node:fs';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, ChannelType, RecordingInfo } from '../../../shared/contract/recordings.ts';
import { channelName, isSampled } from '../../../shared/model/channels.ts';
import { eventChannel, sampledChannel, timeChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import { toReadFault } from '../file-faults.ts';
import type { BlockRun, OpenRecording, SignalStream } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import type { IngestedEpoch } from './address.ts';
import { parseChannelList, segmentName, segmentPrefix, type IngestedChannel } from './channel-list.ts';
import { notesFile, notesSchema, type EpochNotes } from './notes.ts';
import { rowsOfSegments, Segments } from './segments.ts';

const FORMAT = 'ndi-ingested';
const CHANNEL_LIST = 'channel_list.bin';

/**
 * Opens an epoch whose samples lie in a session's database as NDI ingests them: segments of a channel type's groups.
 * @param address the path by which it is opened
 * @throws NdiError path.*, format.*
 */
export function openIngested(epoch: IngestedEpoch, address: string): OpenRecording {
  const listPath = epoch.files[CHANNEL_LIST] ?? '';
  const channels = parseChannelList(readText(listPath), listPath);
  const problems: Problem[] = [];
  const notes = readNotes(epoch.files[notesFile], problems);
  const segments = new Segments(epoch.files);
  const groups = groupsOf(channels);
  let timeNumber = 0;
  const streams = groups.flatMap((group) => {
    const stream = toStream(epoch, group, segments, notes, problems, ++timeNumber);
    if (stream === null) problems.push(note('format.empty', `Channels ${namesOf(group)} have no samples.`, listPath));
    return stream === null ? [] : [stream];
  });
  const events = channels.filter(({ type }) => !isSampled(type));
  if (events.length > 0 && notes === null) {
    const message =
      'The events of this epoch are encoded in a way that only NDI’s own program knows; they are not shown.';
    problems.push(shouldFix('format.unsupported', message, listPath));
  }
  return {
    info: describe(epoch, address, streams, events, notes, problems),
    streams,
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      for (const { channel, time, value, duration } of notes?.events ?? []) {
        if (!names.has(channel) || time < from || time >= to) continue;
        collector.offer(channel, time, () => value, duration);
      }
      return collector.result();
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function readNotes(path: string | undefined, problems: Problem[]): EpochNotes | null {
  if (path === undefined) return null;
  const parsed = notesSchema.safeParse(parseJson(readText(path)));
  if (parsed.success) return parsed.data;
  problems.push(
    shouldFix('format.invalid', 'The notes beside the ingested epoch are damaged; NDI’s own files are used.', path),
  );
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Channels whose samples share files: of one beginning and group, in the order of their columns. */
interface Group {
  readonly type: ChannelType;
  readonly group: number;
  readonly channels: readonly IngestedChannel[];
}

function groupsOf(channels: readonly IngestedChannel[]): Group[] {
  const groups = new Map<string, { type: ChannelType; group: number; channels: IngestedChannel[] }>();
  for (const channel of channels) {
    if (!isSampled(channel.type) || channel.type === 'time') continue;
    const key = `${segmentPrefix(channel.type)}_${channel.group}`;
    const known = groups.get(key) ?? { type: channel.type, group: channel.group, channels: [] };
    known.channels.push(channel);
    groups.set(key, known);
  }
  return [...groups.values()];
}

function namesOf({ channels }: Group): string {
  return channels.map(({ name }) => name).join(', ');
}

function toStream(
  epoch: IngestedEpoch,
  group: Group,
  segments: Segments,
  notes: EpochNotes | null,
  problems: Problem[],
  number: number,
): SignalStream | null {
  const { type } = group;
  const length = type === 'digital_in' || type === 'digital_out' ? epoch.digitalSegment : epoch.analogSegment;
  const name = (segment: number) => segmentName(type, group.group, segment);
  let count = 0;
  while (segments.has(name(count + 1))) count++;
  const sampleRate = group.channels[0]?.sampleRate ?? NaN;
  if (count === 0 || !(sampleRate > 0)) return null;
  const form = { columns: group.channels.length, mostRows: length };
  const samples = (count - 1) * length + segments.get(name(count), form).rows;
  const stretches = stretchesOf(epoch, group, samples, notes, problems);
  const runs = stretches.map(([first, held, t0]): BlockRun => ({
    file: '',
    offset: 0,
    // What a sample costs: a whole segment is inflated for any of them.
    blockBytes: 8 * group.channels.length,
    samplesPerBlock: 1,
    first,
    samples: held,
    firstSample: first,
    t0,
  }));
  const sampling = { sampleRate, samples };
  const channels = group.channels.map((channel, column) => {
    const said = notes?.channels[channelName(channel.type, channel.number)];
    const scale = { units: said?.units ?? '', gain: channel.scale, offset: -channel.offset * channel.scale };
    const label = said?.label ?? channel.name;
    return { channel: sampledChannel(channel.type, channel.number, label, sampling, scale), channelOffset: column };
  });
  return {
    sampleRate,
    word: 'i16',
    channels: [...channels, timeChannel(number, `time of ${segmentPrefix(type)}`, sampling)],
    runs,
    decode: (_read, run, wanted, from, to, out) => {
      let at = 0;
      for (const rows of rowsOfSegments(run.first + from, run.first + to, length)) {
        const { columns } = segments.get(name(rows.segment), form);
        const end = at + rows.to - rows.from;
        wanted.forEach(({ channel, channelOffset }, index) => {
          const values = out[index]?.subarray(at, end);
          const column = columns[channelOffset];
          const [gain, offset] = [channel.gain ?? 1, channel.offset ?? 0];
          // A segment that is short, as NDI's may be by one sample, has no number there.
          values?.forEach((_, sample) => {
            values[sample] = (column?.[rows.from + sample] ?? NaN) * gain + offset;
          });
        });
        at = end;
      }
    },
  };
}

/** Stretches without a gap as the notes tell them, where they fit the samples that there are: else one for all. */
function stretchesOf(
  epoch: IngestedEpoch,
  { type, group }: Group,
  samples: number,
  notes: EpochNotes | null,
  problems: Problem[],
): EpochNotes['runs'][string] {
  const told = notes?.runs[`${segmentPrefix(type)}_${group}`] ?? [];
  let end = 0;
  const isWhole = told.every(([first, held]) => {
    const follows = first === end;
    end += held;
    return follows;
  });
  if (told.length > 0 && isWhole && end === samples) return told;
  if (told.length > 0) {
    const message = `The notes beside the ingested epoch tell of other samples than the ${samples} of ${segmentPrefix(type)} group ${group}: gaps are not known.`;
    problems.push(shouldFix('format.invalid', message, epoch.files[notesFile] ?? ''));
  }
  return [[0, samples, epoch.t0]];
}

function describe(
  epoch: IngestedEpoch,
  address: string,
  streams: readonly SignalStream[],
  events: readonly IngestedChannel[],
  notes: EpochNotes | null,
  problems: Problem[],
): RecordingInfo {
  const fastest = streams.reduce<SignalStream | null>(
    (best, one) => (one.sampleRate > (best?.sampleRate ?? 0) ? one : best),
    null,
  );
  const counts = new Map<string, number>();
  for (const { channel } of notes?.events ?? []) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const eventChannels = events.map(({ type, number: at, name }): Channel => {
    const kind = type === 'marker' || type === 'text' ? type : 'event';
    return eventChannel(kind, at, notes?.channels[name]?.label ?? name);
  });
  return {
    kind: 'recording',
    path: address,
    format: FORMAT,
    formatName: 'NDI ingested epoch',
    version: '',
    // Those of the cloud come and go, and never change.
    files: Object.entries(epoch.files).flatMap(([name, path]) => (epoch.remote?.includes(name) === true ? [] : [path])),
    device: notes?.device ?? 'NDI',
    startedAt: notes?.startedAt ?? null,
    segments: segmentsOf(fastest?.runs ?? [], fastest?.sampleRate ?? 1),
    extent: { t0: epoch.t0, t1: epoch.t1 },
    channels: [...streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)), ...eventChannels],
    events: Object.fromEntries(eventChannels.map(({ name }) => [name, counts.get(name) ?? 0])),
    problems,
    why: ['The samples of this epoch were taken into the session’s database.'],
  };
}
