import type { Problem } from '../../../shared/contract/common.ts';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { sampledChannel, timeChannel } from '../channels.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type {
  BlockRun,
  FileCandidate,
  NearMiss,
  OpenRecording,
  RecordingFormat,
  SignalStream,
  Sniff,
} from '../format.ts';
import { matNumbers, type MatNumbers } from '../mat/mat-numbers.ts';
import { isMat5, readMat5, type MatValue, type MatVariable } from '../mat/mat5.ts';
import { note } from '../problems.ts';
import { segmentsOf } from '../segments-of.ts';
import { decodeWords, type WideWord } from '../word-decoder.ts';

const FORMAT = 'dabrowska-mat';
const VARIABLES = ['Pars', 'inputData', 'outputData'];
/** MATLAB's day number of 1970-01-01. */
const UNIX_DAY = 719_529;
/** MATLAB's number of a day far beyond the year 9999. */
const MOST_DAYS = 4e6;
/** Beyond any rate, and longer than any step. */
const MOST_HZ_OR_MS = 1e12;
const DAY_SEC = 86_400;
const MAX_STEPS = 1_000_000;

/** Steps of current clamp as the Dabrowska laboratory keeps them: a MAT file with Pars, inputData and outputData. */
export const dabrowskaMat: RecordingFormat = {
  id: FORMAT,
  name: 'Dabrowska laboratory MAT',
  extensions: ['.mat'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  if (!isMat5(head)) return null;
  const missing = missingVariables(path);
  // Other MAT files are everywhere and no recordings.
  if (missing.length > 1) return null;
  const [name] = missing;
  if (name !== undefined) {
    const refused = `It looks like a recording of the Dabrowska laboratory, but lacks the variable ${name}.`;
    return { format: FORMAT, path, refused };
  }
  const why = ['The MATLAB file has the variables Pars, inputData and outputData of the Dabrowska laboratory.'];
  return { format: FORMAT, path, files: [path], why };
}

function missingVariables(path: string): string[] {
  const names = new Set<string>();
  try {
    withFile(path, (file) =>
      readMat5(file, (name) => {
        names.add(name);
        return false;
      }),
    );
  } catch (error) {
    // A damaged MAT file is told by whoever is asked to open it, not while a folder is looked through.
    if (!(error instanceof NdiError)) throw error;
  }
  return VARIABLES.filter((name) => !names.has(name));
}

interface Parameters {
  readonly sampleRate: number;
  readonly durationSec: number;
  /** Start of each step in MATLAB's days. */
  readonly triggers: Float64Array;
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const variables = readMat5(file, (name) => VARIABLES.includes(name));
    const parameters = readParameters(file, valueOf(file, variables, 'Pars'));
    const input = signalOf(file, variables, 'inputData');
    const output = signalOf(file, variables, 'outputData');
    const problems: Problem[] = [];
    const streams = [
      toStream(file, input, 'analog_in', 'inputData', parameters, problems),
      toStream(file, output, 'analog_out', 'outputData', parameters, problems),
    ];
    return {
      info: describe(found, streams, parameters, problems),
      streams,
      readEvents: () => ({ events: [], total: 0 }),
    };
  });
}

function valueOf(file: FileBytes, variables: readonly MatVariable[], name: string): MatValue {
  const found = variables.find((variable) => variable.name === name);
  if (found !== undefined) return found.value;
  throw formatFault('format.invalid', file.path, `it lacks the variable ${name}.`, { field: name });
}

function signalOf(file: FileBytes, variables: readonly MatVariable[], name: string): MatNumbers {
  const value = valueOf(file, variables, name);
  if (value.kind === 'numbers' && value.dims.length === 2) return value;
  throw formatFault('format.invalid', file.path, `${name} is no matrix of numbers.`, { field: name });
}

function readParameters(file: FileBytes, pars: MatValue): Parameters {
  const numbers = (name: string): Float64Array => {
    const value = pars.kind === 'struct' ? pars.fields.get(name)?.[0] : undefined;
    if (value?.kind === 'numbers') return matNumbers(value, MAX_STEPS);
    throw formatFault('format.invalid', file.path, `Pars lacks the numbers ${name}.`, { field: `Pars.${name}` });
  };
  const [sampleRate, durationMs, triggers] = [numbers('sampleRate')[0], numbers('duration')[0], numbers('triggerTime')];
  const positive = (name: string, value: number | undefined): number => {
    if (value !== undefined && value > 0 && value < MOST_HZ_OR_MS) return value;
    throw formatFault('format.invalid', file.path, `Pars.${name} is ${value ?? 'empty'}.`, { field: `Pars.${name}` });
  };
  if (triggers.some((time) => !(Math.abs(time) < MOST_DAYS))) {
    throw formatFault('format.invalid', file.path, 'a time in Pars.triggerTime is no date.', {
      field: 'Pars.triggerTime',
    });
  }
  return {
    sampleRate: positive('sampleRate', sampleRate),
    durationSec: positive('duration', durationMs) / 1000,
    triggers,
  };
}

/** Seconds from the first step to each. */
function stepStarts({ triggers }: Parameters): number[] {
  const first = triggers.reduce((least, time) => Math.min(least, time), Infinity);
  return Array.from(triggers, (time) => (time - first) * DAY_SEC);
}

/** A column a step; between steps nothing was recorded. */
function toStream(
  file: FileBytes,
  numbers: MatNumbers,
  type: 'analog_in' | 'analog_out',
  label: string,
  parameters: Parameters,
  problems: Problem[],
): SignalStream {
  const [rows = 0, columns = 0] = numbers.dims;
  const { sampleRate, durationSec, triggers } = parameters;
  if (columns !== triggers.length) {
    const sentence = `${label} has ${columns} columns for ${triggers.length} times in Pars.triggerTime.`;
    throw formatFault('format.invalid', file.path, sentence, { field: label, value: columns });
  }
  if (rows < Math.round(durationSec * sampleRate)) {
    const message = `A step of ${label} has ${rows} samples of the ${Math.round(durationSec * sampleRate)} that it should last.`;
    problems.push(note('recording.short', message, file.path));
  }
  const bytes = wordBytes(numbers.word);
  const word = (numbers.littleEndian || bytes === 1 ? numbers.word : `${numbers.word}be`) as WideWord;
  const starts = stepStarts(parameters);
  const order = starts.map((_, step) => step).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  const runs = order
    .filter(() => rows > 0)
    .map((step, index): BlockRun => ({
      file: file.path,
      offset: numbers.offset + step * rows * bytes,
      blockBytes: bytes,
      samplesPerBlock: 1,
      first: 0,
      samples: rows,
      firstSample: index * rows,
      // NDI's reader lays steps on one grid of samples.
      t0: Math.round((starts[step] ?? 0) * sampleRate) / sampleRate,
    }));
  const sampling = { sampleRate, samples: runs.length * rows };
  const decode = decodeWords(word);
  const isHeld = numbers.source !== file;
  const held = numbers.source;
  return {
    sampleRate,
    word: 'i16',
    channels: [
      { channel: sampledChannel(type, 1, label, sampling, { units: '', gain: 1, offset: 0 }), channelOffset: 0 },
      ...(type === 'analog_in' ? [timeChannel(1, 'time', sampling)] : []),
    ],
    runs,
    decode: isHeld
      ? (_read, run, channels, from, to, out) =>
          decode(
            (_file, into, position) => copyFrom(held.view(position, into.length, label), into),
            run,
            channels,
            from,
            to,
            out,
          )
      : decode,
  };
}

function copyFrom(view: DataView, into: Uint8Array): void {
  into.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}

function wordBytes(word: MatNumbers['word']): number {
  return Number(word.slice(1)) / 8;
}

function describe(
  found: Sniff,
  streams: readonly SignalStream[],
  parameters: Parameters,
  problems: Problem[],
): RecordingInfo {
  const { triggers, sampleRate, durationSec } = parameters;
  const first = triggers.reduce((least, time) => Math.min(least, time), Infinity);
  const lastStart = stepStarts(parameters).reduce((last, start) => Math.max(last, start), 0);
  const runs = streams[0]?.runs ?? [];
  if (runs.length === 0) problems.push(note('format.empty', 'The file holds no samples.', found.path));
  return {
    kind: 'recording',
    path: found.path,
    format: FORMAT,
    formatName: dabrowskaMat.name,
    version: 'MAT 5',
    files: [...found.files],
    device: 'Dabrowska laboratory',
    // The laboratory's local time: no zone is stored.
    startedAt: Number.isFinite(first) ? startOf(first) : null,
    segments: segmentsOf(runs, sampleRate),
    // To the end of the last step, as its duration says.
    extent: { t0: 0, t1: lastStart + durationSec },
    channels: streams.flatMap(({ channels }) => channels.map(({ channel }) => channel)),
    events: {},
    problems,
    why: [...found.why],
  };
}

/** @param days MATLAB's date number */
function startOf(days: number): string | null {
  const date = new Date(Math.round((days - UNIX_DAY) * DAY_SEC * 1000));
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('Z', '');
}
