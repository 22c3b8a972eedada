import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { note, shouldFix } from '../problems.ts';
import type { PlxHeader } from './plx-header.ts';

const HEAD_BYTES = 16;
export const SPIKE = 1;
export const EVENT = 4;
const SLOW = 5;
/** More breaks than this is no recording. */
const MAX_RUNS = 1_000_000;

/** Stamps (ticks) and values (unit of a spike, strobed word) of one channel, in order of storage. */
export interface PlxEvents {
  readonly type: typeof SPIKE | typeof EVENT;
  readonly channel: number;
  readonly stamps: number[];
  readonly values: number[];
}

/** Samples without a gap. */
export interface PlxRun {
  readonly firstSample: number;
  samples: number;
  /** Ticks of the first sample. */
  readonly stamp: number;
}

/** The pieces of one slow channel. */
export interface PlxSlow {
  readonly channel: number;
  readonly positions: number[];
  readonly firsts: number[];
  readonly runs: PlxRun[];
  samples: number;
}

export interface PlxIndex {
  readonly events: readonly PlxEvents[];
  readonly slow: readonly PlxSlow[];
}

/** Goes over the heads of all blocks once. @throws NdiError format.* */
export function indexBlocks(file: FileBytes, header: PlxHeader, problems: Problem[]): PlxIndex {
  const pass = new Pass(file, header);
  for (let at = header.dataOffset; at < file.size;) {
    const next = pass.block(at);
    if (next === null) {
      const message = `The last block (byte ${at}) is not complete: ${file.size - at} bytes are left out.`;
      problems.push(shouldFix('format.truncated', message, file.path));
      break;
    }
    at = next;
  }
  return pass.result(problems);
}

class Pass {
  readonly #file: FileBytes;
  readonly #header: PlxHeader;
  readonly #events = new Map<number, PlxEvents>();
  readonly #slow = new Map<number, PlxSlow & { end: number }>();
  #skipped = 0;
  #backwards = 0;

  constructor(file: FileBytes, header: PlxHeader) {
    this.#file = file;
    this.#header = header;
  }

  /** Takes the block at a byte; gives the byte of the next, or null when it reaches beyond the file. */
  block(at: number): number | null {
    const file = this.#file;
    if (at + HEAD_BYTES > file.size) return null;
    const view = file.view(at, HEAD_BYTES, 'a block');
    const type = view.getUint16(0, true);
    const stamp = view.getUint16(2, true) * 2 ** 32 + view.getUint32(4, true);
    const [channel, unit] = [view.getUint16(8, true), view.getUint16(10, true)];
    const words = view.getUint16(12, true) * view.getUint16(14, true);
    const isKnown = isPlausible(view);
    const next = at + HEAD_BYTES + 2 * words;
    if (!isKnown) this.#checkNext(at, type, next);
    if (next > file.size) return null;
    if (!isKnown) this.#skipped += 1;
    else if (type === SLOW) this.#addSlow(channel, stamp, words, at + HEAD_BYTES);
    else this.#addEvent(type === SPIKE ? SPIKE : EVENT, channel, stamp, unit);
    return next;
  }

  /** A block of another kind is passed over; but one after which nothing makes sense is damage. */
  #checkNext(at: number, type: number, next: number): void {
    const file = this.#file;
    if (next === file.size) return;
    if (next + HEAD_BYTES <= file.size && isPlausible(file.view(next, HEAD_BYTES, 'a block'))) return;
    const message = `the data block at byte ${at} is of the unknown kind ${type}, and no block follows it.`;
    throw formatFault('format.invalid', file.path, message, { field: 'the block type', value: type, offset: at });
  }

  #addEvent(type: PlxEvents['type'], channel: number, stamp: number, value: number): void {
    const key = type * 65_536 + channel;
    let own = this.#events.get(key);
    if (own === undefined) this.#events.set(key, (own = { type, channel, stamps: [], values: [] }));
    own.stamps.push(stamp);
    own.values.push(value);
  }

  #addSlow(channel: number, stamp: number, words: number, position: number): void {
    const frequency = this.#header.slow.get(channel)?.frequency ?? 0;
    let own = this.#slow.get(channel);
    if (own === undefined) {
      this.#slow.set(channel, (own = { channel, positions: [], firsts: [], runs: [], samples: 0, end: -Infinity }));
    }
    if (words === 0) return;
    const period = frequency > 0 ? this.#header.ticks / frequency : 0;
    const isNext = Math.abs(stamp - own.end) <= Math.max(1, period / 2);
    const last = own.runs.at(-1);
    if (isNext && last !== undefined) last.samples += words;
    else {
      if (stamp < own.end) this.#backwards += 1;
      if (own.runs.length >= MAX_RUNS) throw tooManyBreaks(this.#file);
      own.runs.push({ firstSample: own.samples, samples: words, stamp });
    }
    own.positions.push(position);
    own.firsts.push(own.samples);
    own.samples += words;
    own.end = stamp + words * period;
  }

  result(problems: Problem[]): PlxIndex {
    const path = this.#file.path;
    if (this.#skipped > 0) {
      problems.push(note('format.skipped', `${this.#skipped} data blocks of unknown kinds are passed over.`, path));
    }
    if (this.#backwards > 0) {
      const message = `The time stamps of its slow channels go back ${this.#backwards} times: a segment begins at each.`;
      problems.push(shouldFix('format.clockRestart', message, path));
    }
    return {
      events: [...this.#events.values()].sort((a, b) => b.type - a.type || a.channel - b.channel),
      slow: [...this.#slow.values()].sort((a, b) => a.channel - b.channel),
    };
  }
}

/** Whether a head is of a known kind, with the one waveform that it may have. */
function isPlausible(view: DataView): boolean {
  const type = view.getUint16(0, true);
  return (type === SPIKE || type === EVENT || type === SLOW) && view.getUint16(12, true) <= 1;
}

function tooManyBreaks(file: FileBytes) {
  return formatFault('format.unsupported', file.path, `it has more than ${MAX_RUNS} breaks.`, {
    field: 'time stamps',
    value: MAX_RUNS,
  });
}
