import { formatFault } from '../../formats/file-faults.ts';
import { uniqueColumns } from './columns.ts';
import { type TableFile, withHeader } from './table-file.ts';
import { checkWorkbook } from './workbook-limits.ts';

const DAY_MS = 86_400_000;
/** Day 0 of Excel's two systems of dates; times of day and durations are counted from it. */
const DAY_0 = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
/** Dates before are no dates but times: nothing was recorded in 1904. */
const FIRST_DATE = Date.UTC(1905, 0, 1);
/** What the sheets of a workbook may unpack to: XML is some twenty times larger than its archive. */
const MOST_UNPACKED_BYTES = 1 << 30;

/**
 * The sheets of an Excel workbook: of formulas their last values, dates as `2024-05-01T12:00:00.000`, times of day and
 * durations as `12:00:00.000`, of each sheet the first row that is not empty as names of columns.
 * @throws NdiError format.invalid, format.unsupported
 */
export async function readWorkbook(path: string, bytes: Buffer): Promise<TableFile> {
  refuseBomb(path, bytes);
  checkWorkbook(path, bytes);
  const sheets = await parse(path, bytes);
  const tables = sheets.map(({ sheet, data }) => {
    const { columns, rows } = withHeader(data.map((row) => row.map(cellText)));
    return { name: sheet, columns: uniqueColumns(columns), rows };
  });
  return { kind: 'workbook', tables };
}

async function parse(path: string, bytes: Buffer) {
  const { default: readXlsx } = await import('read-excel-file/universal');
  try {
    const copy = new ArrayBuffer(bytes.length);
    new Uint8Array(copy).set(bytes);
    return await readXlsx(copy);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw formatFault('format.invalid', path, `it cannot be read as an Excel workbook (${why}).`);
  }
}

function cellText(value: unknown): string {
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function dateText(date: Date): string {
  const ms = date.getTime();
  if (!Number.isFinite(ms)) return '';
  // Sheets tell dates without a zone: they come as if they were in UTC.
  if (ms >= FIRST_DATE) return date.toISOString().slice(0, -1);
  const start = ms >= DAY_0[1904] ? DAY_0[1904] : DAY_0[1900];
  return durationText(ms - start);
}

function durationText(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const all = Math.abs(ms);
  const hours = Math.floor(all / (DAY_MS / 24));
  const rest = new Date(all % (DAY_MS / 24)).toISOString().slice(14, 23);
  return `${sign}${String(hours).padStart(2, '0')}:${rest}`;
}

/** Sizes of the central directory, before anything is unpacked. */
function refuseBomb(path: string, bytes: Buffer): void {
  let total = 0;
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0 && at + 46 <= bytes.length;) {
    total += bytes.readUInt32LE(at + 24);
    at = bytes.indexOf('PK\u0001\u0002', at + 46);
  }
  if (total <= MOST_UNPACKED_BYTES) return;
  throw formatFault('format.unsupported', path, `its sheets unpack to ${total} bytes, too many for a table.`);
}
