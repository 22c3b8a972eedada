import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import type { ChannelTypeName } from '../../../shared/model/channels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import type { BlockRun, SampleWord, SignalStream, StreamChannel } from '../format.ts';
import { note, shouldFix } from '../problems.ts';
import { signalTypes, type RhdChannel, type RhdHeader } from './header.ts';
import {
  adcScale,
  amplifierSigned,
  auxiliaryScale,
  axNumbers,
  digitalLines,
  labelOf,
  sampledChannel,
  supplyScale,
  timeChannel,
  type Scale,
} from './scaling.ts';
import { findSegments, type StampSegment } from './segments.ts';
import type { RhdLayout } from './single-file.ts';

/** A data file of plain words without a header: `columns` of them a row, one row an amplifier sample. */
interface DataFile {
  readonly name: string;
  readonly columns: number;
  readonly word: SampleWord;
  /** Channels of the file, by the byte where they lie in a row; numbers of samples are put in later. */
  channels(samples: number): StreamChannel[];
}

/**
 * The streams of a folder with `info.rhd`, `time.dat` and one data file a signal type or a channel. Every file has
 * one row an amplifier sample, so all have the amplifiers' rate; a missing file is missing for its channels alone.
 */
export function directoryLayout(folder: string, header: RhdHeader, names: readonly string[]): RhdLayout {
  const problems: Problem[] = [];
  const timePath = join(folder, 'time.dat');
  const perChannel = isPerChannel(names);
  const wanted = perChannel ? filesPerChannel(header) : filesPerSignal(folder, header, names);
  const present = wanted.filter((file) => names.includes(file.name));
  for (const file of wanted) {
    if (!names.includes(file.name)) {
      const message = `${file.name} is missing: its channels are left out.`;
      problems.push(shouldFix('path.missing', message, join(folder, file.name)));
    }
  }
  const samples = commonRows(folder, present, problems);
  if (samples === 0) problems.push(note('format.empty', 'The recording holds no samples.', folder));
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
      t0: stamp / header.sampleRate,
    }));
  const streams: SignalStream[] = present.map((file) => ({
    sampleRate: header.sampleRate,
    word: file.word,
    channels: file.channels(samples),
    runs: runsOf(join(folder, file.name), 2 * file.columns),
  }));
  const auxiliaryInAmplifier = auxiliaryColumns(folder, header, names, perChannel);
  if (auxiliaryInAmplifier !== null) {
    streams.push({
      sampleRate: header.sampleRate,
      word: 'x16',
      channels: auxiliaryInAmplifier(samples),
      runs: runsOf(
        join(folder, 'amplifier.dat'),
        2 * (header.channels.amplifier.length + header.channels.auxiliary.length),
      ),
    });
  }
  streams.push({
    sampleRate: header.sampleRate,
    word: 'i16',
    channels: [timeChannel(1, 'time', header.sampleRate, samples)],
    runs: runsOf(timePath, 4),
  });
  return { streams, segments, problems };
}

/** Data files of a folder by their names, for the list of the recording's files. */
export function isDataFile(name: string): boolean {
  return /^((amplifier|auxiliary|supply|analogin|digitalin|digitalout|time|lowpass|highpass|spike)|((amp|aux|vdd|board|low|high|spike)-.+))\.dat$/.test(
    name,
  );
}

function isPerChannel(names: readonly string[]): boolean {
  return names.some((name) => /^(amp|aux|vdd|board)-.+\.dat$/.test(name));
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
function commonRows(folder: string, files: readonly DataFile[], problems: Problem[]): number {
  const rows = [
    { name: 'time.dat', rowBytes: 4 },
    ...files.map((file) => ({ name: file.name, rowBytes: 2 * file.columns })),
  ].map(({ name, rowBytes }) => {
    const size = sizeOf(join(folder, name));
    if (size % rowBytes !== 0) {
      const message = `${name} ends within a row: ${size % rowBytes} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, join(folder, name)));
    }
    return { name, rows: Math.floor(size / rowBytes) };
  });
  const common = Math.min(...rows.map((file) => file.rows));
  const longer = rows.filter((file) => file.rows > common);
  if (longer.length > 0) {
    const list = longer.map((file) => `${file.name} ${file.rows}`).join(', ');
    problems.push(
      shouldFix('format.truncated', `Not all files are equally long: ${common} rows are used (${list}).`, folder),
    );
  }
  return common;
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (error) {
    throw toReadFault(error, path);
  }
}

type Part = readonly [
  list: readonly RhdChannel[],
  type: ChannelTypeName,
  numberFrom: number,
  word: SampleWord,
  scale: Scale,
];

function analogParts(header: RhdHeader): Record<'amplifier' | 'auxiliary' | 'supply' | 'adc', Part> {
  const { channels } = header;
  const ax = axNumbers({ ...header, temperatureSensors: 0 });
  return {
    amplifier: [channels.amplifier, 'analog_in', 0, 'i16', amplifierSigned],
    auxiliary: [channels.auxiliary, 'auxiliary_in', 0, 'u16', auxiliaryScale],
    supply: [channels.supply, 'auxiliary_in', ax.supply, 'u16', supplyScale],
    adc: [channels.adc, 'auxiliary_in', ax.adc, 'u16', adcScale(header.boardMode)],
  };
}

function columnsOf(part: Part, header: RhdHeader, samples: number, firstColumn = 0): StreamChannel[] {
  const [list, type, numberFrom, , scale] = part;
  return list.map((entry, index) => ({
    channel: sampledChannel(type, numberFrom + index + 1, labelOf(entry), header.sampleRate, samples, scale),
    channelOffset: 2 * (firstColumn + index),
  }));
}

function filesPerSignal(folder: string, header: RhdHeader, names: readonly string[]): DataFile[] {
  const parts = analogParts(header);
  const shared = auxiliaryColumns(folder, header, names, false) !== null;
  const files: DataFile[] = [];
  const add = (name: string, part: Part, extraColumns = 0) => {
    if (part[0].length === 0) return;
    const channels = (samples: number) => columnsOf(part, header, samples);
    files.push({ name, columns: part[0].length + extraColumns, word: part[3], channels });
  };
  add('amplifier.dat', parts.amplifier, shared ? header.channels.auxiliary.length : 0);
  if (!shared) add('auxiliary.dat', parts.auxiliary);
  add('supply.dat', parts.supply);
  add('analogin.dat', parts.adc);
  for (const [name, lines, type] of [
    ['digitalin.dat', header.channels.digitalIn, 'digital_in'],
    ['digitalout.dat', header.channels.digitalOut, 'digital_out'],
  ] as const) {
    if (lines.length === 0) continue;
    const channels = (samples: number) => digitalLines(lines, type, header.sampleRate, samples, 0);
    files.push({ name, columns: 1, word: 'u16', channels });
  }
  return files;
}

/**
 * Intan RHX may save the auxiliary inputs as further columns of `amplifier.dat`; only the file's size tells.
 * Gives the channels of those columns, or null where it is not so.
 */
function auxiliaryColumns(
  folder: string,
  header: RhdHeader,
  names: readonly string[],
  perChannel: boolean,
): ((samples: number) => StreamChannel[]) | null {
  const amplifiers = header.channels.amplifier.length;
  const auxiliary = header.channels.auxiliary.length;
  if (perChannel || auxiliary === 0 || names.includes('auxiliary.dat') || !names.includes('amplifier.dat')) return null;
  const rows = Math.floor(sizeOf(join(folder, 'time.dat')) / 4);
  if (sizeOf(join(folder, 'amplifier.dat')) !== 2 * (amplifiers + auxiliary) * rows) return null;
  return (samples) => columnsOf(analogParts(header).auxiliary, header, samples, amplifiers);
}

function filesPerChannel(header: RhdHeader): DataFile[] {
  const parts = analogParts(header);
  const prefixes = { amplifier: 'amp', auxiliary: 'aux', supply: 'vdd', adc: 'board' } as const;
  const files: DataFile[] = [];
  for (const type of signalTypes) {
    header.channels[type].forEach((entry, index) => {
      if (type === 'digitalIn' || type === 'digitalOut') {
        const kind = type === 'digitalIn' ? 'digital_in' : 'digital_out';
        // A file of its own holds 0 or 1 a sample, not a word of 16 lines.
        const channels = (samples: number) => {
          const lines = digitalLines(header.channels[type], kind, header.sampleRate, samples, 0);
          const line = lines[index];
          return line === undefined ? [] : [{ ...line, bit: 0 }];
        };
        files.push({ name: `board-${entry.native}.dat`, columns: 1, word: 'u16', channels });
        return;
      }
      const part = parts[type];
      const channels = (samples: number) =>
        columnsOf(part, header, samples)
          .slice(index, index + 1)
          .map((column) => ({ ...column, channelOffset: 0 }));
      files.push({ name: `${prefixes[type]}-${entry.native}.dat`, columns: 1, word: part[3], channels });
    });
  }
  return files;
}
