import type { FileBytes } from '../file-bytes.ts';
import { tellsApart } from '../channels.ts';
import { formatFault } from '../file-faults.ts';

/** A table of the file: where it begins and how many entries it declares. */
export interface AbfTable {
  readonly offset: number;
  readonly count: number;
}

export interface AbfChannel {
  readonly label: string;
  readonly units: string;
  /** Physical value = word x gain + offset; 1 and 0 where values are stored in their unit. */
  readonly gain: number;
  readonly offset: number;
}

/** What both versions of the format tell. Samples are counted over all channels, as they are multiplexed. */
export interface AbfHeader {
  readonly version: string;
  /** 1 events of variable length, 2 of fixed length, 3 gap-free, 4 oscilloscope, 5 episodic. */
  readonly mode: number;
  readonly word: 'i16' | 'f32';
  readonly data: AbfTable;
  readonly channels: readonly AbfChannel[];
  /** Microseconds from one multiplexed sample to the next. */
  readonly interval: number;
  /** Samples per second of one channel. */
  readonly sampleRate: number;
  readonly sweeps: number;
  readonly samplesPerSweep: number;
  /** Microseconds of a unit of the synch array and of tags; 0 where they count samples. */
  readonly synchUnit: number;
  readonly synch: AbfTable | null;
  readonly tags: AbfTable | null;
  /** The clock of the computer, of a time zone that is not told: without one. */
  readonly startedAt: string | null;
}

/** What the page of scaling factors of a channel holds; a factor of 0 (old files) counts as 1. */
export interface AbfFactors {
  readonly range: number;
  readonly resolution: number;
  readonly instrumentScale: number;
  readonly signalGain: number;
  readonly programmableGain: number;
  /** Of the telegraph; 1 where it is off. */
  readonly additionalGain: number;
  readonly instrumentOffset: number;
  readonly signalOffset: number;
}

/** Gain and offset of a channel of 16-bit words. @throws NdiError format.invalid where they are no numbers */
export function channelScale(factors: AbfFactors, path: string, where: string): { gain: number; offset: number } {
  const divisors = [
    factors.instrumentScale,
    factors.signalGain,
    factors.programmableGain,
    factors.resolution,
    factors.additionalGain,
  ];
  const gain = divisors.reduce((value, divisor) => value / (divisor === 0 ? 1 : divisor), factors.range);
  const offset = factors.instrumentOffset - factors.signalOffset;
  if (tellsApart({ gain, offset })) return { gain, offset };
  throw formatFault('format.invalid', path, `the scale of ${where} tells no values apart (${gain}, ${offset}).`, {
    field: `the scale of ${where}`,
    value: String(gain),
  });
}

/** Rate of one channel from the microseconds between its samples. @throws NdiError format.invalid */
export function rateOf(interval: number, path: string, offset: number): number {
  const rate = 1e6 / interval;
  if (interval > 0 && Number.isFinite(rate) && rate > 0) return rate;
  throw formatFault(
    'format.invalid',
    path,
    `the sample interval (${interval} us, at byte ${offset}) is not positive.`,
    {
      field: 'the sample interval',
      value: String(interval),
      offset,
    },
  );
}

/** Format 0 are words, 1 floats. @throws NdiError format.unsupported */
export function wordOf(format: number, path: string, offset: number): AbfHeader['word'] {
  if (format === 0) return 'i16';
  if (format === 1) return 'f32';
  throw formatFault('format.unsupported', path, `the data format ${format} (at byte ${offset}) is not known.`, {
    field: 'the data format',
    value: format,
    offset,
  });
}

/** @throws NdiError format.unsupported for a mode that does not exist */
export function checkMode(mode: number, path: string, offset: number): number {
  if (mode >= 1 && mode <= 5) return mode;
  throw formatFault('format.unsupported', path, `the operation mode ${mode} (at byte ${offset}) is not known.`, {
    field: 'the operation mode',
    value: mode,
    offset,
  });
}

/** Blocks of 512 bytes are the measure of all positions. @throws NdiError format.* when it lies outside the file */
export function blockOffset(file: FileBytes, block: number, field: string, at: number): number {
  const offset = block * 512;
  if (block > 0 && offset <= file.size) return offset;
  throw formatFault(
    block > 0 ? 'format.truncated' : 'format.invalid',
    file.path,
    `${field} begins at byte ${offset}, outside the file of ${file.size} bytes (told at byte ${at}).`,
    { field, value: block, offset: at, size: file.size },
  );
}

/** A date as YYYYMMDD (YYMMDD in old files) and milliseconds after midnight; null where they are no date. */
export function startOf(date: number, milliseconds: number): string | null {
  const short = date < 1_000_000;
  const shortYear = Math.floor(date / 10_000);
  const year = short ? shortYear + (shortYear < 80 ? 2000 : 1900) : shortYear;
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  if (date <= 0 || year < 1980 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (!(milliseconds >= 0 && milliseconds < 86_400_000)) return null;
  return new Date(Date.UTC(year, month - 1, day) + milliseconds).toISOString().replace('Z', '');
}

/** The unit of stored times in microseconds; what is no length of time counts as none. */
export function unitOf(stored: number): number {
  return stored > 0 && Number.isFinite(stored) ? stored : 0;
}
