import type { Problem } from '../../../shared/contract/common.ts';
import { plainWords, sampledChannel, timeChannel } from '../channels.ts';
import { latin1, withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { FileCandidate, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { runToEnd } from '../whole-samples.ts';
import { decodeWords } from '../word-decoder.ts';

const FORMAT = 'bjg';
const MARK = 'BJG';
/** Text in lines, filled up; source of the layout: what NDI's reader `bjg` takes from it. */
const HEADER_BYTES = 4096;
const VALUE_BYTES = 4;
const MOST_CHANNELS = 10_000;

/** Files of the Gluckman laboratory: a header of text, then the values of all channels, sample by sample. */
export const bjg: RecordingFormat = { id: FORMAT, name: 'BJG binary', extensions: ['.bin'], sniff, open };

function sniff({ path, head }: FileCandidate): Sniff | null {
  // Every file of a scan is asked: only those that may be ours are read as text.
  if (!Buffer.from(head.buffer, head.byteOffset, head.byteLength).includes(MARK)) return null;
  const text = latin1(new DataView(head.buffer, head.byteOffset, head.byteLength));
  if (!text.includes(MARK) || !text.includes('Samples/Second per Channel')) return null;
  return { format: FORMAT, path, files: [path], why: ['Its header of text names BJG, channels and their rate.'] };
}

interface Header {
  readonly version: string;
  readonly channels: number;
  readonly sampleRate: number;
  readonly labels: readonly string[];
}

function open(found: Sniff): OpenRecording {
  const { path } = found;
  const problems: Problem[] = [];
  const { header, size } = withFile(path, (file) => {
    const view = file.view(0, HEADER_BYTES, 'the header');
    return { header: parseHeader(latin1(view), path, problems), size: file.size };
  });
  const { sampleRate } = header;
  const run = runToEnd(path, size, HEADER_BYTES, VALUE_BYTES * header.channels, problems);
  const { samples } = run;
  const sampling = { sampleRate, samples };
  problems.push(note('recording.assumedScale', 'The file tells no units: values are as they are stored.', path));
  const channels = Array.from({ length: header.channels }, (_, at) => ({
    channel: sampledChannel('analog_in', at + 1, header.labels[at] ?? `channel ${at + 1}`, sampling, plainWords),
    channelOffset: VALUE_BYTES * at,
  }));
  const all = [...channels, timeChannel(1, 'time', sampling)];
  const runs = samples === 0 ? [] : [run];
  return {
    info: {
      kind: 'recording',
      path,
      format: FORMAT,
      formatName: bjg.name,
      version: header.version,
      files: [...found.files],
      device: 'BJG',
      startedAt: null,
      segments: segmentsOf(runs, sampleRate),
      channels: all.map(({ channel }) => channel),
      events: {},
      problems,
      why: [...found.why],
    },
    streams: [{ sampleRate, word: 'i16', decode: decodeWords('f32'), channels: all, runs }],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

function parseHeader(text: string, path: string, problems: Problem[]): Header {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const channels = Number(numberBefore(lines, /^(\d+)\s*Channels$/));
  const sampleRate = Number(numberBefore(lines, /^([\d.]+)\s*Samples\/Second per Channel$/));
  const invalid = (field: string, value: number) =>
    formatFault('format.invalid', path, `its header does not tell ${field} (${value}).`, {
      field,
      value: String(value),
    });
  if (!(channels >= 1 && channels <= MOST_CHANNELS)) throw invalid('the number of channels', channels);
  if (!(sampleRate > 0 && sampleRate < 1e9)) throw invalid('the rate', sampleRate);
  const [start, stop] = ['start', 'stop'].map((word) => lines.findIndex((line) => line.toLowerCase() === word));
  const labels = start === undefined || start < 0 ? [] : lines.slice(start + 1, stop === -1 ? undefined : stop);
  const named = labels.filter((line) => line !== '');
  if (named.length !== channels) {
    const message = `The header names ${named.length} channels, of ${channels}.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  return { version: lines.find((line) => line.includes(MARK)) ?? '', channels, sampleRate, labels: named };
}

function numberBefore(lines: readonly string[], pattern: RegExp): string | undefined {
  return lines.map((line) => pattern.exec(line)?.[1]).find((found) => found !== undefined);
}
