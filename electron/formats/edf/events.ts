import type { Problem } from '../../../shared/contract/common.ts';
import type { SignalEvent } from '../../../shared/contract/recordings.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';
import { parseAnnotations } from './annotations.ts';
import type { EdfHeader, EdfSignal } from './header.ts';

/** Records that follow each other without a gap. */
export interface RecordSegment {
  readonly first: number;
  readonly records: number;
  /** Seconds since the start of the file. */
  readonly t0: number;
}

/** More than this is no recording. */
const MAX_SEGMENTS = 10_000;
const MAX_EVENTS = 1_000_000;
/** Onsets are written with so many seconds of exactness at best where nothing else is known. */
const LEAST_GAP = 1e-4;

export const ANNOTATIONS = 'tx1';
export const TRIGGERS = 'mk1';

/** What lies between the samples: annotations, and by them the times of the records. */
export interface RecordTimes {
  readonly segments: readonly RecordSegment[];
  readonly annotations: readonly SignalEvent[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the annotation signals of all records. In files that may be discontinuous (`+D`) the first entry of a record
 * says when it begins; in others only that of the first record counts.
 */
export function readAnnotations(file: FileBytes, header: EdfHeader): RecordTimes {
  const signals = header.signals.filter(({ isText, samplesPerRecord }) => isText && samplesPerRecord > 0);
  const problems: Problem[] = [];
  const annotations: SignalEvent[] = [];
  const onsets = new RecordOnsets(file.path, header);
  let damaged = 0;
  for (let record = 0; record < header.records; record++) {
    signals.forEach((signal, index) => {
      const parsed = parseAnnotations(signalBytes(file, header, signal, record));
      if (parsed.damaged) damaged += 1;
      if (index === 0) onsets.add(record, parsed.entries[0]?.onset);
      for (const { onset, duration, texts } of parsed.entries) {
        for (const value of texts) {
          annotations.push({ channel: ANNOTATIONS, time: onset, value, ...(duration === null ? {} : { duration }) });
        }
      }
    });
    if (annotations.length > MAX_EVENTS) {
      throw formatFault('format.invalid', file.path, `it holds more than ${MAX_EVENTS} annotations.`);
    }
    if (signals.length === 0) break;
  }
  if (damaged > 0) {
    const message = `The annotations of ${damaged} records cannot be read in full.`;
    problems.push(shouldFix('format.invalid', message, file.path));
  }
  problems.push(...onsets.problems());
  annotations.sort((a, b) => a.time - b.time);
  return { segments: onsets.segments(), annotations, problems };
}

/** Collects when records begin. */
class RecordOnsets {
  readonly #path: string;
  readonly #header: EdfHeader;
  readonly #tolerance: number;
  readonly #starts: { first: number; t0: number }[] = [{ first: 0, t0: 0 }];
  #expected = NaN;
  #missing = 0;
  #jumps = 0;

  constructor(path: string, header: EdfHeader) {
    this.#path = path;
    this.#header = header;
    const most = Math.max(1, ...header.signals.filter(({ isText }) => !isText).map((one) => one.samplesPerRecord));
    this.#tolerance = Math.max(LEAST_GAP, header.recordSeconds / most / 2);
  }

  /** @param onset undefined where the record does not tell: it follows the one before */
  add(record: number, onset: number | undefined): void {
    if (onset === undefined) this.#missing += 1;
    const start = onset ?? (record === 0 ? 0 : this.#expected);
    if (record === 0) this.#starts[0] = { first: 0, t0: start };
    else if (Math.abs(start - this.#expected) > this.#tolerance) {
      this.#jumps += 1;
      if (this.#header.version.endsWith('D')) this.#starts.push({ first: record, t0: start });
      if (this.#starts.length > MAX_SEGMENTS) {
        throw formatFault('format.invalid', this.#path, `its records jump in time more than ${MAX_SEGMENTS} times.`);
      }
    }
    this.#expected = start + this.#header.recordSeconds;
  }

  segments(): RecordSegment[] {
    if (this.#header.records === 0) return [];
    return this.#starts.map(({ first, t0 }, index) => {
      const end = this.#starts[index + 1]?.first ?? this.#header.records;
      return { first, records: end - first, t0 };
    });
  }

  problems(): Problem[] {
    const problems: Problem[] = [];
    if (this.#missing > 0) {
      const message = `${this.#missing} records do not say when they begin; they are taken to follow those before.`;
      problems.push(shouldFix('format.invalid', message, this.#path));
    }
    if (this.#jumps > 0 && !this.#header.version.endsWith('D')) {
      const message = `Its records jump in time ${this.#jumps} times, although the header says that it is continuous.`;
      problems.push(shouldFix('format.invalid', message, this.#path));
    }
    return problems;
  }
}

/** Bits of BioSemi's Status channel that are trigger inputs; the ones above tell of the device. */
const TRIGGER_BITS = 0xffff;

/** Changes of the trigger inputs of a BDF `Status` signal, but for those to 0; the value is the new code. */
export function readTriggers(
  file: FileBytes,
  header: EdfHeader,
  status: EdfSignal,
  segments: readonly RecordSegment[],
): SignalEvent[] {
  const events: SignalEvent[] = [];
  const rate = status.samplesPerRecord / header.recordSeconds;
  let before = 0;
  for (const { first, records, t0 } of segments) {
    for (let record = first; record < first + records; record++) {
      const bytes = signalBytes(file, header, status, record);
      for (let sample = 0; sample < status.samplesPerRecord; sample++) {
        const code = ((bytes[3 * sample] ?? 0) | ((bytes[3 * sample + 1] ?? 0) << 8)) & TRIGGER_BITS;
        if (code !== before && code !== 0) {
          const time = t0 + ((record - first) * status.samplesPerRecord + sample) / rate;
          events.push({ channel: TRIGGERS, time, value: code });
          if (events.length > MAX_EVENTS) {
            throw formatFault('format.invalid', file.path, `it holds more than ${MAX_EVENTS} triggers.`);
          }
        }
        before = code;
      }
    }
  }
  return events;
}

function signalBytes(file: FileBytes, header: EdfHeader, signal: EdfSignal, record: number): Uint8Array {
  const at = header.bytes + record * header.recordBytes + signal.offset;
  const view = file.view(at, header.width * signal.samplesPerRecord, `record ${record + 1}`);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
