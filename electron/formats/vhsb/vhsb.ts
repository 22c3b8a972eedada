import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { eventChannel, sampledChannel, timeChannel } from '../channels.ts';
import { EventCollector } from '../event-collector.ts';
import { type FileBytes, withFile } from '../file-bytes.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { decodeWords, readWord } from '../word-decoder.ts';
import type { ElementFile } from './address.ts';
import { beginsAsVhsb, HEADER_BYTES, readHeader, type VhsbHeader } from './header.ts';
import { eachRow } from './rows.ts';
import { evenSpacing, type EvenSpacing } from './spacing.ts';

const FORMAT = 'vhsb';

/**
 * What NDI keeps of an element's epoch: times with values. Values taken at a rate are analog inputs `ai1`, `ai2`, ...;
 * values at times of their own (spikes) are events: `e1`, or markers `mk1`, `mk2`, ... where there are several a time.
 */
export const vhsb: RecordingFormat = { id: FORMAT, name: 'VHSB time series', extensions: ['.vhsb'], sniff, open };

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  if (beginsAsVhsb(head))
    return { format: FORMAT, path, files: [path], why: ['It begins with the words of a VHSB file.'] };
  if (!/\.vhsb$/i.test(path)) return null;
  return { format: FORMAT, path, refused: 'it does not begin with the words of a VHSB file.' };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const header = readHeader(file);
    const problems = headerProblems(file, header);
    const spacing = evenSpacing(file, header);
    const base: Base = { found, header, problems };
    return spacing === null ? openEvents(file, base) : openSamples(base, spacing);
  });
}

/**
 * Opens an epoch that an element of a session holds itself.
 * @param address the path by which it is opened
 * @throws NdiError path.*, format.*
 */
export function openElement({ file, element, t0, t1 }: ElementFile, address: string): OpenRecording {
  const why = ['It is an epoch that an element of the session holds itself.'];
  const recording = open({ format: FORMAT, path: file, files: [file], why });
  const { segments, extent } = recording.info;
  const start = segments[0]?.t0 ?? extent?.t0 ?? 0;
  const end = segments.at(-1)?.t1 ?? extent?.t1 ?? 0;
  // A silent cell's epoch is as long as any: its document tells.
  const whole = { t0: Math.min(t0 ?? start, start), t1: Math.max(t1 ?? end, end) };
  const told = recording.streams.length > 0 ? {} : { extent: whole };
  return { ...recording, info: { ...recording.info, path: address, device: element, ...told } };
}

interface Base {
  readonly found: Sniff;
  readonly header: VhsbHeader;
  readonly problems: Problem[];
}

function headerProblems(file: FileBytes, { samples, statedSamples, trailingBytes }: VhsbHeader): Problem[] {
  const problems: Problem[] = [];
  if (trailingBytes > 0) {
    const message = `The file ends within a sample: ${trailingBytes} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  if (statedSamples !== samples) {
    const message = `The header speaks of ${statedSamples} samples, the file holds ${samples}.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  if (samples === 0) problems.push(note('format.empty', 'The file holds no samples.', file.path));
  return problems;
}

function openSamples({ found, header, problems }: Base, { sampleRate, runs: even }: EvenSpacing): OpenRecording {
  const { y, xStored, x, sampleBytes, samples } = header;
  const sampling = { sampleRate, samples };
  const scale = { units: y.units, gain: y.scale.scale, offset: -y.scale.offset * y.scale.scale };
  const channels = Array.from({ length: header.columns }, (_, column) => ({
    channel: sampledChannel('analog_in', column + 1, `column ${column + 1}`, sampling, scale),
    channelOffset: (xStored ? x.bytes : 0) + column * y.bytes,
  }));
  const stream: SignalStream = {
    sampleRate,
    word: 'i16',
    decode: decodeWords(y.word),
    channels: [...channels, timeChannel(1, 'time', sampling)],
    runs: even.map(({ first, samples: held, t0 }) => {
      const block = { file: found.path, offset: HEADER_BYTES, blockBytes: sampleBytes, samplesPerBlock: 1 };
      return { ...block, first, samples: held, firstSample: first, t0 };
    }),
  };
  const segments = segmentsOf(stream.runs, sampleRate);
  return {
    info: { ...commonInfo(found, problems), segments, channels: stream.channels.map(({ channel }) => channel) },
    streams: [stream],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

function openEvents(file: FileBytes, { found, header, problems }: Base): OpenRecording {
  const columns = header.columns;
  const kind = columns === 1 ? 'event' : 'marker';
  const channels = Array.from({ length: columns }, (_, at) => eventChannel(kind, at + 1, `column ${at + 1}`));
  const extent = { t0: Infinity, t1: -Infinity };
  let count = 0;
  eachRow(file, header, (time) => {
    if (!Number.isFinite(time)) return;
    count += 1;
    extent.t0 = Math.min(extent.t0, time);
    extent.t1 = Math.max(extent.t1, time);
  });
  if (count < header.samples) {
    const message = `${header.samples - count} samples have no time and are left out.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  return {
    info: {
      ...commonInfo(found, problems),
      extent: count === 0 ? { t0: 0, t1: 0 } : extent,
      channels,
      events: Object.fromEntries(channels.map(({ name }) => [name, count])),
    },
    streams: [],
    readEvents: (names, from, to, limit) => {
      const collector = new EventCollector(limit);
      const { scale, offset } = header.y.scale;
      const wanted = channels.flatMap(({ name }, column) => (names.has(name) ? [{ name, column }] : []));
      withFile(found.path, (again) =>
        eachRow(again, header, (time, view, yAt) => {
          if (!(time >= from && time < to)) return;
          for (const { name, column } of wanted) {
            const value = () => (readWord(header.y.word, view, yAt + column * header.y.bytes) - offset) * scale;
            collector.offer(name, time, () => toldValue(value()));
          }
        }),
      );
      return collector.result();
    },
  };
}

/** What is no number is told by its name. */
const toldValue = (value: number) => (Number.isFinite(value) ? value : String(value));

function commonInfo(found: Sniff, problems: Problem[]): Omit<RecordingInfo, 'channels'> {
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: vhsb.name,
    version: '1',
    files: [found.path],
    device: 'NDI element',
    startedAt: null,
    segments: [],
    events: {},
    problems,
    why: [...found.why],
  };
}
