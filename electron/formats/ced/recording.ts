import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo, Segment } from '../../../shared/contract/recordings.ts';
import { channelName, type ChannelTypeName } from '../../../shared/model/channels.ts';
import type { OpenRecording, SignalStream, Sniff } from '../format.ts';
import { note } from '../problems.ts';
import { decodeScattered } from '../scattered-words.ts';
import { segmentsOf } from '../segments-of.ts';
import type { CedContents, CedWave } from './contents.ts';
import { EventReader } from './events.ts';

/** What a format says of itself and of a file, besides its channels. */
export interface CedHeading {
  readonly formatName: string;
  readonly version: string;
  readonly startedAt: string | null;
  readonly problems: readonly Problem[];
}

/**
 * A recording of the contents of a file. Every wave is a stream of its own: channels start at different ticks because
 * the converter takes them one after the other.
 */
export function toRecording(found: Sniff, contents: CedContents, heading: CedHeading): OpenRecording {
  const { secondsPerTick, waves, events, lastTick } = contents;
  const streams = waves.map((wave) => toStream(found.path, wave, secondsPerTick));
  const eventChannels = events.map(({ type, number, title }) => eventChannel(type, number, title));
  const channels = [...streams.flatMap((stream) => stream.channels.map(({ channel }) => channel)), ...eventChannels];
  const items = [...waves.map(({ index }) => index.pieces), ...events.map(({ pieces }) => pieces)];
  const problems = [...heading.problems];
  if (items.every(({ count }) => count === 0)) {
    problems.push(note('format.empty', 'The file holds headers and no data.', found.path));
  }
  const info: RecordingInfo = {
    kind: 'recording',
    path: found.path,
    format: found.format,
    formatName: heading.formatName,
    version: heading.version,
    files: [...found.files],
    device: 'CED Spike2',
    startedAt: heading.startedAt,
    segments: fastestSegments(streams),
    extent: { t0: 0, t1: Math.max(0, lastTick) * secondsPerTick },
    channels,
    events: Object.fromEntries(events.map(({ type, number, pieces }) => [channelName(type, number), pieces.count])),
    problems,
    why: [...found.why],
  };
  const reader = new EventReader(found.path, contents);
  return { info, streams, readEvents: (names, from, to, limit) => reader.read(names, from, to, limit) };
}

function toStream(file: string, wave: CedWave, secondsPerTick: number): SignalStream {
  const { number, index, word } = wave;
  const sampleRate = 1 / (index.ticksPerSample * secondsPerTick);
  const samples = index.pieces.count;
  const { title: label, units, gain, offset } = wave;
  const name = channelName('analog_in', number);
  const analog: Channel = { name, type: 'analog_in', number, label, units, sampleRate, samples, gain, offset };
  const time: Channel = {
    name: channelName('time', number),
    type: 'time',
    number,
    label: `time of ${name}`,
    units: 's',
    sampleRate,
    samples,
    gain: null,
    offset: null,
  };
  return {
    sampleRate,
    word: 'i16',
    channels: [
      { channel: analog, channelOffset: 0 },
      { channel: time, channelOffset: 0, time: true },
    ],
    runs: index.segments.map(({ firstSample, samples: count, tick }) => ({
      file,
      offset: 0,
      blockBytes: word === 'i16' ? 2 : 4,
      samplesPerBlock: 1,
      first: 0,
      samples: count,
      firstSample,
      t0: tick * secondsPerTick,
    })),
    decode: decodeScattered(word, index.pieces),
  };
}

function eventChannel(type: ChannelTypeName, number: number, label: string): Channel {
  const name = channelName(type, number);
  return { name, type, number, label, units: '', sampleRate: null, samples: null, gain: null, offset: null };
}

/** The stretches of the wave of the highest rate, the first one of several. */
function fastestSegments(streams: readonly SignalStream[]): Segment[] {
  const recorded = streams.filter(({ runs }) => runs.length > 0);
  const highest = Math.max(...recorded.map(({ sampleRate }) => sampleRate));
  const fastest = recorded.find(({ sampleRate }) => sampleRate === highest);
  return segmentsOf(fastest?.runs ?? [], highest);
}

/**
 * The start as Spike2 writes it, on the clock of its computer, whose time zone is not known: ISO without a zone; null
 * where it is not set. `parts`: hundredths, second, minute, hour, day, month.
 */
export function startOf(parts: readonly number[], year: number): string | null {
  const [hundredths = 0, second = 0, minute = 0, hour = 0, day = 0, month = 0] = parts;
  if (year < 1980 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour > 23 || minute > 59 || second > 59 || hundredths > 99) return null;
  const milliseconds = 10 * hundredths;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds)).toISOString().replace('Z', '');
}
