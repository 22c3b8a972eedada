import { HeaderCursor, latin1, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import {
  blockOffset,
  channelScale,
  checkMode,
  rateOf,
  startOf,
  unitOf,
  wordOf,
  type AbfChannel,
  type AbfHeader,
  type AbfTable,
} from './abf-header.ts';

const HEADER_BYTES = 2048;
/** From version 1.6 on headers have this size, and fields of the telegraph in their last third. */
const LONG_HEADER_BYTES = 6144;
const MAX_CHANNELS = 16;

/** Reads the header of version 1. @throws NdiError format.* */
export function readAbf1Header(file: FileBytes): AbfHeader {
  const view = file.view(0, HEADER_BYTES, 'the header');
  const version = view.getFloat32(4, true);
  if (!(version >= 1 && version < 2)) {
    throw formatFault('format.unsupported', file.path, `version ${version} of the format is not known.`, {
      field: 'the version',
      value: String(version),
      offset: 4,
    });
  }
  const path = file.path;
  const mode = checkMode(view.getInt16(8, true), path, 8);
  const word = wordOf(view.getInt16(100, true), path, 100);
  const channelCount = countChannels(view.getInt16(120, true), path);
  const interval = view.getFloat32(122, true);
  const sampleRate = rateOf(interval * channelCount, path, 122);
  const samples = notNegative(view.getInt32(10, true), 'the number of samples', 10, path);
  const ignored = notNegative(view.getInt16(14, true), 'the number of samples to ignore', 14, path);
  const block = view.getInt32(40, true);
  const start = blockOffset(file, block, 'the data section', 40);
  if (start < HEADER_BYTES) {
    throw formatFault('format.invalid', path, `the data section begins within the header (at byte ${start}).`, {
      field: 'the data section',
      value: block,
      offset: 40,
    });
  }
  const isLong = version >= 1.595 && start >= LONG_HEADER_BYTES;
  const channels = readChannels(file, channelCount, word, isLong);
  return {
    version: version.toFixed(2),
    mode,
    word,
    data: { offset: start + ignored * (word === 'f32' ? 4 : 2), count: samples },
    channels,
    interval,
    sampleRate,
    sweeps: view.getInt32(16, true),
    samplesPerSweep: view.getInt32(138, true),
    synchUnit: unitOf(view.getFloat32(130, true)),
    synch: tableOf(view, 92),
    tags: tableOf(view, 44),
    startedAt: startOf(view.getInt32(20, true), view.getInt32(24, true) * 1000 + view.getInt16(366, true)),
  };
}

function countChannels(count: number, path: string): number {
  if (count >= 1 && count <= MAX_CHANNELS) return count;
  throw formatFault('format.invalid', path, `the number of channels (${count}, at byte 120) is not 1 to 16.`, {
    field: 'the number of channels',
    value: count,
    offset: 120,
  });
}

function notNegative(value: number, field: string, offset: number, path: string): number {
  if (value >= 0) return value;
  throw formatFault('format.invalid', path, `${field} is negative (${value}, at byte ${offset}).`, {
    field,
    value,
    offset,
  });
}

function tableOf(view: DataView, at: number): AbfTable | null {
  const block = view.getInt32(at, true);
  const count = view.getInt32(at + 4, true);
  return block > 0 && count > 0 ? { offset: block * 512, count } : null;
}

/** Tables of 16 entries are indexed by the physical channel that the sampling sequence names. */
function readChannels(file: FileBytes, count: number, word: AbfHeader['word'], isLong: boolean): AbfChannel[] {
  const at = new HeaderCursor(file);
  const view = file.view(0, isLong ? LONG_HEADER_BYTES : HEADER_BYTES, 'the header');
  return Array.from({ length: count }, (_, index) => {
    const physical = view.getInt16(410 + 2 * index, true);
    const where = `channel ${index + 1}`;
    if (physical < 0 || physical >= MAX_CHANNELS) {
      throw at.invalid(`the physical channel of ${where}`, physical, 410 + 2 * index, 'is not 0 to 15');
    }
    const text = (offset: number, width: number) =>
      latin1(new DataView(view.buffer, view.byteOffset + offset + width * physical, width)).trim();
    const label = text(442, 10) || where;
    const units = text(602, 8);
    if (word === 'f32') return { label, units, gain: 1, offset: 0 };
    const float = (offset: number) => view.getFloat32(offset + 4 * physical, true);
    const isTelegraphed = isLong && view.getInt16(4512 + 2 * physical, true) === 1;
    const scale = channelScale(
      {
        range: view.getFloat32(244, true),
        resolution: view.getInt32(252, true),
        instrumentScale: float(922),
        signalGain: float(1050),
        programmableGain: float(730),
        additionalGain: isTelegraphed ? float(4576) : 1,
        instrumentOffset: float(986),
        signalOffset: float(1114),
      },
      file.path,
      where,
    );
    return { label, units, ...scale };
  });
}
