import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { BlockRun, FileCandidate, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { decodeWords } from '../word-decoder.ts';
import { bytesOf, isDescription, readDescription, wordOf, type Description } from './description.ts';

const FORMAT = 'binary-matrix';
const MATRIX_ENDING = /\.(bin|dat|raw)$/i;

/** Values and nothing else: opened only where a text beside the file says what they are. */
export const binaryMatrix: RecordingFormat = {
  id: FORMAT,
  name: 'Raw binary matrix',
  extensions: ['.bin', '.dat', '.raw'],
  sniff,
  open,
};

function sniff({ path }: FileCandidate): Sniff | null {
  const isText = /\.json$/i.test(path);
  const matrix = isText ? path.slice(0, -'.json'.length) : path;
  const text = isText ? path : `${path}.json`;
  if (!MATRIX_ENDING.test(matrix) || !existsSync(isText ? matrix : text) || !isDescription(text)) return null;
  const why = [`${basename(text)} beside it says what its values are.`];
  return { format: FORMAT, path: matrix, files: [matrix, text], why };
}

function open(found: Sniff): OpenRecording {
  const [path = found.path, textPath = `${path}.json`] = found.files;
  const description = readDescription(textPath);
  const { sampleRate, gain, offset, units } = description;
  const problems: Problem[] = [];
  const run = findSamples(path, description, problems);
  const { samples } = run;
  const runs = samples === 0 ? [] : [run];
  const sampling = { sampleRate, samples };
  const channels = Array.from({ length: description.channels }, (_, index) => ({
    channel: sampledChannel('analog_in', index + 1, `channel ${index + 1}`, sampling, { units, gain, offset }),
    channelOffset: bytesOf(description) * index * (description.order === 'channel' ? samples : 1),
  }));
  const all = [...channels, timeChannel(1, 'time', sampling)];
  return {
    info: {
      kind: 'recording',
      path,
      format: FORMAT,
      formatName: binaryMatrix.name,
      version: '',
      files: [...found.files],
      device: 'Raw binary matrix',
      startedAt: null,
      segments: segmentsOf(runs, sampleRate),
      channels: all.map(({ channel }) => channel),
      events: {},
      problems,
      why: [...found.why],
    },
    streams: [{ sampleRate, ...wordsOf(description), channels: all, runs }],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

/** Rows of 16-bit little-endian words are what the kernels know; all others are decoded word by word. */
function wordsOf(description: Description): Pick<SignalStream, 'word' | 'decode'> {
  const word = wordOf(description);
  if (description.order === 'sample' && (word === 'i16' || word === 'u16')) return { word };
  return { word: 'i16', decode: decodeWords(word) };
}

function findSamples(path: string, description: Description, problems: Problem[]): BlockRun {
  const { channels, skip, order } = description;
  const size = withFile(path, (file) => file.size);
  if (skip > size) {
    const what = `it has ${size} bytes, and ${skip} are to be skipped.`;
    throw formatFault('format.truncated', path, what, { field: 'skip', value: skip, size });
  }
  const width = bytesOf(description);
  if (size > skip && size - skip < channels) {
    const what = `its ${size - skip} bytes hold not one sample of ${channels} channels.`;
    throw formatFault('format.truncated', path, what, { field: 'channels', value: channels, size });
  }
  const samples = Math.floor((size - skip) / (channels * width));
  const trailing = size - skip - samples * channels * width;
  if (trailing > 0) {
    const message = `The values do not fill whole samples: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, path));
  }
  if (samples === 0) problems.push(note('format.empty', 'The file holds no samples.', path));
  const block =
    order === 'sample'
      ? { blockBytes: channels * width, samplesPerBlock: 1 }
      : { blockBytes: Math.max(1, samples) * channels * width, samplesPerBlock: Math.max(1, samples) };
  return { file: path, offset: skip, ...block, first: 0, samples, firstSample: 0, t0: 0 };
}
