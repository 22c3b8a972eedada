import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** Every file of the system begins with a text of this size. */
export const HEADER_BYTES = 16_384;
export const MAGIC = '######## Neuralynx';

/** `-Key Value` lines, keys in lower case, values without quotes at both ends. */
export interface NeuralynxHeader {
  readonly entries: ReadonlyMap<string, string>;
  /** The clock of the computer, of a time zone that is not told: without one. */
  readonly startedAt: string | null;
}

/** @throws NdiError format.truncated, format.invalid */
export function readHeader(file: FileBytes): NeuralynxHeader {
  const text = latin1(file.view(0, HEADER_BYTES, 'the header'));
  if (!text.startsWith(MAGIC)) {
    throw formatFault('format.invalid', file.path, 'it does not begin as a Neuralynx file.', { offset: 0 });
  }
  const entries = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, key, value = ''] = /^\s*-(\S+)[ \t]*(.*)$/.exec(line) ?? [];
    if (key !== undefined) entries.set(key.toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1'));
  }
  return { entries, startedAt: startOf(entries.get('timecreated') ?? '') ?? startOfComment(text) };
}

/** `2019/06/28 17:36:27` */
function startOf(text: string): string | null {
  const [, year, month, day, time] = /^(\d{4})\/(\d{1,2})\/(\d{1,2})\s+(\d{2}:\d{2}:\d{2})/.exec(text) ?? [];
  return localTime(year, month, day, time);
}

/** Older versions tell it in a comment: `## Time Opened (m/d/y): 6/28/2019  (h:m:s.ms) 17:36:27.123`. */
function startOfComment(text: string): string | null {
  const pattern =
    /Time Opened \(m\/d\/y\):\s*(\d{1,2})\/(\d{1,2})\/(\d{4})\s+\(h:m:s\.ms\)\s*(\d{1,2}:\d{1,2}:\d{1,2})/;
  const [, month, day, year, time] = pattern.exec(text) ?? [];
  return localTime(year, month, day, time);
}

function localTime(year?: string, month?: string, day?: string, time?: string): string | null {
  if (year === undefined || month === undefined || day === undefined || time === undefined) return null;
  const two = (part: string) => part.padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}T${time.split(':').map(two).join(':')}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso;
}

/** A number among the entries; null when it is missing or no number. */
export function numberOf({ entries }: NeuralynxHeader, key: string): number | null {
  const text = entries.get(key) ?? '';
  const value = Number(text.split(/\s+/)[0]);
  return text === '' || !Number.isFinite(value) ? null : value;
}

/** The numbers of the inputs (`-ADChannel 4 5 6 7`); none where they are not told. */
export function inputsOf({ entries }: NeuralynxHeader): number[] {
  const words = (entries.get('adchannel') ?? '').split(/[\s,]+/).filter(Boolean);
  const inputs = words.map(Number);
  return inputs.every((input) => Number.isInteger(input) && input >= 0) ? inputs : [];
}

/** A time stamp in microseconds. @throws NdiError format.invalid for one that no clock reaches */
export function readStamp(view: DataView, at: number, path: string, offset: number): number {
  const stamp = view.getBigUint64(at, true);
  if (stamp <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(stamp);
  throw formatFault('format.invalid', path, `the time stamp ${stamp} (at byte ${offset}) is out of range.`, {
    field: 'a time stamp',
    value: String(stamp),
    offset,
  });
}
