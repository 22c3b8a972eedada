import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { note } from '../problems.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { readStart } from './start-time.ts';

interface NsxChannel {
  readonly electrode: number;
  readonly label: string;
  /** Connector, from 1 (bank A); 0 where it is not told. */
  readonly bank: number;
  /** Null in spec 2.1, which keeps no scaling: the NEV file beside it has it. */
  readonly scale: { readonly units: string; readonly gain: number; readonly offset: number } | null;
}

export interface NsxHeader {
  readonly magic: string;
  readonly spec: string;
  readonly sampleRate: number;
  /** Ticks of the time stamps a second. */
  readonly resolution: number;
  /** Ticks of the clock that `period` counts, 30000 a second, from sample to sample. */
  readonly period: number;
  readonly comment: string;
  readonly startedAt: string | null;
  readonly channels: readonly NsxChannel[];
  /** Position of the first data packet, or of the first sample in spec 2.1. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

export const NSX_MAGICS = ['NEURALSG', 'NEURALCD', 'BRSMPGRP'] as const;

/** Ticks a second that periods count, whatever the resolution of the time stamps. */
const PERIOD_CLOCK = 30_000;

/** @throws NdiError format.* naming the field */
export function readNsxHeader(file: FileBytes): NsxHeader {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const at = new HeaderCursor(file);
  const magic = at.text(8, 'the file type');
  if (magic === 'NEURALSG') return readSpec21(at);
  if (magic === 'NEURALCD' || magic === 'BRSMPGRP') return readSpec22(at, magic);
  throw at.invalid('the file type', magic, 0, 'is not one of Blackrock NSx');
}

function readSpec21(at: HeaderCursor): NsxHeader {
  at.text(16, 'the label');
  const period = positive(at, 'the period');
  const count = positive(at, 'the channel count');
  checkTable(at, count, 4);
  const channels = Array.from({ length: count }, (_, index) => {
    const electrode = at.u32(`the electrode id of channel ${index + 1}`);
    return { electrode, label: `electrode ${electrode}`, bank: 0, scale: null };
  });
  return {
    magic: 'NEURALSG',
    spec: '2.1',
    sampleRate: PERIOD_CLOCK / period,
    resolution: PERIOD_CLOCK,
    period,
    comment: '',
    startedAt: null,
    channels,
    bytes: at.at,
    problems: [],
  };
}

function readSpec22(at: HeaderCursor, magic: string): NsxHeader {
  const spec = `${at.u8('the major version')}.${at.u8('the minor version')}`;
  const bytesAt = at.at;
  const bytes = at.u32('the header length');
  at.text(16, 'the label');
  const comment = at.text(256, 'the comment');
  const period = positive(at, 'the period');
  const resolution = positive(at, 'the time stamp resolution');
  const startedAt = readStart(at);
  const count = positive(at, 'the channel count');
  checkTable(at, count, 66);
  const channels = Array.from({ length: count }, (_, index) => readChannel(at, index));
  const problems: Problem[] = [];
  if (bytes !== at.at) {
    if (bytes < at.at || bytes > at.file.size) {
      throw at.invalid('the header length', bytes, bytesAt, `does not fit ${count} channels in ${at.file.size} bytes`);
    }
    const message = `The header says it is ${bytes} bytes long where ${at.at} follow from its channel count; ${bytes} are used.`;
    problems.push(note('format.invalid', message, at.file.path));
  }
  const sampleRate = PERIOD_CLOCK / period;
  return { magic, spec, sampleRate, resolution, period, comment, startedAt, channels, bytes, problems };
}

function readChannel(at: HeaderCursor, index: number): NsxChannel {
  const where = `extended header ${index + 1}`;
  const start = at.at;
  const type = at.text(2, where);
  if (type !== 'CC') throw at.invalid(`the type of ${where}`, type, start, 'is not CC');
  const electrode = at.u16(`the electrode id of ${where}`);
  const label = at.text(16, `the label of ${where}`);
  const bank = at.u8(`the connector of ${where}`);
  at.u8(`the pin of ${where}`);
  const minDigital = at.i16(`the minimum digital value of ${where}`);
  const maxDigital = at.i16(`the maximum digital value of ${where}`);
  const minAnalog = at.i16(`the minimum analog value of ${where}`);
  const maxAnalog = at.i16(`the maximum analog value of ${where}`);
  const units = at.text(16, `the unit of ${where}`);
  at.bytes(20, `the filters of ${where}`);
  const span = maxDigital - minDigital;
  if (span === 0) throw at.invalid(`the digital range of ${where}`, maxDigital, start + 22, 'is empty');
  const name = label || `electrode ${electrode}`;
  // An empty range would make every sample the same: no scale at all is told, this would not be.
  if (maxAnalog === minAnalog) return { electrode, label: name, bank, scale: null };
  const gain = (maxAnalog - minAnalog) / span;
  // One quotient of integers: symmetric ranges give exactly 0.
  const offset = (minAnalog * maxDigital - maxAnalog * minDigital) / span;
  return { electrode, label: name, bank, scale: { units, gain, offset } };
}

function positive(at: HeaderCursor, field: string): number {
  const offset = at.at;
  const value = at.u32(field);
  if (value === 0) throw at.invalid(field, value, offset, 'is zero');
  return value;
}

/** A count is believed only when its table fits into the file. */
function checkTable(at: HeaderCursor, count: number, entryBytes: number): void {
  const needed = at.at + count * entryBytes;
  if (needed <= at.file.size) return;
  throw formatFault(
    'format.truncated',
    at.file.path,
    `the file ends inside the channel table: ${count} channels need ${needed} bytes, the file has ${at.file.size}.`,
    { field: 'the channel count', value: count, offset: at.at - 4, size: at.file.size },
  );
}
