import type { Problem } from '../../../shared/contract/common.ts';
import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { shouldFix } from '../problems.ts';
import type { NsxHeader } from './nsx-header.ts';
import type { NsxData, NsxSegment } from './nsx-data.ts';
import { stampSeconds } from './time-stamps.ts';

const HEAD_BYTES = 13;
const MAX_GAPS = 10_000;
/** The mean rate of the clock may differ from the nominal one by so much. */
const RATE_TOLERANCE = 100e-6;

/**
 * Spec 3.0 with PTP: every sample is a packet of its own (u8 1, u64 nanoseconds, u32 1, row). Null when the file is not
 * of that kind.
 */
export function ptpPackets(file: FileBytes, header: NsxHeader): NsxData | null {
  const rowBytes = HEAD_BYTES + 2 * header.channels.length;
  if (header.magic !== 'BRSMPGRP' || header.resolution < 1e6 || header.bytes + rowBytes > file.size) return null;
  const view = file.view(header.bytes, HEAD_BYTES, 'the first packet');
  if (view.getUint8(0) !== 1 || view.getUint32(9, true) !== 1) return null;
  const samples = Math.floor((file.size - header.bytes) / rowBytes);
  const problems: Problem[] = [];
  const trailing = (file.size - header.bytes) % rowBytes;
  if (trailing > 0) {
    const message = `The file ends within a packet: ${trailing} bytes at the end are left out.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  const stampAt = (sample: number) => readStamp(file, header.bytes + sample * rowBytes);
  const starts = findGaps(file, header, samples, stampAt);
  const segments = starts.map((start, index): NsxSegment => {
    const end = starts[index + 1] ?? samples;
    const offset = header.bytes + start * rowBytes + HEAD_BYTES;
    return { offset, rowBytes, samples: end - start, t0: stampSeconds(stampAt(start), header.resolution) };
  });
  const shifts = placeInOrder(segments, header.sampleRate, file.path, problems);
  return { ...shifts, problems };
}

function readStamp(file: FileBytes, at: number): bigint {
  const view = file.view(at, HEAD_BYTES, 'a packet header');
  if (view.getUint8(0) !== 1) {
    throw formatFault('format.invalid', file.path, `the data packet at byte ${at} does not begin with 1.`, {
      field: 'the packet type',
      value: view.getUint8(0),
      offset: at,
    });
  }
  return view.getBigUint64(1, true);
}

/**
 * First samples of all segments. Stamps jitter and drift against the nominal rate: a range whose span is as expected
 * within half a period and 100 ppm has no gap; any other is halved, down to single steps, where more than two periods
 * (or a step back) is a gap.
 */
function findGaps(file: FileBytes, header: NsxHeader, samples: number, stampAt: (sample: number) => bigint): number[] {
  const ticks = header.resolution / header.sampleRate;
  const starts = [0];
  if (samples < 2) return starts;
  const open: [number, bigint, number, bigint][] = [[0, stampAt(0), samples - 1, stampAt(samples - 1)]];
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [low, lowStamp, high, highStamp] = range;
    const span = Number(highStamp - lowStamp);
    const expected = (high - low) * ticks;
    if (high - low === 1) {
      if (span > 2 * ticks || span < 0) starts.push(high);
      if (starts.length > MAX_GAPS) throw tooManyGaps(file.path);
      continue;
    }
    if (Math.abs(span - expected) <= ticks / 2 + expected * RATE_TOLERANCE) continue;
    const middle = Math.floor((low + high) / 2);
    const middleStamp = stampAt(middle);
    open.push([middle, middleStamp, high, highStamp], [low, lowStamp, middle, middleStamp]);
  }
  return starts;
}

/** Segments whose clock was set back follow the one before, as in files of ordinary packets. */
function placeInOrder(
  segments: readonly NsxSegment[],
  sampleRate: number,
  path: string,
  problems: Problem[],
): Pick<NsxData, 'segments' | 'clockShifts'> {
  const clockShifts = [0];
  let shift = 0;
  let end = -Infinity;
  const placed = segments.map((segment) => {
    if (segment.t0 < end - 0.5 / sampleRate) {
      shift += end - segment.t0;
      clockShifts.push(shift);
      const message = `The clock was set back to ${segment.t0} s after ${end} s; the true time between is unknown.`;
      problems.push(shouldFix('format.clockRestart', message, path));
    }
    end = segment.t0 + segment.samples / sampleRate;
    return { ...segment, t0: segment.t0 + shift };
  });
  return { segments: placed, clockShifts };
}

function tooManyGaps(path: string) {
  return formatFault('format.unsupported', path, `it has more than ${MAX_GAPS} gaps.`, {
    field: 'time stamps',
    value: MAX_GAPS,
  });
}
