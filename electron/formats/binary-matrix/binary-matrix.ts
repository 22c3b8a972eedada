import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { MATRIX_MARK, type MatrixDescription } from '../../../shared/contract/raw-matrix.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { BlockRun, FileCandidate, OpenRecording, RecordingFormat, SignalStream, Sniff } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { standsBeside } from '../stands-beside.ts';
import { decodeWords } from '../word-decoder.ts';
import type { DescribedMatrix } from './address.ts';
import { bytesOf, isDescription, readDescription, wordOf } from './description.ts';

const TEXT_ENDING = '.json';

/** Values and nothing else: opened only where a text beside the file says what they are. */
export const binaryMatrix: RecordingFormat = {
  id: MATRIX_MARK,
  name: 'Raw binary matrix',
  extensions: ['.bin', '.dat', '.raw'],
  sniff,
  open,
};

/** Where the description of a file stands, or would. */
export function matrixTextOf(file: string): string {
  return `${file}${TEXT_ENDING}`;
}

/** Whether a text of the right name is beside a file: it may be a description, whatever the name of the file says. */
export function mayBeDescribed(name: string, siblings: readonly string[]): boolean {
  return standsBeside(matrixTextOf(name), siblings);
}

function sniff({ path, siblings }: FileCandidate): Sniff | null {
  const isText = path.toLowerCase().endsWith(TEXT_ENDING);
  const matrix = isText ? path.slice(0, -TEXT_ENDING.length) : path;
  const text = isText ? path : matrixTextOf(path);
  if (matrix.toLowerCase().endsWith(TEXT_ENDING) || !standsBeside(basename(isText ? matrix : text), siblings))
    return null;
  if (!isDescription(text)) return null;
  const why = [`${basename(text)} beside it says what its values are.`];
  return { format: MATRIX_MARK, path: matrix, files: [matrix, text], why };
}

function open(found: Sniff): OpenRecording {
  const [file = found.path, text = matrixTextOf(file)] = found.files;
  return openMatrix({ file, description: readDescription(text) }, found);
}

/**
 * Opens a file as the matrix that a description says it is.
 * @throws NdiError path.*, format.truncated where the file has not so many bytes
 */
export function openMatrix(
  { file, description }: DescribedMatrix,
  { path, files, why }: Pick<Sniff, 'path' | 'files' | 'why'>,
): OpenRecording {
  const { sampleRate, gain, offset, units } = description;
  const problems: Problem[] = [];
  const run = findSamples(file, description, problems);
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
      format: MATRIX_MARK,
      formatName: binaryMatrix.name,
      version: '',
      files: [...files],
      device: 'Raw binary matrix',
      startedAt: null,
      segments: segmentsOf(runs, sampleRate),
      channels: all.map(({ channel }) => channel),
      events: {},
      problems,
      why: [...why],
    },
    streams: [{ sampleRate, ...wordsOf(description), channels: all, runs }],
    readEvents: () => ({ events: [], total: 0 }),
  };
}

/** Rows of 16-bit little-endian words are what the kernels know; all others are decoded word by word. */
function wordsOf(description: MatrixDescription): Pick<SignalStream, 'word' | 'decode'> {
  const word = wordOf(description);
  if (description.order === 'sample' && (word === 'i16' || word === 'u16')) return { word };
  return { word: 'i16', decode: decodeWords(word) };
}

function findSamples(path: string, description: MatrixDescription, problems: Problem[]): BlockRun {
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
