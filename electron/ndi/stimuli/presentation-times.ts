import { readFileSync } from 'node:fs';
import { formatFault, toReadFault } from '../../formats/file-faults.ts';
import type { Presentation } from './presentation.ts';

/** When a stimulus was shown, as `presentation_time.bin` keeps it. */
export interface PresentationTime extends Omit<Presentation, 'stimulusId'> {
  readonly clock: string;
}

const TITLE = 'presentation_time structure\n';
/** Bytes before the first entry. */
const PREAMBLE = 512;
const LONGEST_CLOCK = 64;

/**
 * The bytes of `presentation_time.bin` (NDI core reference, section 10.7): little-endian; the title, the number of
 * entries, zeros to byte 512; then for each the clock's name and a line feed, the times of opening, onset, offset and
 * closing, the number of events, and time and code of each event.
 */
export function encodePresentationTimes(entries: readonly PresentationTime[]): Buffer {
  const head = Buffer.alloc(PREAMBLE);
  head.write(TITLE, 'latin1');
  head.writeBigUInt64LE(BigInt(entries.length), TITLE.length);
  const parts = entries.map(({ clock, open, onset, offset, close, events }) => {
    const name = Buffer.from(`${clock}\n`, 'latin1');
    const bytes = Buffer.alloc(4 * 8 + 4 + events.length * 16);
    let at = 0;
    for (const time of [open, onset, offset, close]) at = bytes.writeDoubleLE(time, at);
    at = bytes.writeUInt32LE(events.length, at);
    for (const value of events.flat()) at = bytes.writeDoubleLE(value, at);
    return Buffer.concat([name, bytes]);
  });
  return Buffer.concat([head, ...parts]);
}

/**
 * Reads `presentation_time.bin`. Files of NDI-python hold several events of one stimulus in another order (all times,
 * then all codes), which nothing in the file tells: where the times of the events would not rise, that order is taken.
 * @throws NdiError format.*, path.*
 */
export function readPresentationTimes(path: string): PresentationTime[] {
  const bytes = readBytes(path);
  if (bytes.subarray(0, TITLE.length).toString('latin1') !== TITLE) {
    throw formatFault('format.invalid', path, 'this is no file of presentation times.', { offset: 0 });
  }
  if (bytes.length < PREAMBLE) throw cut(path, bytes.length);
  const count = bytes.readBigUInt64LE(TITLE.length);
  const entries: PresentationTime[] = [];
  let at = PREAMBLE;
  for (let index = 0n; index < count; index++) {
    const end = bytes.indexOf(10, at);
    if (end < 0 || end - at > LONGEST_CLOCK || end + 37 > bytes.length) throw cut(path, at);
    const clock = bytes.subarray(at, end).toString('latin1');
    const [open, onset, offset, close] = [0, 1, 2, 3].map((field) => bytes.readDoubleLE(end + 1 + 8 * field));
    const events = bytes.readUInt32LE(end + 33);
    at = end + 37 + 16 * events;
    if (at > bytes.length) throw cut(path, end);
    const values = Array.from({ length: 2 * events }, (_, value) => bytes.readDoubleLE(end + 37 + 8 * value));
    entries.push({
      clock,
      open: open ?? NaN,
      onset: onset ?? NaN,
      offset: offset ?? NaN,
      close: close ?? NaN,
      events: pairs(values),
    });
  }
  return entries;
}

function pairs(values: readonly number[]): (readonly [number, number])[] {
  const half = values.length / 2;
  const paired = Array.from({ length: half }, (_, at) => [values[2 * at] ?? NaN, values[2 * at + 1] ?? NaN] as const);
  if (rises(paired)) return paired;
  const split = Array.from({ length: half }, (_, at) => [values[at] ?? NaN, values[half + at] ?? NaN] as const);
  return rises(split) ? split : paired;
}

const rises = (events: readonly (readonly [number, number])[]) =>
  events.every(([time, code], at) => Number.isInteger(code) && time >= (events[at - 1]?.[0] ?? -Infinity));

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw toReadFault(error, path);
  }
}

function cut(path: string, offset: number) {
  return formatFault('format.truncated', path, `it ends inside an entry (byte ${offset}).`, { offset });
}
