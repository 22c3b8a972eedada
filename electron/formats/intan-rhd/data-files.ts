import { statSync } from 'node:fs';
import type { Problem } from '../../../shared/contract/common.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import type { BlockRun, RangeDecoder, SampleWord, SignalStream, StreamChannel } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import type { IntanLayout } from './layout.ts';
import { timeChannel } from './scaling.ts';
import { findSegments, type StampSegment } from './segments.ts';

/** A data file of plain words without a header: `columns` of them a row, one row an amplifier sample. */
export interface DataFile {
  readonly name: string;
  readonly columns: number;
  readonly word: SampleWord;
  readonly decode?: RangeDecoder;
  /** Channels of the file, by the byte where they lie in a row. */
  channels(samples: number): StreamChannel[];
  /** Nothing is wrong when the file is not there. */
  readonly optional?: true;
}

/** Data files of a folder by their names, for the list of the recording's files. */
export function isDataFile(name: string): boolean {
  return /^((amplifier|dcamplifier|stim|auxiliary|supply|analogin|analogout|digitalin|digitalout|time|lowpass|highpass|spike)|((amp|dc|stim|aux|vdd|board|low|high|spike)-.+))\.dat$/.test(
    name,
  );
}

/** Whether the folder has one file a channel, not one a signal type. */
export function isPerChannel(names: readonly string[]): boolean {
  return names.some((name) => /^(amp|dc|stim|aux|vdd|board)-.+\.dat$/.test(name));
}

/**
 * The streams of a folder with `time.dat` and the wanted data files, whose names may have a beginning (`stem`: path of
 * the folder and that beginning). Every file has one row an amplifier sample, so all
 * have the amplifiers' rate; a missing file is missing for its channels alone.
 */
export function openDataFiles(
  stem: string,
  sampleRate: number,
  names: readonly string[],
  wanted: readonly DataFile[],
): IntanLayout {
  const problems: Problem[] = [];
  const timePath = `${stem}time.dat`;
  const present = wanted.filter((file) => names.includes(file.name));
  for (const file of wanted) {
    if (!names.includes(file.name) && !file.optional) {
      const message = `${file.name} is missing: its channels are left out.`;
      problems.push(shouldFix('path.missing', message, `${stem}${file.name}`));
    }
  }
  const samples = commonRows(stem, present, problems);
  if (samples === 0) problems.push(note('format.empty', 'The recording holds no samples.', timePath));
  const segments = readSegments(timePath, samples);
  const runsOf = (file: string, rowBytes: number): BlockRun[] =>
    segments.map(({ start, samples: count, stamp }) => ({
      file,
      offset: 0,
      blockBytes: rowBytes,
      samplesPerBlock: 1,
      first: start,
      samples: count,
      firstSample: start,
      t0: stamp / sampleRate,
    }));
  const streams = present.map((file): SignalStream => ({
    sampleRate,
    word: file.word,
    channels: file.channels(samples),
    runs: runsOf(`${stem}${file.name}`, 2 * file.columns),
    ...(file.decode === undefined ? {} : { decode: file.decode }),
  }));
  const time = [timeChannel(1, 'time', sampleRate, samples)];
  streams.push({ sampleRate, word: 'i16', channels: time, runs: runsOf(timePath, 4) });
  return { streams, segments, problems };
}

function readSegments(timePath: string, samples: number): StampSegment[] {
  return withFile(timePath, (file) => {
    const { segments, complete } = findSegments(samples, (sample) =>
      file.view(sample * 4, 4, 'the time stamps').getInt32(0, true),
    );
    if (!complete) throw formatFault('format.invalid', timePath, 'its time stamps jump more than 10,000 times.');
    return segments;
  });
}

/** Rows that every file has; files that are longer or end within a row are reported. */
function commonRows(stem: string, files: readonly DataFile[], problems: Problem[]): number {
  const rows = [
    { name: 'time.dat', rowBytes: 4 },
    // One file may hold two kinds of channels.
    ...new Map(files.map((file) => [file.name, { name: file.name, rowBytes: 2 * file.columns }])).values(),
  ].map(({ name, rowBytes }) => {
    const size = sizeOf(`${stem}${name}`);
    if (size % rowBytes !== 0) {
      const message = `${name} ends within a row: ${size % rowBytes} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, `${stem}${name}`));
    }
    return { name, rows: Math.floor(size / rowBytes) };
  });
  const common = Math.min(...rows.map((file) => file.rows));
  const longer = rows.filter((file) => file.rows > common);
  if (longer.length > 0) {
    const list = longer.map((file) => `${file.name} ${file.rows}`).join(', ');
    problems.push(
      shouldFix(
        'format.truncated',
        `Not all files are equally long: ${common} rows are used (${list}).`,
        `${stem}time.dat`,
      ),
    );
  }
  return common;
}

/** @throws NdiError path.* */
export function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw toReadFault(error, path);
  }
}
