import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { note, shouldFix } from '../problems.ts';
import type { NsxData, NsxSegment } from './nsx-data.ts';
import type { NsxHeader } from './nsx-header.ts';
import { ptpPackets } from './nsx-ptp.ts';
import { stampSeconds } from './time-stamps.ts';

/** More pauses than this is no recording. */
const MAX_PACKETS = 100_000;

/** Finds the data packets of an NSx file. @throws NdiError format.* */
export function findPackets(file: FileBytes, header: NsxHeader): NsxData {
  if (header.spec === '2.1') return plainRows(file, header);
  return ptpPackets(file, header) ?? sequentialPackets(file, header);
}

/** Spec 2.1: rows to the end of the file, from time 0. */
function plainRows(file: FileBytes, header: NsxHeader): NsxData {
  const rowBytes = 2 * header.channels.length;
  const samples = Math.floor((file.size - header.bytes) / rowBytes);
  const trailing = (file.size - header.bytes) % rowBytes;
  const problems = trailing > 0 ? [cutRow(file, trailing)] : [];
  return { segments: [{ offset: header.bytes, rowBytes, samples, t0: 0 }], clockShifts: [0], problems };
}

/** Specs 2.2 to 3.0: each packet is header and rows; a new one begins after every pause. */
function sequentialPackets(file: FileBytes, header: NsxHeader): NsxData {
  const walk = new PacketWalk(file, header);
  let at = header.bytes;
  while (at < file.size) {
    const next = walk.packet(at);
    if (next === null) break;
    at = next;
  }
  return walk.result();
}

class PacketWalk {
  readonly #file: FileBytes;
  readonly #header: NsxHeader;
  readonly #rowBytes: number;
  readonly #headBytes: number;
  readonly #segments: NsxSegment[] = [];
  readonly #shifts: number[] = [0];
  readonly #problems: Problem[] = [];
  /** Where the previous packet ended on the stamps' own clock, seconds. */
  #end = -Infinity;

  constructor(file: FileBytes, header: NsxHeader) {
    this.#file = file;
    this.#header = header;
    this.#rowBytes = 2 * header.channels.length;
    this.#headBytes = header.magic === 'BRSMPGRP' ? 13 : 9;
  }

  /** Takes the packet at a byte; gives the byte of the next, or null when nothing more can be read. */
  packet(at: number): number | null {
    const file = this.#file;
    if (at + this.#headBytes > file.size) {
      this.#problems.push(cutRow(file, file.size - at));
      return null;
    }
    const view = file.view(at, this.#headBytes, 'a packet header');
    if (view.getUint8(0) !== 1) {
      if (onlyZeros(file, at)) {
        this.#problems.push(note('format.truncated', `Only zeros follow from byte ${at} on: left out.`, file.path));
        return null;
      }
      throw formatFault('format.invalid', file.path, `the data packet at byte ${at} does not begin with 1.`, {
        field: 'the packet type',
        value: view.getUint8(0),
        offset: at,
      });
    }
    const wide = this.#headBytes === 13;
    const stamp = wide ? view.getBigUint64(1, true) : BigInt(view.getUint32(1, true));
    const declared = view.getUint32(wide ? 9 : 5, true);
    const data = at + this.#headBytes;
    const rows = Math.floor((file.size - data) / this.#rowBytes);
    if (declared > 0 && declared <= rows) {
      this.#add(data, declared, stamp);
      return data + declared * this.#rowBytes;
    }
    const trailing = file.size - data - rows * this.#rowBytes;
    const what =
      declared === 0
        ? `The recording was not closed: its last ${rows} samples run to the end of the file.`
        : `The file ends early: ${rows} of ${declared} samples of its last packet are there.`;
    this.#problems.push(shouldFix('format.truncated', what + trailingText(trailing), file.path));
    this.#add(data, rows, stamp);
    return null;
  }

  #add(offset: number, samples: number, stamp: bigint): void {
    if (samples === 0) return;
    if (this.#segments.length >= MAX_PACKETS) {
      throw formatFault('format.unsupported', this.#file.path, `it has more than ${MAX_PACKETS} data packets.`, {
        field: 'data packets',
        value: MAX_PACKETS,
        offset,
      });
    }
    const seconds = stampSeconds(stamp, this.#header.resolution);
    const period = 1 / this.#header.sampleRate;
    if (seconds < this.#end - period / 2) this.#noteRestart(seconds);
    const shift = this.#shifts.at(-1) ?? 0;
    this.#segments.push({ offset, rowBytes: this.#rowBytes, samples, t0: seconds + shift });
    this.#end = seconds + samples * period;
  }

  /** The clock was set back: keep the order of storage, one segment after the other. */
  #noteRestart(seconds: number): void {
    const shift = (this.#shifts.at(-1) ?? 0) + this.#end - seconds;
    this.#shifts.push(shift);
    const message =
      `The clock was set back to ${seconds} s after ${this.#end} s. What follows is placed right after what went ` +
      'before; the true time between them is unknown.';
    this.#problems.push(shouldFix('format.clockRestart', message, this.#file.path));
  }

  result(): NsxData {
    return { segments: this.#segments, clockShifts: this.#shifts, problems: this.#problems };
  }
}

function cutRow(file: FileBytes, trailing: number): Problem {
  return shouldFix('format.truncated', `The file ends within a row.${trailingText(trailing)}`, file.path);
}

function trailingText(bytes: number): string {
  return bytes > 0 ? ` ${bytes} bytes at the end are left out.` : '';
}

/** Looks at the whole of up to 16 MB, and at as much, in pieces to the very end, of the gigabytes that a disk was asked for. */
function onlyZeros(file: FileBytes, from: number): boolean {
  const pieces = 256;
  const pieceBytes = 64 * 1024;
  const last = Math.max(from, file.size - pieceBytes);
  const step = Math.max(pieceBytes, (last - from) / (pieces - 1));
  for (let start = from; start < last + step; start += step) {
    const at = Math.min(Math.floor(start), last);
    const view = file.view(at, Math.min(pieceBytes, file.size - at), 'the end of the file');
    for (let index = 0; index < view.byteLength; index++) if (view.getUint8(index) !== 0) return false;
  }
  return true;
}
