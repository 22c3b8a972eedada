import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { plainWords, sampledChannel, timeChannel, type Sampling } from '../channels.ts';
import { toReadFault } from '../file-faults.ts';
import type { BlockRun, SignalStream, StreamChannel } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { wholeSamples } from '../whole-samples.ts';
import { readColumns, type Column } from './columns.ts';
import { numberOf, positive, readMeta, streamType, type Meta } from './meta.ts';
import { columnScales } from './scaling.ts';
import { columnShanks } from './shanks.ts';

/** A `.bin` with the `.meta` that belongs to it. */
export interface StreamFile {
  readonly bin: string;
  readonly meta: string;
}

/** The files of one stream, one a trigger. */
export interface StreamFiles {
  /** `imec0.ap`, or empty where it is the only stream of the recording. */
  readonly name: string;
  readonly files: readonly StreamFile[];
}

/** Counts channels by type over the streams of a recording. */
export interface Numbering {
  analog: number;
  digital: number;
  time: number;
}

export interface OpenStream {
  readonly stream: SignalStream;
  readonly meta: Meta;
  readonly problems: readonly Problem[];
}

interface Part {
  readonly meta: Meta;
  readonly bin: string;
  readonly columns: readonly Column[];
  readonly rate: number;
  readonly samples: number;
  readonly t0: number;
}

const LINES_A_WORD = 16;
const rateKeys = { imec: 'imSampRate', nidq: 'niSampRate', obx: 'obSampRate' } as const;

/** @throws NdiError path.*, format.* of the stream's first file; later ones that do not fit are left out and reported */
export function openStream({ name, files }: StreamFiles, numbering: Numbering): OpenStream {
  const problems: Problem[] = [];
  const parts: Part[] = [];
  for (const file of files) {
    try {
      const part = readPart(file, problems);
      if (parts[0] === undefined || fits(part, parts[0])) parts.push(part);
      else {
        const message = `${basename(file.bin)} has other channels or another rate than ${basename(parts[0].bin)}: it is left out. Open it by itself.`;
        problems.push(shouldFix('format.invalid', message, file.bin));
      }
    } catch (error) {
      if (parts.length === 0 || !(error instanceof NdiError)) throw error;
      problems.push(shouldFix(error.code, `A trigger is left out. ${error.message}`, file.bin));
    }
  }
  parts.sort((a, b) => a.t0 - b.t0);
  const [first] = parts;
  if (first === undefined) throw new RangeError('A stream without files.');
  const sampling = { sampleRate: first.rate, samples: parts.reduce((sum, part) => sum + part.samples, 0) };
  const channels = streamChannels(name, first, sampling, numbering, problems);
  const runs = runsOf(parts);
  return { stream: { sampleRate: first.rate, word: 'i16', channels, runs }, meta: first.meta, problems };
}

function fits(part: Part, other: Part): boolean {
  const names = ({ columns }: Part) => columns.map((column) => column.name).join(' ');
  return part.rate === other.rate && names(part) === names(other);
}

function readPart({ bin, meta: metaPath }: StreamFile, problems: Problem[]): Part {
  const meta = readMeta(metaPath);
  const rate = positive(meta, rateKeys[streamType(meta)]);
  const columns = readColumns(meta);
  const size = sizeOf(bin);
  const samples = wholeSamples(bin, size, 2 * columns.length, problems);
  if (samples === 0) problems.push(note('format.empty', 'The file holds no samples.', bin));
  // The real size counts: a run that was interrupted leaves the size of its last note, or none.
  const written = numberOf(meta, 'fileSizeBytes');
  if (written !== undefined && written !== size) {
    const message = `${basename(metaPath)} tells ${written} bytes, and there are ${size}: the recording was interrupted, or its copy is not complete.`;
    problems.push(note('format.truncated', message, bin));
  }
  const firstSample = numberOf(meta, 'firstSample');
  if (firstSample === undefined) {
    problems.push(note('format.invalid', 'Its first sample is not told: times are counted from 0.', metaPath));
  }
  return { meta, bin, columns, rate, samples, t0: (firstSample ?? 0) / rate };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function runsOf(parts: readonly Part[]): BlockRun[] {
  let firstSample = 0;
  const runs = parts.map(({ bin, columns, samples, t0 }) => {
    const run = { file: bin, offset: 0, blockBytes: 2 * columns.length, samplesPerBlock: 1, first: 0 };
    firstSample += samples;
    return { ...run, samples, firstSample: firstSample - samples, t0 };
  });
  return runs.filter(({ samples }) => samples > 0);
}

function streamChannels(
  name: string,
  { meta, bin, columns }: Part,
  sampling: Sampling,
  numbering: Numbering,
  problems: Problem[],
): StreamChannel[] {
  const prefix = name === '' ? '' : `${name} `;
  const scales = columnScales(meta, columns);
  const shanks = columnShanks(meta, columns);
  // `imec0` of `imec0.ap`: shanks of several probes are told apart by it.
  const probe = name.split('.')[0] ?? '';
  const unscaled: string[] = [];
  const channels = columns.flatMap((column, position): StreamChannel[] => {
    const channelOffset = 2 * position;
    if (column.kind === 'SY' || column.kind === 'XD') {
      return linesOf(meta, column).map(({ bit, label }) => {
        const number = ++numbering.digital;
        return {
          channel: sampledChannel('digital_in', number, prefix + label, sampling, plainWords, { stream: name }),
          channelOffset,
          bit,
        };
      });
    }
    const scale = scales[position] ?? null;
    if (scale === null) unscaled.push(column.name);
    const label = prefix + column.name;
    const shank = shanks[position];
    const channel = sampledChannel('analog_in', ++numbering.analog, label, sampling, scale ?? plainWords, {
      stream: name,
      shank: shank === undefined ? '' : `${probe} ${shank}`.trim(),
    });
    return [{ channel, channelOffset }];
  });
  if (unscaled.length > 0) {
    const which = unscaled.length > 3 ? `${unscaled.slice(0, 3).join(', ')}, …` : unscaled.join(', ');
    const message = `The gain of ${unscaled.length} channels (${which}) cannot be told from ${basename(meta.path)}: their values are the stored words.`;
    problems.push(shouldFix('recording.assumedScale', message, bin));
  }
  channels.push(timeChannel(++numbering.time, `${prefix}time`, sampling));
  return channels;
}

/** Lines of a digital word; all 16 bits count, but for boards that say that they have fewer lines. */
function linesOf(meta: Meta, { kind, index, name }: Column): { bit: number; label: string }[] {
  const bits = Array.from({ length: LINES_A_WORD }, (_, bit) => bit);
  if (kind === 'SY') return bits.map((bit) => ({ bit, label: `${name} bit ${bit}${bit === 6 ? ' (sync)' : ''}` }));
  const first = LINES_A_WORD * index;
  // Lines of the first device come first.
  const wired = 8 * ((numberOf(meta, 'niXDBytes1') ?? 0) + (numberOf(meta, 'niXDBytes2') ?? 0));
  const lines = wired > first ? bits.filter((bit) => first + bit < wired) : bits;
  return lines.map((bit) => ({ bit, label: `XD${first + bit}` }));
}
