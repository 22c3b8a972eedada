import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel } from '../../../shared/contract/recordings.ts';
import { eventChannel, sampledChannel, timeChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import { withFile } from '../file-bytes.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type {
  BlockRun,
  FileCandidate,
  NearMiss,
  OpenRecording,
  RecordingFormat,
  SignalStream,
  Sniff,
} from '../format.ts';
import { shouldFix } from '../problems.ts';
import { decodeScattered } from '../scattered-words.ts';
import { segmentsOf } from '../segments-of.ts';
import { indexBlocks, SPIKE, type PlxEvents, type PlxSlow } from './plx-blocks.ts';
import { readPlxHeader, type PlxHeader } from './plx-header.ts';

const FORMAT = 'plexon';
const MAGIC_BYTES = Array.from('PLEX', (character) => character.charCodeAt(0));
/** Words that are strobed into the event port are one channel of its own. */
const STROBED = 257;
/** Spikes of channel c are e(1000 + c): lower numbers are those of the event channels. */
const SPIKES_FROM = 1000;

/** Plexon `.plx`, versions 100 to 106. */
export const plexon: RecordingFormat = {
  id: FORMAT,
  name: 'Plexon PLX',
  extensions: ['.plx', '.pl2'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  if (startsWith(head, MAGIC_BYTES)) {
    const why = ['The file begins with PLEX, the mark of Plexon recordings.'];
    if (!/\.plx$/i.test(path)) why.push(`The name ${basename(path)} does not say so.`);
    return { format: FORMAT, path, files: [path], why };
  }
  if (/\.pl2$/i.test(path)) {
    const refused = 'PL2 files of Plexon are not documented and cannot be read: export the recording as PLX.';
    return { format: FORMAT, path, refused };
  }
  return /\.plx$/i.test(path) ? { format: FORMAT, path, refused: refusal(head, 'Plexon') } : null;
}

/** Events of one NDI channel. */
interface Source extends PlxEvents {
  readonly name: string;
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const problems: Problem[] = [];
    const header = readPlxHeader(file, problems);
    const index = indexBlocks(file, header, problems);
    const streams = toStreams(found.path, header, index.slow, problems);
    const channels = eventChannels(header, index.events);
    const sources = index.events.map((events): Source => ({ ...events, name: nameOf(events.type, events.channel) }));
    return {
      info: describe(found, header, streams, channels, sources, problems),
      streams,
      readEvents: (names, from, to, limit) => {
        const collector = new EventCollector(limit);
        for (const { name, type, channel, stamps, values } of sources.filter((source) => names.has(source.name))) {
          const isPlain = type !== SPIKE && channel !== STROBED;
          stamps.forEach((stamp, at) => {
            const time = stamp / header.ticks;
            if (time >= from && time < to) collector.offer(name, time, () => (isPlain ? 1 : (values[at] ?? 0)));
          });
        }
        return collector.result();
      },
    };
  });
}

function nameOf(type: PlxEvents['type'], channel: number): string {
  return eventChannelOf(type, channel, '').name;
}

function eventChannelOf(type: PlxEvents['type'], channel: number, label: string): Channel {
  if (type === SPIKE) return eventChannel('event', SPIKES_FROM + channel, label);
  return channel === STROBED ? eventChannel('marker', 1, label) : eventChannel('event', channel, label);
}

/** The event channels of the headers, and whatever else has events. */
function eventChannels(header: PlxHeader, events: readonly PlxEvents[]): Channel[] {
  const channels = new Map<string, Channel>();
  const add = (channel: Channel) => {
    if (!channels.has(channel.name)) channels.set(channel.name, channel);
  };
  for (const [channel, label] of header.eventLabels) {
    // Numbers beyond are no event channels: they would be those of spikes.
    if (channel >= 0 && channel < SPIKES_FROM) add(eventChannelOf(4, channel, label));
  }
  for (const { type, channel } of events) {
    const labels = type === SPIKE ? header.spikeLabels : header.eventLabels;
    add(eventChannelOf(type, channel, labels.get(channel) ?? `channel ${channel}`));
  }
  return [...channels.values()];
}

/** One stream a slow channel; the first of those that were sampled together has their time channel. */
function toStreams(path: string, header: PlxHeader, slow: readonly PlxSlow[], problems: Problem[]): SignalStream[] {
  const clocks = new Map<string, number>();
  const unknown: number[] = [];
  const streams = slow.flatMap((pieces): SignalStream[] => {
    const facts = header.slow.get(pieces.channel);
    if (facts === undefined || facts.frequency <= 0) {
      unknown.push(pieces.channel);
      return [];
    }
    const { frequency: sampleRate, label, gain } = facts;
    const sampling = { sampleRate, samples: pieces.samples };
    const scale = { units: 'mV', gain, offset: 0 };
    const runs = pieces.runs.map((run): BlockRun => ({
      file: path,
      offset: 0,
      blockBytes: 2,
      samplesPerBlock: 1,
      first: 0,
      samples: run.samples,
      firstSample: run.firstSample,
      t0: run.stamp / header.ticks,
    }));
    const clock = JSON.stringify([sampleRate, runs.map((run) => [run.t0, run.samples])]);
    const isNew = !clocks.has(clock);
    if (isNew) clocks.set(clock, clocks.size + 1);
    const channel = sampledChannel('analog_in', pieces.channel + 1, label, sampling, scale);
    const time = isNew ? [timeChannel(clocks.size, 'time', sampling)] : [];
    return [
      {
        sampleRate,
        word: 'i16',
        channels: [{ channel, channelOffset: 0 }, ...time],
        runs,
        decode: decodeScattered('i16', pieces),
      },
    ];
  });
  if (unknown.length > 0) {
    const message = `Slow channels ${unknown.join(', ')} have data, but no header that tells their rate: they are left out.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  return streams;
}

function describe(
  found: Sniff,
  header: PlxHeader,
  streams: readonly SignalStream[],
  channels: readonly Channel[],
  sources: readonly Source[],
  problems: Problem[],
): OpenRecording['info'] {
  const fastest = streams.reduce<SignalStream | null>(
    (best, stream) => (best && best.sampleRate >= stream.sampleRate ? best : stream),
    null,
  );
  const last = sources.reduce((end, { stamps }) => stamps.reduce((later, stamp) => Math.max(later, stamp), end), -1);
  const eventsOnly = streams.length === 0 && last >= 0 ? { extent: { t0: 0, t1: last / header.ticks } } : {};
  const counts = new Map(channels.map(({ name }) => [name, 0]));
  for (const { name, stamps } of sources) counts.set(name, (counts.get(name) ?? 0) + stamps.length);
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: plexon.name,
    version: String(header.version),
    files: [...found.files],
    device: 'Plexon',
    startedAt: header.startedAt,
    segments: segmentsOf(fastest?.runs ?? [], fastest?.sampleRate ?? 1),
    ...eventsOnly,
    channels: [...streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)), ...channels],
    events: Object.fromEntries(counts),
    problems,
    why: [...found.why],
  };
}
