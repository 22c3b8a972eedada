import { latin1, type FileBytes } from '../file-bytes.ts';
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

const HEADER_BYTES = 512;
/** Bytes of the fixed parts that are used of one item of a section. */
const PROTOCOL_BYTES = 126;
const ADC_BYTES = 82;
const MAX_CHANNELS = 128;
/** The strings of a file are names; a longer section is none. */
const MAX_STRING_BYTES = 1 << 20;

/** Byte of the section table's entry. */
const sections = { protocol: 76, adc: 92, strings: 220, data: 236, tags: 252, synch: 316 } as const;

interface Section extends AbfTable {
  readonly itemBytes: number;
}

/** Reads the header of version 2. @throws NdiError format.* */
export function readAbf2Header(file: FileBytes): AbfHeader {
  const view = file.view(0, HEADER_BYTES, 'the header and its section table');
  const path = file.path;
  const version = [7, 6, 5, 4].map((at) => view.getUint8(at)).join('.');
  if (view.getUint8(7) !== 2) {
    throw formatFault('format.unsupported', path, `version ${version} of the format is not known.`, {
      field: 'the version',
      value: version,
      offset: 4,
    });
  }
  const word = wordOf(view.getUint16(30, true), path, 30);
  const sweeps = view.getUint32(12, true);
  const startedAt = startOf(view.getUint32(16, true), view.getUint32(20, true));
  const data = needed(file, view, 'data');
  const adc = needed(file, view, 'adc', ADC_BYTES, MAX_CHANNELS);
  const protocolSection = needed(file, view, 'protocol', PROTOCOL_BYTES);
  requireApart(file, 'protocol', protocolSection, data);
  requireApart(file, 'adc', adc, data);
  const [tags, synch] = [optional(file, view, 'tags', 64), optional(file, view, 'synch', 8)];
  const protocol = readProtocol(file, protocolSection);
  if (data.itemBytes !== (word === 'f32' ? 4 : 2)) {
    throw formatFault('format.invalid', path, `samples of ${data.itemBytes} bytes do not fit the data format.`, {
      field: 'the size of a sample',
      value: data.itemBytes,
      offset: sections.data + 4,
    });
  }
  const sampleRate = rateOf(protocol.interval, path, protocol.offset + 2);
  return {
    version,
    mode: protocol.mode,
    word,
    data,
    channels: readChannels(file, adc, readStrings(file), word, protocol),
    interval: protocol.interval / adc.count,
    sampleRate,
    sweeps,
    samplesPerSweep: protocol.samplesPerSweep,
    synchUnit: protocol.synchUnit,
    synch,
    tags,
    startedAt,
  };
}

/** Samples that lie where other numbers do are none. @throws NdiError format.invalid */
function requireApart(file: FileBytes, name: keyof typeof sections, other: Section, data: Section): void {
  const end = ({ offset, itemBytes, count }: Section) => offset + itemBytes * count;
  if (data.offset >= end(other) || other.offset >= end(data)) return;
  const message = `the samples begin at byte ${data.offset}, where the ${name} section lies.`;
  throw formatFault('format.invalid', file.path, message, {
    field: 'the data section',
    value: data.offset / 512,
    offset: sections.data,
  });
}

/** An entry of the section table; null when the section is absent. @throws NdiError format.invalid */
function section(file: FileBytes, view: DataView, name: keyof typeof sections): Section | null {
  const at = sections[name];
  const block = view.getUint32(at, true);
  const itemBytes = view.getUint32(at + 4, true);
  const count = view.getBigInt64(at + 8, true);
  if (block === 0) return null;
  if (count < 0n || count > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw formatFault('format.invalid', file.path, `the ${name} section declares ${count} items (byte ${at + 8}).`, {
      field: `the items of the ${name} section`,
      value: String(count),
      offset: at + 8,
    });
  }
  return { offset: block * 512, itemBytes, count: Number(count) };
}

function needed(file: FileBytes, view: DataView, name: keyof typeof sections, itemBytes = 0, most = Infinity): Section {
  const at = sections[name];
  const found = section(file, view, name);
  const isEmpty = found?.count === 0 && name !== 'data';
  if (found === null || isEmpty || found.itemBytes < itemBytes || found.count > most) {
    const what = found === null ? 'is absent' : `declares ${found.count} items of ${found.itemBytes} bytes`;
    throw formatFault('format.invalid', file.path, `the ${name} section ${what} (byte ${at}).`, {
      field: `the ${name} section`,
      value: found?.count ?? 0,
      offset: at,
    });
  }
  blockOffset(file, found.offset / 512, `the ${name} section`, at);
  return found;
}

function optional(file: FileBytes, view: DataView, name: 'tags' | 'synch', itemBytes: number): AbfTable | null {
  const found = section(file, view, name);
  if (found === null || found.count === 0) return null;
  if (found.itemBytes === itemBytes) return found;
  const message = `items of the ${name} section have ${found.itemBytes} bytes, not ${itemBytes}.`;
  throw formatFault('format.invalid', file.path, message, {
    field: `the ${name} section`,
    value: found.itemBytes,
    offset: sections[name] + 4,
  });
}

interface Protocol {
  readonly offset: number;
  readonly mode: number;
  /** Microseconds between samples of one channel. */
  readonly interval: number;
  readonly synchUnit: number;
  readonly samplesPerSweep: number;
  readonly range: number;
  readonly resolution: number;
}

function readProtocol(file: FileBytes, { offset }: Section): Protocol {
  const view = file.view(offset, PROTOCOL_BYTES, 'the protocol section');
  if (view.getUint8(6) !== 0) {
    throw formatFault('format.unsupported', file.path, 'its data are compressed, which is not supported.', {
      field: 'the compression flag',
      value: view.getUint8(6),
      offset: offset + 6,
    });
  }
  return {
    offset,
    mode: checkMode(view.getInt16(0, true), file.path, offset),
    interval: view.getFloat32(2, true),
    synchUnit: unitOf(view.getFloat32(14, true)),
    samplesPerSweep: view.getInt32(22, true),
    range: view.getFloat32(110, true),
    resolution: view.getInt32(118, true),
  };
}

function readChannels(
  file: FileBytes,
  adc: Section,
  strings: readonly string[],
  word: AbfHeader['word'],
  protocol: Protocol,
): AbfChannel[] {
  return Array.from({ length: adc.count }, (_, index) => {
    const where = `channel ${index + 1}`;
    const view = file.view(adc.offset + index * adc.itemBytes, ADC_BYTES, `the entry of ${where}`);
    const label = strings[view.getInt32(74, true) - 1] || where;
    const units = strings[view.getInt32(78, true) - 1] ?? '';
    if (word === 'f32') return { label, units, gain: 1, offset: 0 };
    const scale = channelScale(
      {
        range: protocol.range,
        resolution: protocol.resolution,
        instrumentScale: view.getFloat32(40, true),
        signalGain: view.getFloat32(48, true),
        programmableGain: view.getFloat32(28, true),
        additionalGain: view.getInt16(2, true) === 1 ? view.getFloat32(6, true) : 1,
        instrumentOffset: view.getFloat32(44, true),
        signalOffset: view.getFloat32(52, true),
      },
      file.path,
      where,
    );
    return { label, units, ...scale };
  });
}

const STRINGS_HEAD_BYTES = 44;
const recorders = ['clampex', 'clampfit', 'axoscope', 'patchxpress'];

/** All strings, in order: string number 1 is the first. A file without them has channels without names. */
function readStrings(file: FileBytes): string[] {
  const found = section(file, file.view(0, HEADER_BYTES, 'the section table'), 'strings');
  if (found === null) return [];
  const { offset, itemBytes } = found;
  blockOffset(file, offset / 512, 'the strings section', sections.strings);
  if (itemBytes > MAX_STRING_BYTES) {
    throw formatFault('format.invalid', file.path, `its strings take ${itemBytes} bytes (told at byte 224).`, {
      field: 'the size of the strings section',
      value: itemBytes,
      offset: sections.strings + 4,
    });
  }
  const view = file.view(offset, itemBytes, 'the strings section');
  const start = stringsStart(view);
  const strings: string[] = [];
  for (let at = start; at < view.byteLength;) {
    const text = latin1(new DataView(view.buffer, view.byteOffset + at, view.byteLength - at));
    strings.push(text.trim());
    while (at < view.byteLength && view.getUint8(at) !== 0) at += 1;
    at += 1;
  }
  return strings;
}

/** Behind the head of 44 bytes; some files begin elsewhere, always with the name of the recording program. */
function stringsStart(view: DataView): number {
  const blob = new TextDecoder('latin1').decode(view).toLowerCase();
  const isText = /^[\x20-\x7e]{2}/.test(blob.slice(STRINGS_HEAD_BYTES));
  if (isText || blob.length <= STRINGS_HEAD_BYTES) return STRINGS_HEAD_BYTES;
  const places = recorders.map((name) => blob.indexOf(name)).filter((at) => at >= 0);
  return places.length > 0 ? Math.min(...places) : STRINGS_HEAD_BYTES;
}
