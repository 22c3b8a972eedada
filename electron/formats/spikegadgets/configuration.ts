import type { FileBytes } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { findAll, numberOf, parseXml, XmlFault, type XmlElement } from './xml.ts';

/** A line or sensor inside the block of a device. */
export interface AuxChannel {
  readonly id: string;
  readonly kind: 'digital' | 'analog';
  readonly isOutput: boolean;
  /** Byte of its value within a packet. */
  readonly byte: number;
  /** Of a digital line: its bit in that byte. */
  readonly bit: number;
  /** For channels that take turns: the byte of the packet and its bit that say whose turn it is. */
  readonly turn: { readonly byte: number; readonly bit: number } | null;
}

/** A neural channel that the configuration lists. */
export interface ListedChannel {
  readonly hwChan: number;
  readonly label: string;
  /** Id of the nTrode that it belongs to. */
  readonly nTrode: string;
  /** Microvolts a bit. */
  readonly scale: number;
}

export interface Configuration {
  readonly trodesVersion: string;
  readonly sampleRate: number;
  /** Neural channels of the hardware. */
  readonly hardwareChannels: number;
  readonly listed: readonly ListedChannel[];
  readonly savedListedOnly: boolean;
  /** Channels of one chip, which are read in parallel with those of the other chips. */
  readonly channelsPerChip: number;
  readonly isNeuropixels: boolean;
  /** Bytes of a packet before its time stamp: the sync byte and the blocks of the devices. */
  readonly stampOffset: number;
  readonly auxiliary: readonly AuxChannel[];
  /** Of channels that do not fit into their device's block. */
  readonly unusable: readonly string[];
  /** Milliseconds since 1970; NaN where it is not told. */
  readonly createdAt: number;
  /** Bytes before the first packet. */
  readonly bytes: number;
}

const END_TAG = '</Configuration>';
const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;
/** Intan headstages: what Trodes assumes where the configuration gives no scale. */
const INTAN_SCALE = 0.195;

/** @throws NdiError format.* naming what is missing or wrong */
export function readConfiguration(file: FileBytes): Configuration {
  if (file.size === 0) throw formatFault('format.empty', file.path, 'the file has no bytes.', { size: 0 });
  const { text, bytes } = readHeaderText(file);
  const root = parse(file.path, text);
  const hardware = findAll(root, 'HardwareConfiguration')[0];
  const global = findAll(root, 'GlobalConfiguration')[0];
  const spikes = findAll(root, 'SpikeConfiguration')[0];
  if (hardware === undefined)
    throw fault(file.path, 'HardwareConfiguration', 'the configuration has no HardwareConfiguration.');
  const sampleRate = numberOf(hardware, 'samplingRate');
  if (!(sampleRate > 0) || !Number.isFinite(sampleRate)) {
    throw fault(
      file.path,
      'samplingRate',
      `samplingRate is not a rate (${hardware.attributes.get('samplingRate') ?? 'missing'}).`,
    );
  }
  const listed = listChannels(root);
  const numChannels = numberOf(hardware, 'numChannels');
  const hardwareChannels = Number.isNaN(numChannels) ? listed.length : numChannels;
  if (!Number.isInteger(hardwareChannels) || hardwareChannels < 0 || hardwareChannels > 100_000) {
    throw fault(file.path, 'numChannels', `numChannels is not a count (${hardwareChannels}).`);
  }
  const devices = layOutDevices(file.path, hardware);
  const headerWords = [numberOf(hardware, 'headerSize'), numberOf(global, 'headerSize')].find((size) => size > 0);
  // Before there were device blocks, headerSize counted 16-bit words, the sync byte among them.
  const stampOffset = devices.blocks > 0 || headerWords === undefined ? devices.end : 2 * headerWords;
  const perChip = numberOf(spikes, 'chanPerChip');
  return {
    trodesVersion: global?.attributes.get('trodesVersion') ?? '',
    sampleRate,
    hardwareChannels,
    listed,
    savedListedOnly: numberOf(global, 'saveDisplayedChanOnly') === 1,
    channelsPerChip: Number.isNaN(perChip) ? 32 : perChip,
    isNeuropixels: /^neuropixels/i.test(spikes?.attributes.get('device') ?? ''),
    stampOffset,
    auxiliary: devices.auxiliary,
    unusable: devices.unusable,
    createdAt: numberOf(global, 'systemTimeAtCreation'),
    bytes,
  };
}

/** The XML up to its closing tag; the first packet follows the end of that line. */
function readHeaderText(file: FileBytes): { text: string; bytes: number } {
  const pieces: Buffer[] = [];
  let tail = '';
  for (let at = 0; at < file.size && at < MAX_HEADER_BYTES; at += PIECE_BYTES) {
    const view = file.view(at, Math.min(PIECE_BYTES, file.size - at), 'the configuration');
    const piece = Buffer.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    pieces.push(piece);
    // The tag may lie across two pieces.
    const found = (tail + piece.toString('latin1')).indexOf(END_TAG);
    if (found >= 0) {
      const end = at - tail.length + found + END_TAG.length;
      const text = Buffer.concat(pieces).subarray(0, end).toString('utf8');
      return { text, bytes: end + lineEnd(file, end) };
    }
    tail = piece.toString('latin1').slice(1 - END_TAG.length);
  }
  throw fault(file.path, END_TAG, `the configuration has no closing tag ${END_TAG}.`);
}

function lineEnd(file: FileBytes, at: number): number {
  const [first, second] = [at, at + 1].map((byte) =>
    byte < file.size ? file.view(byte, 1, 'a line').getUint8(0) : -1,
  );
  return first === 10 ? 1 : first === 13 && second === 10 ? 2 : 0;
}

function parse(path: string, text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw fault(path, 'the configuration', `the configuration is not XML: ${error.message} (character ${error.at}).`);
  }
}

function listChannels(root: XmlElement): ListedChannel[] {
  const seen = new Set<number>();
  return findAll(root, 'SpikeNTrode').flatMap((group) => {
    const scales = ['rawScalingToUv', 'spikeScalingToUv'].map((attribute) => numberOf(group, attribute));
    const scale = scales.find((value) => Number.isFinite(value) && value !== 0) ?? INTAN_SCALE;
    const nTrode = group.attributes.get('id') ?? '';
    return findAll(group, 'SpikeChannel').flatMap((channel, index) => {
      const hwChan = numberOf(channel, 'hwChan');
      if (!Number.isInteger(hwChan) || hwChan < 0 || seen.has(hwChan)) return [];
      seen.add(hwChan);
      return [{ hwChan, label: `nTrode ${nTrode || '?'} channel ${index + 1}`, nTrode, scale }];
    });
  });
}

/** Blocks lie in ascending order of preference; devices without one in the order of the text. */
function layOutDevices(path: string, hardware: XmlElement) {
  const order = (device: XmlElement) => {
    const preference = numberOf(device, 'packetOrderPreference');
    return Number.isNaN(preference) ? 0 : preference;
  };
  const present = findAll(hardware, 'Device').filter((device) => numberOf(device, 'available') !== 0);
  const auxiliary: AuxChannel[] = [];
  const unusable: string[] = [];
  let end = 1;
  for (const device of present.toSorted((a, b) => order(a) - order(b))) {
    const size = numberOf(device, 'numBytes');
    if (!Number.isInteger(size) || size < 0 || size > 1_000_000) {
      const name = device.attributes.get('name') ?? '?';
      throw fault(
        path,
        'numBytes',
        `numBytes of the device ${name} is not a size (${device.attributes.get('numBytes') ?? 'missing'}).`,
      );
    }
    for (const channel of findAll(device, 'Channel')) {
      const read = readAux(channel, end, size);
      if (read === 'outside') unusable.push(channel.attributes.get('id') ?? '?');
      else if (read !== null) auxiliary.push(read);
    }
    end += size;
  }
  return { blocks: present.length, auxiliary, unusable, end };
}

/** Null for kinds that are only counted, such as 32-bit words of sync signals. */
function readAux(channel: XmlElement, block: number, size: number): AuxChannel | 'outside' | null {
  const kind = channel.attributes.get('dataType');
  if (kind !== 'digital' && kind !== 'analog') return null;
  const [start, bit] = [numberOf(channel, 'startByte'), kind === 'digital' ? numberOf(channel, 'bit') : 0];
  const fits = Number.isInteger(start) && start >= 0 && start + (kind === 'analog' ? 2 : 1) <= size;
  if (!fits || !Number.isInteger(bit) || bit < 0 || bit > 7) return 'outside';
  const [turnByte, turnBit] = [numberOf(channel, 'interleavedDataIDByte'), numberOf(channel, 'interleavedDataIDBit')];
  const takesTurns = turnByte >= 0 && turnBit >= 0;
  if (takesTurns && !(Number.isInteger(turnByte) && turnByte < size && turnBit < 8)) return 'outside';
  return {
    id: channel.attributes.get('id') ?? '',
    kind,
    isOutput: numberOf(channel, 'input') === 0,
    byte: block + start,
    bit,
    turn: takesTurns ? { byte: block + turnByte, bit: turnBit } : null,
  };
}

function fault(path: string, field: string, sentence: string) {
  return formatFault('format.invalid', path, sentence, { field });
}
