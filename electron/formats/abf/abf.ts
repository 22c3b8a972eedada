import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { Channel } from '../../../shared/contract/recordings.ts';
import { channelName } from '../../../shared/model/channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { refusal } from '../foreign-content.ts';
import type {
  BlockRun,
  EventList,
  FileCandidate,
  NearMiss,
  OpenRecording,
  RecordingFormat,
  SignalStream,
  Sniff,
} from '../format.ts';
import { note } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { decodeWords } from '../word-decoder.ts';
import type { AbfHeader } from './abf-header.ts';
import { readAbf1Header } from './abf1-header.ts';
import { readAbf2Header } from './abf2-header.ts';
import { findSweeps, type Sweep } from './sweeps.ts';
import { readTags, type Tag } from './tags.ts';

const FORMAT = 'abf';
const VERSION_1 = 'ABF ';
const VERSION_2 = 'ABF2';
/** The mark as computers of the other byte order wrote it. */
const BIG_ENDIAN = ' FBA';
const TAGS = 'tx1';

/** Axon Binary Format 1 and 2 (pCLAMP): gap-free, episodic and event-driven recordings. */
export const abf: RecordingFormat = {
  id: FORMAT,
  name: 'Axon ABF',
  extensions: ['.abf'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const magic = String.fromCharCode(...head.subarray(0, 4));
  const named = path.toLowerCase().endsWith('.abf');
  const isAbf = magic === VERSION_1 || magic === VERSION_2 || (magic === BIG_ENDIAN && named);
  if (!isAbf) return named ? { format: FORMAT, path, refused: refusal(head, 'Axon ABF') } : null;
  const version = magic === VERSION_2 ? 'version 2 (pCLAMP 10 and later)' : 'version 1';
  const why = [`The file begins with "${magic}", the mark of the Axon Binary Format, ${version}.`];
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const header = readAbfHeader(file);
    const { sweeps, problems } = findSweeps(file, header);
    const isCut = problems.some(({ code }) => code === 'format.truncated');
    const tags = readTags(file, header, isCut, problems);
    const samples = sweeps.reduce((sum, sweep) => sum + sweep.samples, 0);
    if (samples === 0) problems.push(note('format.empty', 'The file holds a header and no samples.', found.path));
    const stream = toStream(found.path, header, sweeps, samples);
    return {
      info: describe(found, header, stream, tags, problems),
      streams: [stream],
      readEvents: (names, from, to, limit) => tagEvents(names.has(TAGS) ? tags : [], from, to, limit),
    };
  });
}

function readAbfHeader(file: FileBytes): AbfHeader {
  const magic = file.view(0, 4, 'the file signature');
  const text = String.fromCharCode(...Array.from({ length: 4 }, (_, index) => magic.getUint8(index)));
  if (text === VERSION_2) return readAbf2Header(file);
  if (text === VERSION_1) return readAbf1Header(file);
  const message = 'it was written by a computer of the other byte order (big-endian), which is not supported.';
  throw formatFault('format.unsupported', file.path, message, { field: 'the file signature', value: text, offset: 0 });
}

function toStream(file: string, header: AbfHeader, sweeps: readonly Sweep[], samples: number): SignalStream {
  const { sampleRate } = header;
  const width = header.word === 'f32' ? 4 : 2;
  let firstSample = 0;
  const runs = sweeps.map((sweep): BlockRun => {
    const run = {
      file,
      offset: header.data.offset + sweep.base * width,
      blockBytes: header.channels.length * width,
      samplesPerBlock: 1,
      first: 0,
      samples: sweep.samples,
      firstSample,
      t0: sweep.t0,
    };
    firstSample += sweep.samples;
    return run;
  });
  const channels = header.channels.map(({ label, units, gain, offset }, index) => ({
    channel: sampled('analog_in', index + 1, { label, units, gain, offset, sampleRate, samples }),
    channelOffset: index * width,
  }));
  const time = sampled('time', 1, { label: 'time', units: 's', gain: null, offset: null, sampleRate, samples });
  return {
    sampleRate,
    word: 'i16',
    channels: [...channels, { channel: time, channelOffset: 0, time: true }],
    runs,
    ...(header.word === 'f32' ? { decode: decodeWords('f32') } : {}),
  };
}

function sampled(
  type: 'analog_in' | 'time',
  number: number,
  facts: Omit<Channel, 'name' | 'type' | 'number'>,
): Channel {
  return { name: channelName(type, number), type, number, ...facts };
}

function tagEvents(tags: readonly Tag[], from: number, to: number, limit: number): EventList {
  const within = tags.filter(({ time }) => time >= from && time < to);
  const events = within.slice(0, limit).map(({ time, text }) => ({ channel: TAGS, time, value: text }));
  return { events, total: within.length };
}

function describe(
  found: Sniff,
  header: AbfHeader,
  stream: SignalStream,
  tags: readonly Tag[],
  problems: Problem[],
): OpenRecording['info'] {
  const text: Channel = {
    name: TAGS,
    type: 'text',
    number: 1,
    label: 'tags',
    units: '',
    sampleRate: null,
    samples: null,
    gain: null,
    offset: null,
  };
  const sampledChannels = stream.channels.map(({ channel }) => channel);
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: abf.name,
    version: header.version,
    files: [...found.files],
    device: 'Axon',
    startedAt: header.startedAt,
    segments: segmentsOf(stream.runs, header.sampleRate),
    channels: tags.length > 0 ? [...sampledChannels, text] : sampledChannels,
    events: tags.length > 0 ? { [TAGS]: tags.length } : {},
    problems,
    why: [...found.why],
  };
}
