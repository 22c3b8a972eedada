import { contentOf, kinds } from '../ced/contents.ts';
import { startOf } from '../ced/recording.ts';
import { HeaderCursor, type FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { LinearHeader } from './linear-header.ts';
import { BLOCK_BYTES, countAt, LOOKUP_BYTES, tickAt } from './numbers.ts';

const FILE_HEAD_BYTES = 2048;
const CHANNEL_HEAD_BYTES = 272;
const MAX_SLOTS = 2000;
const MAX_EXTENSIONS = 128;
/** Seconds; what lies beyond is no clock. */
const SHORTEST_TICK = 1e-12;
const LONGEST_TICK = 1e3;

export interface Son64Header {
  readonly version: string;
  readonly secondsPerTick: number;
  /** Tick of the last item; negative when there is none. */
  readonly lastTick: number;
  readonly startedAt: string | null;
  /** Where the next block would be written: the size of a whole file, up to a last block that is partly used. */
  readonly end: number;
  readonly channels: readonly Son64Channel[];
}

/** A slot that is used. */
export interface Son64Channel {
  /** Counted from 0, as the blocks name it. */
  readonly slot: number;
  /** Tells the slot's channels apart when it was used again. */
  readonly id: number;
  readonly kind: number;
  readonly title: string;
  readonly units: string;
  readonly scale: number;
  readonly offset: number;
  readonly ticksPerSample: number;
  /** Byte of the top lookup block; 0: no data. */
  readonly lookup: number;
  /** Data blocks in use; stale where the file was not closed. */
  readonly blocks: number;
  /** Bytes of an item: of a sample, or of an event with what belongs to it. */
  readonly itemBytes: number;
  /** Bytes after the head of a marker that are its own, without padding. */
  readonly extraBytes: number;
}

/** @throws NdiError format.* naming the field and where it lies */
export function readHeader(file: FileBytes): Son64Header {
  const at = new HeaderCursor(file);
  const head = at.bytes(FILE_HEAD_BYTES, 'the file head');
  const copy = new DataView(head.buffer.slice(head.byteOffset, head.byteOffset + head.byteLength));
  checkBlockSizes(file, copy);
  const secondsPerTick = copy.getFloat64(32, true);
  if (!(secondsPerTick >= SHORTEST_TICK && secondsPerTick <= LONGEST_TICK)) {
    throw at.invalid('the length of a tick', secondsPerTick, 32, 'is no length of time that a clock ticks in');
  }
  const slots = copy.getUint32(56, true);
  if (slots > MAX_SLOTS) throw at.invalid('the number of channels', slots, 56, `is more than ${MAX_SLOTS}`);
  const headBytes = copy.getUint32(60, true);
  if (headBytes !== CHANNEL_HEAD_BYTES) {
    throw at.invalid('the size of a channel head', headBytes, 60, `is not ${CHANNEL_HEAD_BYTES}`);
  }
  const extensions = copy.getUint32(996, true);
  if (extensions > MAX_EXTENSIONS) {
    throw at.invalid('the number of header blocks', extensions, 996, `is more than ${MAX_EXTENSIONS}`);
  }
  const linear = new LinearHeader(
    file,
    Array.from({ length: extensions }, (_, index) => countAt(file, copy, 1024 + 8 * index, 'a header block')),
  );
  const end = countAt(file, copy, 1000, 'the next free block');
  const strings = linear.strings(copy.getUint32(52, true));
  const channels: Son64Channel[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const place = copy.getUint32(48, true) + slot * CHANNEL_HEAD_BYTES;
    const view = linear.view(place, CHANNEL_HEAD_BYTES, 'the channel heads');
    if (view.getUint8(46) === kinds.off) continue;
    const channel = readChannel(file, view, slot, strings);
    // A file that was cut may lead beyond its end, but not beyond where it once ended.
    if (channel.lookup >= Math.max(file.size, end)) {
      throw at.invalid(`the lookup block of channel ${slot + 1}`, channel.lookup, place, 'lies outside the file');
    }
    channels.push(channel);
  }
  const dateAt = Array.from({ length: 6 }, (_, part) => copy.getUint8(24 + part));
  return {
    version: `${copy.getUint8(7)}.${copy.getUint8(6)}`,
    secondsPerTick,
    lastTick: tickAt(file, copy, 1016, 'the time of the last item'),
    startedAt: startOf(dateAt, copy.getUint16(30, true)),
    end,
    channels,
  };
}

/** Sizes are powers of two, told by letters: `p` is 64 KiB, `l` 4 KiB; no others are known to exist. */
function checkBlockSizes(file: FileBytes, head: DataView): void {
  const letters = String.fromCharCode(head.getUint8(3), head.getUint8(4));
  if (letters === 'pl') return;
  const sentence = `its blocks are of other sizes ("${letters}") than ${BLOCK_BYTES} and ${LOOKUP_BYTES} bytes.`;
  throw formatFault('format.unsupported', file.path, sentence, { field: 'block sizes', value: letters, offset: 3 });
}

function readChannel(
  file: FileBytes,
  head: DataView,
  slot: number,
  strings: ReadonlyMap<number, string>,
): Son64Channel {
  const kind = head.getUint8(46);
  const extraBytes = extraBytesOf(kind, head.getUint16(36, true) * head.getUint16(38, true));
  const channel = {
    slot,
    id: head.getUint16(44, true),
    kind,
    title: strings.get(head.getUint32(52, true)) ?? '',
    units: strings.get(head.getUint32(56, true)) ?? '',
    scale: head.getFloat64(80, true),
    offset: head.getFloat64(88, true),
    ticksPerSample: tickAt(file, head, 64, `the sampling interval of channel ${slot + 1}`),
    lookup: countAt(file, head, 0, `the lookup block of channel ${slot + 1}`),
    blocks: countAt(file, head, 16, `the number of blocks of channel ${slot + 1}`),
    itemBytes: itemBytesOf(kind, extraBytes),
    extraBytes,
  };
  const told = head.getUint32(32, true);
  if (contentOf(kind) !== null && told !== channel.itemBytes) {
    const sentence = `the items of channel ${slot + 1} have ${told} bytes, not the ${channel.itemBytes} of its kind.`;
    throw formatFault('format.invalid', file.path, sentence, { field: 'item size', value: told, offset: 32 });
  }
  return channel;
}

/** Markers carry rows x columns of integers, floats or characters. */
function extraBytesOf(kind: number, elements: number): number {
  if (kind === kinds.adcMark) return 2 * elements;
  if (kind === kinds.realMark) return 4 * elements;
  return kind === kinds.textMark ? elements : 0;
}

/** Levels are stored as markers. */
function itemBytesOf(kind: number, extraBytes: number): number {
  if (kind === kinds.adc) return 2;
  if (kind === kinds.realWave) return 4;
  if (kind === kinds.eventFall || kind === kinds.eventRise) return 8;
  return Math.ceil((16 + extraBytes) / 8) * 8;
}
