import type { Problem } from '../../../shared/contract/common.ts';
import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';

const HEADER_BYTES = 7504;
const DSP_BYTES = 1020;
const EVENT_BYTES = 296;
const SLOW_BYTES = 296;

/** A slow (continuous) channel. Channels are counted from 0. */
export interface SlowHeader {
  readonly label: string;
  readonly channel: number;
  readonly frequency: number;
  readonly isEnabled: boolean;
  /** Millivolts a word. */
  readonly gain: number;
}

export interface PlxHeader {
  readonly version: number;
  /** Ticks of a time stamp a second. */
  readonly ticks: number;
  readonly startedAt: string | null;
  /** Names by channel. */
  readonly spikeLabels: ReadonlyMap<number, string>;
  readonly eventLabels: ReadonlyMap<number, string>;
  readonly slow: ReadonlyMap<number, SlowHeader>;
  /** Byte of the first data block. */
  readonly dataOffset: number;
}

/** Reads all headers. @throws NdiError format.* */
export function readPlxHeader(file: FileBytes, problems: Problem[]): PlxHeader {
  const view = file.view(0, HEADER_BYTES, 'the header');
  const int = (at: number) => view.getInt32(at, true);
  if (view.getUint32(0, true) !== 0x58454c50) {
    throw formatFault('format.invalid', file.path, 'it does not begin with PLEX.', { offset: 0 });
  }
  const ticks = int(136);
  if (ticks <= 0) throw invalid(file, 'the frequency of the time stamps', ticks, 136);
  const [dsp, events, slow] = [int(140), int(144), int(148)];
  [dsp, events, slow].forEach((count, index) => {
    if (count < 0) throw invalid(file, 'a number of channel headers', count, 140 + 4 * index);
  });
  const dataOffset = HEADER_BYTES + dsp * DSP_BYTES + events * EVENT_BYTES + slow * SLOW_BYTES;
  if (dataOffset > file.size) {
    const message = `the file ends inside its channel headers: ${dsp}, ${events} and ${slow} of them need ${dataOffset} bytes.`;
    throw formatFault('format.truncated', file.path, message, {
      field: 'the numbers of channel headers',
      value: dsp,
      offset: 140,
      size: file.size,
    });
  }
  const version = int(4);
  const startedAt = startOf([160, 164, 168, 172, 176, 180].map(int));
  const [slowBits, slowMax] = [view.getUint8(203), view.getUint16(206, true)];
  const eventsAt = HEADER_BYTES + dsp * DSP_BYTES;
  return {
    version,
    ticks,
    startedAt,
    spikeLabels: labels(file, HEADER_BYTES, dsp, DSP_BYTES, 64),
    eventLabels: labels(file, eventsAt, events, EVENT_BYTES, 32),
    slow: slowChannels(file, eventsAt + events * EVENT_BYTES, slow, { version, slowBits, slowMax }, problems),
    dataOffset,
  };
}

function invalid(file: FileBytes, field: string, value: number, offset: number) {
  return formatFault('format.invalid', file.path, `${field} is not possible (${value}, at byte ${offset}).`, {
    field,
    value,
    offset,
  });
}

/** The clock of the computer, of a time zone that is not told: without one; null where it is no date. */
function startOf([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[]): string | null {
  const isDate = year >= 1980 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!isDate || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19);
}

function labels(file: FileBytes, offset: number, count: number, bytes: number, channelAt: number): Map<number, string> {
  const found = new Map<number, string>();
  for (let index = 0; index < count; index++) {
    const view = file.view(offset + index * bytes, bytes, 'a channel header');
    const channel = view.getInt32(channelAt, true);
    const label = latin1(new DataView(view.buffer, view.byteOffset, 32));
    if (!found.has(channel)) found.set(channel, label || `channel ${channel}`);
  }
  return found;
}

interface SlowScale {
  readonly version: number;
  readonly slowBits: number;
  readonly slowMax: number;
}

function slowChannels(
  file: FileBytes,
  offset: number,
  count: number,
  scale: SlowScale,
  problems: Problem[],
): Map<number, SlowHeader> {
  const found = new Map<number, SlowHeader>();
  const doubtful: string[] = [];
  for (let index = 0; index < count; index++) {
    const view = file.view(offset + index * SLOW_BYTES, SLOW_BYTES, 'a channel header');
    const channel = view.getInt32(32, true);
    const label = latin1(new DataView(view.buffer, view.byteOffset, 32)) || `channel ${channel}`;
    if (channel < 0 || found.has(channel)) continue;
    const [gain, preamp] = [view.getInt32(40, true), view.getInt32(48, true)];
    const isEnabled = view.getInt32(44, true) !== 0;
    const isDoubtful = gain === 0 || (scale.version >= 102 && preamp === 0);
    if (isEnabled && isDoubtful) doubtful.push(label);
    const frequency = view.getInt32(36, true);
    found.set(channel, { label, channel, frequency, isEnabled, gain: millivolts(scale, gain || 1, preamp || 1) });
  }
  if (doubtful.length > 0) {
    const message = `A gain of 0 stands in the headers of ${doubtful.join(', ')}: it counts as 1.`;
    problems.push(shouldFix('recording.assumedScale', message, file.path));
  }
  return found;
}

/** Millivolts a word, by version; converters of 12 bits and 5 V where the header tells none. */
function millivolts({ version, slowBits, slowMax }: SlowScale, gain: number, preamp: number): number {
  if (version < 102) return 5000 / (2048 * gain * 1000);
  if (version < 103) return 5000 / (2048 * gain * preamp);
  return (slowMax || 5000) / (0.5 * 2 ** (slowBits || 12) * gain * preamp);
}
