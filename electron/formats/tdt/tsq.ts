import type { Problem } from '../../../shared/contract/common.ts';
import { latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';

const RECORD_BYTES = 40;
/** Words of 4 bytes that a record itself counts in its size. */
const RECORD_WORDS = 10;
/** Flags of a type: data in a file of their own, phantom. */
const TYPE_MASK = 0xff0f;
const types = {
  strobeOn: 0x101,
  strobeOff: 0x102,
  scalar: 0x201,
  stream: 0x8101,
  snippet: 0x8201,
  mark: 0x8801,
} as const;
const START_CODE = 1;
const STOP_CODE = 2;

export type DataWord = 'f32' | 'i32' | 'i16' | 'i8' | 'f64';
/** By the code in the records; 5, 64-bit integers, does not occur in streams. */
export const dataWords: readonly (DataWord | undefined)[] = ['f32', 'i32', 'i16', 'i8', 'f64'];
export const wordBytes: Readonly<Record<DataWord, number>> = { f32: 4, i32: 4, i16: 2, i8: 1, f64: 8 };

/** Pieces of one channel of a stream store, in the order of the index. */
export interface StreamIndex {
  readonly store: string;
  readonly channel: number;
  readonly word: DataWord;
  readonly sampleRate: number;
  /** Samples of each piece. */
  readonly counts: number[];
  /** Byte of each piece in its data file. */
  readonly positions: number[];
  /** Seconds since the start of the block. */
  readonly times: number[];
}

export type EventKind = 'strobeOn' | 'strobeOff' | 'scalar' | 'snippet';

/** Events of one store (and channel, for snippets). */
export interface EventIndex {
  readonly store: string;
  readonly channel: number;
  readonly kind: EventKind;
  readonly times: number[];
  /** The value of a strobe or scalar, the sort code of a snippet. */
  readonly values: number[];
}

export interface BlockIndex {
  /** Seconds since 1970. */
  readonly start: number;
  readonly streams: readonly StreamIndex[];
  readonly events: readonly EventIndex[];
  readonly problems: readonly Problem[];
}

/**
 * The index of a block, `.tsq` (Tucker-Davis Technologies): a record for every piece of a stream and every event.
 * @throws NdiError format.* naming the field
 */
export function readIndex(file: FileBytes): BlockIndex {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const reader = new IndexReader(file);
  for (let at = 2 * RECORD_BYTES; at + RECORD_BYTES <= file.size; at += RECORD_BYTES) reader.add(at);
  return reader.result();
}

class IndexReader {
  readonly #file: FileBytes;
  readonly #start: number;
  readonly #streams = new Map<string, StreamIndex>();
  readonly #events = new Map<string, EventIndex>();
  #stopped = false;
  #damaged = 0;

  constructor(file: FileBytes) {
    this.#file = file;
    // Record 0 is empty; record 1 is the mark of the start.
    const first = file.view(RECORD_BYTES, RECORD_BYTES, 'the mark of the start');
    this.#start = first.getFloat64(16, true);
    const isMark = (first.getInt32(4, true) & TYPE_MASK) === (types.mark & TYPE_MASK);
    if (!isMark || first.getInt32(8, true) !== START_CODE || !(this.#start > 0) || this.#start > 1e11) {
      throw formatFault('format.invalid', file.path, `record 1 (byte ${RECORD_BYTES}) is not the mark of a start.`, {
        field: 'the mark of the start',
        offset: RECORD_BYTES,
      });
    }
  }

  add(at: number): void {
    const record = this.#file.view(at, RECORD_BYTES, 'the index');
    const type = record.getInt32(4, true) & TYPE_MASK;
    const time = record.getFloat64(16, true) - this.#start;
    if (type === (types.mark & TYPE_MASK)) {
      if (record.getInt32(8, true) === STOP_CODE) this.#stopped = true;
      return;
    }
    const isPlausible = Number.isFinite(time) && Math.abs(time) < 1e10;
    if (type === types.stream) {
      if (!isPlausible || !this.#addPiece(record, at, time)) this.#damaged += 1;
      return;
    }
    const kind = (['strobeOn', 'strobeOff', 'scalar', 'snippet'] as const).find((name) => types[name] === type);
    if (kind === undefined) return;
    const value = kind === 'snippet' ? record.getUint16(14, true) : record.getFloat64(24, true);
    if (!isPlausible || !Number.isFinite(value)) {
      this.#damaged += 1;
      return;
    }
    const store = storeName(record);
    const channel = kind === 'snippet' ? record.getUint16(12, true) : 0;
    const key = `${kind} ${store} ${channel}`;
    const known = this.#events.get(key) ?? { store, channel, kind, times: [], values: [] };
    this.#events.set(key, known);
    known.times.push(time);
    known.values.push(value);
  }

  #addPiece(record: DataView, at: number, time: number): boolean {
    const code = record.getInt32(32, true);
    const word = dataWords[code];
    if (word === undefined) {
      const store = storeName(record);
      const message = `the data format ${code} of the store ${store} (byte ${at + 32}) is not known.`;
      throw formatFault('format.unsupported', this.#file.path, message, {
        field: 'format',
        value: code,
        offset: at + 32,
      });
    }
    const count = ((record.getInt32(0, true) - RECORD_WORDS) * 4) / wordBytes[word];
    const position = Number(record.getBigInt64(24, true));
    const sampleRate = record.getFloat32(36, true);
    if (!(count > 0) || !Number.isSafeInteger(count) || !(sampleRate > 0) || !Number.isFinite(sampleRate)) return false;
    if (!Number.isSafeInteger(position) || position < 0) return false;
    const [store, channel] = [storeName(record), record.getUint16(12, true)];
    const key = `${store} ${channel}`;
    const known = this.#streams.get(key) ?? { store, channel, word, sampleRate, counts: [], positions: [], times: [] };
    if (known.word !== word || known.sampleRate !== sampleRate) return false;
    this.#streams.set(key, known);
    known.counts.push(count);
    known.positions.push(position);
    known.times.push(time);
    return true;
  }

  result(): BlockIndex {
    const problems: Problem[] = [];
    const { path, size } = this.#file;
    if (size % RECORD_BYTES !== 0) {
      const message = `The last record of the index is not complete: ${size % RECORD_BYTES} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, path));
    }
    if (this.#damaged > 0) {
      problems.push(
        shouldFix('format.invalid', `${this.#damaged} records of the index make no sense and are left out.`, path),
      );
    }
    if (!this.#stopped) {
      problems.push(shouldFix('recording.notClosed', 'The block has no mark of a stop: it was not closed.', path));
    }
    const byName = (a: { store: string; channel: number }, b: { store: string; channel: number }) =>
      a.store < b.store ? -1 : a.store > b.store ? 1 : a.channel - b.channel;
    const streams = [...this.#streams.values()].sort(byName);
    return { start: this.#start, streams, events: [...this.#events.values()].sort(byName), problems };
  }
}

function storeName(record: DataView): string {
  return latin1(new DataView(record.buffer, record.byteOffset + 8, 4));
}
