import { textOf } from '../ced/events.ts';
import { kinds } from '../ced/contents.ts';
import { startOf } from '../ced/recording.ts';
import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** At byte 2, after the revision. */
export const COPYRIGHT = '(C) CED 87';

const HEADER_BYTES = 512;
const SLOT_BYTES = 140;
/** The ninth bit of a block's channel number leaves room for so many; the library of Spike2 knows 451. */
const MAX_SLOTS = 511;
/** Positions of blocks count bytes, in revision 9 sectors. */
const SECTOR_BYTES = 512;

/** Seconds; what lies beyond is no clock. */
const SHORTEST_TICK = 1e-12;
const LONGEST_TICK = 1e3;

export interface SonHeader {
  readonly revision: number;
  readonly secondsPerTick: number;
  /** Tick of the last item; negative when there is none. */
  readonly lastTick: number;
  readonly startedAt: string | null;
  /** Bytes that the positions of blocks count. */
  readonly unit: number;
  /** No block lies before this byte. */
  readonly dataAt: number;
  readonly channels: readonly SonChannel[];
}

/** A slot of the channel table that is used. */
export interface SonChannel {
  /** As Spike2 shows it: slot + 1. */
  readonly number: number;
  readonly kind: number;
  readonly title: string;
  readonly units: string;
  readonly scale: number;
  readonly offset: number;
  /** Positions in the header's unit; -1: none. */
  readonly firstBlock: number;
  readonly lastBlock: number;
  readonly maxItems: number;
  /** Bytes after the codes of each marker. */
  readonly extraBytes: number;
  readonly ticksPerSample: number;
}

/** @throws NdiError format.* naming the field and where it lies */
export function readHeader(file: FileBytes): SonHeader {
  const at = new HeaderCursor(file);
  const view = at.bytes(HEADER_BYTES, 'the file header');
  // Nothing else of a big-endian file means what it seems to.
  const system = view.getUint16(38, true);
  if (system === 0x0101) {
    throw formatFault('format.unsupported', file.path, 'it was written on a Macintosh, in another order of bytes.', {
      field: 'system',
      value: system,
      offset: 38,
    });
  }
  const revision = view.getInt16(0, true);
  if (revision < 1 || revision > 9) throw at.invalid('the revision', revision, 0, 'is not one of 1 to 9');
  const unitsPerTick = view.getUint16(20, true);
  const ticksPerConversion = view.getUint16(22, true);
  const slots = view.getInt16(30, true);
  const lastTick = view.getInt32(40, true);
  const timeBase = revision >= 6 ? view.getFloat64(44, true) : 1e-6;
  const dateAt = Array.from({ length: 6 }, (_, part) => view.getUint8(52 + part));
  const startedAt = revision >= 6 ? startOf(dateAt, view.getUint16(58, true)) : null;
  if (unitsPerTick === 0) throw at.invalid('the length of a tick', unitsPerTick, 20, 'is not above 0');
  const secondsPerTick = unitsPerTick * timeBase;
  if (!(secondsPerTick >= SHORTEST_TICK && secondsPerTick <= LONGEST_TICK)) {
    throw at.invalid('the time base', timeBase, 44, 'is no length of time that a clock ticks in');
  }
  if (slots < 1 || slots > MAX_SLOTS) {
    throw at.invalid('the number of channels', slots, 30, `is not one of 1 to ${MAX_SLOTS}`);
  }
  const channels: SonChannel[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const record = file.view(HEADER_BYTES + slot * SLOT_BYTES, SLOT_BYTES, 'the channel table');
    if (record.getUint8(122) !== kinds.off) channels.push(readSlot(record, slot + 1, revision, ticksPerConversion));
  }
  return {
    revision,
    secondsPerTick,
    lastTick,
    startedAt,
    unit: revision === 9 ? SECTOR_BYTES : 1,
    dataAt: HEADER_BYTES + slots * SLOT_BYTES,
    channels,
  };
}

function readSlot(record: DataView, number: number, revision: number, ticksPerConversion: number): SonChannel {
  const kind = record.getUint8(122);
  const scaled = kind === kinds.adc || kind === kinds.adcMark || kind === kinds.realMark || kind === kinds.realWave;
  return {
    number,
    kind,
    title: pascal(record, 108, 10),
    units: scaled ? pascal(record, 132, 6) : '',
    scale: scaled ? record.getFloat32(124, true) : 1,
    offset: scaled ? record.getFloat32(128, true) : 0,
    firstBlock: record.getInt32(6, true),
    lastBlock: record.getInt32(10, true),
    maxItems: record.getUint16(24, true),
    extraBytes: kind >= kinds.adcMark && kind <= kinds.textMark ? record.getUint16(16, true) : 0,
    ticksPerSample: revision >= 6 ? record.getInt32(102, true) : record.getUint16(138, true) * ticksPerConversion,
  };
}

/** A length byte, then characters, in a field of fixed size; a length that is too long counts as the field's. */
function pascal(record: DataView, at: number, bytes: number): string {
  const length = Math.min(record.getUint8(at), bytes - 1);
  return textOf(new DataView(record.buffer, record.byteOffset + at + 1, length), 'latin1');
}
