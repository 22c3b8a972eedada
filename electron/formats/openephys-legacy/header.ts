import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** Every file but the messages begins with a text of this size. */
export const HEADER_BYTES = 1024;
export const MAGIC = "header.format = 'Open Ephys Data Format'";

/** `header.key = value;` lines; strings without their quotes. */
export type LegacyHeader = ReadonlyMap<string, string>;

/** @throws NdiError format.truncated, format.invalid */
export function readHeader(file: FileBytes): LegacyHeader {
  const text = latin1(file.view(0, HEADER_BYTES, 'the header'));
  if (!text.startsWith(MAGIC)) {
    throw formatFault('format.invalid', file.path, 'it does not begin as an Open Ephys file.', { offset: 0 });
  }
  const header = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(/header\.(\w+)\s*=\s*('[^']*'|[^;\n]*)\s*;/g)) {
    header.set(key, value.trim().replace(/^'(.*)'$/, '$1'));
  }
  return header;
}

/** A positive number of the header. @throws NdiError format.invalid */
export function positiveOf(header: LegacyHeader, key: string, path: string): number {
  const value = Number(header.get(key) ?? NaN);
  if (value > 0 && Number.isFinite(value)) return value;
  throw formatFault(
    'format.invalid',
    path,
    `${key} in its header (${header.get(key) ?? 'missing'}) is no positive number.`,
    {
      field: key,
      value: header.get(key) ?? '',
    },
  );
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `4-Mar-2024 140926` or `03-Apr-2025 13:38:45`, of a time zone that is not told: without one; null for no date. */
export function startOf(header: LegacyHeader): string | null {
  const pattern = /^(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{1,2}):?(\d{2}):?(\d{2})$/;
  const [, day, name = '', year, hour, minute, second] = pattern.exec(header.get('date_created') ?? '') ?? [];
  const month = months.indexOf(name.toLowerCase()) + 1;
  if (day === undefined || hour === undefined || month === 0) return null;
  const two = (part: string | number) => String(part).padStart(2, '0');
  const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso;
}

/** A sample number. @throws NdiError format.invalid for one that no recording reaches */
export function readStamp(view: DataView, at: number, path: string, offset: number): number {
  const stamp = view.getBigInt64(at, true);
  if (stamp >= 0n && stamp <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(stamp);
  throw formatFault('format.invalid', path, `the time stamp ${stamp} (at byte ${offset}) is out of range.`, {
    field: 'a time stamp',
    value: String(stamp),
    offset,
  });
}
