import type { Problem } from '../../../shared/contract/common.ts';
import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';

/** One signal of the header. Text signals (annotations) are among them. */
export interface EdfSignal {
  readonly label: string;
  readonly units: string;
  readonly physicalMin: number;
  readonly physicalMax: number;
  readonly digitalMin: number;
  readonly digitalMax: number;
  readonly samplesPerRecord: number;
  /** Byte of its first sample within a record. */
  readonly offset: number;
  readonly isText: boolean;
}

export interface EdfHeader {
  /** `EDF`, `EDF+C`, `EDF+D`, `BDF`, `BDF+C`, `BDF+D`. */
  readonly version: string;
  /** Bytes of a sample: 2, or 3 in BDF. */
  readonly width: 2 | 3;
  /** Bytes before the first record. */
  readonly bytes: number;
  /** Seconds of a record; 0 is allowed where there is nothing but annotations. */
  readonly recordSeconds: number;
  readonly recordBytes: number;
  /** Whole records in the file, at most as many as declared. */
  readonly records: number;
  readonly signals: readonly EdfSignal[];
  /** As the header has it, `2024-03-04 14:09:26` by the recorder's clock; null where it is no date. */
  readonly localStart: string | null;
  readonly problems: readonly Problem[];
}

const GLOBAL_BYTES = 256;
/** Of each signal. */
const SIGNAL_BYTES = 256;

/**
 * The header of EDF, EDF+, BDF and BDF+ (Kemp et al. 1992; Kemp and Olivan 2003; BioSemi's 24-bit variant).
 * @throws NdiError format.* naming the field
 */
export function readHeader(file: FileBytes): EdfHeader {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const problems: Problem[] = [];
  const fields = new FieldReader(file);
  const width = file.view(0, 1, 'the version').getUint8(0) === 0xff ? 3 : 2;
  const count = fields.number(252, 4, 'the number of signals');
  if (!Number.isInteger(count) || count < 1) throw fields.invalid('the number of signals', 252, 4, 'is not a count');
  const bytes = GLOBAL_BYTES + SIGNAL_BYTES * count;
  file.view(bytes - 1, 1, 'the header');
  if (fields.number(184, 8, 'the length of the header') !== bytes) {
    const message = `The header says that it has ${fields.text(184, 8)} bytes; with ${count} signals it has ${bytes}.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  const reserved = fields.text(192, 44);
  const family = width === 3 ? 'BDF' : 'EDF';
  const version = /^(EDF|BDF)\+[CD]/.test(reserved) ? `${family}${reserved.slice(3, 5)}` : family;
  const signals = readSignals(fields, count, width);
  const recordBytes = signals.reduce((sum, { samplesPerRecord }) => sum + width * samplesPerRecord, 0);
  if (recordBytes === 0)
    throw fields.invalid('samples per record', GLOBAL_BYTES + 216 * count, 8, 'is 0 for all signals');
  const recordSeconds = fields.number(244, 8, 'the duration of a record');
  const isTimed = signals.some(({ isText }) => !isText);
  if (!Number.isFinite(recordSeconds) || recordSeconds < 0 || (isTimed && recordSeconds === 0)) {
    throw fields.invalid('the duration of a record', 244, 8, 'is not a duration');
  }
  const records = countRecords(file, fields, bytes, recordBytes, problems);
  const localStart = readStart(fields);
  return { version, width, bytes, recordSeconds, recordBytes, records, signals, localStart, problems };
}

function readSignals(fields: FieldReader, count: number, width: number): EdfSignal[] {
  // The fields stand one after the other for all signals: field by field, not signal by signal.
  const at = (sumOfWidths: number, fieldWidth: number, index: number) =>
    GLOBAL_BYTES + count * sumOfWidths + fieldWidth * index;
  let offset = 0;
  return Array.from({ length: count }, (_, index) => {
    const label = fields.text(at(0, 16, index), 16);
    const samplesAt = at(216, 8, index);
    const samplesPerRecord = fields.number(samplesAt, 8, `samples per record of signal ${index + 1}`);
    if (!Number.isSafeInteger(samplesPerRecord) || samplesPerRecord < 0) {
      throw fields.invalid(`samples per record of signal ${index + 1} (${label})`, samplesAt, 8, 'is not a count');
    }
    const signal = {
      label,
      units: fields.text(at(96, 8, index), 8),
      physicalMin: fields.number(at(104, 8, index), 8, 'the physical minimum'),
      physicalMax: fields.number(at(112, 8, index), 8, 'the physical maximum'),
      digitalMin: fields.number(at(120, 8, index), 8, 'the digital minimum'),
      digitalMax: fields.number(at(128, 8, index), 8, 'the digital maximum'),
      samplesPerRecord,
      offset,
      isText: label === 'EDF Annotations' || label === 'BDF Annotations',
    };
    offset += width * samplesPerRecord;
    return signal;
  });
}

/** Whole records; what does not fit to the number declared is told. -1 is declared while a recording runs. */
function countRecords(
  file: FileBytes,
  fields: FieldReader,
  headerBytes: number,
  recordBytes: number,
  problems: Problem[],
): number {
  const declared = fields.number(236, 8, 'the number of records');
  const present = Math.floor((file.size - headerBytes) / recordBytes);
  const known = Number.isInteger(declared) && declared >= 0;
  const records = known ? Math.min(declared, present) : present;
  const trailing = file.size - headerBytes - records * recordBytes;
  if (known && declared > present) {
    const message = `The file ends within record ${present + 1} of ${declared}: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  } else if (trailing > 0) {
    const message = `${trailing} bytes after the last whole record are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  if (!known && declared !== -1) {
    const message = `The number of records is "${fields.text(236, 8)}": all ${present} that the file holds are used.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  return records;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** EDF+ has the full year in `Startdate dd-MMM-yyyy`; else years from 85 on are of the last century. */
function readStart(fields: FieldReader): string | null {
  const date = /^(\d\d)[.:/-](\d\d)[.:/-](\d\d)$/.exec(fields.text(168, 8));
  const time = /^(\d\d)[.:](\d\d)[.:](\d\d)$/.exec(fields.text(176, 8));
  if (date === null || time === null) return null;
  const [, dd = '', mm = '', yy = ''] = date;
  const full = /Startdate (\d\d)-([A-Z]{3})-(\d{4})/.exec(fields.text(88, 80));
  const year = full ? Number(full[3]) : Number(yy) + (Number(yy) >= 85 ? 1900 : 2000);
  const month = full ? months.indexOf(full[2] ?? '') + 1 : Number(mm);
  const day = Number(full?.[1] ?? dd);
  const [hour, minute, second] = time.slice(1).map(Number) as [number, number, number];
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = moment.getUTCDate() === day && moment.getUTCMonth() === month - 1 && hour < 24 && minute < 60;
  return isReal ? moment.toISOString().slice(0, 19).replace('T', ' ') : null;
}

/** Fixed fields of ASCII, padded with blanks; some writers pad with NUL or write a comma for the point. */
class FieldReader {
  readonly #file: FileBytes;

  constructor(file: FileBytes) {
    this.#file = file;
  }

  text(at: number, width: number): string {
    return latin1(this.#file.view(at, width, 'the header')).trim();
  }

  /** NaN where it is none. */
  number(at: number, width: number, field: string): number {
    const text = latin1(this.#file.view(at, width, field))
      .trim()
      .replace(',', '.');
    return text === '' ? NaN : Number(text);
  }

  invalid(field: string, at: number, width: number, what: string) {
    const value = this.text(at, width);
    return formatFault('format.invalid', this.#file.path, `${field} ${what} ("${value}", at byte ${at}).`, {
      field,
      value,
      offset: at,
    });
  }
}
