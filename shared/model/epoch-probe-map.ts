import { parseDeviceString } from './device-string.ts';
import { NdiError } from './errors.ts';

/** One row of an epoch probe map: which channels recorded which probe of which subject in one epoch. */
export interface ProbeMapEntry {
  readonly name: string;
  readonly reference: number;
  /** Type of the probe: `n-trode`, `stimulator`, ... */
  readonly type: string;
  readonly deviceString: string;
  /** Local identifier of the subject (`name@lab`), or the id of its document. */
  readonly subject: string;
}

const COLUMNS = ['name', 'reference', 'type', 'devicestring', 'subjectstring'] as const;

/**
 * Reads the text of an epoch probe map: tab-separated, with a header that names the columns.
 * @returns the rows, and a sentence for each line that was left out
 * @throws NdiError document.invalid when a column is missing or a row breaks a rule
 */
export function parseProbeMap(text: string): { entries: ProbeMapEntry[]; skipped: string[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const header = (lines[0] ?? '').split('\t').map((cell) => cell.trim());
  if (header.length === 1 && header[0] === '') return { entries: [], skipped: [] };
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw invalid(`the column ${missing.join(', ')} is missing`);
  const entries: ProbeMapEntry[] = [];
  const skipped: string[] = [];
  lines.slice(1).forEach((line, at) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    if (cells.length === header.length) entries.push(readRow(header, cells, at + 2));
    else if (line.trim() !== '') skipped.push(`Line ${at + 2} has ${cells.length} cells instead of ${header.length}.`);
  });
  return { entries, skipped };
}

function readRow(header: readonly string[], cells: readonly string[], line: number): ProbeMapEntry {
  const cell = (column: (typeof COLUMNS)[number]) => cells[header.indexOf(column)] ?? '';
  const entry = {
    name: cell('name'),
    reference: cell('reference') === '' ? Number.NaN : Number(cell('reference')),
    type: cell('type'),
    deviceString: cell('devicestring'),
    subject: cell('subjectstring'),
  };
  checkProbeMapEntry(entry, `line ${line}`);
  return entry;
}

/**
 * NDI's rules for one row.
 * @throws NdiError document.invalid naming the field
 */
function checkProbeMapEntry(entry: ProbeMapEntry, where: string): void {
  for (const [field, value] of [
    ['name', entry.name],
    ['type', entry.type],
    ['devicestring', entry.deviceString],
  ] as const) {
    if (!/^[A-Za-z]/.test(value)) throw invalid(`${field} "${value}" must begin with a letter (${where})`);
    if (/\s/.test(value)) throw invalid(`${field} "${value}" must have no white space (${where})`);
  }
  if (!Number.isSafeInteger(entry.reference) || entry.reference < 0) {
    throw invalid(`reference must be 0, 1, 2, ... (${where})`);
  }
  parseDeviceString(entry.deviceString);
}

/**
 * Writes an epoch probe map; every row ends with a line feed.
 * @throws NdiError document.invalid
 */
export function formatProbeMap(entries: readonly ProbeMapEntry[]): string {
  const rows = entries.map((entry, at) => {
    checkProbeMapEntry(entry, `entry ${at + 1}`);
    if (/[\t\r\n]/.test(entry.subject)) throw invalid(`the subject "${entry.subject}" holds a tab or line break`);
    return [entry.name, entry.reference, entry.type, entry.deviceString, entry.subject].join('\t');
  });
  return [COLUMNS.join('\t'), ...rows].map((row) => `${row}\n`).join('');
}

function invalid(why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The epoch probe map cannot be used: ${why}.`,
    recovery: 'Correct the epoch probe map; its columns are name, reference, type, devicestring, subjectstring.',
  });
}
