import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel, RecordingInfo, SignalEvent } from '../../../shared/contract/recordings.ts';
import { eventChannel, plainWords, sampledChannel, timeChannel, type Scale, tellsApart } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { refusal, startsWith } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { decodeWords } from '../word-decoder.ts';
import { ANNOTATIONS, readAnnotations, readTriggers, TRIGGERS, type RecordSegment } from './events.ts';
import { readHeader, type EdfHeader, type EdfSignal } from './header.ts';

const FORMAT = 'edf';
const EDF_BEGINNING = Array.from('0       ', (character) => character.charCodeAt(0));
const BDF_BEGINNING = [0xff, ...Array.from('BIOSEMI', (character) => character.charCodeAt(0))];
/** Records larger than this (some writers make one of hours) are not read whole, whatever the channels. */
const LARGE_RECORD_BYTES = 1024 * 1024;

/** European Data Format: EDF, EDF+ and their 24-bit siblings BDF, BDF+; continuous and discontinuous. */
export const edf: RecordingFormat = {
  id: FORMAT,
  name: 'EDF/BDF',
  extensions: ['.edf', '.bdf'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const named = /\.(edf|bdf)$/i.test(path);
  const is = startsWith(head, EDF_BEGINNING) ? 'EDF' : startsWith(head, BDF_BEGINNING) ? 'BDF' : null;
  if (is === null) return named ? { format: FORMAT, path, refused: refusal(head, 'EDF or BDF') } : null;
  const why = [`The file begins as ${is} does (${is === 'EDF' ? '"0" and blanks' : 'FF and "BIOSEMI"'}).`];
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const header = readHeader(file);
    const times = readAnnotations(file, header);
    const problems = [...header.problems, ...times.problems];
    if (header.records === 0) problems.push(note('format.empty', 'The file holds a header and no records.', file.path));
    const streams = buildStreams(found.path, header, times.segments, problems);
    const status = header.signals.find(({ label, isText }) => header.width === 3 && !isText && label === 'Status');
    const triggers = status === undefined ? null : readTriggers(file, header, status, times.segments);
    const hasText = header.signals.some(({ isText }) => isText);
    const lists = new Map<string, readonly SignalEvent[]>();
    if (hasText) lists.set(ANNOTATIONS, times.annotations);
    if (triggers) lists.set(TRIGGERS, triggers);
    const info = describe(found, header, times.segments, streams, lists, problems);
    return { info, streams, readEvents: (names, from, to, limit) => selectEvents(lists, names, from, to, limit) };
  });
}

/** One stream a sampling rate, the fastest first. */
function buildStreams(
  path: string,
  header: EdfHeader,
  segments: readonly RecordSegment[],
  problems: Problem[],
): SignalStream[] {
  const ordinary = header.signals.filter(({ isText }) => !isText);
  const empty = ordinary.filter(({ samplesPerRecord }) => samplesPerRecord === 0);
  if (empty.length > 0) {
    const message = `Signals without samples are left out: ${empty.map(({ label }) => label).join(', ')}.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  const counts = [...new Set(ordinary.map(({ samplesPerRecord }) => samplesPerRecord))].filter((count) => count > 0);
  const needsDecoder = header.width === 3 || header.recordBytes > LARGE_RECORD_BYTES;
  const decode = needsDecoder ? { decode: decodeWords(header.width === 3 ? 'i24' : 'i16') } : {};
  return counts
    .sort((a, b) => b - a)
    .map((count, index) => {
      const sampling = { sampleRate: count / header.recordSeconds, samples: count * header.records };
      const channels = ordinary.flatMap((signal, place) => {
        if (signal.samplesPerRecord !== count) return [];
        const scale = scaleOf(signal, path, problems);
        const channel = sampledChannel('analog_in', place + 1, signal.label, sampling, scale);
        return [{ channel, channelOffset: signal.offset }];
      });
      const runs = segments.map(({ first, records, t0 }) => ({
        file: path,
        offset: header.bytes,
        blockBytes: header.recordBytes,
        samplesPerBlock: count,
        first: first * count,
        samples: records * count,
        firstSample: first * count,
        t0,
      }));
      const time = timeChannel(index + 1, index === 0 ? 'time' : `time at ${sampling.sampleRate} Hz`, sampling);
      return { sampleRate: sampling.sampleRate, word: 'i16', channels: [...channels, time], runs, ...decode };
    });
}

/** A signal whose ranges say nothing is left as it is stored. Physical ranges may be upside down. */
function scaleOf(signal: EdfSignal, path: string, problems: Problem[]): Scale {
  const { physicalMin, physicalMax, digitalMin, digitalMax, label, units } = signal;
  const gain = (physicalMax - physicalMin) / (digitalMax - digitalMin);
  const offset = physicalMin - digitalMin * gain;
  if (tellsApart({ gain, offset })) return { units, gain, offset };
  const message = `The ranges of ${label} (${digitalMin} to ${digitalMax} is ${physicalMin} to ${physicalMax}) give no scale: its stored numbers are shown.`;
  problems.push(shouldFix('format.invalid', message, path));
  return plainWords;
}

function selectEvents(
  lists: ReadonlyMap<string, readonly SignalEvent[]>,
  names: ReadonlySet<string>,
  from: number,
  to: number,
  limit: number,
) {
  const events = [...lists]
    .filter(([name]) => names.has(name))
    .flatMap(([, list]) => list.filter(({ time }) => time >= from && time < to))
    .sort((a, b) => a.time - b.time);
  return { events: events.slice(0, limit), total: events.length };
}

function describe(
  found: Sniff,
  header: EdfHeader,
  segments: readonly RecordSegment[],
  streams: readonly SignalStream[],
  events: ReadonlyMap<string, readonly SignalEvent[]>,
  problems: Problem[],
): RecordingInfo {
  const listed = streams.flatMap((stream) => stream.channels.map(({ channel }) => channel));
  const signals = listed.filter(({ type }) => type !== 'time').sort((a, b) => a.number - b.number);
  const times = listed.filter(({ type }) => type === 'time');
  const eventChannels: Channel[] = [...events.keys()].map((name) =>
    name === ANNOTATIONS ? eventChannel('text', 1, 'annotations') : eventChannel('marker', 1, 'Status: triggers'),
  );
  const [fastest] = streams;
  const perRecord = fastest?.runs[0]?.samplesPerBlock ?? 0;
  const why = [...found.why];
  if (header.localStart !== null) why.push(`It began at ${header.localStart} by the clock of the recorder.`);
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: edf.name,
    version: header.version,
    files: [...found.files],
    device: header.width === 3 ? 'BioSemi or other BDF recorder' : 'EDF recorder',
    // The time zone is not stored.
    startedAt: null,
    segments: segments
      .filter(() => perRecord > 0)
      .map(({ first, records, t0 }) => ({
        start: first * perRecord,
        samples: records * perRecord,
        t0,
        t1: t0 + (records * perRecord - 1) / (fastest?.sampleRate ?? 1),
      })),
    channels: [...signals, ...times, ...eventChannels],
    events: Object.fromEntries([...events].map(([name, list]) => [name, list.length])),
    problems,
    why,
  };
}
